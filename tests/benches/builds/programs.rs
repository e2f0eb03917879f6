//! The programs that are built: the hello-worlds, one that uses core, and those that read many types.

use std::fmt::Write;
use std::iter;
use std::path::Path;

/// A hello-world.
pub(super) struct Hello {
    pub(super) framework: &'static str,
    dependencies: &'static str,
    bare: &'static str,
    /// The adapter's folder.
    adapter: &'static str,
    /// What is used of it.
    choices: &'static [Choice],
    /// What the same answers without it need, and how they are written: with no redirects and no phrases.
    by_hand: (&'static str, &'static str),
}

/// A program with the adapter.
struct Choice {
    /// What is chosen, in words.
    what: &'static str,
    /// The same in Cargo's.
    features: &'static str,
    code: &'static str,
}

/// A program that is built.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) what: &'static str,
    pub(super) dependencies: String,
    pub(super) code: String,
}

impl Hello {
    /// Its programs: first the one without the adapter, last the one by hand.
    pub(super) fn programs(&self, root: &Path) -> Vec<Program> {
        let Self { framework, dependencies, bare, adapter, choices, by_hand: (others, by_hand) } = self;
        let program = |what, others: &str, code: &'static str| {
            let name = format!("{framework} {what}").replace([' ', ','], "-");
            Program { name, what, dependencies: format!("{dependencies}{others}"), code: code.to_owned() }
        };
        let with = choices.iter().map(|Choice { what, features, code }| {
            let path = root.join("adapters").join(adapter).display().to_string();
            let adapter = format!("fastapi-status-{adapter} = {{ path = {path:?}, {features} }}\n");
            program(what, &adapter, code)
        });
        let bare = program("bare", "", bare);
        let by_hand = program("the same answers by hand", others, by_hand);
        iter::once(bare).chain(with).chain([by_hand]).collect()
    }
}

/// With all that the adapter adds to a router.
const AXUM: &str = r#"
    use axum::{Router, routing::get};
    use fastapi_status_axum::{HttpException, Result, status, with_fastapi_defaults};
    async fn hello() -> Result<&'static str> {
        Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
    }
    fn main() -> std::io::Result<()> {
        let app = with_fastapi_defaults(Router::new().route("/", get(hello)));
        tokio::runtime::Runtime::new()?.block_on(async {
            axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await
        })
    }
"#;

/// With all that the adapter adds to an app.
const ACTIX: &str = r#"
    use actix_web::{App, HttpServer, web};
    use fastapi_status_actix::{FastapiDefaults, HttpException, Result, status};
    async fn hello() -> Result<&'static str> {
        Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
    }
    #[actix_web::main]
    async fn main() -> std::io::Result<()> {
        let app = || App::new().route("/", web::get().to(hello)).wrap(FastapiDefaults::default());
        HttpServer::new(app).bind("127.0.0.1:0")?.run().await
    }
"#;

pub(super) const HELLOS: &[Hello] = &[
    Hello {
        framework: "axum",
        dependencies: "axum = \"0.8\"\ntokio = { version = \"1\", features = [\"net\", \"rt-multi-thread\"] }\n",
        adapter: "axum",
        choices: &[
            Choice { what: "by default", features: "default-features = true", code: AXUM },
            Choice {
                what: "no extract, no json_detail",
                features: "default-features = false, features = [\"router\"]",
                code: AXUM,
            },
            Choice {
                what: "names and exceptions alone",
                features: "default-features = false",
                code: r#"
                    use axum::{Router, routing::get};
                    use fastapi_status_axum::{HttpException, Result, status};
                    async fn hello() -> Result<&'static str> {
                        Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
                    }
                    fn main() -> std::io::Result<()> {
                        let app = Router::new().route("/", get(hello));
                        tokio::runtime::Runtime::new()?.block_on(async {
                            axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await
                        })
                    }
                "#,
            },
        ],
        bare: r#"
            use axum::{Router, routing::get};
            fn main() -> std::io::Result<()> {
                let app = Router::new().route("/", get(async || "hello"));
                tokio::runtime::Runtime::new()?.block_on(async {
                    axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await
                })
            }
        "#,
        by_hand: (
            "tower-http = { version = \"0.7\", features = [\"catch-panic\"] }\n",
            r#"
            use axum::{Router, http::{StatusCode, header::CONTENT_TYPE}, response::IntoResponse, routing::get};
            use tower_http::catch_panic::CatchPanicLayer;
            type Refusal = (StatusCode, [(axum::http::HeaderName, &'static str); 1], &'static str);
            fn refusal(status: StatusCode, body: &'static str) -> Refusal {
                (status, [(CONTENT_TYPE, "application/json")], body)
            }
            async fn hello() -> Result<&'static str, Refusal> {
                Err(refusal(StatusCode::NOT_FOUND, "{\"detail\":\"nobody\"}"))
            }
            fn main() -> std::io::Result<()> {
                let wrong_method = async || refusal(StatusCode::METHOD_NOT_ALLOWED, "{\"detail\":\"Method Not Allowed\"}");
                let not_found = async || refusal(StatusCode::NOT_FOUND, "{\"detail\":\"Not Found\"}");
                let panicked = CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
                    (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response()
                });
                let app = Router::new().route("/", get(hello)).layer(panicked);
                let app = app.method_not_allowed_fallback(wrong_method).fallback(not_found);
                tokio::runtime::Runtime::new()?.block_on(async {
                    axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await
                })
            }
        "#,
        ),
    },
    Hello {
        framework: "actix-web",
        dependencies: "actix-web = { version = \"4\", default-features = false, features = [\"macros\"] }\n",
        adapter: "actix",
        choices: &[
            Choice { what: "by default", features: "default-features = true", code: ACTIX },
            Choice { what: "no extract, no json_detail", features: "default-features = false", code: ACTIX },
            Choice {
                what: "names and exceptions alone",
                features: "default-features = false",
                code: r#"
                    use actix_web::{App, HttpServer, web};
                    use fastapi_status_actix::{HttpException, Result, status};
                    async fn hello() -> Result<&'static str> {
                        Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
                    }
                    #[actix_web::main]
                    async fn main() -> std::io::Result<()> {
                        let app = || App::new().route("/", web::get().to(hello));
                        HttpServer::new(app).bind("127.0.0.1:0")?.run().await
                    }
                "#,
            },
        ],
        bare: r#"
            use actix_web::{App, HttpServer, web};
            #[actix_web::main]
            async fn main() -> std::io::Result<()> {
                let app = || App::new().route("/", web::get().to(async || "hello"));
                HttpServer::new(app).bind("127.0.0.1:0")?.run().await
            }
        "#,
        by_hand: (
            "futures-util = { version = \"0.3\", default-features = false, features = [\"std\"] }\n",
            r#"
            use actix_web::body::MessageBody;
            use actix_web::dev::{ServiceRequest, ServiceResponse};
            use actix_web::error::{ErrorInternalServerError, InternalError};
            use actix_web::http::header::ContentType;
            use actix_web::middleware::{Next, from_fn};
            use actix_web::{App, Error, HttpResponse, HttpServer, web};
            use futures_util::FutureExt;
            async fn catch_panic(
                request: ServiceRequest,
                next: Next<impl MessageBody>,
            ) -> Result<ServiceResponse<impl MessageBody>, Error> {
                let response = std::panic::AssertUnwindSafe(next.call(request)).catch_unwind().await;
                response.map_err(|_| ErrorInternalServerError("Internal Server Error"))?
            }
            async fn hello() -> Result<&'static str, Error> {
                let response = HttpResponse::NotFound().content_type(ContentType::json()).body("{\"detail\":\"nobody\"}");
                Err(InternalError::from_response("nobody", response).into())
            }
            #[actix_web::main]
            async fn main() -> std::io::Result<()> {
                let app = || {
                    let wrong_method = async || HttpResponse::MethodNotAllowed().insert_header(("allow", "GET")).content_type(ContentType::json()).body("{\"detail\":\"Method Not Allowed\"}");
                    let not_found = async || HttpResponse::NotFound().content_type(ContentType::json()).body("{\"detail\":\"Not Found\"}");
                    let hello = web::resource("/").get(hello).default_service(web::to(wrong_method));
                    App::new().service(hello).default_service(web::to(not_found)).wrap(from_fn(catch_panic))
                };
                HttpServer::new(app).bind("127.0.0.1:0")?.run().await
            }
        "#,
        ),
    },
    Hello {
        framework: "hyper",
        dependencies: "bytes = \"1\"\nhttp-body-util = \"0.1\"\nhyper = { version = \"1\", features = [\"http1\", \"server\"] }\n\
            hyper-util = { version = \"0.1\", features = [\"tokio\"] }\ntokio = { version = \"1\", features = [\"net\", \"rt\"] }\n",
        adapter: "hyper",
        choices: &[Choice {
            what: "by default",
            features: "default-features = true",
            code: r#"
                use bytes::Bytes;
                use fastapi_status_hyper::{FastapiDefaults, HttpException, status};
                use http_body_util::Full;
                use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
                async fn hello(_: Request<Incoming>) -> fastapi_status_hyper::Result<Response<Full<Bytes>>> {
                    Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
                }
                fn main() -> Result<(), Box<dyn std::error::Error>> {
                    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                        let (socket, _) = tokio::net::TcpListener::bind("127.0.0.1:0").await?.accept().await?;
                        let socket = hyper_util::rt::TokioIo::new(socket);
                        Ok(http1::Builder::new().serve_connection(socket, FastapiDefaults::new(service_fn(hello))).await?)
                    })
                }
            "#,
        }],
        bare: r#"
            use bytes::Bytes;
            use http_body_util::Full;
            use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
            async fn hello(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, std::convert::Infallible> {
                Ok(Response::new("hello".into()))
            }
            fn main() -> Result<(), Box<dyn std::error::Error>> {
                tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                    let (socket, _) = tokio::net::TcpListener::bind("127.0.0.1:0").await?.accept().await?;
                    let socket = hyper_util::rt::TokioIo::new(socket);
                    Ok(http1::Builder::new().serve_connection(socket, service_fn(hello)).await?)
                })
            }
        "#,
        by_hand: (
            "",
            r#"
            use bytes::Bytes;
            use http_body_util::Full;
            use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
            use std::{future::poll_fn, panic::{AssertUnwindSafe, catch_unwind}, pin::pin, task::Poll};
            async fn hello(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
                let response = Response::builder().status(404).header("content-type", "application/json");
                response.body("{\"detail\":\"nobody\"}".into())
            }
            async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
                let mut response = pin!(hello(request));
                let caught = poll_fn(|context| {
                    match catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(context))) {
                        Ok(poll) => poll.map(Some),
                        Err(_) => Poll::Ready(None),
                    }
                });
                caught.await.unwrap_or_else(|| {
                    let response = Response::builder().status(500).header("content-type", "text/plain; charset=utf-8");
                    response.body("Internal Server Error".into())
                })
            }
            fn main() -> Result<(), Box<dyn std::error::Error>> {
                tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                    let (socket, _) = tokio::net::TcpListener::bind("127.0.0.1:0").await?.accept().await?;
                    let socket = hyper_util::rt::TokioIo::new(socket);
                    Ok(http1::Builder::new().serve_connection(socket, service_fn(answer)).await?)
                })
            }
        "#,
        ),
    },
    Hello {
        framework: "hyper, reading JSON",
        dependencies: "bytes = \"1\"\nhttp-body-util = \"0.1\"\nhyper = { version = \"1\", features = [\"http1\", \"server\"] }\n\
            hyper-util = { version = \"0.1\", features = [\"tokio\"] }\nserde = { version = \"1\", features = [\"derive\"] }\n\
            serde_json = \"1\"\ntokio = { version = \"1\", features = [\"net\", \"rt\"] }\n",
        adapter: "hyper",
        choices: &[Choice {
            what: "with extract",
            features: "features = [\"extract\"]",
            code: r#"
                use bytes::Bytes;
                use fastapi_status_hyper::{FastapiDefaults, Result, json};
                use http_body_util::Full;
                use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
                #[derive(serde::Deserialize)]
                struct Guest {
                    name: String,
                }
                async fn hello(request: Request<Incoming>) -> Result<Response<Full<Bytes>>> {
                    let guest: Guest = json(request, 1 << 20).await?;
                    Ok(Response::new(format!("hello, {}", guest.name).into()))
                }
                fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
                    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                        let (socket, _) = tokio::net::TcpListener::bind("127.0.0.1:0").await?.accept().await?;
                        let socket = hyper_util::rt::TokioIo::new(socket);
                        Ok(http1::Builder::new().serve_connection(socket, FastapiDefaults::new(service_fn(hello))).await?)
                    })
                }
            "#,
        }],
        bare: r#"
            use bytes::Bytes;
            use http_body_util::{BodyExt, Full};
            use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
            #[derive(serde::Deserialize)]
            struct Guest {
                name: String,
            }
            async fn hello(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
                let guest: Guest = serde_json::from_slice(&request.into_body().collect().await?.to_bytes())?;
                Ok(Response::new(format!("hello, {}", guest.name).into()))
            }
            fn main() -> Result<(), Box<dyn std::error::Error>> {
                tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                    let (socket, _) = tokio::net::TcpListener::bind("127.0.0.1:0").await?.accept().await?;
                    let socket = hyper_util::rt::TokioIo::new(socket);
                    Ok(http1::Builder::new().serve_connection(socket, service_fn(hello)).await?)
                })
            }
        "#,
        by_hand: (
            "",
            r#"
            use bytes::Bytes;
            use http_body_util::{BodyExt, Full};
            use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
            use serde_json::{Value, json};
            use std::{future::poll_fn, panic::{AssertUnwindSafe, catch_unwind}, pin::pin, task::Poll};
            type Error = Box<dyn std::error::Error + Send + Sync>;
            #[derive(serde::Deserialize)]
            struct Guest {
                name: String,
            }
            fn guest(content_type: Option<&str>, body: &[u8]) -> Result<Guest, Value> {
                let error = |kind, loc: Value, msg, input| json!({"type": kind, "loc": loc, "msg": msg, "input": input});
                if body.is_empty() {
                    return Err(error("missing", json!(["body"]), "Field required", Value::Null));
                }
                let no_model = "Input should be a valid dictionary or object to extract fields from";
                if content_type != Some("application/json") {
                    let text = String::from_utf8_lossy(body).into();
                    return Err(error("model_attributes_type", json!(["body"]), no_model, text));
                }
                serde_json::from_slice(body).map_err(|why| match serde_json::from_slice::<Value>(body) {
                    Ok(Value::Object(guest)) => match guest.get("name") {
                        Some(name) => error("string_type", json!(["body", "name"]), "Input should be a valid string", name.clone()),
                        None => error("missing", json!(["body", "name"]), "Field required", guest.into()),
                    },
                    Ok(other) => error("model_attributes_type", json!(["body"]), no_model, other),
                    Err(_) => {
                        let mut error = error("json_invalid", json!(["body", why.column()]), "JSON decode error", json!({}));
                        error["ctx"] = json!({"error": why.to_string()});
                        error
                    }
                })
            }
            async fn hello(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Error> {
                let (parts, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                let content_type = parts.headers.get("content-type").and_then(|value| value.to_str().ok());
                match guest(content_type, &body) {
                    Ok(guest) => Ok(Response::new(format!("hello, {}", guest.name).into())),
                    Err(error) => {
                        let response = Response::builder().status(422).header("content-type", "application/json");
                        Ok(response.body(json!({"detail": [error]}).to_string().into())?)
                    }
                }
            }
            async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Error> {
                let mut response = pin!(hello(request));
                let caught = poll_fn(|context| {
                    match catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(context))) {
                        Ok(poll) => poll.map(Some),
                        Err(_) => Poll::Ready(None),
                    }
                });
                caught.await.unwrap_or_else(|| {
                    let response = Response::builder().status(500).header("content-type", "text/plain; charset=utf-8");
                    Ok(response.body("Internal Server Error".into())?)
                })
            }
            fn main() -> Result<(), Box<dyn std::error::Error>> {
                tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                    let (socket, _) = tokio::net::TcpListener::bind("127.0.0.1:0").await?.accept().await?;
                    let socket = hyper_util::rt::TokioIo::new(socket);
                    Ok(http1::Builder::new().serve_connection(socket, service_fn(answer)).await?)
                })
            }
        "#,
        ),
    },
];

/// The crates that show what core takes.
pub(super) fn core(root: &Path) -> [Program; 3] {
    let print = "fn main() { println!(\"{}\", fastapi_status::status::HTTP_404_NOT_FOUND); }";
    let core = root.join("core").display().to_string();
    let names = format!("fastapi-status = {{ path = {core:?}, default-features = false }}\n");
    let all = format!("fastapi-status = {{ path = {core:?} }}\n");
    let serde_json = "serde_json = { version = \"1\", default-features = false, features = [\"alloc\"] }\n";
    [("core-names", names, print), ("core-all", all, print), ("serde-json", serde_json.to_owned(), "fn main() {}")].map(
        |(name, dependencies, code)| Program { name: name.to_owned(), what: "", dependencies, code: code.to_owned() },
    )
}

/// Programs that read JSON into one type and into `1 + further`, in each way.
pub(super) fn types(root: &Path, further: usize) -> [[Program; 2]; 3] {
    let adapter = root.join("adapters/serde").display().to_string();
    let adapter = format!("fastapi-status-serde = {{ path = {adapter:?} }}\n");
    let ours = "fastapi_status_serde::from_json(Some(\"application/json\"), body)";
    let path_to_error = "serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(body))";
    [
        ("ours", adapter.as_str(), ours),
        ("serde_json", "", "serde_json::from_slice(body)"),
        ("serde_path_to_error", "serde_path_to_error = \"0.1\"\n", path_to_error),
    ]
    .map(|(what, others, read)| {
        [1, 1 + further].map(|count| {
            let mut code = "#![allow(dead_code)]\nuse serde::Deserialize;\n".to_owned();
            let mut main = "let body: &[u8] = &std::env::args().next().unwrap_or_default().into_bytes();\n".to_owned();
            for place in 0..count {
                // None is like another: the compiler would make one function of what is the same for both.
                let fields = ["title: String", "quantity: u32", "price: f64", "gift: bool", "note: Option<String>"];
                let mut fields = fields.map(|field| format!("a{place}_{field}, "));
                let turn = place % fields.len();
                fields.rotate_left(turn);
                // Writing to a `String` never fails.
                let _ = write!(
                    code,
                    "#[derive(Deserialize)]
                    struct Order{place} {{ customer_{place}: String, lines_{place}: Vec<Line{place}> }}
                    #[derive(Deserialize)]
                    struct Line{place} {{ {}tags_{place}: Vec<String> }}\n",
                    fields.concat(),
                );
                let _ = write!(main, "let order: Result<Order{place}, _> = {read};\nstd::hint::black_box(&order);\n");
            }
            let _ = write!(code, "fn main() {{\n{main}}}\n");
            let dependencies =
                format!("serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n{others}");
            Program { name: format!("types-{what}-{count}"), what, dependencies, code }
        })
    })
}

//! The hello-worlds.

use std::path::Path;

/// A hello-world, with and without the adapter.
pub(super) struct Hello {
    pub(super) framework: &'static str,
    dependencies: &'static str,
    /// The adapter's folder.
    adapter: &'static str,
    /// Another choice of its features than the default, in words and as Cargo has it: on hyper, where there are none by
    /// default, more of them, else no more than this needs.
    pub(super) otherwise: &'static str,
    features: &'static str,
    /// Which of both has details of JSON, as the same answers by hand have.
    pub(super) alike: &'static str,
    bare: &'static str,
    ours: &'static str,
    /// The same answers without it, with no redirects and no phrases; and what that needs.
    by_hand: &'static str,
    by_hand_dependencies: &'static str,
}

pub(super) const HELLOS: &[Hello] = &[
    Hello {
        framework: "axum",
        dependencies: "axum = \"0.8\"\ntokio = { version = \"1\", features = [\"net\", \"rt-multi-thread\"] }\n",
        adapter: "axum",
        otherwise: "no extract, no json_detail",
        features: "default-features = false, features = [\"router\"]",
        alike: "with",
        bare: r#"
            use axum::{Router, routing::get};
            fn main() -> std::io::Result<()> {
                let app = Router::new().route("/", get(async || "hello"));
                tokio::runtime::Runtime::new()?.block_on(async {
                    axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await
                })
            }
        "#,
        ours: r#"
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
        "#,
        by_hand: r#"
            use axum::{Json, Router, http::StatusCode, response::IntoResponse, routing::get};
            use serde_json::{Value, json};
            use tower_http::catch_panic::CatchPanicLayer;
            async fn hello() -> Result<&'static str, (StatusCode, Json<Value>)> {
                Err((StatusCode::NOT_FOUND, Json(json!({"detail": "nobody"}))))
            }
            fn main() -> std::io::Result<()> {
                let wrong_method = async || (StatusCode::METHOD_NOT_ALLOWED, Json(json!({"detail": "Method Not Allowed"})));
                let not_found = async || (StatusCode::NOT_FOUND, Json(json!({"detail": "Not Found"})));
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
        by_hand_dependencies: "tower-http = { version = \"0.7\", features = [\"catch-panic\"] }\n",
    },
    Hello {
        framework: "actix-web",
        dependencies: "actix-web = { version = \"4\", default-features = false, features = [\"macros\"] }\n",
        adapter: "actix",
        otherwise: "no extract, no json_detail",
        features: "default-features = false",
        alike: "with",
        bare: r#"
            use actix_web::{App, HttpServer, web};
            #[actix_web::main]
            async fn main() -> std::io::Result<()> {
                let app = || App::new().route("/", web::get().to(async || "hello"));
                HttpServer::new(app).bind("127.0.0.1:0")?.run().await
            }
        "#,
        ours: r#"
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
        "#,
        by_hand: r#"
            use actix_web::body::MessageBody;
            use actix_web::dev::{ServiceRequest, ServiceResponse};
            use actix_web::error::{ErrorInternalServerError, InternalError};
            use actix_web::middleware::{Next, from_fn};
            use actix_web::{App, Error, HttpResponse, HttpServer, web};
            use futures_util::FutureExt;
            use serde_json::json;
            async fn catch_panic(
                request: ServiceRequest,
                next: Next<impl MessageBody>,
            ) -> Result<ServiceResponse<impl MessageBody>, Error> {
                let response = std::panic::AssertUnwindSafe(next.call(request)).catch_unwind().await;
                response.map_err(|_| ErrorInternalServerError("Internal Server Error"))?
            }
            async fn hello() -> Result<&'static str, Error> {
                let response = HttpResponse::NotFound().json(json!({"detail": "nobody"}));
                Err(InternalError::from_response("nobody", response).into())
            }
            #[actix_web::main]
            async fn main() -> std::io::Result<()> {
                let app = || {
                    let wrong_method = async || HttpResponse::MethodNotAllowed().json(json!({"detail": "Method Not Allowed"}));
                    let not_found = async || HttpResponse::NotFound().json(json!({"detail": "Not Found"}));
                    let hello = web::resource("/").get(hello).default_service(web::to(wrong_method));
                    App::new().service(hello).default_service(web::to(not_found)).wrap(from_fn(catch_panic))
                };
                HttpServer::new(app).bind("127.0.0.1:0")?.run().await
            }
        "#,
        by_hand_dependencies: "futures-util = { version = \"0.3\", default-features = false, features = [\"std\"] }\n",
    },
    Hello {
        framework: "hyper",
        dependencies: "bytes = \"1\"\nhttp-body-util = \"0.1\"\nhyper = { version = \"1\", features = [\"http1\", \"server\"] }\n\
            hyper-util = { version = \"0.1\", features = [\"tokio\"] }\ntokio = { version = \"1\", features = [\"net\", \"rt\"] }\n",
        adapter: "hyper",
        otherwise: "with extract and json_detail",
        features: "features = [\"extract\", \"json_detail\"]",
        alike: "otherwise",
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
        ours: r#"
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
        by_hand: r#"
            use bytes::Bytes;
            use http_body_util::Full;
            use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
            use std::{future::poll_fn, panic::{AssertUnwindSafe, catch_unwind}, pin::pin, task::Poll};
            async fn hello(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
                let body = serde_json::json!({"detail": "nobody"}).to_string();
                Response::builder().status(404).header("content-type", "application/json").body(body.into())
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
        by_hand_dependencies: "",
    },
];

/// Every crate: its name, its dependencies, its program.
pub(super) fn crates(root: &Path) -> Vec<(String, String, &'static str)> {
    let path = |folder: &str| root.join(folder).display().to_string();
    let mut crates = Vec::new();
    for Hello { framework, dependencies, adapter, features, bare, ours, by_hand, by_hand_dependencies, .. } in HELLOS {
        let path = path(&format!("adapters/{adapter}"));
        let adapter =
            |features| format!("{dependencies}fastapi-status-{adapter} = {{ path = {path:?}, {features} }}\n");
        crates.push((format!("bare-{framework}"), dependencies.to_string(), *bare));
        // As the adapters have it with `json_detail`: details with more members than here keep their order, as Python's do.
        let serde_json = "serde_json = { version = \"1\", features = [\"preserve_order\"] }\n";
        let dependencies = format!("{dependencies}{serde_json}{by_hand_dependencies}");
        crates.push((format!("hand-{framework}"), dependencies, *by_hand));
        crates.push((format!("with-{framework}"), adapter("default-features = true"), *ours));
        crates.push((format!("otherwise-{framework}"), adapter(features), *ours));
    }
    let core = path("core");
    let print = "fn main() { println!(\"{}\", fastapi_status::status::HTTP_404_NOT_FOUND); }";
    let names = format!("fastapi-status = {{ path = {core:?}, default-features = false }}\n");
    crates.push(("core-names".to_owned(), names, print));
    crates.push(("core-all".to_owned(), format!("fastapi-status = {{ path = {core:?} }}\n"), print));
    let serde_json = "serde_json = { version = \"1\", default-features = false, features = [\"alloc\"] }\n";
    crates.push(("serde-json".to_owned(), serde_json.to_owned(), "fn main() {}"));
    crates
}

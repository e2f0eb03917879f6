//! What a client sent stands in the detail and in headers of an exception: no byte of it gets anywhere else.

use std::io;
use std::net::TcpListener;

use fastapi_status_tests::{Server, Stop};
use serde::Deserialize;
use serde_json::Value;

use crate::{Serve, against, ask};

const SERVERS: [(&str, Serve); 3] = [("axum", axum_server), ("actix", actix_server), ("hyper", hyper_server)];

/// What to say, in a header of which name, with which value.
#[derive(Debug, Deserialize)]
struct Echo {
    #[serde(default)]
    detail: String,
    name: Option<String>,
    #[serde(default)]
    value: String,
}

impl Echo {
    fn exception(self) -> fastapi_status::HttpException {
        let Some(name) = self.name else { return fastapi_status::status::HTTP_200_OK.into() };
        fastapi_status::HttpException::new(fastapi_status::status::HTTP_400_BAD_REQUEST, self.detail)
            .with_header(name, self.value)
    }
}

fn axum_server(listener: TcpListener, stop: Stop) -> io::Result<()> {
    use fastapi_status_axum::{HttpException, Query, with_fastapi_defaults};

    let echo = async |Query(echo): Query<Echo>| HttpException::from(echo.exception());
    let router = with_fastapi_defaults(axum::Router::new().route("/", axum::routing::get(echo)));
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).with_graceful_shutdown(stop).await
    })
}

fn actix_server(listener: TcpListener, stop: Stop) -> io::Result<()> {
    use actix_web::{App, HttpResponse, HttpServer, rt, web};
    use fastapi_status_actix::{FastapiDefaults, Query, Result};

    async fn echo(echo: Query<Echo>) -> Result<HttpResponse> {
        Err(echo.into_inner().exception().into())
    }

    rt::System::new().block_on(async move {
        let app = || App::new().route("/", web::get().to(echo)).wrap(FastapiDefaults::default());
        let server = HttpServer::new(app).disable_signals().workers(1).listen(listener)?.run();
        let handle = server.handle();
        rt::spawn(async move {
            stop.await;
            handle.stop(true).await;
        });
        server.await
    })
}

fn hyper_server(listener: TcpListener, stop: Stop) -> io::Result<()> {
    use fastapi_status_hyper::{FastapiDefaults, HttpException, Result};
    use hyper::body::{Bytes, Incoming};
    use hyper::server::conn::http1;
    use hyper::service::service_fn;
    use hyper::{Request, Response};

    async fn echo(request: Request<Incoming>) -> Result<Response<http_body_util::Full<Bytes>>> {
        let echo: Echo = fastapi_status_serde::from_query(request.uri().query().unwrap_or_default())?;
        Err(HttpException::from(echo.exception()))
    }

    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let accept = async {
            while let Ok((socket, _)) = listener.accept().await {
                let service = FastapiDefaults::new(service_fn(echo));
                let io = hyper_util::rt::TokioIo::new(socket);
                tokio::spawn(http1::Builder::new().serve_connection(io, service));
            }
        };
        tokio::select! {
            () = accept => {}
            () = stop => {}
        }
        Ok(())
    })
}

fn encode(text: &[u8]) -> String {
    text.iter().map(|byte| format!("%{byte:02X}")).collect()
}

/// Headers that an answer has by itself.
const OWN: [&str; 3] = ["content-length", "content-type", "connection"];

fn check(name: &str, addr: std::net::SocketAddr, [header, value, detail]: [&[u8]; 3]) {
    let target = format!("/?name={}&value={}&detail={}", encode(header), encode(value), encode(detail));
    let answer = ask(addr, format!("GET {target} HTTP/1.1\r\nhost: shop.test\r\n\r\n").as_bytes());
    let what = format!("{name}, {target}: {answer:?}");
    let [header, value, detail] = [header, value, detail].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let others: Vec<_> = answer.headers.iter().filter(|header| !OWN.contains(&header.0.as_str())).collect();
    if answer.status == 500 {
        assert_eq!(answer.body.0, b"Internal Server Error", "{what}");
        assert!(others.is_empty(), "{what}");
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_plain = |c: char| c == '\t' || (!c.is_ascii_control() && u32::from(c) < 256);
        let is_valid = !header.is_empty() && header.bytes().all(is_token) && value.chars().all(is_plain);
        assert!(!is_valid, "{what}");
        return;
    }
    assert_eq!(answer.status, 400, "{what}");
    let body: Value = serde_json::from_slice(&answer.body.0).unwrap_or_else(|error| panic!("{error}: {what}"));
    assert_eq!(body["detail"], detail, "{what}");
    let value = value.trim_matches([' ', '\t']);
    match others[..] {
        [one] => assert!(one.0.eq_ignore_ascii_case(&header) && one.1.trim_matches([' ', '\t']) == value, "{what}"),
        [] => assert!(OWN.contains(&&*header.to_ascii_lowercase()) || header == "transfer-encoding", "{what}"),
        _ => panic!("{what}"),
    }
}

#[test]
fn nothing_splits_an_answer() {
    against(SERVERS, "/", |name, addr| {
        for byte in 0..=255 {
            check(name, addr, [b"x-echo", &[b'a', byte, b'b'], &[byte]]);
            check(name, addr, [&[b'x', byte], b"1", &[byte, byte]]);
        }
        let split: &[u8] = b"a\r\nset-cookie: admin=1\r\n\r\n<script>";
        check(name, addr, [b"x-echo", split, split]);
        check(name, addr, [split, b"1", split]);
        check(name, addr, [b"", b"", b""]);
        check(name, addr, [b"x-echo", "\u{10A}\u{10D} \u{560A}\u{560D}".as_bytes(), "\u{2028}\u{85}".as_bytes()]);
        check(name, addr, [b"content-length", b"5", b"as long as it is"]);
        check(name, addr, [b"Content-Length", b"x\r\n\r\n", b""]);
        check(name, addr, [b"transfer-encoding", b"chunked", b"as it is"]);
        check(name, addr, [b"x-echo", &[b'a'; 8000], &[b'"'; 8000]]);
    });
}

/// A server that was told to stop in the middle of it all ends as well.
#[test]
fn the_servers_end() {
    for (_, serve) in SERVERS {
        drop(Server::start(serve));
    }
}

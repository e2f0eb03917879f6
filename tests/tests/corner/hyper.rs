//! On hyper, whose users write their own router.

use std::io;
use std::net::TcpListener;

use fastapi_status::toggle_slash;
use fastapi_status_hyper::{FastapiDefaults, HttpException, Result, ToHttp, is_websocket_handshake, status};
use fastapi_status_tests::Stop;
use futures_util::stream::{self, Stream, StreamExt as _};
use http_body_util::{BodyExt as _, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

use super::{hyper_ws, values};

pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Serves the corner service until it is told to stop.
pub(crate) fn serve(listener: TcpListener, stop: Stop) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let accept = async {
            loop {
                let (socket, _) = listener.accept().await?;
                let service = FastapiDefaults::new(service_fn(answer));
                let connection = http1::Builder::new().serve_connection(TokioIo::new(socket), service);
                // A client that goes away is nobody's failure.
                tokio::spawn(async { drop(connection.with_upgrades().await) });
            }
        };
        tokio::select! {
            result = accept => result,
            () = stop => Ok(()),
        }
    })
}

/// Finds the route, or answers as FastAPI's router does.
async fn answer(request: Request<Incoming>) -> Result<Response<Body>> {
    let path = values::unquote(request.uri().path());
    if is_websocket_handshake(request.method(), request.headers()) {
        return hyper_ws::answer(&path, request).await;
    }
    let not_found = HttpException::from_status(status::HTTP_404_NOT_FOUND);
    let methods = methods(&path);
    if methods.contains(&request.method().as_str()) {
        return route(&path, request).await;
    }
    if !methods.is_empty() {
        return Err(
            HttpException::from_status(status::HTTP_405_METHOD_NOT_ALLOWED).with_header("allow", methods.join(", "))
        );
    }
    let Some(other) = toggle_slash(request.uri().path()) else {
        return Err(not_found);
    };
    if self::methods(&values::unquote(&other)).is_empty() {
        return Err(not_found);
    }
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = format!("http://{host}");
    Err(fastapi_status::HttpException::redirect_slashes(&origin, &other, request.uri().query()))?
}

/// The segments of a path; of `/items/`, the last is empty.
fn segments(path: &str) -> Vec<&str> {
    path.strip_prefix('/').unwrap_or(path).split('/').collect()
}

/// The methods of a path; none, if no route has it.
fn methods(path: &str) -> &'static [&'static str] {
    match segments(path)[..] {
        [
            "raise" | "raise-starlette" | "bare" | "text" | "declared" | "declared-none" | "set-status" | "detail"
            | "returned" | "annotated" | "headers" | "words",
            name,
        ] if !name.is_empty() => &["GET"],
        ["cookies" | "crash-async" | "crash-invalid-answer" | "crash-in-stream" | "stream" | "both"] => &["GET"],
        ["crash" | "items"] | ["things", ""] => &["GET", "POST"],
        ["both", ""] => &["GET"],
        ["only-put", ""] => &["PUT"],
        ["many"] => &["GET", "POST", "DELETE"],
        ["with-head"] => &["GET", "HEAD"],
        ["with-options"] => &["OPTIONS", "GET", "PATCH"],
        ["slashed", word, ""] if !word.is_empty() => &["GET"],
        ["files", _, ..] => &["GET"],
        ["numbers", number] if values::number(number).is_ok() => &["GET"],
        ["overlap", "fixed"] => &["GET", "DELETE"],
        ["overlap", name] if !name.is_empty() => &["DELETE"],
        ["nested", ref rest @ ..] | ["again", "nested", ref rest @ ..] => match rest {
            [] | ["leaf"] | ["branch", ""] | ["inner", "deep"] => &["GET"],
            ["inner", ""] => &["GET", "POST"],
            _ => &[],
        },
        ["sub", "" | "inside" | "crash"] => &["GET"],
        ["sub", "raise", code] if !code.is_empty() => &["GET"],
        ["sub", "slash", ""] => &["POST"],
        ["router", "inside"] => &["GET", "HEAD"],
        _ => &[],
    }
}

async fn route(path: &str, request: Request<Incoming>) -> Result<Response<Body>> {
    let query = |name| values::query(request.uri().query(), name);
    let segments = segments(path);
    match segments[..] {
        ["raise" | "raise-starlette", code] | ["sub", "raise", code] => {
            Err(values::raise(number(code)?, query("detail")))?
        }
        ["bare", code] => Ok(bare(code_of(code)?)),
        ["text", code] => Ok(typed(code_of(code)?, "text/plain; charset=utf-8", "a text")),
        ["declared" | "set-status", code] => Ok(json_with(code_of(code)?, &json!({"answer": 42}))),
        ["declared-none", "204"] => Ok(bare(status::HTTP_204_NO_CONTENT)),
        ["declared-none", code] => Ok(json_with(code_of(code)?, &json!(null))),
        ["detail", name] => Err(values::detail(name))?,
        ["returned", name] => Ok(typed(status::HTTP_200_OK, "application/json", values::returned(name)?)),
        ["annotated", name] => Ok(typed(status::HTTP_200_OK, "application/json", values::annotated(name)?)),
        ["headers", name] => Err(values::with_headers(name, query("code").map_or(Ok(400), |code| number(&code))?))?,
        ["cookies"] => Ok(cookies()),
        ["crash"] if request.method() == "POST" => panic!("{:?}", request.into_body().collect().await),
        ["crash" | "crash-async"] | ["sub", "crash"] => panic!("a secret: <password>"),
        ["crash-invalid-answer"] => Err(HttpException::unhandled("not a number")),
        ["crash-in-stream"] => Ok(stream(values::broken_stream())),
        ["stream"] => Ok(stream(stream::iter(["one", "two"].map(Ok)))),
        ["both", ""] => Ok(json(&json!("with slash"))),
        ["items" | "both"] | ["things" | "only-put", ""] => {
            Ok(json(&values::echo(path, request.uri().query(), request.method().as_str())))
        }
        ["many" | "with-head" | "with-options"] => Ok(json(&json!(request.method().as_str()))),
        ["words", word] | ["slashed", word, ""] => Ok(json(&json!({"word": word}))),
        ["files", ..] => Ok(json(&json!({"path": path.strip_prefix("/files/")}))),
        ["numbers", number] => Ok(json(&values::number(number)?)),
        ["overlap", name] => Ok(json(&json!(name))),
        ["nested"] | ["again", "nested"] => Ok(json(&json!("root"))),
        [.., "inner", _] => Ok(json(&json!("inner"))),
        ["nested" | "again", ..] => Ok(json(&json!("leaf"))),
        ["sub", ..] => Ok(json(&json!({"path": path, "root": "/sub"}))),
        ["router", ..] => Ok(json(&json!({"path": path}))),
        _ => Err(HttpException::from_status(status::HTTP_404_NOT_FOUND)),
    }
}

pub(super) fn number(text: &str) -> Result<u16> {
    text.parse().map_err(HttpException::unhandled)
}

fn code_of(text: &str) -> Result<StatusCode> {
    Ok(values::status_code(number(text)?).to_http())
}

pub(super) fn full(body: impl Into<Bytes>) -> Body {
    http_body_util::Full::new(body.into()).map_err(|never| match never {}).boxed_unsync()
}

fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(full(""));
    *response.status_mut() = status;
    response
}

fn typed(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = bare(status);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    *response.body_mut() = full(body);
    response
}

pub(super) fn json_with(status: StatusCode, value: &Value) -> Response<Body> {
    typed(status, "application/json", values::as_json(value))
}

fn json(value: &Value) -> Response<Body> {
    json_with(status::HTTP_200_OK, value)
}

fn cookies() -> Response<Body> {
    let mut response = json(&json!({}));
    for (name, value) in values::COOKIES {
        response.headers_mut().append(name, HeaderValue::from_static(value));
    }
    response
}

fn stream(parts: impl Stream<Item = io::Result<&'static str>> + Send + 'static) -> Response<Body> {
    let frames = parts.map(|part| part.map(|part| Frame::data(Bytes::from(part))));
    typed(status::HTTP_200_OK, "text/plain; charset=utf-8", "").map(|_| StreamBody::new(frames).boxed_unsync())
}

//! The same answers by hand, without reason phrases.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use serde_json::{Value, json};
use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

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
    let caught = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(context))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
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

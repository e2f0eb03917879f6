//! With the adapter, which reads the body.

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

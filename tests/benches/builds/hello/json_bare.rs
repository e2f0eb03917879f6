//! Without the adapter.

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

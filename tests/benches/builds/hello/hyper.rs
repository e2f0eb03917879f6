//! With the adapter.

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

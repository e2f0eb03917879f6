//! The same answers by hand, without reason phrases.

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

async fn hello(_: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
    let response = Response::builder().status(404).header("content-type", "application/json");
    response.body("{\"detail\":\"nobody\"}".into())
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
    let mut response = pin!(hello(request));
    let caught = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| response.as_mut().poll(context))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
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

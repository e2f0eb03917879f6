//! The bookshop of `examples/fastapi/main.py`, ported to hyper: the same routes in the same order, as thin.
//!
//! ```text
//! cargo run -p example-hyper -- --port 8000
//! curl -i http://127.0.0.1:8000/books/1
//! ```
//!
//! hyper has neither router nor extractors, so that `router.rs` and `call.rs` hold the few lines that the others find in
//! their framework.
#![forbid(unsafe_code)]

mod answer;
mod books;
mod call;
mod counter;
mod feed;
mod orders;
mod router;

use std::io;
use std::net::TcpListener;
use std::pin::pin;

use example_bookshop::Shop;
use fastapi_status_hyper::FastapiDefaults;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;

/// Serves a new shop until `stop` is ready, and then ends what it has begun.
///
/// # Errors
///
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, stop: impl Future<Output = ()>) -> io::Result<()> {
    let shop = Shop::new();
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
        http.http1().timer(TokioTimer::new());
        let connections = GracefulShutdown::new();
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut stop => break,
            };
            let socket = match accepted {
                Ok((socket, _)) => TokioIo::new(socket),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    continue;
                }
            };
            let shop = shop.clone();
            let service = service_fn(move |request| handle(shop.clone(), request));
            let connection = connections.watch(http.serve_connection_with_upgrades(socket, service).into_owned());
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection ended early");
                }
            });
        }
        drop(listener);
        connections.shutdown().await;
        Ok(())
    })
}

async fn handle(
    shop: Shop,
    request: Request<Incoming>,
) -> Result<hyper::Response<impl hyper::body::Body<Data = bytes::Bytes, Error: Into<BoxError>>>, std::convert::Infallible>
{
    let what = format!("{} {}", request.method(), request.uri());
    let service = FastapiDefaults::new(service_fn(move |request| router::route(shop.clone(), request)));
    let response = service.call(request).await?;
    tracing::info!(status = response.status().as_u16(), "{what}");
    Ok(response)
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

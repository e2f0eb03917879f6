//! The bookshop of `examples/fastapi/main.py`, ported to axum: the same routes in the same order, as thin.
//!
//! ```text
//! cargo run -p example-axum -- --port 8000
//! curl -i http://127.0.0.1:8000/books/1
//! ```
#![forbid(unsafe_code)]

mod books;
mod counter;
mod dependencies;
mod docs;
mod feed;
mod orders;

use std::io;
use std::net::TcpListener;

use axum::Router;
use example_bookshop::Shop;
use fastapi_status_axum::with_fastapi_defaults;
use tower_http::trace::{DefaultMakeSpan, DefaultOnResponse, TraceLayer};
use tracing::Level;

/// All routes of a shop.
pub fn router(shop: Shop) -> Router {
    let router = Router::new()
        .merge(books::router())
        .merge(orders::router())
        .merge(counter::router())
        .merge(feed::router())
        .merge(docs::router())
        .with_state(shop);
    with_fastapi_defaults(router).layer(
        TraceLayer::new_for_http()
            .make_span_with(DefaultMakeSpan::new().level(Level::INFO))
            .on_response(DefaultOnResponse::new().level(Level::INFO)),
    )
}

/// Serves a new shop until `stop` is ready, and then ends what it has begun.
///
/// # Errors
///
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router(Shop::new())).with_graceful_shutdown(stop).await
    })
}

//! Without the adapter.

use axum::{Router, routing::get};

fn main() -> std::io::Result<()> {
    let app = Router::new().route("/", get(async || "hello"));
    tokio::runtime::Runtime::new()?
        .block_on(async { axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await })
}

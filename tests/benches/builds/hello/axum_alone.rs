//! With names and exceptions: the router answers as axum's does.

use axum::{Router, routing::get};
use fastapi_status_axum::{HttpException, Result, status};

async fn hello() -> Result<&'static str> {
    Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
}

fn main() -> std::io::Result<()> {
    let app = Router::new().route("/", get(hello));
    tokio::runtime::Runtime::new()?
        .block_on(async { axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await })
}

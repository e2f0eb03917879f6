//! With all that the adapter adds to a router.

use axum::{Router, routing::get};
use fastapi_status_axum::{HttpException, Result, status, with_fastapi_defaults};

async fn hello() -> Result<&'static str> {
    Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
}

fn main() -> std::io::Result<()> {
    let app = with_fastapi_defaults(Router::new().route("/", get(hello)));
    tokio::runtime::Runtime::new()?
        .block_on(async { axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await })
}

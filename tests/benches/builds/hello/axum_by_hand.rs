//! The same answers by hand, for its only path, without redirects and reason phrases.

use axum::{
    Router,
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};
use tower_http::catch_panic::CatchPanicLayer;

type Refusal = (StatusCode, [(axum::http::HeaderName, &'static str); 1], &'static str);

fn refusal(status: StatusCode, body: &'static str) -> Refusal {
    (status, [(CONTENT_TYPE, "application/json")], body)
}

async fn hello() -> Result<&'static str, Refusal> {
    Err(refusal(StatusCode::NOT_FOUND, "{\"detail\":\"nobody\"}"))
}

fn main() -> std::io::Result<()> {
    let wrong_method = async || refusal(StatusCode::METHOD_NOT_ALLOWED, "{\"detail\":\"Method Not Allowed\"}");
    let not_found = async || refusal(StatusCode::NOT_FOUND, "{\"detail\":\"Not Found\"}");
    let panicked = CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
        (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response()
    });
    let app = Router::new().route("/", get(hello)).layer(panicked);
    let app = app.method_not_allowed_fallback(wrong_method).fallback(not_found);
    tokio::runtime::Runtime::new()?
        .block_on(async { axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await })
}

//! What FastAPI has of its own: `/openapi.json` and `/docs`.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use example_bookshop::{DOCS, Shop};
use fastapi_status_axum::{Json, Path, Result};

pub(crate) fn router() -> Router<Shop> {
    Router::new()
        .route("/openapi.json", get(openapi))
        .route("/docs", get(Html(DOCS)))
        .route("/docs/{file}", get(docs_file))
}

async fn openapi() -> impl IntoResponse {
    Json(example_bookshop::openapi())
}

async fn docs_file(Path(name): Path<String>) -> Result<impl IntoResponse> {
    let file = example_bookshop::docs_file(&name)?;
    Ok(([(CONTENT_TYPE, file.content_type)], file.content))
}

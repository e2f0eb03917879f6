//! What FastAPI has of its own: `/openapi.json` and `/docs`.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use actix_web::web::{ServiceConfig, resource};
use example_bookshop::DOCS;
use fastapi_status_actix::{Path, Result};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/openapi.json").get(openapi))
        .service(resource("/docs").get(docs))
        .service(resource("/docs/{file}").get(docs_file));
}

async fn openapi() -> HttpResponse {
    HttpResponse::Ok().json(example_bookshop::openapi())
}

async fn docs() -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::html()).body(DOCS)
}

async fn docs_file(Path(name): Path<String>) -> Result<HttpResponse> {
    let file = example_bookshop::docs_file(&name)?;
    Ok(HttpResponse::Ok().content_type(file.content_type).body(file.content))
}

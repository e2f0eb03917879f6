//! The same answers by hand, for its only path, without redirects and reason phrases.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{ErrorInternalServerError, InternalError};
use actix_web::http::header::ContentType;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use futures_util::FutureExt;

async fn catch_panic(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = std::panic::AssertUnwindSafe(next.call(request)).catch_unwind().await;
    response.map_err(|_| ErrorInternalServerError("Internal Server Error"))?
}

async fn hello() -> Result<&'static str, Error> {
    let response = HttpResponse::NotFound().content_type(ContentType::json()).body("{\"detail\":\"nobody\"}");
    Err(InternalError::from_response("nobody", response).into())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let app = || {
        let wrong_method = async || {
            HttpResponse::MethodNotAllowed()
                .insert_header(("allow", "GET"))
                .content_type(ContentType::json())
                .body("{\"detail\":\"Method Not Allowed\"}")
        };
        let not_found =
            async || HttpResponse::NotFound().content_type(ContentType::json()).body("{\"detail\":\"Not Found\"}");
        let hello = web::resource("/").get(hello).default_service(web::to(wrong_method));
        App::new().service(hello).default_service(web::to(not_found)).wrap(from_fn(catch_panic))
    };
    HttpServer::new(app).bind("127.0.0.1:0")?.run().await
}

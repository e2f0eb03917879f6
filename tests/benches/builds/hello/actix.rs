//! With all that the adapter adds to an app.

use actix_web::{App, HttpServer, web};
use fastapi_status_actix::{FastapiDefaults, HttpException, Result, status};

async fn hello() -> Result<&'static str> {
    Err(HttpException::new(status::HTTP_404_NOT_FOUND, "nobody"))
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let app = || App::new().route("/", web::get().to(hello)).wrap(FastapiDefaults::default());
    HttpServer::new(app).bind("127.0.0.1:0")?.run().await
}

//! Without the adapter.

use actix_web::{App, HttpServer, web};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let app = || App::new().route("/", web::get().to(async || "hello"));
    HttpServer::new(app).bind("127.0.0.1:0")?.run().await
}

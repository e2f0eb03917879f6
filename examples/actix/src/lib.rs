//! The bookshop of `examples/fastapi/main.py`, ported to actix-web: the same routes in the same order, as thin.
//!
//! ```text
//! cargo run -p example-actix -- --port 8000
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

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpServer, rt, web};
use example_bookshop::Shop;
use fastapi_status_actix::FastapiDefaults;

/// All routes. They need a shop as `web::Data`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .configure(books::routes)
        .configure(orders::routes)
        .configure(counter::routes)
        .configure(feed::routes)
        .configure(docs::routes);
}

/// Serves a new shop until `stop` is ready, and then ends what it has begun.
///
/// # Errors
///
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
    rt::System::new().block_on(async move {
        let shop = web::Data::new(Shop::new());
        let app = move || {
            App::new().app_data(shop.clone()).configure(routes).wrap(FastapiDefaults::default()).wrap(from_fn(log))
        };
        let server = HttpServer::new(app).disable_signals().shutdown_timeout(5).listen(listener)?.run();
        let handle = server.handle();
        rt::spawn(async move {
            stop.await;
            handle.stop(true).await;
        });
        server.await
    })
}

async fn log(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let what = format!("{} {}", request.method(), request.uri());
    let response = next.call(request).await?;
    tracing::info!(status = response.status().as_u16(), "{what}");
    Ok(response)
}

//! The same answers by hand for any app, without reason phrases. `refusal` follows in a file of its own.

use std::cell::RefCell;
use std::future::{Ready, ready};
use std::rc::Rc;

use actix_service::boxed::{self, BoxService};
use actix_service::{IntoServiceFactory, ServiceFactory};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::error::{ErrorInternalServerError, InternalError};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HOST, LOCATION};
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::FutureExt;

type Resource = BoxService<ServiceRequest, ServiceResponse, Error>;

#[derive(Clone, Default)]
struct Keep(Rc<RefCell<Option<Rc<Resource>>>>);

impl<S> Transform<S, ServiceRequest> for Keep
where
    S: Service<ServiceRequest, Response = ServiceResponse, Error = Error> + 'static,
{
    type Response = ServiceResponse;
    type Error = Error;
    type Transform = Rc<Resource>;
    type InitError = ();
    type Future = Ready<std::result::Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        let resource = Rc::new(boxed::service(service));
        self.0.replace(Some(Rc::clone(&resource)));
        ready(Ok(resource))
    }
}

async fn catch_panic(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = std::panic::AssertUnwindSafe(next.call(request)).catch_unwind().await;
    response.map_err(|_| ErrorInternalServerError("Internal Server Error"))?
}

async fn unrouted(request: HttpRequest, resource: web::Data<RefCell<Option<Rc<Resource>>>>) -> HttpResponse {
    let asked = resource.borrow().clone();
    let answer = asked.and_then(|asked| asked.call(ServiceRequest::from_request(request.clone())).now_or_never());
    if let Some(Ok(answer)) = answer
        && let Some(allow) = answer.headers().get(ALLOW)
    {
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
        response.headers_mut().insert(ALLOW, allow.clone());
        return response;
    }
    let path = request.path();
    let other = if path.ends_with('/') { path.trim_end_matches('/').to_owned() } else { format!("{path}/") };
    if !request.resource_map().has_resource(&other) {
        return refusal(StatusCode::NOT_FOUND, "Not Found");
    }
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, format!("http://{host}{other}{query}"))).finish()
}

async fn hello() -> Result<&'static str, Error> {
    Err(InternalError::from_response("nobody", refusal(StatusCode::NOT_FOUND, "nobody")).into())
}

async fn resource() -> Option<Rc<Resource>> {
    let kept = Keep::default();
    let app = App::new().service(web::resource("").wrap(kept.clone()));
    app.into_factory().new_service(AppConfig::default()).await.ok()?;
    kept.0.take()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let app = || {
        App::new()
            .route("/", web::get().to(hello))
            .data_factory(async || Ok::<_, ()>(RefCell::new(resource().await)))
            .default_service(web::to(unrouted))
            .wrap(from_fn(catch_panic))
    };
    HttpServer::new(app).bind("127.0.0.1:0")?.run().await
}

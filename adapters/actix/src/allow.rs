//! The methods that a path has, once actix-web's router has refused one.
//!
//! A method guard (`web::get()`, `#[get]`) leaves its method in the request's extensions, in a type that only actix-web can
//! read, and which it does read for the `allow` of a resource's own 405. So a resource without routes is asked here: it
//! answers 405, with what the guards left.

use std::cell::RefCell;
use std::future::{Ready, ready};
use std::rc::Rc;

use actix_service::boxed::{self, BoxService};
use actix_service::{IntoServiceFactory, ServiceFactory};
use actix_web::dev::{AppConfig, Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{App, Error, HttpRequest, web};
use futures_util::FutureExt;

/// Reads the methods that guards have left in a request.
pub(crate) struct Allow(Rc<Resource>);

type Resource = BoxService<ServiceRequest, ServiceResponse, Error>;

impl Allow {
    #[inline]
    pub(crate) async fn new() -> Self {
        let kept = Keep::default();
        let app = App::new().service(web::resource("").wrap(kept.clone()));
        match (app.into_factory().new_service(AppConfig::default()).await, kept.0.take()) {
            (Ok(_), Some(resource)) => Self(resource),
            _ => unreachable!("an app without data factories starts, and its resources with it"),
        }
    }

    /// The `allow` of the methods that guards compared with that of `request`, if they refused it.
    #[inline]
    pub(crate) fn refused(&self, request: &HttpRequest) -> Option<HeaderValue> {
        // It is there at once: nothing is read for it.
        let answer = self.0.call(ServiceRequest::from_request(request.clone())).now_or_never()?.ok()?;
        answer.headers().get(ALLOW).and_then(|allow| without(request.method(), allow))
    }
}

/// Keeps the service of a resource, which can be called without the app around it then.
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
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        let resource = Rc::new(boxed::service(service));
        self.0.replace(Some(Rc::clone(&resource)));
        ready(Ok(resource))
    }
}

/// `allow` without its repetitions, if it does not name `method`.
#[inline]
pub(crate) fn without(method: &Method, allow: &HeaderValue) -> Option<HeaderValue> {
    let mut methods: Vec<&str> = Vec::new();
    for name in allow.to_str().ok()?.split(',').map(str::trim) {
        if name == method.as_str() {
            return None;
        }
        if !methods.contains(&name) {
            methods.push(name);
        }
    }
    HeaderValue::from_str(&methods.join(", ")).ok()
}

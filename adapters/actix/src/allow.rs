//! The methods that a path has, once actix-web's router has refused one.
//!
//! A method guard (`web::get()`, `#[get]`) leaves its method in the request's extensions, in a type that only actix-web can
//! read, and which it does read for the `allow` of a resource's own 405. So a resource without routes is asked here: it
//! answers 405, with what the guards left.

use std::mem::take;

use actix_http::Request;
use actix_service::boxed::{self, BoxService};
use actix_service::{IntoServiceFactory, ServiceFactory};
use actix_web::dev::{AppConfig, Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{App, Error, HttpMessage, HttpRequest, web};

/// Reads the methods that guards have left in a request.
pub(crate) struct Allow(BoxService<Request, ServiceResponse, Error>);

impl Allow {
    pub(crate) async fn new() -> Self {
        let app = App::new().service(web::resource("{path}*"));
        match app.into_factory().new_service(AppConfig::default()).await {
            Ok(service) => Self(boxed::service(service)),
            Err(()) => unreachable!("an app without data factories starts"),
        }
    }

    /// The `allow` of the methods that guards compared with that of `request`, if they refused it.
    pub(crate) async fn refused(&self, request: &HttpRequest) -> Option<HeaderValue> {
        let question = Request::new();
        *question.extensions_mut() = take(&mut *request.extensions_mut());
        let answer = self.0.call(question).await.ok()?;
        *request.extensions_mut() = take(&mut *answer.request().extensions_mut());
        answer.headers().get(ALLOW).and_then(|allow| without(request.method(), allow))
    }
}

/// `allow` without its repetitions, if it does not name `method`.
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

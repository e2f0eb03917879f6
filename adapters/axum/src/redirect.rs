//! What is answered to a path that the router does not know: a redirect, if it knows the path with or without a trailing
//! slash, else 404.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::Body;
use axum::extract::{OriginalUri, Request};
use axum::response::{IntoResponse, Response};
use fastapi_status::toggle_slash;
use http::header::HOST;
use http::uri::Authority;
use http::{HeaderMap, StatusCode, Uri};
use tower_layer::Layer;
use tower_service::Service;

use crate::HttpException;

/// The paths of a router, without its handlers.
#[derive(Clone, Debug)]
pub(crate) struct Paths(Router);

impl Paths {
    pub(crate) fn of(router: &Router) -> Self {
        // The layer goes around every handler, and around every answer to a wrong method. The fallback is put in its
        // place afterwards, so that it alone has no layer.
        Self(router.clone().layer(Always(StatusCode::OK)).fallback_service(Always(StatusCode::NOT_FOUND)))
    }

    /// The redirect, if the other form of the request's path is known.
    pub(crate) fn redirect(&mut self, request: &Request) -> Option<HttpException> {
        let path = toggle_slash(request.uri().path())?;
        let mut probe = Request::new(Body::empty());
        *probe.uri_mut() = Uri::try_from(path).ok()?;
        // Whatever it finds answers at once.
        let answer = pin!(self.0.call(probe)).poll(&mut Context::from_waker(Waker::noop()));
        if !matches!(answer, Poll::Ready(Ok(answer)) if answer.status() == StatusCode::OK) {
            return None;
        }
        // Within a nested router, `uri` lacks the prefix, and the client needs it.
        let uri = request.extensions().get::<OriginalUri>().map_or(request.uri(), |OriginalUri(uri)| uri);
        let location = toggle_slash(uri.path())?;
        let origin = origin(uri, request.headers());
        Some(fastapi_status::HttpException::redirect_slashes(&origin, &location, uri.query()).into())
    }
}

/// The scheme and the host that the client spoke to. A proxy that ends TLS says so in `x-forwarded-proto`.
fn origin(uri: &Uri, headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(HOST.as_str()).or(uri.authority().map(Authority::as_str)) else {
        return String::new();
    };
    let is_https = text("x-forwarded-proto").or(uri.scheme_str()).is_some_and(|scheme| scheme == "https");
    format!("{}://{host}", if is_https { "https" } else { "http" })
}

/// Answers with a status, also in place of what is there.
#[derive(Clone, Copy, Debug)]
struct Always(StatusCode);

impl<S> Layer<S> for Always {
    type Service = Self;

    fn layer(&self, _: S) -> Self {
        *self
    }
}

impl Service<Request> for Always {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request) -> Self::Future {
        ready(Ok(self.0.into_response()))
    }
}

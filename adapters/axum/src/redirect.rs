//! What is answered to a path that the router does not know: a redirect, if it knows the path with or without a trailing
//! slash, else 404.

use std::convert::Infallible;
use std::task::{Context, Poll};

use axum::Router;
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
        Self(router.clone().layer(Known).fallback(async || StatusCode::NOT_FOUND))
    }

    /// The redirect, if the other form of the request's path is known.
    pub(crate) async fn redirect(&mut self, request: Request) -> Option<HttpException> {
        let path = toggle_slash(request.uri().path())?;
        // Within a nested router, `uri` lacks the prefix, and the client needs it.
        let original = match request.extensions().get::<OriginalUri>() {
            Some(OriginalUri(uri)) => uri.clone(),
            None => request.uri().clone(),
        };
        let origin = origin(&original, request.headers());

        let mut probe = Request::new(request.into_body());
        *probe.uri_mut() = path.parse().ok()?;
        let Ok(answer) = self.0.call(probe).await;
        if answer.status() == StatusCode::NOT_FOUND {
            return None;
        }
        let location = toggle_slash(original.path())?;
        Some(fastapi_status::HttpException::redirect_slashes(&origin, &location, original.query()).into())
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

/// Answers to every path that a router knows, in place of what is there.
#[derive(Clone, Copy, Debug)]
struct Known;

impl<S> Layer<S> for Known {
    type Service = Self;

    fn layer(&self, _: S) -> Self {
        *self
    }
}

impl Service<Request> for Known {
    type Response = Response;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request) -> Self::Future {
        std::future::ready(Ok(StatusCode::OK.into_response()))
    }
}

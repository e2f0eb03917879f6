//! What is answered to a path that the router does not know: a redirect, if it knows the path with or without a trailing
//! slash, else 404.
//!
//! What calls generic code of axum's and `http`'s is inlined, here and in `defaults.rs`: it is compiled with the program then,
//! which has that code of its own and so has it once. A hello-world is 70 KB smaller.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::Router;
use axum::body::Body;
use axum::extract::{OriginalUri, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use fastapi_status::{WebSocketException, toggle_slash};
use fastapi_status_hyper::is_websocket_handshake;
use http::header::{ALLOW, CONTENT_LENGTH, HOST};
use http::{Method, Uri, Version};
use http_body::Body as _;
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::{HttpException, status};

/// Answers to a path that the router does not know: with a redirect in place of a route of the router of the other forms.
/// It has no size, so that axum, which clones and boxes it for each request, does not allocate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unrouted<const REDIRECTS: bool>;

/// Answers to it where the other form of the path may be known: the request is handed on to a router of the same paths,
/// whose every route redirects.
#[derive(Clone, Debug)]
pub(crate) struct ToggleSlash(Router);

impl ToggleSlash {
    #[inline]
    pub(crate) fn of(router: &Router) -> Self {
        // The layer goes around every handler, and around every answer to a wrong method. The fallback is put in its
        // place afterwards, so that it alone has no layer.
        Self(router.clone().layer(Unrouted::<true>).fallback_service(Unrouted::<false>))
    }
}

impl Service<Request> for ToggleSlash {
    type Response = Response;
    type Error = Infallible;
    type Future = Redirected;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, mut request: Request) -> Self::Future {
        // Of `/`, to which a nested router reduces its prefix with any number of slashes, there is no other form: but it is
        // here only where the router does not know it as it was sent.
        if let Some(uri) = toggle_slash(request.uri().path()).and_then(|path| Uri::try_from(path).ok()) {
            *request.uri_mut() = uri;
        }
        Redirected { future: self.0.call(request) }
    }
}

pin_project! {
    pub(crate) struct Redirected {
        #[pin]
        future: RouteFuture<Infallible>,
    }
}

impl Future for Redirected {
    type Output = Result<Response, Infallible>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Ok(mut response) = ready!(self.project().future.poll(context));
        // axum names the methods of a route to which the method is not known.
        response.headers_mut().remove(ALLOW);
        Poll::Ready(Ok(response))
    }
}

impl<S> Layer<S> for Unrouted<true> {
    type Service = Self;

    fn layer(&self, _: S) -> Self {
        *self
    }
}

impl<const REDIRECTS: bool> Service<Request> for Unrouted<REDIRECTS> {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // To a handshake neither.
        let exception = refused(&request).or_else(|| if REDIRECTS { redirect(&request) } else { None });
        let exception = exception.unwrap_or_else(|| HttpException::from_status(status::HTTP_404_NOT_FOUND));
        let mut response = exception.into_response();
        // axum does this for handlers only. To any other method the server writes the length.
        if request.method() == Method::HEAD {
            if let Some(length) = response.body().size_hint().exact() {
                response.headers_mut().insert(CONTENT_LENGTH, length.into());
            }
            *response.body_mut() = Body::empty();
        }
        ready(Ok(response))
    }
}

/// What uvicorn answers to a handshake that no WebSocket route takes.
#[inline]
pub(crate) fn refused(request: &Request) -> Option<HttpException> {
    let is_handshake = is_websocket_handshake(request.method(), request.headers());
    is_handshake.then(|| WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "").into())
}

/// The redirect to the other form of the path that the client sent. Within a nested router, the request's own lacks the prefix.
#[inline]
fn redirect(request: &Request) -> Option<HttpException> {
    let OriginalUri(uri) = request.extensions().get()?;
    let location = toggle_slash(uri.path())?;
    let origin = origin(request, uri).unwrap_or_default();
    Some(fastapi_status::HttpException::redirect_slashes(&origin, &location, uri.query()).into())
}

/// The scheme and the host that the client spoke to. A proxy that ends TLS says so in `x-forwarded-proto`, and of several the
/// last counts, as for uvicorn.
#[inline]
fn origin(request: &Request, uri: &Uri) -> Option<String> {
    let headers = request.headers();
    let host = match headers.get(HOST) {
        Some(host) => host.to_str().ok()?,
        None => uri.authority()?.as_str(),
    };
    let forwarded = headers.get_all("x-forwarded-proto").iter().next_back().and_then(|scheme| scheme.to_str().ok());
    let forwarded = forwarded.map(str::trim).filter(|scheme| matches!(*scheme, "http" | "https" | "ws" | "wss"));
    // The scheme of an HTTP/1 target is the client's word alone.
    let own = || uri.scheme_str().filter(|_| request.version() >= Version::HTTP_2);
    let scheme = forwarded.or_else(own).unwrap_or("http");
    Some(format!("{scheme}://{host}"))
}

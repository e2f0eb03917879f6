//! What FastAPI's router answers, and what it does around every handler.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{self, Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse, Response};
use fastapi_status::WebSocketException;
use fastapi_status_hyper::{DefaultsFuture, is_websocket_handshake};
use http_body::Body as _;
use http_body_util::Either;
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::exception::leave_out_length;
use crate::redirect::Paths;
use crate::{HttpException, status};

/// Makes a router answer as FastAPI's does; short for [`FastapiDefaults::default().apply(router)`](FastapiDefaults::apply).
///
/// ```
/// use axum::{Router, routing::get};
/// use fastapi_status_axum::with_fastapi_defaults;
///
/// let app = with_fastapi_defaults(Router::new().route("/", get(async || "hello")));
/// ```
///
/// Call it when all routes are there, and put layers around what it gives: a layer that is added before does not see the
/// router's own answers.
#[doc(alias = "exception_handler")]
pub fn with_fastapi_defaults(router: Router) -> Router {
    FastapiDefaults::default().apply(router)
}

/// What FastAPI's router answers, for a router of axum's:
///
/// - an unknown path: 404 `{"detail":"Not Found"}`; to a WebSocket handshake, 403 without a body;
/// - a wrong method: 405 `{"detail":"Method Not Allowed"}`, with an `allow` that names every method of the path;
/// - a path that is known with or without a trailing slash: a 307 to it (no handler runs to find out);
/// - a panic: 500 `Internal Server Error` in plain text; its message goes to the log, and the server lives on;
/// - a final answer of 1xx, which HTTP does not know: the same 500;
/// - a status that allows no body (204, 205, 304): no body, whatever a handler gave it;
/// - a WebSocket handshake that a handler refuses: the connection is closed;
/// - any answer: FastAPI's reason phrase.
///
/// What a handler answers stays as it is, a bare 404 included, and so do the fallbacks of nested routers and of method
/// routers. A fallback of the router itself is replaced: give it one afterwards, if it needs one.
///
/// ```
/// use axum::{Router, routing::get};
/// use fastapi_status_axum::FastapiDefaults;
///
/// let router = Router::new().route("/", get(async || "hello"));
/// let app: Router = FastapiDefaults::default().redirect_slashes(false).apply(router);
/// ```
#[derive(Clone, Debug)]
pub struct FastapiDefaults {
    redirect_slashes: bool,
}

impl Default for FastapiDefaults {
    fn default() -> Self {
        Self { redirect_slashes: true }
    }
}

impl FastapiDefaults {
    /// Whether to redirect to the path with or without a trailing slash, as `FastAPI(redirect_slashes=…)`. On by default.
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use fastapi_status_axum::FastapiDefaults;
    ///
    /// let app = FastapiDefaults::default()
    ///     .redirect_slashes(false)
    ///     .apply(Router::new().route("/items/", get(async || "items")));
    /// ```
    #[must_use]
    pub fn redirect_slashes(self, redirect_slashes: bool) -> Self {
        Self { redirect_slashes }
    }

    /// Makes `router` answer so. Routes that are added afterwards answer as axum does.
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use fastapi_status_axum::FastapiDefaults;
    ///
    /// let app: Router = FastapiDefaults::default().apply(Router::new().route("/", get(async || "hello")));
    /// ```
    pub fn apply(self, router: Router) -> Router {
        let paths = self.redirect_slashes.then(|| Paths::of(&router));
        let wrong_method = async |request: Request| match is_websocket_handshake(request.method(), request.headers()) {
            true => refused(),
            false => HttpException::from_status(status::HTTP_405_METHOD_NOT_ALLOWED),
        };
        router.method_not_allowed_fallback(wrong_method).fallback_service(UnknownPath { paths }).layer(Answers)
    }
}

/// Answers to a path that the router does not know. A service, which costs half of what a handler does here.
#[derive(Clone, Debug)]
struct UnknownPath {
    paths: Option<Paths>,
}

impl Service<Request> for UnknownPath {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let exception = if is_websocket_handshake(request.method(), request.headers()) {
            refused()
        } else {
            let redirect = self.paths.as_mut().and_then(|paths| paths.redirect(&request));
            redirect.unwrap_or_else(|| HttpException::from_status(status::HTTP_404_NOT_FOUND))
        };
        let mut response = exception.into_response();
        // axum does both for handlers only.
        if let Some(length) = response.body().size_hint().exact() {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        if request.method() == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        ready(Ok(response))
    }
}

/// What uvicorn answers to a handshake that no WebSocket route takes.
fn refused() -> HttpException {
    WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "").into()
}

/// Around every handler and fallback.
#[derive(Clone, Copy, Debug)]
struct Answers;

impl<S> Layer<S> for Answers {
    type Service = AnswersService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AnswersService { inner }
    }
}

#[derive(Clone, Debug)]
struct AnswersService<S> {
    inner: S,
}

impl<S> Service<Request> for AnswersService<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = AnswersFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let is_handshake = is_websocket_handshake(request.method(), request.headers());
        AnswersFuture { future: DefaultsFuture::new(is_handshake, || self.inner.call(request)) }
    }
}

pin_project! {
    struct AnswersFuture<F> {
        #[pin]
        future: DefaultsFuture<F>,
    }
}

impl<F: Future<Output = Result<Response, Infallible>>> Future for AnswersFuture<F> {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Ok(response) = task::ready!(self.project().future.poll(context));
        let mut response = response.map(|body| match body {
            Either::Left(body) => body,
            Either::Right(body) => Body::new(body),
        });
        leave_out_length(&mut response);
        Poll::Ready(Ok(response))
    }
}

//! What FastAPI's router answers, and what it does around every handler.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use fastapi_status_hyper::{CatchPanic, finish_response, is_websocket_handshake};
use http_body::Body as _;
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::exception::leave_out_length;
use crate::redirect::{ToggleSlash, Unrouted, refused};
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
#[inline]
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
    #[inline]
    pub fn apply(self, router: Router) -> Router {
        let paths = self.redirect_slashes.then(|| ToggleSlash::of(&router));
        let wrong_method = async |request: Request| {
            refused(&request).unwrap_or_else(|| HttpException::from_status(status::HTTP_405_METHOD_NOT_ALLOWED))
        };
        // What the fallback answers is as it should be: it needs no layer.
        let router = router.method_not_allowed_fallback(wrong_method).layer(Answers);
        match paths {
            Some(paths) => router.fallback_service(paths),
            None => router.fallback_service(Unrouted::<false>),
        }
    }
}

/// Around every handler, and every answer to a wrong method.
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
        AnswersFuture { future: CatchPanic::new(|| self.inner.call(request)), is_handshake }
    }
}

pin_project! {
    struct AnswersFuture<F> {
        #[pin]
        future: CatchPanic<F>,
        is_handshake: bool,
    }
}

impl<F: Future<Output = Result<Response, Infallible>>> Future for AnswersFuture<F> {
    type Output = Result<Response, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let answer = |exception: fastapi_status_hyper::HttpException| {
            HttpException::from(exception.into_inner()).into_response()
        };
        let mut response = match ready!(this.future.poll(context)) {
            Ok(Ok(response)) => response,
            Err(panic) => answer(panic),
        };
        finish_response(&mut response, *this.is_handshake, Body::is_end_stream, answer);
        leave_out_length(&mut response);
        Poll::Ready(Ok(response))
    }
}

//! What FastAPI's router answers, and what it does around every handler, as a middleware.
//!
//! What calls generic code of actix-web's is inlined, here, in `allow.rs` and for exceptions: it is compiled with the program
//! then, which has that code of its own and so has it once. A hello-world is 15 KB smaller.

use std::any::Any;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::str::Utf8Error;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ResponseHead, Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::error::InternalError;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HOST, HeaderName, HeaderValue, UPGRADE};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError};
use fastapi_status::{WebSocketException, panic_message, percent_decode, toggle_slash};
use futures_util::future::LocalBoxFuture;
use pin_project_lite::pin_project;

use crate::allow::{self, Allow};
use crate::exception::set_reason_phrase;
use crate::handshake::is_websocket_handshake;
use crate::{HttpException, ToFastapi, status};

/// A middleware that makes an app answer as FastAPI does:
///
/// - an unknown path: 404 `{"detail":"Not Found"}`; to a WebSocket handshake, 403 without a body;
/// - a wrong method: 405 `{"detail":"Method Not Allowed"}`, with an `allow` that names every method of the path, also where
///   actix-web itself answers 404 (`App::route`, `#[get]`);
/// - a path that is known with or without a trailing slash: a 307 to it (no handler runs to find out; of several scopes with
///   the same prefix only the first is looked into);
/// - a panic: 500 `Internal Server Error` in plain text; its message goes to the log, and the server lives on;
/// - an error that nothing turned into an [`HttpException`] and that actix-web would answer with a 500 and its text, an
///   [`std::io::Error`] and a [`Utf8Error`](std::str::Utf8Error) of any kind included: the same (an error that renders itself
///   otherwise is meant for the client, and stays);
/// - a final answer of 1xx, which HTTP does not know: the same 500;
/// - an answer with a status that allows no body (204, 205, 304): without the body that a handler gave it, which actix-web
///   would send, and the client would take for the beginning of the next answer;
/// - a WebSocket handshake that a handler refuses: the connection is closed;
/// - any answer: FastAPI's reason phrase.
///
/// All else that a handler answers stays as it is, a bare 404 included, and so does a default service that answers with a
/// body. Of a bare 405 with an `allow` that lacks the request's method it cannot be told that a handler gave it, nor of a bare
/// 404 of a route of any method that stands behind routes of others.
/// `HEAD` is refused where only `GET` is routed, by actix-web as by FastAPI.
///
/// Wrap it last, so that it is the outermost.
///
/// A resource that only WebSockets reach says so with `.guard(guard::Header("upgrade", "websocket"))`; to any other request
/// its path is unknown then, as to FastAPI.
///
/// ```
/// use actix_web::{App, test, web};
/// use fastapi_status_actix::FastapiDefaults;
///
/// # #[actix_web::main]
/// # async fn main() {
/// let app = test::init_service(
///     App::new().route("/items", web::get().to(async || "items")).wrap(FastapiDefaults::default()),
/// )
/// .await;
///
/// let response = test::call_service(&app, test::TestRequest::post().uri("/items").to_request()).await;
/// assert_eq!(response.status(), 405);
/// assert_eq!(response.headers().get("allow").unwrap(), "GET");
/// # }
/// ```
#[doc(alias = "exception_handler")]
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
    /// use actix_web::App;
    /// use fastapi_status_actix::FastapiDefaults;
    ///
    /// let app = App::new().wrap(FastapiDefaults::default().redirect_slashes(false));
    /// ```
    #[must_use]
    pub fn redirect_slashes(self, redirect_slashes: bool) -> Self {
        Self { redirect_slashes }
    }
}

impl<S, B> Transform<S, ServiceRequest> for FastapiDefaults
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse;
    type Error = Error;
    type Transform = FastapiDefaultsMiddleware<S>;
    type InitError = ();
    type Future = LocalBoxFuture<'static, Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        let redirect_slashes = self.redirect_slashes;
        Box::pin(async move {
            let router = Router { allow: Allow::new().await, redirect_slashes };
            Ok(FastapiDefaultsMiddleware { service, router: Rc::new(router) })
        })
    }
}

/// The service of [`FastapiDefaults`]: what `App::wrap` makes of it.
///
/// ```
/// use actix_web::Error;
/// use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
/// use fastapi_status_actix::{FastapiDefaults, FastapiDefaultsMiddleware};
///
/// async fn wrapped<S>(service: S) -> FastapiDefaultsMiddleware<S>
/// where
///     S: Service<ServiceRequest, Response = ServiceResponse, Error = Error> + 'static,
/// {
///     FastapiDefaults::default().new_transform(service).await.expect("it is always made")
/// }
/// ```
pub struct FastapiDefaultsMiddleware<S> {
    service: S,
    router: Rc<Router>,
}

impl<S> fmt::Debug for FastapiDefaultsMiddleware<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FastapiDefaultsMiddleware").finish_non_exhaustive()
    }
}

impl<S, B> Service<ServiceRequest> for FastapiDefaultsMiddleware<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse;
    type Error = Error;
    type Future = DefaultsFuture<S::Future>;

    forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let is_handshake = is_websocket_handshake(request.request());
        // The request is dropped by a panic, so that nobody sees what is left of it.
        let (future, panic) = match catch_unwind(AssertUnwindSafe(|| self.service.call(request))) {
            Ok(future) => (Some(future), None),
            Err(panic) => (None, Some(panic)),
        };
        DefaultsFuture { future, panic, router: Rc::clone(&self.router), is_handshake }
    }
}

pin_project! {
    /// The answer of a [`FastapiDefaultsMiddleware`].
    pub struct DefaultsFuture<F> {
        #[pin]
        future: Option<F>,
        panic: Option<Box<dyn Any + Send>>,
        router: Rc<Router>,
        is_handshake: bool,
    }
}

impl<F> fmt::Debug for DefaultsFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultsFuture").finish_non_exhaustive()
    }
}

impl<F, B> Future for DefaultsFuture<F>
where
    F: Future<Output = Result<ServiceResponse<B>, Error>>,
    B: MessageBody + 'static,
{
    type Output = Result<ServiceResponse, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let polled = match (this.future.as_mut().as_pin_mut(), this.panic.take()) {
            (Some(future), _) => catch_unwind(AssertUnwindSafe(|| future.poll(context))),
            (None, Some(panic)) => Err(panic),
            (None, None) => return Poll::Pending,
        };
        let result = match polled {
            Ok(poll) => ready!(poll),
            Err(panic) => {
                // What is left of the handler may panic once more when it is dropped.
                let _ = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
                Err(HttpException::unhandled(panic_message(&*panic)).into())
            }
        };
        let response = result.map_err(|error| finished(error, *this.is_handshake))?.map_into_boxed_body();
        let mut response = match this.router.answer(&response) {
            Some(answer) => replaced(response, &answer),
            None => response.map_body(without_forbidden_body),
        };
        finish(response.response_mut().head_mut(), *this.is_handshake);
        Poll::Ready(Ok(response))
    }
}

/// The answer to an error that became no response yet, and is left to actix-web's server.
#[inline]
fn finished(error: Error, is_handshake: bool) -> Error {
    let response = error.error_response();
    let unhandled = no_final_answer(&response).or_else(|| unhandled(&error, &response));
    let mut response = match unhandled {
        Some(answer) => answer.error_response(),
        None => response.map_body(without_forbidden_body),
    };
    finish(response.head_mut(), is_handshake);
    InternalError::from_response(error.to_string(), response).into()
}

/// What holds for every answer.
#[inline]
fn finish(head: &mut ResponseHead, is_handshake: bool) {
    if is_handshake && head.status != StatusCode::SWITCHING_PROTOCOLS {
        head.set_connection_type(ConnectionType::Close);
    }
    set_reason_phrase(head);
}

/// `answer` in the place of a response, with the headers that middleware has put on it. As in FastAPI, an unhandled error
/// has none of them.
#[inline]
fn replaced(response: ServiceResponse, answer: &HttpException) -> ServiceResponse {
    let mut replacement = answer.error_response();
    if !replacement.status().is_server_error() {
        let is_own = |name: &HeaderName| {
            name == CONTENT_TYPE || answer.headers().iter().any(|own| own.name().eq_ignore_ascii_case(name.as_str()))
        };
        for (name, value) in response.headers().iter().filter(|(name, _)| !is_own(name)) {
            replacement.headers_mut().append(name.clone(), value.clone());
        }
    }
    response.into_response(replacement)
}

/// What to answer with, in place of the text of an error that no part of the service meant for the client: one that
/// actix-web itself renders in plain text, as a 500, or for a file that is missing a 404, or for bytes that are no UTF-8 a 400.
#[inline]
fn unhandled(error: &Error, response: &HttpResponse) -> Option<HttpException> {
    let content_type = response.headers().get(CONTENT_TYPE);
    let is_foreign = error.as_error::<io::Error>().is_some() || error.as_error::<Utf8Error>().is_some();
    let is_meant = !is_foreign && response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || error.as_error::<HttpException>().is_some()
        || content_type.is_none_or(|content_type| content_type != "text/plain; charset=utf-8");
    (!is_meant).then(|| HttpException::unhandled(error))
}

/// What to answer with, in place of a 1xx other than a 101 that says what it switches to.
#[inline]
fn no_final_answer(response: &HttpResponse) -> Option<HttpException> {
    let status = response.status();
    let is_upgrade = || status == StatusCode::SWITCHING_PROTOCOLS && response.headers().contains_key(UPGRADE);
    let is_final = !status.is_informational() || is_upgrade();
    (!is_final).then(|| HttpException::unhandled(format_args!("{status} is not a final answer")))
}

#[inline]
fn without_forbidden_body(head: &mut ResponseHead, body: BoxBody) -> BoxBody {
    let is_allowed = head.status == StatusCode::SWITCHING_PROTOCOLS || head.status.to_fastapi().is_body_allowed();
    if is_allowed || is_empty(&body) { body } else { BoxBody::new(()) }
}

#[inline]
fn is_empty(body: &BoxBody) -> bool {
    matches!(body.size(), BodySize::None | BodySize::Sized(0))
}

/// What the router knows beyond actix-web's own.
struct Router {
    allow: Allow,
    redirect_slashes: bool,
}

impl Router {
    /// What to answer in place of `response`, if it is one that no handler gave.
    #[inline]
    fn answer(&self, response: &ServiceResponse) -> Option<HttpException> {
        if let Some(answer) = no_final_answer(response.response()) {
            return Some(answer);
        }
        if let Some(error) = response.response().error() {
            return unhandled(error, response.response());
        }
        let is_bare = || is_empty(response.response().body());
        match response.status() {
            StatusCode::NOT_FOUND if is_bare() => self.not_found(response.request()),
            StatusCode::METHOD_NOT_ALLOWED if is_bare() => {
                // A handler's own names the method that reached it, or none at all.
                let allow = allow::without(response.request().method(), response.headers().get(ALLOW)?)?;
                Some(refused(response.request()).unwrap_or_else(|| method_not_allowed(&allow)))
            }
            _ => None,
        }
    }

    #[inline]
    fn not_found(&self, request: &HttpRequest) -> Option<HttpException> {
        let allow = self.allow.refused(request);
        // A resource takes the path to its end; one whose guard refuses, nothing of it, but the scope that it is in.
        if allow.is_none() && request.match_info().unprocessed().is_empty() && request.match_pattern().is_some() {
            return None;
        }
        if let Some(refused) = refused(request) {
            return Some(refused);
        }
        if let Some(allow) = allow
            && is_known(request)
        {
            return Some(method_not_allowed(&allow));
        }
        self.redirect(request).or_else(|| Some(HttpException::from_status(status::HTTP_404_NOT_FOUND)))
    }

    #[inline]
    fn redirect(&self, request: &HttpRequest) -> Option<HttpException> {
        if !self.redirect_slashes {
            return None;
        }
        let location = toggle_slash(request.path())?;
        // actix-web compares it decoded.
        if !request.resource_map().has_resource(&percent_decode(&location)) {
            return None;
        }
        let origin = origin(request).unwrap_or_default();
        Some(fastapi_status::HttpException::redirect_slashes(&origin, &location, Some(request.query_string())).into())
    }
}

/// Whether a resource or a scope has taken the path.
// Of two scopes with one prefix, the resource map looks into the first; a scope's guard may have left methods, too.
#[inline]
fn is_known(request: &HttpRequest) -> bool {
    let path = request.match_info();
    path.unprocessed() != path.as_str() || request.resource_map().has_resource(path.as_str())
}

/// The scheme and the host that the client spoke to. A proxy that ends TLS says so in `x-forwarded-proto`, and of several the
/// last counts, as for uvicorn; what a client says of the host in such a header counts for nothing.
#[inline]
fn origin(request: &HttpRequest) -> Option<String> {
    let headers = request.headers();
    let host = match headers.get(HOST) {
        Some(host) => host.to_str().ok()?,
        None => request.uri().authority()?.as_str(),
    };
    let forwarded = headers.get_all("x-forwarded-proto").last().and_then(|scheme| scheme.to_str().ok());
    let forwarded = forwarded.map(str::trim).filter(|scheme| matches!(*scheme, "http" | "https" | "ws" | "wss"));
    let own = if request.app_config().secure() { "https" } else { "http" };
    Some(format!("{}://{host}", forwarded.unwrap_or(own)))
}

/// What uvicorn answers to a handshake that no WebSocket route takes.
#[inline]
fn refused(request: &HttpRequest) -> Option<HttpException> {
    is_websocket_handshake(request).then(|| WebSocketException::new(1000_u16, "").into())
}

#[inline]
fn method_not_allowed(allow: &HeaderValue) -> HttpException {
    let exception = HttpException::from_status(status::HTTP_405_METHOD_NOT_ALLOWED);
    match allow.to_str() {
        Ok(allow) => exception.with_header("allow", allow.to_owned()),
        Err(_) => exception,
    }
}

//! What FastAPI does around every handler, as a hyper service.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use fastapi_status_http::{HttpException, ToFastapi, is_websocket_handshake};
use http::header::{CONNECTION, CONTENT_LENGTH, HeaderValue, UPGRADE};
use http::{Request, Response, StatusCode};
use http_body_util::{Either, Full};
use hyper::body::Body;
use hyper::service::Service;
use pin_project_lite::pin_project;

use crate::{CatchPanic, set_reason_phrase};

/// A hyper service that answers as FastAPI does.
///
/// - An error of the inner service becomes its answer: an [`HttpException`], or whatever converts into one.
/// - A panic becomes a bare 500; its message goes to the log.
/// - A final answer of 1xx, which HTTP does not know, becomes the same 500; a 101 that upgrades the connection stays.
/// - A body behind a status that allows none (204, 205, 304) is dropped.
/// - A WebSocket handshake that is refused closes the connection, as under uvicorn.
/// - The reason phrase of every answer is FastAPI's ([`set_reason_phrase`](crate::set_reason_phrase)).
///
/// hyper has no router: what to answer to an unknown path or a wrong method is up to the inner service, with
/// [`HttpException::from_status`].
///
/// ```
/// use bytes::Bytes;
/// use fastapi_status_hyper::{FastapiDefaults, Result};
/// use http_body_util::{BodyExt, Full};
/// use hyper::{Request, Response};
/// use hyper::service::{Service, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::result::Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let service = FastapiDefaults::new(service_fn(|_: Request<String>| async {
///     Result::<Response<Full<Bytes>>>::Ok(Response::new(Bytes::from(read("/never/there")).into()))
/// }));
///
/// fn read(path: &str) -> Vec<u8> {
///     std::fs::read(path).expect("the file is there")
/// }
///
/// let response = service.call(Request::default()).await?;
/// assert_eq!(response.status(), 500);
/// assert_eq!(response.into_body().collect().await?.to_bytes(), "Internal Server Error");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "exception_handler")]
#[derive(Clone, Copy, Debug)]
pub struct FastapiDefaults<S> {
    service: S,
}

impl<S> FastapiDefaults<S> {
    /// Wraps `service`.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use fastapi_status_hyper::{FastapiDefaults, HttpException, Result, status};
    /// use http_body_util::Full;
    /// use hyper::body::Incoming;
    /// use hyper::service::service_fn;
    /// use hyper::{Request, Response};
    ///
    /// async fn answer(_: Request<Incoming>) -> Result<Response<Full<Bytes>>> {
    ///     Err(HttpException::from_status(status::HTTP_404_NOT_FOUND))
    /// }
    ///
    /// let service = FastapiDefaults::new(service_fn(answer));
    /// ```
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S, In, Out> Service<Request<In>> for FastapiDefaults<S>
where
    S: Service<Request<In>, Response = Response<Out>>,
    S::Error: Into<HttpException>,
    Out: Body<Data = Bytes>,
{
    type Response = Response<Either<Out, Full<Bytes>>>;
    type Error = std::convert::Infallible;
    type Future = DefaultsFuture<S::Future>;

    fn call(&self, request: Request<In>) -> Self::Future {
        let is_handshake = is_websocket_handshake(request.method(), request.headers());
        DefaultsFuture { future: CatchPanic::new(|| self.service.call(request)), is_handshake }
    }
}

pin_project! {
    /// The answer of [`FastapiDefaults`].
    #[derive(Debug)]
    pub struct DefaultsFuture<F> {
        #[pin]
        future: CatchPanic<F>,
        is_handshake: bool,
    }
}

impl<F, B, E> Future for DefaultsFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    E: Into<HttpException>,
    B: Body,
{
    type Output = Result<Response<Either<B, Full<Bytes>>>, std::convert::Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let answer = |exception: HttpException| exception.into_response::<Full<Bytes>>().map(Either::Right);
        let mut response = match ready!(this.future.poll(context)) {
            Ok(Ok(response)) => response.map(Either::Left),
            Ok(Err(error)) => answer(error.into()),
            Err(panic) => answer(panic),
        };
        let is_empty = |body: &Either<B, Full<Bytes>>| match body {
            Either::Left(body) => body.is_end_stream(),
            Either::Right(body) => body.is_end_stream(),
        };
        finish_response(&mut response, *this.is_handshake, is_empty, answer);
        // hyper leaves the length of nothing out where the request is a HEAD.
        let status = response.status();
        let has_no_length =
            matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) || status.is_informational();
        if !has_no_length && matches!(response.body(), Either::Right(body) if body.is_end_stream()) {
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Poll::Ready(Ok(response))
    }
}

/// What holds for every answer of a [`FastapiDefaults`], for an adapter whose framework has a service trait of its own:
///
/// - a 1xx that is given as the final answer becomes a bare 500;
/// - a body behind a status that allows none is dropped;
/// - the connection of a WebSocket handshake that is refused is closed;
/// - the reason phrase is FastAPI's.
///
/// `is_empty` tells of a body whether there is nothing in it, and `answer` makes the response of an exception.
///
/// ```
/// use fastapi_status_hyper::{HttpException, finish_response, status};
/// use http::Response;
///
/// let mut response = Response::new(b"never sent".to_vec());
/// *response.status_mut() = status::HTTP_204_NO_CONTENT;
/// finish_response(&mut response, false, Vec::is_empty, HttpException::into_response);
///
/// assert_eq!(response.body(), b"");
/// ```
pub fn finish_response<B>(
    response: &mut Response<B>,
    is_handshake: bool,
    is_empty: impl Fn(&B) -> bool,
    answer: impl Fn(HttpException) -> Response<B>,
) {
    if is_no_final_answer(response) {
        *response = answer(HttpException::unhandled(format_args!("{} is not a final answer", response.status())));
    }
    let status = response.status();
    if status != StatusCode::SWITCHING_PROTOCOLS {
        if !status.to_fastapi().is_body_allowed() && !is_empty(response.body()) {
            response.headers_mut().remove(CONTENT_LENGTH);
            *response.body_mut() = answer(HttpException::from_status(status)).into_body();
        }
        if is_handshake {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
    set_reason_phrase(response);
}

/// Whether this is a 1xx other than a 101 that says what it switches to.
fn is_no_final_answer<B>(response: &Response<B>) -> bool {
    let is_upgrade =
        || response.status() == StatusCode::SWITCHING_PROTOCOLS && response.headers().contains_key(UPGRADE);
    response.status().is_informational() && !is_upgrade()
}

#[cfg(test)]
mod tests {
    use hyper::service::service_fn;

    use super::*;

    #[tokio::test]
    async fn of_what_has_no_body_only_a_205_has_a_length() {
        for (code, length) in [(101, None), (204, None), (205, Some("0")), (304, None)] {
            let status = StatusCode::from_u16(code).unwrap();
            let service = service_fn(async |_: Request<String>| {
                Err::<Response<Full<Bytes>>, _>(HttpException::from_status(status).with_header("upgrade", "websocket"))
            });
            let response = FastapiDefaults::new(service).call(Request::default()).await.unwrap();
            let sent = response.headers().get(CONTENT_LENGTH).map(|length| length.to_str().unwrap());
            assert_eq!((response.status(), sent), (status, length));
        }
    }
}

//! What extractors read: a request, as far as they need it.

use std::borrow::Cow;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, TRANSFER_ENCODING, UPGRADE};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use fastapi_status::{WebSocketException, percent_decode, status};
use fastapi_status_serde::{RequestValidationError, latin_1};
use futures_util::future::{Either, FutureExt, LocalBoxFuture, TryFutureExt};

use crate::HttpException;
use crate::handshake::is_websocket_handshake;

/// A request, as far as an [`Extract`] needs it: what one's own `Extract` hands on to those that it is made of.
///
/// ```
/// use fastapi_status_actix::{Cookies, Extract, Path, RequestData, RequestValidationError};
///
/// fn both<A, B>(data: &RequestData<'_>) -> Result<(A, B), RequestValidationError>
/// where
///     Path<A>: Extract,
///     Cookies<B>: Extract,
/// {
///     let Path(a) = Path::extract(data)?;
///     let Cookies(b) = Cookies::extract(data)?;
///     Ok((a, b))
/// }
/// ```
#[derive(Debug)]
pub struct RequestData<'a> {
    pub(super) request: &'a HttpRequest,
    pub(super) body: Bytes,
}

/// A part of a request that is validated: [`Json`](crate::Json), [`Path`](crate::Path) and their like, and tuples of them.
///
/// ```
/// use fastapi_status_actix::{Extract, Query, RequestData, RequestValidationError};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Range {
///     #[serde(default)]
///     skip: usize,
///     limit: Option<usize>,
/// }
///
/// /// The items to skip, and those to show: from the query, and never more than 100.
/// struct Page(usize, usize);
///
/// impl Extract for Page {
///     fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
///         let Query(Range { skip, limit }) = Query::extract(data)?;
///         Ok(Self(skip, limit.unwrap_or(10).min(100)))
///     }
/// }
/// ```
pub trait Extract: Sized {
    /// Whether it reads the body.
    const READS_BODY: bool = false;

    /// The part.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError>;
}

impl RequestData<'_> {
    /// The parameters of the path, decoded as Python does it.
    pub(super) fn path(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        self.request.match_info().iter().map(|(name, value)| (name, percent_decode(value)))
    }

    /// The `content-type`.
    pub(super) fn content_type(&self) -> Option<Cow<'_, str>> {
        self.request.headers().get(CONTENT_TYPE).map(|value| latin_1(value.as_bytes()))
    }
}

/// A part that nothing has to be read for.
pub(super) fn at_once<T: Extract>(request: &HttpRequest, _: &mut Payload) -> Ready<Result<T, HttpException>> {
    ready(extract(request, Bytes::new()))
}

/// Any part.
pub(super) fn from_request<T: Extract + 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
) -> LocalBoxFuture<'static, Result<T, HttpException>> {
    let body = read_body(request, payload, T::READS_BODY);
    let request = request.clone();
    async move { extract(&request, body.await?) }.boxed_local()
}

fn extract<T: Extract>(request: &HttpRequest, body: Bytes) -> Result<T, HttpException> {
    T::extract(&RequestData { request, body }).map_err(|error| refuse(request, error))
}

/// The body, if it is wanted and there, within the limit that actix-web's `PayloadConfig` sets.
pub(super) fn read_body(
    request: &HttpRequest,
    payload: &mut Payload,
    is_wanted: bool,
) -> impl Future<Output = Result<Bytes, HttpException>> + use<> {
    // What follows a request for an upgrade is no body, but actix-web would wait for its end.
    let is_there = |headers: &HeaderMap| {
        headers.contains_key(CONTENT_LENGTH)
            || headers.contains_key(TRANSFER_ENCODING)
            || !headers.contains_key(UPGRADE)
    };
    if !is_wanted || !is_there(request.headers()) {
        return Either::Left(ready(Ok(Bytes::new())));
    }
    let body = Bytes::from_request(request, payload);
    Either::Right(body.map_err(|error| HttpException::from_status(error.as_response_error().status_code())))
}

/// FastAPI answers 422 to a request, and refuses a WebSocket before its handshake.
pub(super) fn refuse(request: &HttpRequest, error: RequestValidationError) -> HttpException {
    if is_websocket_handshake(request) {
        return WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "").into();
    }
    error.into()
}

//! What extractors read: a request, as far as they need it.

use axum::extract::{FromRequestParts, RawPathParams, Request};
use axum_core::RequestExt;
use axum_core::body::Body;
use bytes::Bytes;
use fastapi_status::WebSocketException;
use fastapi_status_http::is_websocket_handshake;
use fastapi_status_serde::RequestValidationError;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError};

use crate::{HttpException, status};

/// A request, as far as an [`Extract`] needs it.
#[derive(Debug)]
pub struct RequestData<'a> {
    pub(super) path: Option<RawPathParams>,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
}

/// A part of a request that is validated: [`Json`](crate::Json), [`Path`](crate::Path) and their like, and tuples of them.
pub trait Extract: Sized {
    /// Whether it reads the parameters of the path.
    const READS_PATH: bool = false;

    /// Whether it reads the body.
    const READS_BODY: bool = false;

    /// The part.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError>;
}

impl<'a> RequestData<'a> {
    pub(super) fn new(parts: &'a Parts, path: Option<RawPathParams>, body: Bytes) -> Self {
        Self { path, query: parts.uri.query().unwrap_or_default(), headers: &parts.headers, body }
    }

    /// The `content-type`.
    pub(super) fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok())
    }
}

/// A part that needs no body.
pub(super) async fn from_parts<T: Extract>(parts: &mut Parts) -> Result<T, HttpException> {
    let path = if T::READS_PATH { path(parts).await? } else { None };
    extract(parts, path, Bytes::new())
}

/// Any part.
pub(super) async fn from_request<T: Extract>(request: Request) -> Result<T, HttpException> {
    let (parts, path, body) = read_request(request, T::READS_PATH, T::READS_BODY).await?;
    extract(&parts, path, body)
}

/// A request, as far as its parts need it.
pub(super) async fn read_request(
    request: Request,
    reads_path: bool,
    reads_body: bool,
) -> Result<(Parts, Option<RawPathParams>, Bytes), HttpException> {
    let (mut parts, body) = request.with_limited_body().into_parts();
    let path = if reads_path { path(&mut parts).await? } else { None };
    let body = if reads_body { read(body).await? } else { Bytes::new() };
    Ok((parts, path, body))
}

fn extract<T: Extract>(parts: &Parts, path: Option<RawPathParams>, body: Bytes) -> Result<T, HttpException> {
    T::extract(&RequestData::new(parts, path, body)).map_err(|error| refuse(parts, error))
}

/// Whether the body is no JSON at all: FastAPI looks no further then.
pub(super) fn is_unreadable(error: &RequestValidationError) -> bool {
    error.errors().first().is_none_or(|error| error.kind() == "json_invalid")
}

/// FastAPI answers 422 to a request, and refuses a WebSocket before its handshake.
pub(super) fn refuse(parts: &Parts, error: RequestValidationError) -> HttpException {
    if is_websocket_handshake(&parts.method, &parts.headers) {
        return WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "").into();
    }
    error.into()
}

/// The parameters; `None` where the route has none.
async fn path(parts: &mut Parts) -> Result<Option<RawPathParams>, HttpException> {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(path) => Ok(Some(path)),
        Err(rejection) if rejection.status().is_server_error() => Ok(None),
        // Not UTF-8.
        Err(_) => Err(HttpException::from_status(status::HTTP_400_BAD_REQUEST)),
    }
}

async fn read(body: Body) -> Result<Bytes, HttpException> {
    match body.collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) => {
            let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
            while let Some(error) = cause {
                if error.is::<LengthLimitError>() {
                    return Err(HttpException::from_status(status::HTTP_413_CONTENT_TOO_LARGE));
                }
                cause = error.source();
            }
            Err(HttpException::from_status(status::HTTP_400_BAD_REQUEST))
        }
    }
}

//! What extractors read: a request, as far as they need it.

use std::borrow::Cow;

use axum::extract::{FromRequestParts, MatchedPath, OriginalUri, RawPathParams, Request};
use axum_core::RequestExt;
use axum_core::body::Body;
use bytes::Bytes;
use fastapi_status::{WebSocketException, percent_decode};
use fastapi_status_http::is_websocket_handshake;
use fastapi_status_serde::{RequestValidationError, latin_1};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError};

use crate::{HttpException, status};

/// A request, as far as an [`Extract`] needs it: what one's own `Extract` hands on to those that it is made of.
///
/// ```
/// use fastapi_status_axum::{Cookies, Extract, Path, RequestData, RequestValidationError};
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
    pub(super) path: Params,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
}

/// The parameters of a path, by name.
#[derive(Debug, Default)]
pub(super) struct Params {
    /// As axum has them.
    raw: Option<RawPathParams>,
    /// Where it does not: the path is not UTF-8.
    lossy: Vec<(String, String)>,
}

impl Params {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let lossy = self.lossy.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.raw.iter().flatten().chain(lossy)
    }
}

/// A part of a request that is validated: [`Json`](crate::Json), [`Path`](crate::Path) and their like, and tuples of them.
///
/// ```
/// use fastapi_status_axum::{Extract, Query, RequestData, RequestValidationError};
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
    pub(super) fn new(parts: &'a Parts, path: Params, body: Bytes) -> Self {
        Self { path, query: parts.uri.query().unwrap_or_default(), headers: &parts.headers, body }
    }

    /// The `content-type`.
    pub(super) fn content_type(&self) -> Option<Cow<'_, str>> {
        self.headers.get(CONTENT_TYPE).map(|value| latin_1(value.as_bytes()))
    }
}

/// A part that needs no body.
pub(super) async fn from_parts<T: Extract>(parts: &mut Parts) -> Result<T, HttpException> {
    let path = if T::READS_PATH { path(parts).await } else { Params::default() };
    extract(parts, path, Bytes::new())
}

/// Any part.
// No `async fn`, here and in `All`: its future would keep the request beside what it is taken apart into.
pub(super) fn from_request<T: Extract>(request: Request) -> impl Future<Output = Result<T, HttpException>> + Send {
    let (mut parts, body) = request.with_limited_body().into_parts();
    async move {
        let (path, body) = path_and_body(&mut parts, body, T::READS_PATH, T::READS_BODY).await?;
        extract(&parts, path, body)
    }
}

/// The parameters of the path, and the body, where they are read.
pub(super) async fn path_and_body(
    parts: &mut Parts,
    body: Body,
    reads_path: bool,
    reads_body: bool,
) -> Result<(Params, Bytes), HttpException> {
    let path = if reads_path { path(parts).await } else { Params::default() };
    let body = if reads_body { read(body).await? } else { Bytes::new() };
    Ok((path, body))
}

fn extract<T: Extract>(parts: &Parts, path: Params, body: Bytes) -> Result<T, HttpException> {
    T::extract(&RequestData::new(parts, path, body)).map_err(|error| refuse(parts, error))
}

/// FastAPI answers 422 to a request, and refuses a WebSocket before its handshake.
pub(super) fn refuse(parts: &Parts, error: RequestValidationError) -> HttpException {
    if is_websocket_handshake(&parts.method, &parts.headers) {
        return WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "").into();
    }
    error.into()
}

/// The parameters; there are none where the route has none.
async fn path(parts: &mut Parts) -> Params {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(path) => Params { raw: Some(path), lossy: Vec::new() },
        Err(rejection) if rejection.status().is_server_error() => Params::default(),
        // Not UTF-8, of which axum tells no more.
        Err(_) => match parts.extensions.get::<MatchedPath>() {
            Some(route) => {
                let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
                Params { raw: None, lossy: lossy(route.as_str(), uri.path()) }
            }
            None => Params::default(),
        },
    }
}

/// The parameters of a path that fits the route, decoded as Python does it.
fn lossy(route: &str, mut path: &str) -> Vec<(String, String)> {
    let mut params = Vec::new();
    for known in route.split('/') {
        let (given, rest) = path.split_once('/').unwrap_or((path, ""));
        if let Some((before, name)) = known.split_once('{') {
            let name = name.trim_end_matches('}');
            let (name, given) = name.strip_prefix('*').map_or((name, given), |name| (name, path));
            let value = percent_decode(given.get(before.len()..).unwrap_or_default());
            params.push((name.to_owned(), value.into_owned()));
        }
        path = rest;
    }
    params
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

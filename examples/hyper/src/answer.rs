//! Answers, in one line each.

use bytes::Bytes;
use fastapi_status_hyper::{HttpException, Result, status};
use fastapi_status_serde::to_json;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use serde::Serialize;

/// What every handler answers.
pub(crate) type Response = hyper::Response<Full<Bytes>>;

/// A status with headers and JSON.
pub(crate) fn json<const N: usize>(
    status: StatusCode,
    headers: [(HeaderName, String); N],
    value: &impl Serialize,
) -> Result<Response> {
    let body = to_json(value).map_err(HttpException::unhandled)?;
    let mut response = bytes(status, "application/json", body);
    for (name, value) in headers {
        response.headers_mut().append(name, header_value(value)?);
    }
    Ok(response)
}

/// A status with a body of any type.
pub(crate) fn bytes(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = empty(status);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    *response.body_mut() = Full::new(body.into());
    response
}

/// A status, and no more.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

/// A redirect.
pub(crate) fn redirect(status: StatusCode, location: impl Into<String>) -> Result<Response> {
    let mut response = empty(status);
    response.headers_mut().insert(LOCATION, header_value(location.into())?);
    Ok(response)
}

pub(crate) fn header_value(value: String) -> Result<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from(value)).map_err(HttpException::unhandled)
}

/// FastAPI's answer to an unknown path.
pub(crate) fn not_found() -> HttpException {
    HttpException::from_status(status::HTTP_404_NOT_FOUND)
}

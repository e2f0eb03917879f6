//! `HttpException`, as an `http::Response` of any body that bytes turn into.

use std::fmt;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use crate::{ToFastapi, ToHttp};

/// What a handler returns.
///
/// ```
/// use fastapi_status_http::{HttpException, Result, status};
///
/// fn teapot() -> Result<&'static str> {
///     Err(HttpException::new(status::HTTP_418_IM_A_TEAPOT, "No coffee here"))
/// }
/// # assert!(teapot().is_err());
/// ```
pub type Result<T, E = HttpException> = std::result::Result<T, E>;

fastapi_status::http_exception!(http::StatusCode, ToFastapi::to_fastapi, "fastapi_status_http");

impl HttpException {
    /// What an error that nothing handles becomes: it is logged, and the client learns nothing of it.
    ///
    /// ```
    /// use fastapi_status_http::HttpException;
    ///
    /// fn port() -> fastapi_status_http::Result<u16> {
    ///     "eighty".parse().map_err(HttpException::unhandled)
    /// }
    ///
    /// let response: http::Response<Vec<u8>> = port().unwrap_err().into_response();
    /// assert_eq!(response.status(), 500);
    /// assert_eq!(response.body(), b"Internal Server Error");
    /// ```
    pub fn unhandled(error: impl fmt::Display) -> Self {
        // `#`: with what lies behind it, where the error can tell.
        log(format_args!("unhandled error: {error:#}"));
        fastapi_status::HttpException::unhandled().into()
    }

    /// The response that FastAPI gives.
    ///
    /// ```
    /// use fastapi_status_http::{HttpException, status};
    /// use http::{Response, header};
    ///
    /// let response: Response<Vec<u8>> = HttpException::from_status(status::HTTP_429_TOO_MANY_REQUESTS)
    ///     .with_header("retry-after", "30")
    ///     .into_response();
    ///
    /// assert_eq!(response.status(), 429);
    /// assert_eq!(response.headers()[header::RETRY_AFTER], "30");
    /// assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    /// assert_eq!(response.body(), br#"{"detail":"Too Many Requests"}"#);
    /// ```
    #[must_use]
    pub fn into_response<B: From<Vec<u8>> + From<&'static [u8]>>(self) -> http::Response<B> {
        to_response(&self.0)
    }
}

/// Compared as a text: with a header's value, a response took a twentieth longer on hyper.
const JSON: &str = "application/json";
/// Checked when it is compiled: to check it for each response takes a tenth of its time.
const JSON_VALUE: HeaderValue = HeaderValue::from_static(JSON);

/// The response that FastAPI gives: for an adapter whose exception is a type of its own.
///
/// ```
/// use fastapi_status::{HttpException, status};
/// use http::Response;
///
/// let error = HttpException::from_status(status::HTTP_410_GONE);
/// let response: Response<Vec<u8>> = fastapi_status_http::to_response(&error);
///
/// assert_eq!(response.status(), 410);
/// ```
#[inline]
#[must_use]
pub fn to_response<B>(exception: &fastapi_status::HttpException) -> http::Response<B>
where
    B: From<Vec<u8>> + From<&'static [u8]>,
{
    if let Some(error) = exception.invalid_header() {
        log(format_args!("a header of an exception cannot be sent: {error}"));
    }
    let answer = exception.answer();
    let mut response = http::Response::new(());
    *response.status_mut() = answer.status.to_http();
    let headers = response.headers_mut();
    if let Some(content_type) = answer.content_type {
        let value = if content_type == JSON { JSON_VALUE } else { HeaderValue::from_static(content_type) };
        // As below, so that a program holds `append` alone.
        headers.append(CONTENT_TYPE, value);
    }
    for header in answer.headers {
        // Core has checked them by the same rules.
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(header.name().as_bytes()), HeaderValue::from_bytes(header.value()))
        {
            headers.append(name, value);
        }
    }
    // Made before the head is moved, which would wait for the header that was just written.
    let body = answer.static_body().map_or_else(|| B::from(answer.body()), B::from);
    response.map(|()| body)
}

#[cold]
fn log(message: fmt::Arguments<'_>) {
    tracing::error!("{message}");
}

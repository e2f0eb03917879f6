//! `HttpException`, as a handler's error.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use fastapi_status_http::ToFastapi;
use http::StatusCode;
use http_body::{Body as HttpBody, Frame};

/// What a handler returns.
///
/// ```
/// use fastapi_status_axum::{HttpException, Result, status};
///
/// async fn teapot() -> Result<&'static str> {
///     Err(HttpException::new(status::HTTP_418_IM_A_TEAPOT, "No coffee here"))
/// }
/// ```
pub type Result<T, E = HttpException> = std::result::Result<T, E>;

fastapi_status::http_exception!(StatusCode, ToFastapi::to_fastapi, "fastapi_status_axum");

impl HttpException {
    /// What an error that nothing handles becomes: it is logged, and the client learns nothing of it.
    ///
    /// ```
    /// use fastapi_status_axum::{HttpException, Result};
    ///
    /// async fn motto() -> Result<String> {
    ///     std::fs::read_to_string("motto.txt").map_err(HttpException::unhandled)
    /// }
    /// ```
    pub fn unhandled(error: impl fmt::Display) -> Self {
        fastapi_status_http::HttpException::unhandled(error).into_inner().into()
    }
}

/// As FastAPI answers; with the feature `router`, its reason phrase included.
///
/// ```
/// use axum::response::IntoResponse;
/// use fastapi_status_axum::{HttpException, status};
///
/// let response = HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found").into_response();
///
/// assert_eq!(response.status(), 404);
/// assert_eq!(response.headers()["content-type"], "application/json");
/// ```
impl IntoResponse for HttpException {
    fn into_response(self) -> Response {
        let mut response = fastapi_status_http::to_response::<Body>(&self.0);
        #[cfg(feature = "router")]
        fastapi_status_hyper::set_reason_phrase(&mut response);
        leave_out_length(&mut response);
        response
    }
}

/// Keeps axum's router from writing a `content-length: 0` to an answer that has neither length nor body.
pub(crate) fn leave_out_length(response: &mut Response) {
    let has_none = matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    if has_none && response.body().is_end_stream() {
        *response.body_mut() = Body::new(Nothing);
    }
}

/// A body that is at its end, and does not say that it is 0 bytes long.
struct Nothing;

impl HttpBody for Nothing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        true
    }
}

//! `HttpException`, as a handler's error.

use std::fmt;

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use fastapi_status_http::ToFastapi;
use fastapi_status_hyper::set_reason_phrase;

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

fastapi_status::http_exception!(http::StatusCode, ToFastapi::to_fastapi);

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

/// As FastAPI answers, its reason phrase included.
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
        let mut response = fastapi_status_http::HttpException::from(self.into_inner()).into_response::<Body>();
        set_reason_phrase(&mut response);
        response
    }
}

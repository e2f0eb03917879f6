//! Conversions between `http`'s status and core's. Both hold 100 to 999, so that nothing is ever lost or replaced.

/// From the framework's type to core's.
///
/// ```
/// use fastapi_status_http::ToFastapi;
///
/// assert_eq!(http::StatusCode::NOT_FOUND.to_fastapi(), fastapi_status::status::HTTP_404_NOT_FOUND);
/// ```
pub trait ToFastapi {
    /// The same code as core's [`fastapi_status::StatusCode`].
    #[must_use]
    fn to_fastapi(self) -> fastapi_status::StatusCode;
}

/// From core's type to `http`'s.
///
/// ```
/// use fastapi_status_http::ToHttp;
///
/// assert_eq!(fastapi_status::status::HTTP_404_NOT_FOUND.to_http(), http::StatusCode::NOT_FOUND);
/// ```
pub trait ToHttp {
    /// The same code as `http`'s [`http::StatusCode`].
    #[must_use]
    fn to_http(self) -> http::StatusCode;
}

impl ToFastapi for http::StatusCode {
    #[inline]
    fn to_fastapi(self) -> fastapi_status::StatusCode {
        match fastapi_status::StatusCode::from_u16(self.as_u16()) {
            Ok(status) => status,
            // Both hold 100 to 999.
            Err(_) => unreachable!(),
        }
    }
}

impl ToHttp for fastapi_status::StatusCode {
    #[inline]
    fn to_http(self) -> http::StatusCode {
        match http::StatusCode::from_u16(self.as_u16()) {
            Ok(status) => status,
            // Both hold 100 to 999.
            Err(_) => unreachable!(),
        }
    }
}

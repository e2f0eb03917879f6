//! Conversions between actix-web's status and core's. Both hold 100 to 999, so that nothing is ever lost or replaced.

use actix_web::http::StatusCode;

/// From actix-web's type to core's.
///
/// ```
/// use actix_web::http::StatusCode;
/// use fastapi_status_actix::ToFastapi;
///
/// assert_eq!(StatusCode::NOT_FOUND.to_fastapi(), fastapi_status::status::HTTP_404_NOT_FOUND);
/// ```
pub trait ToFastapi {
    /// The same code as core's [`fastapi_status::StatusCode`].
    #[must_use]
    fn to_fastapi(self) -> fastapi_status::StatusCode;
}

/// From core's type to actix-web's.
///
/// ```
/// use actix_web::http::StatusCode;
/// use fastapi_status_actix::ToActix;
///
/// assert_eq!(fastapi_status::status::HTTP_404_NOT_FOUND.to_actix(), StatusCode::NOT_FOUND);
/// ```
pub trait ToActix {
    /// The same code as actix-web's [`StatusCode`].
    #[must_use]
    fn to_actix(self) -> StatusCode;
}

impl ToFastapi for StatusCode {
    #[inline]
    fn to_fastapi(self) -> fastapi_status::StatusCode {
        match fastapi_status::StatusCode::from_u16(self.as_u16()) {
            Ok(status) => status,
            // Both hold 100 to 999.
            Err(_) => unreachable!(),
        }
    }
}

impl ToActix for fastapi_status::StatusCode {
    #[inline]
    fn to_actix(self) -> StatusCode {
        match StatusCode::from_u16(self.as_u16()) {
            Ok(status) => status,
            // Both hold 100 to 999.
            Err(_) => unreachable!(),
        }
    }
}

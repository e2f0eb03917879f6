//! Every name of `fastapi.status`, in the types that actix-web takes: HTTP names as [`StatusCode`], which is `http` 0.2's,
//! WebSocket names as `actix_http::ws::CloseCode`, which `actix_ws` re-exports. With the feature `utoipa`, the HTTP names are
//! types as well, for its `responses(…)`.
//!
//! ```
//! use actix_web::HttpResponse;
//! use fastapi_status_actix::status;
//!
//! let response = HttpResponse::build(status::HTTP_201_CREATED).json("made");
//!
//! assert_eq!(response.status(), 201);
//! assert_eq!(status::HTTP_425_TOO_EARLY.as_u16(), 425);
//! ```

use actix_web::http::StatusCode;

/// `http` 0.2 has no `const` constructor, and no constant for 103, 306 and 425.
#[expect(unsafe_code, reason = "the one way to a constant; the assertions below guard it")]
const fn http(code: u16) -> StatusCode {
    assert!(100 <= code && code <= 999, "an HTTP status is 100 to 999");
    // SAFETY: `StatusCode` is a newtype of `NonZeroU16`, whose valid range is asserted above. The assertions below hold the
    // layout to it: were it another, this crate would not compile.
    unsafe { std::mem::transmute::<u16, StatusCode>(code) }
}

/// That `StatusCode` is made of a `u16`, and of nothing but its number.
const _: () = {
    assert!(size_of::<StatusCode>() == size_of::<u16>());
    assert!(align_of::<StatusCode>() == align_of::<u16>());
    assert!(size_of::<Option<StatusCode>>() == size_of::<u16>());
    assert!(number(StatusCode::CONTINUE) == 100);
    assert!(number(StatusCode::OK) == 200);
    assert!(number(StatusCode::NOT_FOUND) == 404);
    assert!(number(StatusCode::NETWORK_AUTHENTICATION_REQUIRED) == 511);
    assert!(matches!(http(404), StatusCode::NOT_FOUND));
    assert!(matches!(http(511), StatusCode::NETWORK_AUTHENTICATION_REQUIRED));

    #[expect(unsafe_code, reason = "reads the number back at compile time only")]
    const fn number(status: StatusCode) -> u16 {
        // SAFETY: any two bytes that hold a value are a `u16`.
        unsafe { std::mem::transmute::<StatusCode, u16>(status) }
    }
};

#[cfg(feature = "utoipa")]
#[doc(no_inline)]
pub use fastapi_status_serde::openapi::status::*;

fastapi_status::for_each_http_status!(fastapi_status::constants { StatusCode, http });

#[cfg(feature = "ws")]
fastapi_status::for_each_close_code!(fastapi_status::constants { actix_http::ws::CloseCode, close });

/// actix has variants for some codes, and keeps the others as numbers.
#[cfg(feature = "ws")]
pub(crate) const fn close(code: u16) -> actix_http::ws::CloseCode {
    use actix_http::ws::CloseCode;

    match code {
        1000 => CloseCode::Normal,
        1001 => CloseCode::Away,
        1002 => CloseCode::Protocol,
        1003 => CloseCode::Unsupported,
        1006 => CloseCode::Abnormal,
        1007 => CloseCode::Invalid,
        1008 => CloseCode::Policy,
        1009 => CloseCode::Size,
        1010 => CloseCode::Extension,
        1011 => CloseCode::Error,
        1012 => CloseCode::Restart,
        1013 => CloseCode::Again,
        1015 => CloseCode::Tls,
        code => CloseCode::Other(code),
    }
}

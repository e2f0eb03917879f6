//! Every name of `fastapi.status`, in the types that axum takes: HTTP names as [`http::StatusCode`], WebSocket names as
//! `u16`, which is `axum::extract::ws::CloseCode`. With the feature `utoipa`, the HTTP names are types as well, for its
//! `responses(…)`.
//!
//! ```
//! use axum::Json;
//! use axum::response::IntoResponse;
//! use fastapi_status_axum::status;
//!
//! let response = (status::HTTP_201_CREATED, Json("made")).into_response();
//!
//! assert_eq!(response.status(), 201);
//! assert_eq!(status::WS_1008_POLICY_VIOLATION, axum::extract::ws::close_code::POLICY);
//! ```

// Its WebSocket names, of core's type, yield to those below.
#[doc(inline)]
pub use fastapi_status_http::status::*;

#[cfg(feature = "utoipa")]
#[doc(no_inline)]
pub use fastapi_status_serde::openapi::status::*;

fastapi_status::for_each_close_code!(fastapi_status::constants { u16, core::convert::identity });

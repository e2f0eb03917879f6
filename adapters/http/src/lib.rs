//! FastAPI's status names as [`http::StatusCode`], and its `HTTPException` as [`http::Response`].
//!
//! ```
//! use fastapi_status_http::{HttpException, status};
//! use http::Response;
//!
//! let response = Response::builder().status(status::HTTP_201_CREATED).body("")?;
//! assert_eq!(response.status(), http::StatusCode::CREATED);
//!
//! let response: Response<Vec<u8>> = HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found").into_response();
//! assert_eq!(response.body(), br#"{"detail":"Item not found"}"#);
//! # Ok::<(), http::Error>(())
//! ```
//!
//! The adapters for axum and hyper are built on this crate; take it alone for what speaks `http` and is neither.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `json_detail` | yes | a detail of any JSON: `serde_json::Value`, whose objects keep the order they were written in |
#![forbid(unsafe_code)]

mod convert;
mod exception;
mod handshake;
pub mod status;

pub use convert::{ToFastapi, ToHttp};
pub use exception::{HttpException, Result, to_response};
pub use handshake::is_websocket_handshake;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

//! FastAPI's status vocabulary for Rust.
//!
//! Every name of `fastapi.status` is a constant here, with its meaning and the section of the RFC that defines it:
//!
//! ```
//! use fastapi_status::{StatusCode, status};
//!
//! let code = status::HTTP_404_NOT_FOUND;
//!
//! assert_eq!(code, 404);
//! assert_eq!(code.to_string(), "404 Not Found");
//! assert_eq!(code.name(), Some("HTTP_404_NOT_FOUND"));
//! assert_eq!(StatusCode::from_name("HTTP_404_NOT_FOUND"), Ok(code));
//! assert_eq!("404".parse(), Ok(code));
//! ```
//!
//! and FastAPI's `HTTPException` is an error that a domain without a framework can return. An adapter
//! (`fastapi-status-axum`, `-actix`, `-hyper`) answers with it as FastAPI does:
//!
#![cfg_attr(feature = "exception", doc = "```")]
#![cfg_attr(not(feature = "exception"), doc = "```ignore")]
//! use fastapi_status::{HttpException, status};
//!
//! fn price(isbn: &str) -> Result<u32, HttpException> {
//!     match isbn {
//!         "978-0441172719" => Ok(990),
//!         _ => Err(HttpException::new(status::HTTP_404_NOT_FOUND, "Book not found")),
//!     }
//! }
//!
//! let error = price("none").unwrap_err();
//! assert_eq!(error.to_string(), "404: Book not found");
//! assert_eq!(error.answer().body(), br#"{"detail":"Book not found"}"#);
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `exception` | yes | `HttpException` and `WebSocketException`; needs an allocator |
//! | `json_detail` | yes | a detail of any JSON: `serde_json::Value` |
//! | `preserve_order` | no | objects in such a detail keep the order they were written in, as in Python |
//! | `serde` | no | `Serialize` and `Deserialize` for [`StatusCode`] and [`CloseCode`], as integers |
//!
//! The crate is `no_std` with any features. Without any it never allocates and has no dependency.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "exception")]
extern crate alloc;

mod close_code;
mod code;
mod entry;
#[cfg(feature = "exception")]
mod exception;
mod invalid;
pub mod status;
mod status_code;
mod table;

pub use close_code::CloseCode;
pub use entry::Entry;
#[cfg(feature = "exception")]
pub use exception::json;
#[cfg(feature = "exception")]
pub use exception::{
    Answer, Detail, Header, HttpException, InvalidHeader, InvalidWebSocketException, WebSocketException, panic_message,
    percent_decode, toggle_slash,
};
pub use invalid::{InvalidCloseCode, InvalidStatusCode};
pub use status_code::StatusCode;

#[cfg(all(doctest, feature = "json_detail"))]
#[doc = include_str!("../README.md")]
struct Readme;

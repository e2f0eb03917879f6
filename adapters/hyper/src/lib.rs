//! FastAPI's status names, exceptions and answers for [hyper](https://docs.rs/hyper) services.
//!
//! ```
//! use bytes::Bytes;
//! use fastapi_status_hyper::{FastapiDefaults, HttpException, Result, status};
//! use http_body_util::Full;
//! use hyper::{Method, Request, Response};
//! use hyper::service::{Service, service_fn};
//!
//! async fn handle<B>(request: Request<B>) -> Result<Response<Full<Bytes>>> {
//!     match (request.method(), request.uri().path()) {
//!         (&Method::GET, "/") => Ok(Response::new("hello".into())),
//!         (&Method::GET, "/tea") => Err(HttpException::new(status::HTTP_418_IM_A_TEAPOT, "No coffee")),
//!         (_, "/" | "/tea") => {
//!             Err(HttpException::from_status(status::HTTP_405_METHOD_NOT_ALLOWED).with_header("allow", "GET, HEAD"))
//!         }
//!         _ => Err(HttpException::from_status(status::HTTP_404_NOT_FOUND)),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
//! let service = FastapiDefaults::new(service_fn(handle));
//! // hyper::server::conn::http1::Builder::new().serve_connection(io, service).await
//!
//! let response = service.call(Request::get("/tea").body(String::new())?).await?;
//! assert_eq!(response.status(), status::HTTP_418_IM_A_TEAPOT);
//! # Ok(())
//! # }
//! ```
//!
//! The [porting guide](porting) shows the way from `main.py`.
//!
//! # Features
//!
//! As with hyper, none is on by default.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `extract` | `json`: a body, validated as FastAPI does |
//! | `json_detail` | a detail of any JSON: `serde_json::Value`, whose objects keep the order they were written in |
//! | `tungstenite` | conversions to and from tungstenite's `CloseCode`, and close frames of a [`WebSocketException`] |
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod defaults;
#[cfg(feature = "extract")]
mod extract;
mod panic;
// Its code, which doctests run, needs `extract`.
#[cfg(any(feature = "extract", not(doctest)))]
#[doc = include_str!("../PORTING.md")]
pub mod porting {}
mod reason;
#[cfg(feature = "tungstenite")]
mod websocket;

pub use defaults::{DefaultsFuture, FastapiDefaults, finish_response};
#[cfg(feature = "extract")]
pub use extract::json;
pub use fastapi_status::{Detail, WebSocketException};
pub use fastapi_status_http::{HttpException, Result, ToFastapi, ToHttp, is_websocket_handshake, status};
#[cfg(feature = "extract")]
pub use fastapi_status_serde::{RequestValidationError, ValidationError};
pub use panic::CatchPanic;
pub use reason::set_reason_phrase;
#[cfg(feature = "tungstenite")]
pub use websocket::{FromTungstenite, ToTungstenite};

pub use http::StatusCode;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

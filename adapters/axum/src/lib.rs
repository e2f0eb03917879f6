//! FastAPI's status names, exceptions and answers for [axum](https://docs.rs/axum) handlers.
//!
//! ```
//! use axum::{Json, Router, extract::Path, http::StatusCode, routing::get};
//! use fastapi_status_axum::{HttpException, Result, status, with_fastapi_defaults};
//! use serde_json::{Value, json};
//!
//! async fn read_item(Path(item_id): Path<u32>) -> Result<Json<Value>> {
//!     if item_id > 1 {
//!         return Err(HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found"));
//!     }
//!     Ok(Json(json!({"item_id": item_id})))
//! }
//!
//! async fn create_item(Json(item): Json<Value>) -> (StatusCode, Json<Value>) {
//!     (status::HTTP_201_CREATED, Json(item))
//! }
//!
//! let app: Router = with_fastapi_defaults(
//!     Router::new().route("/items/{item_id}", get(read_item).post(create_item)),
//! );
//! ```
//!
//! A domain that knows no framework returns [`fastapi_status::HttpException`], or errors of its own that convert into it;
//! `?` turns them into this crate's.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `router` | yes | `with_fastapi_defaults`: 404, 405, panics, trailing slashes, reason phrases |
//! | `ws` | no | `WebSocketUpgrade`; `ToCloseFrame`: the close frame of a [`WebSocketException`] |
//!
//! Without features the crate needs `axum-core` only.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "router")]
mod defaults;
mod exception;
#[cfg(feature = "router")]
mod redirect;
pub mod status;
#[cfg(feature = "ws")]
mod ws;

#[cfg(feature = "router")]
pub use defaults::{FastapiDefaults, with_fastapi_defaults};
pub use exception::{HttpException, Result};
pub use fastapi_status::WebSocketException;
pub use fastapi_status_http::{ToFastapi, ToHttp};
#[cfg(feature = "ws")]
pub use ws::{ToCloseFrame, WebSocketUpgrade};

//! FastAPI's status names, exceptions and answers for [axum](https://docs.rs/axum) handlers.
//!
//! ```
//! use axum::{Router, http::StatusCode, routing::get};
//! use fastapi_status_axum::{HttpException, Json, Path, Result, status, with_fastapi_defaults};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Item {
//!     name: String,
//!     price: f64,
//! }
//!
//! async fn read_item(Path(item_id): Path<u32>) -> Result<Json<Item>> {
//!     if item_id > 1 {
//!         return Err(HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found"));
//!     }
//!     Ok(Json(Item { name: "Dune".to_owned(), price: 9.9 }))
//! }
//!
//! async fn create_item(Json(item): Json<Item>) -> (StatusCode, Json<Item>) {
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
//! The [porting guide](porting) goes from `main.py` to a running service in ten steps.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `extract` | yes | `Json`, `Embed`, `Path`, `Query`, `Form`, `Headers`, `Cookies`, `All` and `Depends`: FastAPI's 422 |
//! | `router` | yes | `with_fastapi_defaults`: 404, 405, panics, trailing slashes, reason phrases |
//! | `ws` | no | `WebSocketUpgrade`; `ToCloseFrame`: the close frame of a [`WebSocketException`] |
//!
//! Without features the crate needs `axum-core` only.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "router")]
mod defaults;
mod exception;
#[cfg(feature = "extract")]
mod extract;
#[cfg(all(feature = "extract", feature = "router"))]
#[doc = include_str!("../PORTING.md")]
pub mod porting {}
#[cfg(feature = "router")]
mod redirect;
pub mod status;
#[cfg(feature = "ws")]
mod ws;

#[cfg(feature = "router")]
pub use defaults::{FastapiDefaults, with_fastapi_defaults};
pub use exception::{HttpException, Result};
#[cfg(feature = "extract")]
pub use extract::{
    All, Cookies, Dependency, Depends, Embed, Extract, Form, Headers, Json, Part, Path, Query, Refusal, RequestData,
    Tuple,
};
pub use fastapi_status::WebSocketException;
pub use fastapi_status_http::{ToFastapi, ToHttp};
#[cfg(feature = "ws")]
pub use ws::{ToCloseFrame, WebSocketUpgrade};

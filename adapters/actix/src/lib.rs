//! FastAPI's status names, exceptions and answers for [actix-web](https://docs.rs/actix-web) handlers.
//!
//! ```
//! use actix_web::{App, HttpResponse, web};
//! use fastapi_status_actix::{FastapiDefaults, HttpException, Result, status};
//! use serde_json::{Value, json};
//!
//! async fn read_item(item_id: web::Path<u32>) -> Result<web::Json<Value>> {
//!     if *item_id > 1 {
//!         return Err(HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found"));
//!     }
//!     Ok(web::Json(json!({"item_id": *item_id})))
//! }
//!
//! async fn create_item(item: web::Json<Value>) -> HttpResponse {
//!     HttpResponse::build(status::HTTP_201_CREATED).json(item)
//! }
//!
//! let app = App::new()
//!     .wrap(FastapiDefaults::default())
//!     .service(web::resource("/items/{item_id}").get(read_item).post(create_item));
//! ```
//!
//! A domain that knows no framework returns [`fastapi_status::HttpException`], or errors of its own that convert into it;
//! `?` turns them into this crate's.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `ws` | yes | the WebSocket names as actix's `CloseCode`, `ToCloseReason`: the close reason of a [`WebSocketException`] |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod allow;
mod convert;
mod defaults;
mod exception;
pub mod status;
#[cfg(feature = "ws")]
mod ws;

pub use convert::{ToActix, ToFastapi};
pub use defaults::{FastapiDefaults, FastapiDefaultsMiddleware};
pub use exception::{HttpException, Result};
pub use fastapi_status::WebSocketException;
#[cfg(feature = "ws")]
pub use ws::{CloseCodeExt, ToCloseReason};

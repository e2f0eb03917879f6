//! FastAPI's status names, exceptions and answers for [actix-web](https://docs.rs/actix-web) handlers.
//!
//! ```
//! use actix_web::{App, Responder, web};
//! use fastapi_status_actix::{FastapiDefaults, HttpException, Json, Path, Result, status};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Item {
//!     name: String,
//!     price: f64,
//! }
//!
//! async fn read_item(item_id: Path<u32>) -> Result<Json<Item>> {
//!     if *item_id > 1 {
//!         return Err(HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found"));
//!     }
//!     Ok(Json(Item { name: "Dune".to_owned(), price: 9.9 }))
//! }
//!
//! async fn create_item(item: Json<Item>) -> impl Responder {
//!     (item, status::HTTP_201_CREATED)
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
//! The [porting guide](porting) shows the way from `main.py`.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `extract` | yes | `Json`, `Embed`, `Path`, `Query`, `Form`, `Headers`, `Cookies`, `All` and `Depends`: FastAPI's 422 |
//! | `ws` | yes | the WebSocket names as actix's `CloseCode`, `ToCloseReason`: the close reason of a [`WebSocketException`] |
#![cfg_attr(docsrs, feature(doc_cfg))]

mod allow;
mod convert;
mod defaults;
mod exception;
#[cfg(feature = "extract")]
mod extract;
mod handshake;
#[cfg(all(feature = "extract", feature = "ws"))]
#[doc = include_str!("../PORTING.md")]
pub mod porting {}
pub mod status;
#[cfg(feature = "ws")]
mod ws;

pub use convert::{ToActix, ToFastapi};
pub use defaults::{FastapiDefaults, FastapiDefaultsMiddleware};
pub use exception::{HttpException, Result};
#[cfg(feature = "extract")]
pub use extract::{
    All, Cookies, Dependency, Depends, Embed, Extract, Form, Headers, Json, Part, Path, Query, Refusal, RequestData,
    Tuple,
};
pub use fastapi_status::WebSocketException;
#[cfg(feature = "ws")]
pub use ws::{CloseCodeExt, ToCloseReason};

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
//! | `json_detail` | yes | a detail of any JSON: `serde_json::Value`, whose objects keep the order they were written in |
//! | `utoipa` | no | `openapi`: FastAPI's schemas and operation ids; the names of `status` in utoipa's `responses(…)` |
//! | `ws` | no | the WebSocket names as actix's `CloseCode`, `ToCloseReason`: the close reason of a [`WebSocketException`] |
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
pub use defaults::{DefaultsFuture, FastapiDefaults, FastapiDefaultsMiddleware};
pub use exception::{HttpException, Result};
#[cfg(feature = "extract")]
pub use extract::{
    All, Cookies, Dependency, Depends, Embed, Extract, Form, Headers, Json, Part, Path, Query, Refusal, RequestData,
    Tuple,
};
pub use fastapi_status::{Detail, WebSocketException};
/// FastAPI's share of an `openapi.json`, for [utoipa](https://docs.rs/utoipa). Needs the feature `utoipa`.
///
/// A handler's documented statuses read as in Python: with this feature, the names of [`status`] are what utoipa takes in
/// `responses(…)`, too.
///
/// ```
/// use actix_web::{App, HttpResponse, web};
/// use fastapi_status_actix::openapi::AsFastapi;
/// use fastapi_status_actix::{FastapiDefaults, HttpException, Json, Path, Result, status};
/// use serde::{Deserialize, Serialize};
/// use utoipa::{OpenApi, ToSchema};
///
/// #[derive(Deserialize, Serialize, ToSchema)]
/// struct Item {
///     name: String,
/// }
///
/// /// One item of the catalogue.
/// #[utoipa::path(
///     get,
///     path = "/items/{item_id}",
///     params(("item_id" = u32, Path)),
///     responses(
///         (status = 200, body = Item),
///         status::HTTP_404_NOT_FOUND,
///         status::HTTP_422_UNPROCESSABLE_CONTENT,
///     ),
/// )]
/// async fn read_item(Path(item_id): Path<u32>) -> Result<Json<Item>> {
///     Err(HttpException::new(status::HTTP_404_NOT_FOUND, format!("There is no item {item_id}")))
/// }
///
/// #[derive(OpenApi)]
/// #[openapi(paths(read_item), modifiers(&AsFastapi))]
/// struct Api;
///
/// let app = App::new()
///     .wrap(FastapiDefaults::default())
///     .service(web::resource("/items/{item_id}").get(read_item))
///     .service(web::resource("/openapi.json").get(async || HttpResponse::Ok().json(Api::openapi())));
/// ```
///
/// # In detail
///
#[cfg(feature = "utoipa")]
#[doc(inline)]
pub use fastapi_status_serde::openapi;
#[cfg(feature = "extract")]
pub use fastapi_status_serde::{RequestValidationError, ValidationError};
#[cfg(feature = "ws")]
pub use ws::{CloseCodeExt, ToCloseReason};

pub use actix_web::http::StatusCode;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

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
//! | `json_detail` | yes | a detail of any JSON: `serde_json::Value`, whose objects keep the order they were written in |
//! | `router` | yes | `with_fastapi_defaults`: 404, 405, panics, trailing slashes, reason phrases |
//! | `utoipa` | no | `openapi`: FastAPI's schemas and operation ids; the names of `status` in utoipa's `responses(…)` |
//! | `ws` | no | `WebSocketUpgrade`; `ToCloseFrame`: the close frame of a [`WebSocketException`] |
//!
//! Without features the crate needs `axum-core` and the `http` crates only.
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
pub use fastapi_status::{Detail, WebSocketException};
pub use fastapi_status_http::{ToFastapi, ToHttp};
/// FastAPI's share of an `openapi.json`, for [utoipa](https://docs.rs/utoipa). Needs the feature `utoipa`.
///
/// A handler's documented statuses read as in Python: with this feature, the names of [`status`] are what utoipa takes in
/// `responses(…)`, too.
///
/// ```
/// use axum::{Router, routing::get};
/// use fastapi_status_axum::openapi::AsFastapi;
/// use fastapi_status_axum::{HttpException, Json, Path, Result, status, with_fastapi_defaults};
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
/// let app: Router = with_fastapi_defaults(
///     Router::new()
///         .route("/items/{item_id}", get(read_item))
///         .route("/openapi.json", get(|| async { Json(Api::openapi()) })),
/// );
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
pub use ws::{ToCloseFrame, WebSocketUpgrade};

pub use http::StatusCode;

#[cfg(all(doctest, feature = "router"))]
#[doc = include_str!("../README.md")]
struct Readme;

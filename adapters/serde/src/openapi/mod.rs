//! FastAPI's share of an `openapi.json`, for [utoipa](https://docs.rs/utoipa): the schemas of its errors, responses by its
//! status names, and its way to name operations. Needs the feature `utoipa`.
//!
//! In `responses(…)`, a name of [`status`] stands for all that FastAPI documents of that status; a model goes in as utoipa
//! has it:
//!
//! ```
//! use fastapi_status_serde::openapi::{AsFastapi, status};
//! use utoipa::{OpenApi, ToSchema};
//!
//! #[derive(ToSchema)]
//! struct Item {
//!     name: String,
//!     price: f64,
//! }
//!
//! /// One item of the catalogue.
//! #[utoipa::path(
//!     get,
//!     path = "/items/{item_id}",
//!     params(("item_id" = u32, Path)),
//!     responses(
//!         (status = 200, body = Item),
//!         status::HTTP_404_NOT_FOUND,
//!         status::HTTP_422_UNPROCESSABLE_CONTENT,
//!     ),
//! )]
//! async fn read_item() {}
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(read_item), modifiers(&AsFastapi))]
//! struct Api;
//!
//! let openapi = serde_json::to_value(Api::openapi())?;
//! let operation = &openapi["paths"]["/items/{item_id}"]["get"];
//!
//! assert_eq!(operation["operationId"], "read_item_items__item_id__get");
//! assert_eq!(operation["responses"]["404"]["description"], "Not Found");
//! assert_eq!(
//!     operation["responses"]["422"]["content"]["application/json"]["schema"]["$ref"],
//!     "#/components/schemas/HTTPValidationError",
//! );
//! assert_eq!(openapi["components"]["schemas"]["ValidationError"]["title"], "ValidationError");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod operations;
mod schemas;
pub mod status;

pub use operations::AsFastapi;
pub use schemas::ExceptionBody;

#[doc(no_inline)]
pub use crate::{RequestValidationError, ValidationError};

//! FastAPI's request validation for Rust: FastAPI's 422, from plain [`serde`] types.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod embedded;
mod error;
mod kinds;
mod location;
mod multipart;
#[cfg(feature = "utoipa")]
pub mod openapi;
mod parameters;
mod python;
mod recorder;
mod report;
mod response;
mod strict;

pub use body::from_json;
pub use embedded::from_embedded_json;
pub use error::{LocItem, ValidationError};
pub use parameters::{from_cookies, from_form, from_form_fields, from_headers, from_path, from_query};
pub use report::RequestValidationError;
pub use response::to_json;

//! Every HTTP name of `fastapi.status`, as what utoipa's `responses(…)` takes.
//!
//! These are types, and so get along with the constants of the same names: where an adapter has the feature `utoipa`,
//! its `status` module has both.
//!
//! | status | description | content |
//! | --- | --- | --- |
//! | 2xx | "Successful Response" | any JSON, as of a FastAPI handler that does not say what it returns |
//! | 204, 205 | likewise | none |
//! | 4xx and 5xx | the phrase of the status | `HTTPException`: the body of an exception |
//! | 422 | "Validation Error" | `HTTPValidationError` |
//! | 1xx and 3xx | the phrase of the status | none |
//!
//! ```
//! use fastapi_status_serde::openapi::status;
//! use utoipa::IntoResponses;
//!
//! #[utoipa::path(
//!     delete,
//!     path = "/items/{item_id}",
//!     params(("item_id" = u32, Path)),
//!     responses(
//!         status::HTTP_204_NO_CONTENT,
//!         status::HTTP_404_NOT_FOUND,
//!         status::HTTP_422_UNPROCESSABLE_CONTENT,
//!     ),
//! )]
//! async fn remove_item() {}
//!
//! assert_eq!(
//!     serde_json::to_value(status::HTTP_404_NOT_FOUND::responses())?["404"]["content"],
//!     serde_json::json!({"application/json": {"schema": {"$ref": "#/components/schemas/HTTPException"}}}),
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```
#![expect(deprecated, reason = "names that FastAPI has given up are in the table, too")]

use std::collections::BTreeMap;

use fastapi_status::StatusCode;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{IntoResponses, ToSchema};

use super::schemas::any;
use super::{ExceptionBody, RequestValidationError};

macro_rules! responses {
    ($($(#[$deprecated:meta])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;)*) => {
        $(
            #[doc = concat!("**", $code, " ", $phrase, "**, [documented](self). ", $meaning)]
            $(#[$deprecated])?
            #[derive(Clone, Copy, Debug)]
            pub enum $name {}

            impl IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    BTreeMap::from([($code.to_string(), response(fastapi_status::status::$name, $phrase).into())])
                }
            }
        )*
    };
}

fastapi_status::for_each_http_status!(responses);

/// What FastAPI says of a success.
pub(super) const SUCCESS: &str = "Successful Response";

fn response(status: StatusCode, phrase: &str) -> Response {
    let (description, schema): (_, Option<RefOr<Schema>>) = match status.as_u16() {
        200..=299 => (SUCCESS, Some(any().into())),
        422 => ("Validation Error", Some(Ref::from_schema_name(RequestValidationError::name()).into())),
        400.. => (phrase, Some(Ref::from_schema_name(ExceptionBody::name()).into())),
        _ => (phrase, None),
    };
    let response = ResponseBuilder::new().description(description);
    match schema.filter(|_| status.is_body_allowed()) {
        Some(schema) => response.content("application/json", Content::new(Some(schema))).build(),
        None => response.build(),
    }
}

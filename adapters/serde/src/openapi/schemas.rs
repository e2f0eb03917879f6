//! The schemas of what FastAPI answers with.

use std::borrow::Cow;

use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::{RequestValidationError, ValidationError};

/// `{"detail": …}`, the body of FastAPI's `HTTPException`, as the schema `HTTPException`.
///
/// The detail may be any JSON, and has to be there. FastAPI has no schema for it: its users write one.
///
/// ```
/// use fastapi_status_serde::openapi::ExceptionBody;
/// use utoipa::{PartialSchema, ToSchema};
///
/// assert_eq!(ExceptionBody::name(), "HTTPException");
/// assert_eq!(
///     serde_json::to_value(ExceptionBody::schema())?,
///     serde_json::json!({
///         "properties": {"detail": {"title": "Detail"}},
///         "type": "object",
///         "required": ["detail"],
///         "title": "HTTPException",
///     }),
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(alias = "HTTPException")]
#[derive(Clone, Copy, Debug)]
pub enum ExceptionBody {}

impl ToSchema for ExceptionBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("HTTPException")
    }
}

impl PartialSchema for ExceptionBody {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .title(Some(Self::name()))
            .property("detail", any().title(Some("Detail")))
            .required("detail")
            .into()
    }
}

/// FastAPI's `HTTPValidationError`. Needs the feature `utoipa`.
///
/// ```
/// use fastapi_status_serde::RequestValidationError;
/// use utoipa::ToSchema;
///
/// assert_eq!(RequestValidationError::name(), "HTTPValidationError");
/// ```
impl ToSchema for RequestValidationError {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("HTTPValidationError")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ValidationError::name().into_owned(), ValidationError::schema()));
    }
}

impl PartialSchema for RequestValidationError {
    fn schema() -> RefOr<Schema> {
        let errors = ArrayBuilder::new().title(Some("Detail")).items(Ref::from_schema_name(ValidationError::name()));
        ObjectBuilder::new().title(Some(Self::name())).property("detail", errors).into()
    }
}

/// FastAPI's `ValidationError`. Needs the feature `utoipa`.
///
/// ```
/// use fastapi_status_serde::ValidationError;
/// use utoipa::ToSchema;
///
/// assert_eq!(ValidationError::name(), "ValidationError");
/// ```
impl ToSchema for ValidationError {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ValidationError")
    }
}

impl PartialSchema for ValidationError {
    fn schema() -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let step = AnyOfBuilder::new().item(of(Type::String)).item(of(Type::Integer));
        ObjectBuilder::new()
            .title(Some(Self::name()))
            .property("loc", ArrayBuilder::new().title(Some("Location")).items(step))
            .property("msg", of(Type::String).title(Some("Message")))
            .property("type", of(Type::String).title(Some("Error Type")))
            .property("input", any().title(Some("Input")))
            .property("ctx", of(Type::Object).title(Some("Context")))
            .required("loc")
            .required("msg")
            .required("type")
            .into()
    }
}

/// Any JSON.
pub(super) fn any() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue)
}

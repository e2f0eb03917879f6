//! The types of pydantic's errors, in its words.
//!
//! Source: `src/errors/types.rs` of pydantic-core.

use std::borrow::Cow;
use std::fmt::Display;

use serde_core::Serialize;

use crate::error::{ValidationError, to_json};

impl ValidationError {
    /// A field that has to be there is not.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// assert_eq!(ValidationError::missing().msg(), "Field required");
    /// ```
    #[must_use]
    pub fn missing() -> Self {
        Self::new("missing", "Field required")
    }

    /// What Python's `raise ValueError(message)` in a validator becomes.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::value_error("no such shelf", &"Z9");
    ///
    /// assert_eq!(error.msg(), "Value error, no such shelf");
    /// assert_eq!(error.ctx(), Some(r#"{"error":{}}"#));
    /// ```
    #[must_use]
    pub fn value_error(message: impl Display, input: &(impl Serialize + ?Sized)) -> Self {
        Self::with_one("value_error", format!("Value error, {message}"), "error", "{}").with_input(input)
    }

    /// A string that does not match the pattern of `Field(pattern=…)`.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::string_pattern_mismatch("^[A-Z]+$", &"abc");
    ///
    /// assert_eq!(error.msg(), "String should match pattern '^[A-Z]+$'");
    /// ```
    #[must_use]
    pub fn string_pattern_mismatch(pattern: &str, input: &(impl Serialize + ?Sized)) -> Self {
        let msg = format!("String should match pattern '{pattern}'");
        Self::with_one("string_pattern_mismatch", msg, "pattern", to_json(pattern)).with_input(input)
    }

    /// A list, a set or a dictionary (`field_type`, as `List`) with too few items.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::too_short("List", 1, 0, &[0; 0]);
    ///
    /// assert_eq!(error.msg(), "List should have at least 1 item after validation, not 0");
    /// ```
    #[must_use]
    pub fn too_short(
        field_type: &str,
        min_length: usize,
        actual_length: usize,
        input: &(impl Serialize + ?Sized),
    ) -> Self {
        let items = counted(min_length, "item");
        Self::new(
            "too_short",
            format!("{field_type} should have at least {items} after validation, not {actual_length}"),
        )
        .with_input(input)
        .with_ctx_text(format!(
            r#"{{"field_type":{},"min_length":{min_length},"actual_length":{actual_length}}}"#,
            to_json(field_type)
        ))
    }

    /// A list, a set or a dictionary (`field_type`, as `List`) with too many items.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::too_long("List", 1, 2, &["a", "b"]);
    ///
    /// assert_eq!(error.msg(), "List should have at most 1 item after validation, not 2");
    /// ```
    #[must_use]
    pub fn too_long(
        field_type: &str,
        max_length: usize,
        actual_length: usize,
        input: &(impl Serialize + ?Sized),
    ) -> Self {
        Self::too_long_unsent(field_type, max_length, actual_length).with_input(input)
    }

    pub(crate) fn too_long_unsent(field_type: &str, max_length: usize, actual_length: usize) -> Self {
        let items = counted(max_length, "item");
        Self::new("too_long", format!("{field_type} should have at most {items} after validation, not {actual_length}"))
            .with_ctx_text(format!(
                r#"{{"field_type":{},"max_length":{max_length},"actual_length":{actual_length}}}"#,
                to_json(field_type)
            ))
    }

    /// An error whose context is one value that is written as it is.
    pub(crate) fn with_one(
        kind: &'static str,
        msg: impl Into<Cow<'static, str>>,
        name: &str,
        value: impl Display,
    ) -> Self {
        Self::new(kind, msg).with_ctx_text(format!(r#"{{"{name}":{value}}}"#))
    }

    pub(crate) fn with_ctx_text(mut self, json: String) -> Self {
        self.ctx = Some(json.into());
        self
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The types with one bound in their context, which the message ends with or counts.
macro_rules! bounds {
    ($($(#[$doc:meta])* $kind:ident($key:literal), $msg:literal, $example:literal;)*) => {
        impl ValidationError {
            $(
                $(#[$doc])*
                ///
                /// The bound is a number of the field's type: pydantic's `ctx` has `0.0` where the field is a float.
                ///
                /// ```
                /// use fastapi_status_serde::ValidationError;
                ///
                #[doc = concat!("let error = ValidationError::", stringify!($kind), "(3, &7);")]
                ///
                #[doc = concat!("assert_eq!(error.msg(), \"", $example, "\");")]
                #[doc = concat!("assert_eq!(error.ctx(), Some(r#\"{\"", $key, "\":3}\"#));")]
                /// ```
                #[must_use]
                pub fn $kind(bound: impl Display + Serialize, input: &(impl Serialize + ?Sized)) -> Self {
                    let msg = format!("{} {bound}", $msg);
                    Self::with_one(stringify!($kind), msg, $key, to_json(&bound)).with_input(input)
                }
            )*
        }
    };
}

bounds! {
    /// A number that is not above the bound of `Field(gt=…)`.
    greater_than("gt"), "Input should be greater than", "Input should be greater than 3";
    /// A number below the bound of `Field(ge=…)`.
    greater_than_equal("ge"), "Input should be greater than or equal to",
        "Input should be greater than or equal to 3";
    /// A number that is not below the bound of `Field(lt=…)`.
    less_than("lt"), "Input should be less than", "Input should be less than 3";
    /// A number above the bound of `Field(le=…)`.
    less_than_equal("le"), "Input should be less than or equal to", "Input should be less than or equal to 3";
    /// A number that is not a multiple of `Field(multiple_of=…)`.
    multiple_of("multiple_of"), "Input should be a multiple of", "Input should be a multiple of 3";
}

impl ValidationError {
    /// A string shorter than `Field(min_length=…)`.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::string_too_short(1, &"");
    ///
    /// assert_eq!(error.msg(), "String should have at least 1 character");
    /// ```
    #[must_use]
    pub fn string_too_short(min_length: usize, input: &(impl Serialize + ?Sized)) -> Self {
        let msg = format!("String should have at least {}", counted(min_length, "character"));
        Self::with_one("string_too_short", msg, "min_length", min_length).with_input(input)
    }

    /// A string longer than `Field(max_length=…)`.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::string_too_long(3, &"four");
    ///
    /// assert_eq!(error.msg(), "String should have at most 3 characters");
    /// ```
    #[must_use]
    pub fn string_too_long(max_length: usize, input: &(impl Serialize + ?Sized)) -> Self {
        let msg = format!("String should have at most {}", counted(max_length, "character"));
        Self::with_one("string_too_long", msg, "max_length", max_length).with_input(input)
    }
}

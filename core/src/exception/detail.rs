//! The `detail` of an `HTTPException`: text or any JSON.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use core::fmt;

use super::json;

/// The `detail` of an [`HttpException`](crate::HttpException): text, or any JSON.
///
#[cfg_attr(feature = "json_detail", doc = "```")]
#[cfg_attr(not(feature = "json_detail"), doc = "```ignore")]
/// use fastapi_status::Detail;
/// use serde_json::json;
///
/// assert_eq!(Detail::from("Book not found").as_str(), Some("Book not found"));
/// assert_eq!(Detail::from(json!({"left": 0})).to_string(), r#"{"left":0}"#);
/// assert_eq!(Detail::from(7).to_string(), "7");
/// ```
///
/// Two are equal if the same is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail(Content);

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Text(Cow<'static, str>),
    /// As it is sent. So a program whose details are all text holds nothing of what writes JSON.
    Json(String),
}

impl Detail {
    /// JSON that is rendered already, to be sent byte for byte.
    ///
    /// A `serde_json::Value` knows neither integers of any size nor, without the feature `preserve_order`, the order in
    /// which an object was written. The text is not checked: what is not JSON makes a body that is not JSON.
    ///
    /// ```
    /// use fastapi_status::{Detail, HttpException, status};
    ///
    /// let detail = Detail::from_json_text(r#"{"z":100000000000000000000000000000,"a":1e-07}"#);
    /// let error = HttpException::new(status::HTTP_409_CONFLICT, detail);
    ///
    /// assert_eq!(error.answer().body(), br#"{"detail":{"z":100000000000000000000000000000,"a":1e-07}}"#);
    /// ```
    #[must_use]
    pub fn from_json_text(json: impl Into<String>) -> Self {
        Self(Content::Json(json.into()))
    }

    /// The text, if it is text.
    ///
    /// ```
    /// use fastapi_status::Detail;
    ///
    /// assert_eq!(Detail::from("sold out").as_str(), Some("sold out"));
    /// assert_eq!(Detail::from(0).as_str(), None);
    /// ```
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Content::Text(text) => Some(text),
            Content::Json(_) => None,
        }
    }

    /// JSON as it is sent; empty for text.
    pub(super) fn as_json(&self) -> &str {
        match &self.0 {
            Content::Text(_) => "",
            Content::Json(json) => json,
        }
    }
}

impl From<&'static str> for Detail {
    fn from(text: &'static str) -> Self {
        Self(Content::Text(Cow::Borrowed(text)))
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self(Content::Text(Cow::Owned(text)))
    }
}

impl From<Cow<'static, str>> for Detail {
    fn from(text: Cow<'static, str>) -> Self {
        Self(Content::Text(text))
    }
}

macro_rules! from_display {
    ($($value:ty)*) => {
        $(
            /// As JSON.
            impl From<$value> for Detail {
                fn from(value: $value) -> Self {
                    Self::from_json_text(value.to_string())
                }
            }
        )*
    };
}

from_display!(bool i32 i64 u32 u64);

/// As JSON; what JSON does not have, as `null`.
impl From<f64> for Detail {
    fn from(value: f64) -> Self {
        let mut json = String::new();
        json::write_float(value, &mut json);
        Self::from_json_text(json)
    }
}

impl Detail {
    /// Python's `None`, for which the status' phrase stands in.
    pub(super) fn is_none(&self) -> bool {
        match &self.0 {
            Content::Text(_) => false,
            Content::Json(json) => json == "null",
        }
    }
}

/// Text as it is, all else as JSON.
impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Text(text) => f.write_str(text),
            Content::Json(json) => f.write_str(json),
        }
    }
}

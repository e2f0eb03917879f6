//! The part of a request that a value comes from.

use std::borrow::Cow;

/// The text of a header as Starlette reads it: each byte is a character.
///
/// ```
/// use fastapi_status_serde::latin_1;
///
/// assert_eq!(latin_1(b"application/json; charset=\"\xE9\""), "application/json; charset=\"é\"");
/// ```
#[must_use]
pub fn latin_1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The part of a request that a value comes from; `loc` begins with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
    Body,
    /// The body, too, but each field is one of its own.
    Form,
}

impl Location {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body | Self::Form => "body",
        }
    }
}

//! Bodies of JSON.

use std::borrow::Cow;

use serde_core::Deserialize;

use crate::error::to_json;
use crate::location::Location;
use crate::python::{Failure, Kind, Tape, Text, decode, parse};
use crate::recorder::record;
use crate::{LocItem, RequestValidationError, ValidationError, strict};

/// Reads a JSON body as FastAPI reads it: what it accepts is accepted, and what it refuses is refused with its answer.
///
/// `content_type` is the header as it was sent. `T` is any type; what it borrows, it borrows from the body. A string with
/// an escape in it stands nowhere in the body, so that a `&str` cannot borrow it, and refuses it: a `Cow` takes both.
///
/// ```
/// use std::borrow::Cow;
///
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Item<'a> {
///     #[serde(borrow)]
///     name: Cow<'a, str>,
///     price: f64,
///     in_stock: Option<bool>,
/// }
///
/// let item: Item = fastapi_status_serde::from_json(
///     Some("application/json"),
///     br#"{"name": "Dune", "price": "9.90", "in_stock": "yes"}"#,
/// )?;
///
/// assert_eq!((item.name.as_ref(), item.price, item.in_stock), ("Dune", 9.9, Some(true)));
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// All that is wrong, in the order of the type's fields. An empty body is `missing` at `["body"]`, but for an `Option`. A
/// body without a JSON content type (`application/json`, or `application/…+json`) is a string, whatever it holds.
///
/// ```
/// use std::collections::HashMap;
///
/// use fastapi_status_serde::from_json;
///
/// let error = from_json::<HashMap<String, u8>>(Some("application/json"), br#"{"a": "x", "b": 300}"#).unwrap_err();
/// let messages: Vec<_> = error.errors().iter().map(|error| error.msg()).collect();
/// assert_eq!(messages, [
///     "Input should be a valid integer, unable to parse string as an integer",
///     "Input should be less than or equal to 255",
/// ]);
///
/// let error = from_json::<HashMap<String, u8>>(Some("application/json"), br#"{"a": 1,}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     concat!(
///         r#"[{"type":"json_invalid","loc":["body",7],"msg":"JSON decode error","input":{},"#,
///         r#""ctx":{"error":"Illegal trailing comma before end of object"}}]"#,
///     ),
/// );
///
/// let error = from_json::<HashMap<String, u8>>(None, b"{}").unwrap_err();
/// assert_eq!(error.errors()[0].kind(), "dict_type");
/// ```
#[doc(alias("BaseModel", "model_validate_json"))]
pub fn from_json<'de, T: Deserialize<'de>>(
    content_type: Option<&str>,
    body: &'de [u8],
) -> Result<T, RequestValidationError> {
    let is_json = content_type.is_some_and(is_json);
    let json = if is_json && !body.is_empty() { std::str::from_utf8(body).ok() } else { None };
    match json.and_then(strict::read) {
        Some(value) => Ok(value),
        None => record(tape_of(is_json, body)?, Location::Body, None),
    }
}

/// What was sent, as Python reads it.
fn tape_of(is_json: bool, body: &[u8]) -> Result<Tape<'_>, RequestValidationError> {
    if body.is_empty() {
        return Ok(Tape::of(Kind::Absent));
    }
    if !is_json {
        let mut tape = Tape::default();
        let kind = match String::from_utf8_lossy(body) {
            Cow::Borrowed(text) => Kind::Text(Text::Sent(text)),
            Cow::Owned(text) => Kind::Broken(tape.make(text)),
        };
        tape.push(kind);
        return Ok(tape);
    }
    match decode(body).ok_or_else(unreadable)? {
        Cow::Borrowed(text) => parse(text).map_err(failed),
        Cow::Owned(text) => Ok(parse(&text).map_err(failed)?.into_owned()),
    }
}

fn unreadable() -> RequestValidationError {
    RequestValidationError::unreadable(RequestValidationError::UNREADABLE)
}

fn failed(failure: Failure) -> RequestValidationError {
    match failure {
        Failure::Unreadable => unreadable(),
        Failure::Syntax { message, position } => {
            let error = ValidationError::with_one("json_invalid", "JSON decode error", "error", to_json(message));
            let error = ValidationError { input: Some("{}".into()), ..error };
            RequestValidationError::syntax(error.at(["body".into(), LocItem::Index(position)]))
        }
    }
}

/// `application/json` or `application/…+json`, with whatever parameters.
///
/// Source: `get_request_handler` of FastAPI's `routing.py`, which asks Python's `email.message.Message`.
pub(crate) fn is_json(content_type: &str) -> bool {
    if content_type == "application/json" {
        return true;
    }
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let Some((kind, subtype)) = media_type.split_once('/') else { return false };
    // A character of several bytes has none of these.
    let suffix = subtype.len().checked_sub("+json".len()).and_then(|start| subtype.get(start..));
    kind.eq_ignore_ascii_case("application")
        && !subtype.contains('/')
        && (subtype.eq_ignore_ascii_case("json") || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("+json")))
}

//! What the targets have in common: models, and what is true of every answer.

mod models;

use fastapi_status::HttpException;
use fastapi_status_serde::{LocItem, RequestValidationError};
use serde_json::Value;

pub use models::*;

/// Holds what is true of every refusal: it is well-formed, and says where.
///
/// # Panics
///
/// When it is not.
pub fn check(error: RequestValidationError, place: &'static str) {
    let status = error.status_code();
    assert!(matches!((status.as_u16(), error.errors().len()), (400, 0) | (422, 1..)), "{error:?}");
    for error in error.errors() {
        assert_eq!(error.loc().first(), Some(&LocItem::from(place)), "{error}");
        assert!(!error.kind().is_empty() && !error.msg().is_empty(), "{error}");
    }
    let count = error.errors().len();
    let serialized = serde_json::to_value(&error).expect("an error is JSON");
    let shown: Value = serde_json::from_str(&error.to_string()).expect("it is shown as JSON");
    assert_eq!(shape(&serialized), shape(&shown));

    let exception = HttpException::from(error);
    let answer = exception.answer();
    assert_eq!((answer.status, answer.content_type), (status, Some("application/json")));
    let body: Value = serde_json::from_slice(&answer.body()).expect("a body is JSON");
    match &body["detail"] {
        Value::Array(errors) => assert_eq!(errors.len(), count),
        detail => assert!(detail.is_string() && count == 0, "{detail}"),
    }
}

/// All but the inputs, whose large numbers `serde_json` writes in its own way.
fn shape(errors: &Value) -> Vec<[&Value; 3]> {
    let errors = errors.as_array().map(Vec::as_slice).unwrap_or_default();
    errors.iter().map(|error| [&error["type"], &error["loc"], &error["msg"]]).collect()
}

/// The first byte, and the rest.
#[must_use]
pub fn split(data: &[u8]) -> (u8, &[u8]) {
    data.split_first().map_or((0, &[]), |(first, rest)| (*first, rest))
}

/// Text between line feeds, twice split: names and values.
#[must_use]
pub fn pairs(text: &str) -> Vec<(&str, &str)> {
    text.split('\n').filter_map(|line| line.split_once(':')).collect()
}

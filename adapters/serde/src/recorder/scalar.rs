//! Numbers, bools and strings: what pydantic takes for one, and its errors where it does not.

use std::borrow::Cow;

use serde_core::de::Visitor;

use super::at::At;
use super::dummy;
use super::signal::Signal;
use crate::ValidationError;
use crate::python::lax::{Refused, float_as_bool, float_as_int, str_as_bool, str_as_float, str_as_int};
use crate::python::{Kind, Text};

/// The least and the greatest value of an integer type.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) least: i128,
    pub(super) greatest: u128,
}

fn error(kind: &'static str, msg: &'static str) -> ValidationError {
    ValidationError::new(kind, msg)
}

pub(super) fn visit_int<'de, V: Visitor<'de>>(at: At<'_, 'de>, bounds: Bounds, visitor: V) -> Result<V::Value, Signal> {
    let Some(kind) = at.kind() else {
        return visitor.visit_u64(dummy::int(at.candidate()).into());
    };
    let tape = &at.session.tape;
    let digits = match kind {
        Kind::Int(digits) => Ok(Cow::Borrowed(tape.str(digits))),
        Kind::Text(text) | Kind::Key { name: text, .. } => str_as_int(tape.str(text)),
        Kind::Broken(_) => Err(Refused::Parsing),
        Kind::Float(value) => float_as_int(value).map(|value| Cow::Owned(value.to_string())),
        Kind::Bool(value) => Ok(Cow::Borrowed(if value { "1" } else { "0" })),
        _ => Err(Refused::Type),
    };
    let error = match digits {
        Ok(digits) if digits.starts_with('-') => match digits.parse::<i128>() {
            Ok(value) if value >= bounds.least => {
                return match i64::try_from(value) {
                    Ok(value) => visitor.visit_i64(value),
                    Err(_) => visitor.visit_i128(value),
                };
            }
            _ => ValidationError::greater_than_equal(bounds.least, &()),
        },
        Ok(digits) => match digits.parse::<u128>() {
            Ok(value) if value <= bounds.greatest => {
                return match (u64::try_from(value), i128::try_from(value)) {
                    (Ok(value), _) => visitor.visit_u64(value),
                    (Err(_), Ok(value)) if bounds.least < 0 => visitor.visit_i128(value),
                    (Err(_), _) => visitor.visit_u128(value),
                };
            }
            _ => ValidationError::less_than_equal(bounds.greatest, &()),
        },
        Err(refused) => int_error(refused),
    };
    at.record(error);
    visitor.visit_u64(dummy::int(at.candidate()).into())
}

/// The error of what is no integer.
pub(crate) fn int_error(refused: Refused) -> ValidationError {
    match refused {
        Refused::Type => error("int_type", "Input should be a valid integer"),
        Refused::Parsing => {
            error("int_parsing", "Input should be a valid integer, unable to parse string as an integer")
        }
        Refused::ParsingSize => {
            error("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size")
        }
        Refused::FromFloat => {
            error("int_from_float", "Input should be a valid integer, got a number with a fractional part")
        }
        Refused::Finite => error("finite_number", "Input should be a finite number"),
    }
}

pub(super) fn visit_float<'de, V: Visitor<'de>>(at: At<'_, 'de>, visitor: V) -> Result<V::Value, Signal> {
    let Some(kind) = at.kind() else {
        return visitor.visit_f64(dummy::int(at.candidate()).into());
    };
    let tape = &at.session.tape;
    let value = match kind {
        Kind::Float(value) => Ok(value),
        // An integer that no float holds is none to Python.
        Kind::Int(digits) => tape.str(digits).parse().ok().filter(|value: &f64| value.is_finite()).ok_or(Refused::Type),
        Kind::Text(text) | Kind::Key { name: text, .. } => str_as_float(tape.str(text)).ok_or(Refused::Parsing),
        Kind::Broken(_) => Err(Refused::Parsing),
        Kind::Bool(value) => Ok(f64::from(u8::from(value))),
        _ => Err(Refused::Type),
    };
    match value {
        Ok(value) => return visitor.visit_f64(value),
        Err(Refused::Parsing) => {
            at.record(error("float_parsing", "Input should be a valid number, unable to parse string as a number"));
        }
        Err(_) => at.record(error("float_type", "Input should be a valid number")),
    }
    visitor.visit_f64(dummy::int(at.candidate()).into())
}

pub(super) fn visit_bool<'de, V: Visitor<'de>>(at: At<'_, 'de>, visitor: V) -> Result<V::Value, Signal> {
    let Some(kind) = at.kind() else {
        return visitor.visit_bool(at.candidate() % 2 == 1);
    };
    let tape = &at.session.tape;
    let value = match kind {
        Kind::Bool(value) => Ok(value),
        Kind::Text(text) | Kind::Key { name: text, .. } => str_as_bool(tape.str(text)).ok_or(Refused::Parsing),
        Kind::Broken(_) => Err(Refused::Parsing),
        Kind::Int(digits) => match tape.str(digits).parse::<i64>() {
            Ok(0) => Ok(false),
            Ok(1) => Ok(true),
            Ok(_) => Err(Refused::Parsing),
            Err(_) => tape.str(digits).parse().map_or(Err(Refused::Type), float_as_bool),
        },
        Kind::Float(value) => float_as_bool(value),
        _ => Err(Refused::Type),
    };
    match value {
        Ok(value) => return visitor.visit_bool(value),
        Err(Refused::Parsing) => {
            at.record(error("bool_parsing", "Input should be a valid boolean, unable to interpret input"));
        }
        Err(_) => at.record(error("bool_type", "Input should be a valid boolean")),
    }
    visitor.visit_bool(at.candidate() % 2 == 1)
}

pub(super) fn visit_str<'de, V: Visitor<'de>>(at: At<'_, 'de>, visitor: V) -> Result<V::Value, Signal> {
    match at.text() {
        Some(text) => at.visit_text(text, visitor),
        None => visitor.visit_borrowed_str(dummy::text(at.candidate())),
    }
}

pub(super) fn visit_char<'de, V: Visitor<'de>>(at: At<'_, 'de>, visitor: V) -> Result<V::Value, Signal> {
    if let Some(text) = at.text() {
        let mut characters = at.session.tape.str(text).chars();
        match (characters.next(), characters.next()) {
            (Some(_), None) => return at.visit_text(text, visitor),
            (None, _) => at.record(ValidationError::string_too_short(1, &())),
            _ => at.record(ValidationError::string_too_long(1, &())),
        }
    }
    visitor.visit_borrowed_str("a")
}

pub(super) fn visit_bytes<'de, V: Visitor<'de>>(at: At<'_, 'de>, visitor: V) -> Result<V::Value, Signal> {
    match at.kind() {
        Some(Kind::Text(text) | Kind::Key { name: text, .. }) => {
            return match text {
                Text::Sent(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
                Text::Made(_) => visitor.visit_bytes(at.session.tape.str(text).as_bytes()),
            };
        }
        Some(Kind::Broken(_)) => at.record(broken()),
        Some(_) => at.record(error("bytes_type", "Input should be a valid bytes")),
        None => {}
    }
    visitor.visit_borrowed_bytes(dummy::text(at.candidate()).as_bytes())
}

/// A string with lone surrogates: Python has such, Rust has not.
fn broken() -> ValidationError {
    error("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string")
}

impl<'de> At<'_, 'de> {
    #[inline]
    pub(super) fn visit_text<V: Visitor<'de>>(self, text: Text<'de>, visitor: V) -> Result<V::Value, Signal> {
        match text {
            Text::Sent(text) => visitor.visit_borrowed_str(text),
            Text::Made(_) => visitor.visit_str(self.session.tape.str(text)),
        }
    }

    /// The string here; `None`, and the error recorded, where there is none.
    #[inline]
    fn text(&self) -> Option<Text<'de>> {
        match self.kind() {
            Some(Kind::Text(text) | Kind::Key { name: text, .. }) => return Some(text),
            Some(Kind::Broken(_)) => self.record(broken()),
            Some(_) => self.record(error("string_type", "Input should be a valid string")),
            None => {}
        }
        None
    }

    /// Records that this string has lone surrogates.
    pub(super) fn record_broken(&self) {
        self.record(broken());
    }
}

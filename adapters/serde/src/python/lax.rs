//! What pydantic takes for a number or a bool where a string or another number was sent.
//!
//! Source: `src/input/shared.rs` and `src/input/input_python.rs` of pydantic-core; the functions have its names.

use std::borrow::Cow;

/// Why it is no integer or no bool, as an error type of pydantic's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Type,
    Parsing,
    ParsingSize,
    FromFloat,
    Finite,
}

/// How long a string that is an integer may be.
const DIGITS: usize = 4_300;

/// The digits of an integer, as `str` of Python's `int` writes them.
pub(crate) fn str_as_int(text: &str) -> Result<Cow<'_, str>, Refused> {
    if is_json_int(text) {
        let digits = text.strip_prefix('-').unwrap_or(text);
        return match digits.len() {
            length if length > DIGITS => Err(Refused::ParsingSize),
            _ if digits == "0" => Ok(Cow::Borrowed(digits)),
            _ => Ok(Cow::Borrowed(text)),
        };
    }
    let cleaned = clean_int_str(text).filter(|cleaned| is_json_int(cleaned)).ok_or(Refused::Parsing)?;
    match cleaned.strip_prefix('-').unwrap_or(&cleaned) {
        digits if digits.len() > DIGITS => Err(Refused::Parsing),
        "0" => Ok(Cow::Borrowed("0")),
        _ => Ok(cleaned),
    }
}

/// JSON's integers.
fn is_json_int(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    digits.iter().all(u8::is_ascii_digit) && (digits.first().is_some_and(|first| *first != b'0') || digits == b"0")
}

fn clean_int_str(text: &str) -> Option<Cow<'_, str>> {
    let mut digits = text.trim();
    if let Some(suffix) = digits.strip_prefix('+') {
        if suffix.starts_with('-') {
            return None;
        }
        digits = suffix;
    }
    let mut is_negative = false;
    if let Some(suffix) = digits.strip_prefix('-') {
        if suffix.starts_with(['-', '+']) {
            return None;
        }
        is_negative = true;
        digits = suffix;
    }
    digits = strip_leading_zeros(digits)?;
    if let Some((whole, fraction)) = digits.split_once('.') {
        if !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0') {
            digits = whole;
        }
    }
    let digits = strip_underscores(digits).map_or(Cow::Borrowed(digits), Cow::Owned);
    Some(if is_negative { Cow::Owned(format!("-{digits}")) } else { digits })
}

/// Without zeros (and underscores among them) in front, but for the last where nothing else is before the end or a dot.
fn strip_leading_zeros(text: &str) -> Option<&str> {
    if !text.starts_with('0') {
        return text.starts_with(|first: char| first.is_ascii_digit() || first == '-').then_some(text);
    }
    for (place, character) in text.char_indices().skip(1) {
        match character {
            '0' | '_' => {}
            '1'..='9' | '-' => return Some(&text[place..]),
            '.' => return Some(&text[place - 1..]),
            _ => return None,
        }
    }
    Some(&text[text.len() - 1..])
}

/// `None` where there are no underscores, or where Python allows none.
fn strip_underscores(text: &str) -> Option<String> {
    let is_allowed = !text.starts_with('_') && !text.ends_with('_') && text.contains('_') && !text.contains("__");
    is_allowed.then(|| text.replace('_', ""))
}

/// Rust's own parser is pydantic's.
pub(crate) fn str_as_float(text: &str) -> Option<f64> {
    text.trim().parse().ok().or_else(|| strip_underscores(text)?.parse().ok())
}

pub(crate) fn str_as_bool(text: &str) -> Option<bool> {
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match text {
        _ if is_one_of(&["0", "f", "n", "no", "off", "false"]) => Some(false),
        _ if is_one_of(&["1", "t", "y", "on", "yes", "true"]) => Some(true),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it is whole and within the bounds of an i64")]
#[expect(clippy::cast_precision_loss, reason = "pydantic compares with the bounds so rounded")]
pub(crate) fn float_as_int(value: f64) -> Result<i64, Refused> {
    if !value.is_finite() {
        Err(Refused::Finite)
    } else if value % 1.0 != 0.0 {
        Err(Refused::FromFloat)
    } else if (i64::MIN as f64) < value && value < (i64::MAX as f64) {
        Ok(value as i64)
    } else {
        Err(Refused::ParsingSize)
    }
}

/// A bool where a float, or an integer too large for an `i64`, was sent.
pub(crate) fn float_as_bool(value: f64) -> Result<bool, Refused> {
    match float_as_int(value) {
        Ok(0) => Ok(false),
        Ok(1) => Ok(true),
        Ok(_) => Err(Refused::Parsing),
        Err(_) => Err(Refused::Type),
    }
}

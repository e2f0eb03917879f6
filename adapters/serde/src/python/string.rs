//! JSON strings, as CPython's C scanner reads them.

use fastapi_status::json::plain_prefix;

/// A message and its position in bytes.
type Stop = (&'static str, usize);

/// Reads the string whose opening quote stands before `position`, and moves `position` behind its closing quote; `None` where
/// not all characters stand for themselves.
#[inline]
pub(super) fn scan<'a>(text: &'a str, position: &mut usize) -> Option<&'a str> {
    let begin = *position;
    let end = begin + plain_prefix(text.as_bytes().get(begin..)?);
    if text.as_bytes().get(end) != Some(&b'"') {
        return None;
    }
    *position = end + 1;
    text.get(begin..end)
}

/// As [`scan`], of any string: tells whether it has lone surrogates, which U+FFFD stands for then.
///
/// Source: `scanstring_unicode` in `Modules/_json.c` of CPython 3.13.
pub(super) fn scan_escaped(text: &str, position: &mut usize) -> Result<(String, bool), Stop> {
    let bytes = text.as_bytes();
    let begin = *position;
    let mut owned = String::new();
    let mut broken = false;
    let mut chunk = begin;
    loop {
        let next = chunk + plain_prefix(bytes.get(chunk..).unwrap_or_default());
        let Some(&terminator) = bytes.get(next) else {
            return Err(("Unterminated string starting at", begin - 1));
        };
        if terminator <= 0x1F {
            return Err(("Invalid control character at", next));
        }
        owned.push_str(&text[chunk..next]);
        if terminator == b'"' {
            *position = next + 1;
            return Ok((owned, broken));
        }
        let escape = next + 1;
        let character = match bytes.get(escape) {
            None => return Err(("Unterminated string starting at", begin - 1)),
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\x08',
            Some(b'f') => '\x0C',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let (code, end) = code_point(bytes, escape)?;
                broken |= char::from_u32(code).is_none();
                owned.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                chunk = end;
                continue;
            }
            Some(_) => return Err(("Invalid \\escape", next)),
        };
        owned.push(character);
        chunk = escape + 1;
    }
}

/// The code point of `uXXXX` at `position`, of two such if they are a pair, and where it ends.
fn code_point(bytes: &[u8], position: usize) -> Result<(u32, usize), Stop> {
    let high = unit(bytes, position)?;
    let end = position + 5;
    // Python looks for the pair's second half only where something follows it.
    if (0xD800..0xDC00).contains(&high)
        && bytes.get(end) == Some(&b'\\')
        && bytes.get(end + 1) == Some(&b'u')
        && bytes.len() > end + 6
    {
        let low = unit(bytes, end + 1)?;
        if (0xDC00..0xE000).contains(&low) {
            return Ok((0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), end + 6));
        }
    }
    Ok((high, end))
}

/// The four hexadecimal digits behind the `u` at `position`.
fn unit(bytes: &[u8], position: usize) -> Result<u32, Stop> {
    let invalid = ("Invalid \\uXXXX escape", position);
    let digits = bytes.get(position + 1..position + 5).filter(|_| bytes.len() > position + 5).ok_or(invalid)?;
    digits.iter().try_fold(0, |code, digit| Ok(code * 16 + char::from(*digit).to_digit(16).ok_or(invalid)?))
}

//! JSON as `json.dumps(value, ensure_ascii=False, separators=(",", ":"))` of Python writes it.
//!
//! It differs from `serde_json`'s in one thing: Python writes floats as `1e+16` and `1e-07`.

use alloc::string::String;
use core::fmt::Write;

/// Writes a string in its quotes. Only `"`, `\` and the control characters below U+0020 are escaped.
///
/// ```
/// let mut json = String::new();
/// fastapi_status::json::write_string("\"naïve\"\n", &mut json);
///
/// assert_eq!(json, r#""\"naïve\"\n""#);
/// ```
pub fn write_string(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";

    out.push('"');
    let mut rest = text;
    loop {
        let (plain, behind) = rest.split_at(plain_prefix(rest.as_bytes()));
        out.push_str(plain);
        let mut characters = behind.chars();
        let unicode;
        let escape = match characters.next() {
            None => break,
            Some('"') => "\\\"",
            Some('\\') => "\\\\",
            Some('\x08') => "\\b",
            Some('\t') => "\\t",
            Some('\n') => "\\n",
            Some('\x0C') => "\\f",
            Some('\r') => "\\r",
            Some(control) => {
                let (high, low) = (HEX[(control as usize >> 4) % 16], HEX[control as usize % 16]);
                unicode = [b'\\', b'u', b'0', b'0', high, low];
                core::str::from_utf8(&unicode).unwrap_or_default()
            }
        };
        out.push_str(escape);
        rest = characters.as_str();
    }
    out.push('"');
}

/// How many of the first bytes stand for themselves in a JSON string: all before a `"`, a `\` or a control character below
/// U+0020.
///
/// ```
/// use fastapi_status::json::plain_prefix;
///
/// assert_eq!(plain_prefix("naïve \"quotes\"".as_bytes()), "naïve ".len());
/// assert_eq!(plain_prefix(b"all of it"), 9);
/// ```
#[inline]
#[must_use]
pub fn plain_prefix(text: &[u8]) -> usize {
    let plain_of = |escapes: u64| escapes.trailing_zeros() as usize / 8;
    let mut rest = text;
    while let Some((word, behind)) = rest.split_first_chunk() {
        let escapes = escapes(*word);
        if escapes != 0 {
            return text.len() - rest.len() + plain_of(escapes);
        }
        rest = behind;
    }
    match text.last_chunk() {
        // The last eight, of which some were looked at before.
        Some(last) => text.len() - 8 + plain_of(escapes(*last)),
        None => text.iter().position(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\')).unwrap_or(text.len()),
    }
}

/// Of eight bytes, the highest bit of the first that is to be escaped is the lowest that is set; 0 if there is none.
#[inline]
fn escapes(word: [u8; 8]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    let word = u64::from_le_bytes(word);
    // Bytes behind the first one below the limit may be marked along with it. A limit is at most 128.
    let below = |word: u64, limit: u8| word.wrapping_sub(EACH * u64::from(limit)) & !word;
    let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & (EACH * 0x80)
}

/// Writes a float as Python's `repr` does: the fewest digits that read back as the same float, with an exponent below
/// 1e-4 and from 1e16 on. Infinities and NaN, which JSON does not have, are `null`.
///
/// ```
/// let mut json = String::new();
/// fastapi_status::json::write_float(1e16, &mut json);
///
/// assert_eq!(json, "1e+16");
/// ```
pub fn write_float(float: f64, out: &mut String) {
    let magnitude = float.abs();
    if !magnitude.is_finite() {
        return out.push_str("null");
    }
    // Writing to a `String` never fails.
    if magnitude == 0.0 || (1e-4..1e16).contains(&magnitude) {
        // `{:?}` of Rust has the same digits, and `.0` behind a whole number.
        let _ = write!(out, "{float:?}");
        return;
    }
    let _ = write!(out, "{float:e}");
    // Rust writes an exponent without a `+`, and with one digit where that is enough.
    let exponent = out.rfind('e').map_or(out.len(), |e| e + 1);
    let is_negative = out[exponent..].starts_with('-');
    let digits = exponent + usize::from(is_negative);
    if out.len() - digits < 2 {
        out.insert(digits, '0');
    }
    if !is_negative {
        out.insert(exponent, '+');
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn floats_read_as_in_python() {
        for (float, python) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (123456789012345.6, "123456789012345.6"),
            (9999999999999998.0, "9999999999999998.0"),
            (1e16, "1e+16"),
            (-1.25e22, "-1.25e+22"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (5e-324, "5e-324"),
            (f64::NAN, "null"),
        ] {
            let mut text = String::new();
            write_float(float, &mut text);
            assert_eq!(text, python);
        }
    }

    #[test]
    fn every_byte_to_escape_is_seen_at_every_place() {
        for length in 0..40 {
            for place in 0..length {
                for character in '\0'..='\u{ff}' {
                    let mut whole = String::from_iter((0..length).map(|_| 'a'));
                    whole.replace_range(place..=place, character.encode_utf8(&mut [0; 4]));
                    let is_escaped = character < ' ' || ['"', '\\'].contains(&character);
                    let plain = if is_escaped { place } else { whole.len() };
                    assert_eq!(plain_prefix(whole.as_bytes()), plain, "{whole:?}");
                    // The first one counts, whatever comes behind it.
                    assert_eq!(plain_prefix((whole + "\n\"\\").as_bytes()), plain);
                }
            }
        }
    }

    #[test]
    fn strings_are_escaped_as_in_python() {
        let mut text = String::new();
        write_string("\"\\/\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}é\u{2028}😀", &mut text);
        assert_eq!(text, "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u{7f}é\u{2028}😀\"");
    }
}

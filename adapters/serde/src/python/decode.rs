//! From a body's bytes to text, as `json.loads(bytes)` of Python does it.

use std::borrow::Cow;

/// The text of a body: UTF-8, or UTF-16 or UTF-32 where its first bytes say so. A byte order mark is left out.
///
/// `None` where it is no such text.
///
/// Source: `json.detect_encoding` of CPython 3.13.
pub(crate) fn decode(body: &[u8]) -> Option<Cow<'_, str>> {
    match body {
        [0, 0, 0xFE, 0xFF, text @ ..] => utf_32(text, u32::from_be_bytes),
        [0xFF, 0xFE, 0, 0, text @ ..] => utf_32(text, u32::from_le_bytes),
        [0xFE, 0xFF, text @ ..] => utf_16(text, u16::from_be_bytes),
        [0xFF, 0xFE, text @ ..] => utf_16(text, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, text @ ..] => std::str::from_utf8(text).ok().map(Cow::Borrowed),
        [0, 0, _, _, ..] => utf_32(body, u32::from_be_bytes),
        [0, _, _, _, ..] | [0, _] => utf_16(body, u16::from_be_bytes),
        [_, 0, 0, 0, ..] => utf_32(body, u32::from_le_bytes),
        [_, 0, _, _, ..] | [_, 0] => utf_16(body, u16::from_le_bytes),
        _ => std::str::from_utf8(body).ok().map(Cow::Borrowed),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let (units, rest) = bytes.as_chunks_of::<2>();
    let text = String::from_utf16(&units.map(unit).collect::<Vec<_>>()).ok()?;
    rest.is_empty().then_some(Cow::Owned(text))
}

fn utf_32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Option<Cow<'_, str>> {
    let (units, rest) = bytes.as_chunks_of::<4>();
    let text = units.map(unit).map(char::from_u32).collect::<Option<String>>()?;
    rest.is_empty().then_some(Cow::Owned(text))
}

/// Arrays of `N` bytes, and what is left over.
trait Chunks {
    fn as_chunks_of<const N: usize>(&self) -> (impl Iterator<Item = [u8; N]>, &[u8]);
}

impl Chunks for [u8] {
    fn as_chunks_of<const N: usize>(&self) -> (impl Iterator<Item = [u8; N]>, &[u8]) {
        let chunks = self.chunks_exact(N);
        let rest = chunks.remainder();
        (chunks.filter_map(|chunk| chunk.try_into().ok()), rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_python_s_encodings() {
        let text = "{\"ä😀\": 1}";
        let units = || text.encode_utf16();
        let chars = || text.chars().map(u32::from);
        for body in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            units().flat_map(u16::to_be_bytes).collect(),
            units().flat_map(u16::to_le_bytes).collect(),
            [0xFEFF].into_iter().chain(units()).flat_map(u16::to_be_bytes).collect(),
            [0xFEFF].into_iter().chain(units()).flat_map(u16::to_le_bytes).collect(),
            chars().flat_map(u32::to_be_bytes).collect(),
            chars().flat_map(u32::to_le_bytes).collect(),
            [0xFEFF].into_iter().chain(chars()).flat_map(u32::to_le_bytes).collect(),
        ] {
            assert_eq!(decode(&body).as_deref(), Some(text), "{body:?}");
        }
        assert_eq!(decode(b"\xFF"), None);
        assert_eq!(decode(b"\xFE\xFF\xD8\x00"), None);
        assert_eq!(decode(b"\xFE\xFF\x00"), None);
    }
}

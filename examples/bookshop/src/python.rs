//! What Python does in its own way, and clients see.

/// `items[start:end]`: negative places count from the end, and those beyond it are no error.
pub(crate) fn slice<T>(items: &[T], start: i64, end: i64) -> &[T] {
    let place = |place: i64| {
        let from_end = if place < 0 { items.len() } else { 0 };
        let place = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
        if from_end > 0 { from_end.saturating_sub(place) } else { place.min(items.len()) }
    };
    let (start, end) = (place(start), place(end));
    if start < end { &items[start..end] } else { &[] }
}

/// `repr(text)`: in single quotes, or in double ones where it has single ones only.
pub(crate) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut quoted = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c == quote => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push(quote);
    quoted
}

#[cfg(test)]
mod tests {
    use super::{quoted, slice};

    #[test]
    fn slices_as_python_does() {
        let items = [0, 1, 2, 3, 4];

        assert_eq!(slice(&items, 1, 3), [1, 2]);
        assert_eq!(slice(&items, 3, 99), [3, 4]);
        assert!(slice(&items, 9, 99).is_empty());
        assert_eq!(slice(&items, -2, 5), [3, 4]);
        assert_eq!(slice(&items, -9, -3), [0, 1]);
        assert!(slice(&items, -5, 0).is_empty());
        assert!(slice(&[0; 0], i64::MIN, i64::MAX).is_empty());
    }

    #[test]
    fn quotes_as_python_does() {
        assert_eq!(quoted("plain"), "'plain'");
        assert_eq!(quoted("it's"), "\"it's\"");
        assert_eq!(quoted("'a' \"b\""), r#"'\'a\' "b"'"#);
        assert_eq!(quoted("a\\b\n\u{7f}é"), r"'a\\b\n\x7fé'");
    }
}

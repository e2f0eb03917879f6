//! The errors for a number, a name or a text that is no code, and the search for the name that was meant.

use core::error::Error;
use core::fmt;

use crate::entry::{self, Entry};

/// What was not an HTTP status code.
///
/// ```
/// use fastapi_status::StatusCode;
///
/// let error = StatusCode::try_from(-1_i32).unwrap_err();
/// assert_eq!(error.to_string(), "-1 is not an HTTP status code: 100 to 999");
///
/// let error = "HTTP_422_UNPROCESSABLE".parse::<StatusCode>().unwrap_err();
/// assert_eq!(error.nearest(), Some("HTTP_422_UNPROCESSABLE_CONTENT"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidStatusCode(pub(crate) Given);

/// What was not a WebSocket close code.
///
/// ```
/// use fastapi_status::CloseCode;
///
/// let error = CloseCode::try_from(999_u16).unwrap_err();
/// assert_eq!(error.to_string(), "999 is not a WebSocket close code: 1000 to 4999");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidCloseCode(pub(crate) Given);

impl InvalidStatusCode {
    /// For a name that FastAPI does not have: the current name that is nearest to it, if one is near.
    ///
    /// ```
    /// use fastapi_status::StatusCode;
    ///
    /// let nearest = |text: &str| text.parse::<StatusCode>().unwrap_err().nearest();
    ///
    /// assert_eq!(nearest("HTTP_404_NOTFOUND"), Some("HTTP_404_NOT_FOUND"));
    /// assert_eq!(nearest("NOT_FOUND"), Some("HTTP_404_NOT_FOUND"));
    /// assert_eq!(nearest("HTTP_404_MISSING"), Some("HTTP_404_NOT_FOUND"));
    /// assert_eq!(nearest("HTTP_422_UNPROCESSABLE_ENTTY"), Some("HTTP_422_UNPROCESSABLE_CONTENT"));
    /// assert_eq!(nearest("zebra"), None);
    /// ```
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        self.0.nearest(entry::HTTP.entries)
    }
}

impl InvalidCloseCode {
    /// For a name that FastAPI does not have: the current name that is nearest to it, if one is near.
    ///
    /// ```
    /// use fastapi_status::CloseCode;
    ///
    /// let error = "WS_1009_MESSAGE_TO_BIG".parse::<CloseCode>().unwrap_err();
    /// assert_eq!(error.nearest(), Some("WS_1009_MESSAGE_TOO_BIG"));
    /// ```
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        self.0.nearest(entry::CLOSE.entries)
    }
}

impl fmt::Display for InvalidStatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Given::Number(number) => write!(f, "{number} is not an HTTP status code: 100 to 999"),
            Given::Text(text) if text.is_number() => write!(f, "{text} is not an HTTP status code: 100 to 999"),
            Given::Name(name) => {
                write!(f, "`{name}` is not a FastAPI status name")?;
                suggest(f, self.nearest())
            }
            Given::Text(text) => {
                write!(f, "`{text}` is neither an HTTP status code, 100 to 999, nor FastAPI's name of one")?;
                suggest(f, self.nearest())
            }
        }
    }
}

impl fmt::Display for InvalidCloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Given::Number(number) => write!(f, "{number} is not a WebSocket close code: 1000 to 4999"),
            Given::Text(text) if text.is_number() => write!(f, "{text} is not a WebSocket close code: 1000 to 4999"),
            Given::Name(name) => {
                write!(f, "`{name}` is not a FastAPI close code name")?;
                suggest(f, self.nearest())
            }
            Given::Text(text) => {
                write!(f, "`{text}` is neither a WebSocket close code, 1000 to 4999, nor FastAPI's name of one")?;
                suggest(f, self.nearest())
            }
        }
    }
}

fn suggest(f: &mut fmt::Formatter<'_>, nearest: Option<&str>) -> fmt::Result {
    match nearest {
        Some(name) => write!(f, ": did you mean `{name}`?"),
        None => Ok(()),
    }
}

impl Error for InvalidStatusCode {}
impl Error for InvalidCloseCode {}

/// What a caller gave in place of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    Number(i128),
    /// Where only a name would do.
    Name(Excerpt),
    /// Where a number or a name would do.
    Text(Excerpt),
}

impl Given {
    pub(crate) fn name(text: &str) -> Self {
        Self::Name(Excerpt::new(text))
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::Text(Excerpt::new(text))
    }

    fn nearest(&self, entries: &'static [Entry]) -> Option<&'static str> {
        match self {
            Self::Number(_) => None,
            Self::Name(text) | Self::Text(text) => nearest(text.as_bytes(), entries),
        }
    }
}

/// The beginning of a text, without an allocation: longer than any name, so that nothing is lost that could be near one.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    bytes: [u8; Self::CAPACITY],
    length: u8,
    is_whole: bool,
}

impl Excerpt {
    const CAPACITY: usize = 62;

    fn new(text: &str) -> Self {
        let mut length = text.len().min(Self::CAPACITY);
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        let mut bytes = [0; Self::CAPACITY];
        bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
        Self { bytes, length: length as u8, is_whole: length == text.len() }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    fn is_number(&self) -> bool {
        let digits = self.as_bytes().strip_prefix(b"-").unwrap_or(self.as_bytes());
        !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
    }
}

/// Control characters are escaped: an error ends up in a log or on a terminal.
impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = core::str::from_utf8(self.as_bytes()).map_err(|_| fmt::Error)?;
        for c in text.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        f.write_str(if self.is_whole { "" } else { "…" })
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// The current name that `text` most likely stands for: the fewest edits away from it, or from it less its prefix
/// (`NOT_FOUND`), and at most a third of it; else the name of the code that `text` holds.
fn nearest(text: &[u8], entries: &'static [Entry]) -> Option<&'static str> {
    let mut best = None;
    let mut fewest = text.len() / 3 + 1;
    for entry in entries {
        let name = entry.name().as_bytes();
        let after_code = name.splitn(3, |byte| *byte == b'_').last().unwrap_or(name);
        let edits = distance(text, name).min(distance(text, after_code));
        if edits < fewest {
            fewest = edits;
            best = Some(entry);
        }
    }
    let best = best.or_else(|| {
        let digits = text.split(|byte| *byte == b'_').find(|part| part.first().is_some_and(u8::is_ascii_digit))?;
        let code = core::str::from_utf8(digits).ok()?.parse::<u16>().ok()?;
        entries.iter().find(|entry| entry.code() == code)
    })?;
    Some(best.replacement().unwrap_or(best.name()))
}

/// How many bytes to insert, delete or replace to turn `text` into `name` (Levenshtein), letter case aside.
fn distance(text: &[u8], name: &[u8]) -> usize {
    // The row for the part of `text` read so far: its distance to every beginning of `name`.
    let mut row = [0; Excerpt::CAPACITY + 1];
    let row = &mut row[..=name.len()];
    for (place, edits) in row.iter_mut().enumerate() {
        *edits = place;
    }
    for (read, byte) in text.iter().enumerate() {
        let mut diagonal = read;
        row[0] = read + 1;
        for (place, letter) in name.iter().enumerate() {
            let replaced = diagonal + usize::from(!byte.eq_ignore_ascii_case(letter));
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[name.len()]
}

// `distance` has room for every name.
const _: () = {
    let mut families = [entry::HTTP.entries, entry::CLOSE.entries];
    let mut family = 0;
    while family < families.len() {
        while let [first, rest @ ..] = families[family] {
            assert!(first.name().len() <= Excerpt::CAPACITY, "a name is longer than an excerpt");
            families[family] = rest;
        }
        family += 1;
    }
};

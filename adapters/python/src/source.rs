//! A Python file as text: reading it, and telling the line and column of a place in it.

use std::io::Read;
use std::path::Path;

use ruff_text_size::{TextRange, TextSize};

/// Why a file was passed over.
///
/// ```
/// use fastapi_status_python::{Source, Unreadable};
///
/// let error = Source::from_bytes(b"# caf\xe9\n".to_vec()).unwrap_err();
/// assert_eq!(error.to_string(), "not UTF-8: byte 0xe9 in line 1");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The operating system did not give it.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Some byte is not UTF-8.
    #[error("not UTF-8: byte 0x{byte:02x} in line {line}")]
    NotUtf8 {
        /// The first byte that does not fit.
        byte: u8,
        /// Its line, from 1.
        line: usize,
    },
    /// It is no Python that the parser knows.
    #[error("not Python: {message} in line {line}, column {column}")]
    NotPython {
        /// What the parser says.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
    },
    /// It is a folder, and nothing in it is named as Python files are.
    #[error("no Python file in this folder")]
    NoPython,
    /// It is a notebook, which holds Python and much else.
    #[error("a notebook, not Python: `jupyter nbconvert --to script` makes a Python file of it")]
    Notebook,
    /// It nests deeper than is safe to walk. Python refuses such files too.
    #[error("nested too deeply in line {line}: the limit is {limit} levels")]
    TooDeep {
        /// The line where the limit is crossed, from 1.
        line: usize,
        /// The limit.
        limit: usize,
    },
    /// It is larger than the parser's positions reach.
    #[error("too large: {bytes} bytes, and the limit is {limit}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

impl Unreadable {
    /// A pipe, a device and the like.
    pub(crate) fn not_regular() -> Self {
        Self::Io(std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a regular file"))
    }
}

/// A place in a file: line and column, from 1, the column in characters.
///
/// ```
/// use fastapi_status_python::{Position, Source};
///
/// let source = Source::from("é = 1\nb = 2\n");
///
/// assert_eq!(source.position(7.into()), Position { line: 2, column: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line. `\n`, `\r\n` and a lone `\r` end one, as in Python.
    pub line: usize,
    /// The column, in characters; a byte order mark is none.
    pub column: usize,
}

/// The text of a Python file, and whether a byte order mark stood before it.
///
/// ```
/// use fastapi_status_python::Source;
///
/// let source = Source::from("\u{feff}import fastapi\n");
///
/// assert_eq!(source.text(), "import fastapi\n");
/// assert!(source.has_bom());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    text: String,
    has_bom: bool,
}

impl Source {
    /// The largest file that is read, in bytes.
    ///
    /// ```
    /// assert_eq!(fastapi_status_python::Source::MAX_BYTES, 256 * 1024 * 1024);
    /// ```
    pub const MAX_BYTES: u64 = 1 << 28;

    /// Reads a file.
    ///
    /// ```
    /// use fastapi_status_python::Source;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "import fastapi")?;
    ///
    /// let source = Source::read(&folder.path().join("main.py")).expect("it is UTF-8");
    ///
    /// assert_eq!(source.text(), "import fastapi");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it cannot be opened, is no regular file, is a notebook by its name, is larger than
    /// [`MAX_BYTES`](Self::MAX_BYTES), or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, Unreadable> {
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(Unreadable::not_regular());
        }
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ipynb")) {
            return Err(Unreadable::Notebook);
        }
        Self::from_reader(std::fs::File::open(path)?, metadata.len())
    }

    /// Reads to the end, such as standard input; `size` is a guess.
    ///
    /// ```
    /// use fastapi_status_python::Source;
    ///
    /// let source = Source::from_reader(&b"import fastapi"[..], 14)?;
    ///
    /// assert_eq!(source.text(), "import fastapi");
    /// # Ok::<(), fastapi_status_python::Unreadable>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn from_reader(reader: impl Read, size: u64) -> Result<Self, Unreadable> {
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(Self::MAX_BYTES)).unwrap_or_default() + 1);
        reader.take(Self::MAX_BYTES + 1).read_to_end(&mut bytes)?;
        let length = bytes.len() as u64;
        if length > Self::MAX_BYTES {
            return Err(Unreadable::TooLarge { bytes: length.max(size), limit: Self::MAX_BYTES });
        }
        Self::from_bytes(bytes)
    }

    /// A file's bytes.
    ///
    /// ```
    /// use fastapi_status_python::Source;
    ///
    /// assert!(Source::from_bytes(b"import fastapi".to_vec()).is_ok());
    /// assert!(Source::from_bytes(vec![0xFF]).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// When they are not UTF-8.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::from(text)),
            Err(error) => {
                let place = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                Err(Unreadable::NotUtf8 { byte: bytes[place], line: 1 + line_ends(&bytes[..place]) })
            }
        }
    }

    /// The text, without the byte order mark.
    ///
    /// ```
    /// assert_eq!(fastapi_status_python::Source::from("\u{feff}x = 1").text(), "x = 1");
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a byte order mark stood before the text.
    ///
    /// ```
    /// assert!(!fastapi_status_python::Source::from("x = 1").has_bom());
    /// ```
    #[must_use]
    pub const fn has_bom(&self) -> bool {
        self.has_bom
    }

    /// The bytes of the file.
    ///
    /// ```
    /// assert_eq!(fastapi_status_python::Source::from("\u{feff}x = 1").to_bytes(), b"\xEF\xBB\xBFx = 1");
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bom = if self.has_bom { "\u{feff}" } else { "" };
        [bom.as_bytes(), self.text.as_bytes()].concat()
    }

    /// Another text, with a byte order mark if this one has it.
    ///
    /// ```
    /// use fastapi_status_python::Source;
    ///
    /// let source = Source::from("\u{feff}x = 1");
    ///
    /// assert_eq!(source.with("x = 2"), Source::from("\u{feff}x = 2"));
    /// ```
    #[must_use]
    pub fn with(&self, text: &str) -> Self {
        Self { text: text.to_owned(), has_bom: self.has_bom }
    }

    /// The text of a range.
    ///
    /// ```
    /// use fastapi_status_python::Source;
    /// use ruff_text_size::TextRange;
    ///
    /// assert_eq!(Source::from("x = 12").slice(TextRange::new(4.into(), 6.into())), "12");
    /// ```
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range]
    }

    /// Line and column of an offset into the text.
    ///
    /// ```
    /// use fastapi_status_python::Source;
    ///
    /// let place = Source::from("a = 1\n  b = 2\n").position(8.into());
    ///
    /// assert_eq!((place.line, place.column), (2, 3));
    /// ```
    #[must_use]
    pub fn position(&self, offset: TextSize) -> Position {
        let before = &self.text.as_bytes()[..offset.to_usize()];
        let line_start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
        Position { line: 1 + line_ends(before), column: 1 + self.text[line_start..offset.to_usize()].chars().count() }
    }
}

/// Tells many places in a file, one after the other, without counting from its start each time.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'s> {
    source: &'s Source,
    offset: usize,
    position: Position,
}

impl<'s> Cursor<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Self { source, offset: 0, position: Position { line: 1, column: 1 } }
    }

    /// As [`Source::position`], for the start of a name or number.
    pub(crate) fn position(&mut self, offset: TextSize) -> Position {
        let offset = offset.to_usize();
        if offset < self.offset {
            *self = Self::new(self.source);
        }
        let between = &self.source.text[self.offset..offset];
        match memchr::memrchr2(b'\n', b'\r', between.as_bytes()) {
            Some(end) => {
                self.position.line += line_ends(between.as_bytes());
                self.position.column = 1 + between[end + 1..].chars().count();
            }
            None => self.position.column += between.chars().count(),
        }
        self.offset = offset;
        self.position
    }
}

/// Where the lines of a text begin, for many look-ups.
#[derive(Clone, Debug)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(source: &Source) -> Self {
        let bytes = source.text.as_bytes();
        let is_end = |&place: &usize| bytes[place] == b'\n' || bytes.get(place + 1) != Some(&b'\n');
        Self(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end).collect())
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, offset: TextSize) -> usize {
        1 + self.0.partition_point(|&end| end < offset.to_usize())
    }
}

impl From<String> for Source {
    fn from(mut text: String) -> Self {
        let has_bom = text.starts_with('\u{feff}');
        if has_bom {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self { text, has_bom }
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// How many lines end in these bytes; a `\r\n` is one end, also where only its `\r` is in them.
fn line_ends(bytes: &[u8]) -> usize {
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&place| bytes[place] == b'\r' || place == 0 || bytes[place - 1] != b'\r')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_as_python_does_and_columns_in_characters() {
        let source = Source::from("\u{feff}a\r\nb\rc\n\u{e9}\u{1f980}x\n");
        let position = |needle: char| {
            let place = source.position(TextSize::of(&source.text()[..source.text().find(needle).unwrap()]));
            (place.line, place.column)
        };

        let line =
            |needle: char| Lines::of(&source).line(TextSize::of(&source.text()[..source.text().find(needle).unwrap()]));

        assert_eq!(['a', 'b', 'c', 'x'].map(line), [1, 2, 3, 4]);
        let mut cursor = Cursor::new(&source);
        for needle in ['a', 'b', 'b', 'x', '\u{1f980}', 'c'] {
            let offset = TextSize::of(&source.text()[..source.text().find(needle).unwrap()]);
            assert_eq!(cursor.position(offset), source.position(offset), "{needle}");
        }
        assert!(source.has_bom());
        assert_eq!(position('a'), (1, 1));
        assert_eq!(position('b'), (2, 1));
        assert_eq!(position('c'), (3, 1));
        assert_eq!(position('x'), (4, 3));
    }
}

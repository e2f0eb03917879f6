//! A row of the table as a value, and the look-ups: by code an index, by name the digits in it.

use crate::{for_each_close_code, for_each_http_status};

/// A name of FastAPI's, with all that the table says of it.
///
/// ```
/// use fastapi_status::Entry;
///
/// let entry = Entry::from_name("HTTP_422_UNPROCESSABLE_ENTITY").unwrap();
///
/// assert_eq!(entry.code(), 422);
/// assert_eq!(entry.phrase(), Some("Unprocessable Content"));
/// assert_eq!(entry.specification(), "RFC 9110, Section 15.5.21");
/// assert_eq!(entry.replacement(), Some("HTTP_422_UNPROCESSABLE_CONTENT"));
/// ```
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    name: &'static str,
    code: u16,
    phrase: &'static str,
    specification: &'static str,
    url: &'static str,
    meaning: &'static str,
    replacement: Option<&'static str>,
}

impl Entry {
    /// The row of a name, HTTP or WebSocket, current or deprecated.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// assert_eq!(Entry::from_name("WS_1008_POLICY_VIOLATION").unwrap().code(), 1008);
    /// assert_eq!(Entry::from_name("HTTP_404_NOTFOUND"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        match name.as_bytes() {
            [b'H', b'T', b'T', b'P', b'_', digits @ ..] => HTTP.named(number::<3>(digits)?, name),
            [b'W', b'S', b'_', digits @ ..] => CLOSE.named(number::<4>(digits)?, name),
            _ => None,
        }
    }

    /// Every row: the HTTP names, then the WebSocket names, each by ascending code and the deprecated ones last.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// let renamed: Vec<_> = Entry::all().filter(|entry| entry.is_http() && entry.is_deprecated()).collect();
    ///
    /// assert_eq!(renamed[0].name(), "HTTP_413_REQUEST_ENTITY_TOO_LARGE");
    /// assert_eq!(renamed[0].replacement(), Some("HTTP_413_CONTENT_TOO_LARGE"));
    /// ```
    pub fn all() -> impl Iterator<Item = &'static Self> {
        HTTP.entries.iter().chain(CLOSE.entries)
    }

    /// The name, as FastAPI spells it.
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// assert_eq!(status::HTTP_404_NOT_FOUND.entry().unwrap().name(), "HTTP_404_NOT_FOUND");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The number.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// assert_eq!(Entry::from_name("HTTP_429_TOO_MANY_REQUESTS").unwrap().code(), 429);
    /// ```
    #[must_use]
    pub const fn code(&self) -> u16 {
        self.code
    }

    /// The reason phrase: CPython 3.13's for HTTP, the specification's for WebSocket.
    ///
    /// `None` for 306, for which CPython has none.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// assert_eq!(Entry::from_name("HTTP_413_CONTENT_TOO_LARGE").unwrap().phrase(), Some("Content Too Large"));
    /// assert_eq!(Entry::from_name("HTTP_306_RESERVED").unwrap().phrase(), None);
    /// ```
    #[must_use]
    pub const fn phrase(&self) -> Option<&'static str> {
        if self.phrase.is_empty() { None } else { Some(self.phrase) }
    }

    /// Where the code is defined.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// assert_eq!(Entry::from_name("HTTP_404_NOT_FOUND").unwrap().specification(), "RFC 9110, Section 15.5.5");
    /// ```
    #[must_use]
    pub const fn specification(&self) -> &'static str {
        self.specification
    }

    /// The address of the [specification](Self::specification).
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// let url = Entry::from_name("HTTP_404_NOT_FOUND").unwrap().url();
    ///
    /// assert_eq!(url, "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5");
    /// ```
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.url
    }

    /// When to answer with it, in a sentence or two of Markdown.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// let meaning = Entry::from_name("HTTP_405_METHOD_NOT_ALLOWED").unwrap().meaning();
    ///
    /// assert!(meaning.contains("`allow` lists"));
    /// ```
    #[must_use]
    pub const fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// Whether FastAPI has given up this name.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// assert!(Entry::from_name("HTTP_422_UNPROCESSABLE_ENTITY").unwrap().is_deprecated());
    /// assert!(!Entry::from_name("HTTP_422_UNPROCESSABLE_CONTENT").unwrap().is_deprecated());
    /// ```
    #[must_use]
    pub const fn is_deprecated(&self) -> bool {
        self.replacement.is_some()
    }

    /// For a deprecated name, the one to write instead.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// let entry = Entry::from_name("HTTP_414_REQUEST_URI_TOO_LONG").unwrap();
    ///
    /// assert_eq!(entry.replacement(), Some("HTTP_414_URI_TOO_LONG"));
    /// ```
    #[must_use]
    pub const fn replacement(&self) -> Option<&'static str> {
        self.replacement
    }

    /// Whether this is an HTTP status; if not, it is a WebSocket close code.
    ///
    /// ```
    /// use fastapi_status::Entry;
    ///
    /// assert!(Entry::from_name("HTTP_404_NOT_FOUND").unwrap().is_http());
    /// assert!(!Entry::from_name("WS_1008_POLICY_VIOLATION").unwrap().is_http());
    /// ```
    #[must_use]
    pub const fn is_http(&self) -> bool {
        self.code < 1000
    }
}

/// The digits that a name goes on with, and the underscore behind them.
fn number<const DIGITS: usize>(bytes: &[u8]) -> Option<u16> {
    let (digits, rest) = bytes.split_first_chunk::<DIGITS>()?;
    if rest.first() != Some(&b'_') {
        return None;
    }
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0')))
}

/// The phrases of one family of codes, and where they are. They stand apart from the rows, so that a program that asks for
/// nothing else holds nothing else.
pub(crate) struct Phrases<const FIRST: u16, const CODES: usize, const PLACES: usize> {
    /// Close together; `None` first.
    phrases: [Option<&'static str>; PLACES],
    /// For each code from `FIRST` on one more than the place of its current name in the rows; 0 where there is none.
    current: [u8; CODES],
}

impl<const FIRST: u16, const CODES: usize, const PLACES: usize> Phrases<FIRST, CODES, PLACES> {
    const fn new(entries: &[Entry]) -> Self {
        let mut phrases = [None; PLACES];
        let mut place = 0;
        while place < entries.len() {
            phrases[place + 1] = entries[place].phrase();
            place += 1;
        }
        Self { phrases, current: places::<FIRST, CODES>(entries, false) }
    }

    /// The phrase of a code's current name.
    #[inline]
    pub(crate) const fn phrase(&self, code: u16) -> Option<&'static str> {
        // `get` is no `const fn`.
        let index = code.wrapping_sub(FIRST) as usize;
        let place = if index < CODES { self.current[index] as usize } else { 0 };
        if place < PLACES { self.phrases[place] } else { None }
    }
}

/// The rows of one family of codes.
pub(crate) struct Table<const FIRST: u16, const CODES: usize, const PLACES: usize> {
    pub(crate) entries: &'static [Entry],
    phrases: &'static Phrases<FIRST, CODES, PLACES>,
    /// As `current` of the phrases, of the deprecated name.
    deprecated: [u8; CODES],
}

impl<const FIRST: u16, const CODES: usize, const PLACES: usize> Table<FIRST, CODES, PLACES> {
    const fn new(entries: &'static [Entry], phrases: &'static Phrases<FIRST, CODES, PLACES>) -> Self {
        Self { entries, phrases, deprecated: places::<FIRST, CODES>(entries, true) }
    }

    /// The row of a code's current name.
    #[inline]
    pub(crate) fn current(&self, code: u16) -> Option<&'static Entry> {
        self.at(&self.phrases.current, code)
    }

    fn named(&self, code: u16, name: &str) -> Option<&'static Entry> {
        let is_named = |entry: &&Entry| entry.name == name;
        self.current(code).filter(is_named).or_else(|| self.at(&self.deprecated, code).filter(is_named))
    }

    #[inline]
    fn at(&self, index: &[u8; CODES], code: u16) -> Option<&'static Entry> {
        let place = *index.get(usize::from(code.checked_sub(FIRST)?))?;
        self.entries.get(usize::from(place).checked_sub(1)?)
    }
}

/// For each code one more than the place of its current name, or of its deprecated one; 0 where there is none.
const fn places<const FIRST: u16, const CODES: usize>(entries: &[Entry], is_deprecated: bool) -> [u8; CODES] {
    assert!(entries.len() < u8::MAX as usize, "the index counts in u8");
    let mut places = [0; CODES];
    let mut place = 0;
    while place < entries.len() {
        let entry = &entries[place];
        place += 1;
        if entry.is_deprecated() == is_deprecated {
            let code = (entry.code - FIRST) as usize;
            assert!(places[code] == 0, "two names of the same standing for one code");
            places[code] = place as u8;
        }
    }
    places
}

macro_rules! entries {
    ($($(#[deprecated(note = $note:literal)])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;)*) => {
        &[$(Entry {
            name: stringify!($name),
            code: $code,
            phrase: $phrase,
            specification: $specification,
            url: $url,
            meaning: $meaning,
            replacement: replacement(concat!($($note)?)),
        }),*]
    };
}

/// The name in the note of a deprecation: `use NAME`.
const fn replacement(note: &'static str) -> Option<&'static str> {
    if note.is_empty() {
        return None;
    }
    let [b'u', b's', b'e', b' ', name @ ..] = note.as_bytes() else {
        panic!("a deprecation's note reads `use NAME`");
    };
    match core::str::from_utf8(name) {
        Ok(name) => Some(name),
        Err(_) => panic!("a name is ASCII"),
    }
}

const HTTP_ENTRIES: &[Entry] = for_each_http_status!(entries);
const CLOSE_ENTRIES: &[Entry] = for_each_close_code!(entries);

pub(crate) static HTTP_PHRASES: Phrases<100, HTTP_CODES, { HTTP_ENTRIES.len() + 1 }> = Phrases::new(HTTP_ENTRIES);
pub(crate) static CLOSE_PHRASES: Phrases<1000, CLOSE_CODES, { CLOSE_ENTRIES.len() + 1 }> = Phrases::new(CLOSE_ENTRIES);

pub(crate) static HTTP: Table<100, HTTP_CODES, { HTTP_ENTRIES.len() + 1 }> = Table::new(HTTP_ENTRIES, &HTTP_PHRASES);
pub(crate) static CLOSE: Table<1000, CLOSE_CODES, { CLOSE_ENTRIES.len() + 1 }> =
    Table::new(CLOSE_ENTRIES, &CLOSE_PHRASES);

const HTTP_CODES: usize = codes(HTTP_ENTRIES, 100);
const CLOSE_CODES: usize = codes(CLOSE_ENTRIES, 1000);

/// How many codes there are from the first to the last that the rows name.
const fn codes(entries: &[Entry], first: u16) -> usize {
    let mut codes = 0;
    let mut place = 0;
    while place < entries.len() {
        let code = (entries[place].code - first) as usize;
        if code >= codes {
            codes = code + 1;
        }
        place += 1;
    }
    codes
}

//! Headers of an exception: checked when they are given, so that nothing forbidden can reach the wire.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

/// A valid header of an [`HttpException`](crate::HttpException).
///
/// ```
/// use fastapi_status::{HttpException, status};
///
/// let error = HttpException::from_status(status::HTTP_401_UNAUTHORIZED).with_header("www-authenticate", "Bearer");
/// let [header] = error.headers() else { panic!("one header was given") };
///
/// assert_eq!((header.name(), header.value()), ("www-authenticate", &b"Bearer"[..]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    name: Cow<'static, str>,
    value: Cow<'static, [u8]>,
}

impl Header {
    /// Checks a name against [RFC 9110, Section 5.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.1) and a value
    /// against [Section 5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5).
    pub(super) fn new(name: Cow<'static, str>, value: Cow<'static, str>) -> Result<Self, InvalidHeader> {
        // The `http` crates hold no longer one.
        let is_too_long = name.len() > usize::from(u16::MAX);
        if name.is_empty() || is_too_long || !name.bytes().all(is_token) {
            return Err(InvalidHeader { name: name.as_ref().into(), character: None });
        }
        // Latin-1 has the first 256 characters of Unicode.
        let is_forbidden = |c: &char| (c.is_ascii_control() && *c != '\t') || u32::from(*c) > 0xFF;
        if let Some(character) = value.chars().find(is_forbidden) {
            return Err(InvalidHeader { name: name.as_ref().into(), character: Some(character) });
        }
        let value = match value {
            Cow::Borrowed(value) if value.is_ascii() => Cow::Borrowed(value.as_bytes()),
            Cow::Owned(value) if value.is_ascii() => Cow::Owned(value.into_bytes()),
            value => value.chars().map(|c| c as u8).collect(),
        };
        Ok(Self { name, value })
    }

    /// The name, as it was given.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::from_status(status::HTTP_429_TOO_MANY_REQUESTS).with_header("Retry-After", "30");
    ///
    /// assert_eq!(error.headers()[0].name(), "Retry-After");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, in Latin-1.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::from_status(status::HTTP_403_FORBIDDEN).with_header("x-reason", "fermé");
    ///
    /// assert_eq!(error.headers()[0].value(), b"ferm\xE9");
    /// ```
    #[must_use]
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// What a token is made of ([RFC 9110, Section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// A header that HTTP forbids, which was given to [`HttpException::with_header`](crate::HttpException::with_header).
///
/// ```
/// use fastapi_status::{HttpException, status};
///
/// let error = HttpException::from_status(status::HTTP_307_TEMPORARY_REDIRECT)
///     .with_header("location", "/\r\nset-cookie: admin=1");
///
/// assert_eq!(
///     error.invalid_header().unwrap().to_string(),
///     "the value of the header \"location\" holds '\\r': only visible Latin-1 characters, spaces and tabs may stand there",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidHeader {
    name: Box<str>,
    /// What the value may not hold; `None` where it is the name that is wrong.
    character: Option<char>,
}

impl fmt::Display for InvalidHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.character {
            Some(character) => write!(
                f,
                "the value of the header {:?} holds {character:?}: \
                 only visible Latin-1 characters, spaces and tabs may stand there",
                self.name,
            ),
            None => {
                let end = self.name.char_indices().nth(64).map_or(self.name.len(), |(end, _)| end);
                write!(
                    f,
                    "{:?} is not a header name: it is made of 1 to 65535 ASCII letters, digits and !#$%&'*+-.^_`|~",
                    &self.name[..end],
                )
            }
        }
    }
}

impl Error for InvalidHeader {}

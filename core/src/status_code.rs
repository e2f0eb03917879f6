//! `StatusCode`: an HTTP status, 100 to 999.

use core::num::NonZeroU16;

use crate::entry::{self, Entry};
use crate::invalid::{Given, InvalidStatusCode};

/// An HTTP status code: 100 to 999 ([RFC 9110, Section 15](https://www.rfc-editor.org/rfc/rfc9110#section-15)).
///
/// Codes beyond those that FastAPI names are as good as any other, as in FastAPI.
///
/// ```
/// use fastapi_status::{StatusCode, status};
///
/// const SLOW_DOWN: StatusCode = status::HTTP_429_TOO_MANY_REQUESTS;
///
/// assert!(SLOW_DOWN.is_client_error());
/// assert_eq!(StatusCode::try_from(429), Ok(SLOW_DOWN));
/// assert_eq!(size_of::<Option<StatusCode>>(), 2);
/// ```
#[doc(alias = "HTTPStatus")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusCode(NonZeroU16);

impl StatusCode {
    /// The lowest code, 100.
    ///
    /// ```
    /// assert_eq!(fastapi_status::StatusCode::MIN, 100);
    /// ```
    pub const MIN: Self = Self::known(100);

    /// The highest code, 999.
    ///
    /// ```
    /// assert_eq!(fastapi_status::StatusCode::MAX, 999);
    /// ```
    pub const MAX: Self = Self::known(999);

    /// A status from its number.
    ///
    /// # Errors
    ///
    /// When the number is not 100 to 999.
    ///
    /// ```
    /// use fastapi_status::StatusCode;
    ///
    /// assert_eq!(StatusCode::from_u16(404)?, 404);
    /// assert_eq!(
    ///     StatusCode::from_u16(1000).unwrap_err().to_string(),
    ///     "1000 is not an HTTP status code: 100 to 999",
    /// );
    /// # Ok::<(), fastapi_status::InvalidStatusCode>(())
    /// ```
    #[inline]
    pub const fn from_u16(code: u16) -> Result<Self, InvalidStatusCode> {
        match NonZeroU16::new(code) {
            Some(number) if code >= 100 && code <= 999 => Ok(Self(number)),
            _ => Err(InvalidStatusCode(Given::Number(code as i128))),
        }
    }

    /// A code of the table.
    pub(crate) const fn known(code: u16) -> Self {
        match Self::from_u16(code) {
            Ok(status) => status,
            Err(_) => panic!("an HTTP status is 100 to 999"),
        }
    }

    /// The number.
    ///
    /// ```
    /// assert_eq!(fastapi_status::status::HTTP_404_NOT_FOUND.as_u16(), 404);
    /// ```
    #[inline]
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0.get()
    }

    /// A status from FastAPI's name for it, current or deprecated.
    ///
    /// # Errors
    ///
    /// When FastAPI has no such name. The error tells the nearest.
    ///
    /// ```
    /// use fastapi_status::{StatusCode, status};
    ///
    /// assert_eq!(StatusCode::from_name("HTTP_418_IM_A_TEAPOT"), Ok(status::HTTP_418_IM_A_TEAPOT));
    /// assert_eq!(
    ///     StatusCode::from_name("HTTP_404_NOTFOUND").unwrap_err().to_string(),
    ///     "`HTTP_404_NOTFOUND` is not a FastAPI status name: did you mean `HTTP_404_NOT_FOUND`?",
    /// );
    /// ```
    pub fn from_name(name: &str) -> Result<Self, InvalidStatusCode> {
        match Entry::from_name(name) {
            Some(entry) if entry.is_http() => Ok(Self::known(entry.code())),
            _ => Err(InvalidStatusCode(Given::name(name))),
        }
    }

    /// The row of its current name; `None` where FastAPI has no name for the code.
    ///
    /// ```
    /// use fastapi_status::{StatusCode, status};
    ///
    /// let entry = status::HTTP_404_NOT_FOUND.entry().unwrap();
    /// assert_eq!(entry.url(), "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5");
    /// assert_eq!(StatusCode::from_u16(799)?.entry(), None);
    /// # Ok::<(), fastapi_status::InvalidStatusCode>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn entry(self) -> Option<&'static Entry> {
        entry::HTTP.current(self.as_u16())
    }

    /// FastAPI's current name.
    ///
    /// ```
    /// use fastapi_status::StatusCode;
    ///
    /// assert_eq!(StatusCode::from_u16(422)?.name(), Some("HTTP_422_UNPROCESSABLE_CONTENT"));
    /// assert_eq!(StatusCode::from_u16(799)?.name(), None);
    /// # Ok::<(), fastapi_status::InvalidStatusCode>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.entry().map(Entry::name)
    }

    /// The reason phrase of CPython 3.13, which is the detail of an `HTTPException` that was given none.
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// assert_eq!(status::HTTP_418_IM_A_TEAPOT.canonical_reason(), Some("I'm a Teapot"));
    /// assert_eq!(status::HTTP_306_RESERVED.canonical_reason(), None);
    /// ```
    #[doc(alias = "phrase")]
    #[inline]
    #[must_use]
    pub const fn canonical_reason(self) -> Option<&'static str> {
        entry::HTTP_PHRASES.phrase(self.as_u16())
    }

    /// Where the code is defined.
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// assert_eq!(status::HTTP_425_TOO_EARLY.reference(), Some("RFC 8470, Section 5.2"));
    /// ```
    #[must_use]
    pub fn reference(self) -> Option<&'static str> {
        self.entry().map(Entry::specification)
    }

    /// Every status that FastAPI names, in ascending order.
    ///
    /// ```
    /// use fastapi_status::{StatusCode, status};
    ///
    /// assert_eq!(StatusCode::all().next(), Some(status::HTTP_100_CONTINUE));
    /// assert!(StatusCode::all().is_sorted());
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        entry::HTTP.entries.iter().filter(|entry| !entry.is_deprecated()).map(|entry| Self::known(entry.code()))
    }

    /// 100 to 199: an interim answer.
    ///
    /// ```
    /// assert!(fastapi_status::status::HTTP_103_EARLY_HINTS.is_informational());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_informational(self) -> bool {
        self.as_u16() < 200
    }

    /// 200 to 299: the request succeeded.
    ///
    /// ```
    /// assert!(fastapi_status::status::HTTP_201_CREATED.is_success());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_success(self) -> bool {
        200 <= self.as_u16() && self.as_u16() < 300
    }

    /// 300 to 399: the client is to look elsewhere.
    ///
    /// ```
    /// assert!(fastapi_status::status::HTTP_307_TEMPORARY_REDIRECT.is_redirection());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_redirection(self) -> bool {
        300 <= self.as_u16() && self.as_u16() < 400
    }

    /// 400 to 499: the request is at fault.
    ///
    /// ```
    /// assert!(fastapi_status::status::HTTP_404_NOT_FOUND.is_client_error());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_client_error(self) -> bool {
        400 <= self.as_u16() && self.as_u16() < 500
    }

    /// 500 to 599: the server is at fault.
    ///
    /// ```
    /// assert!(fastapi_status::status::HTTP_503_SERVICE_UNAVAILABLE.is_server_error());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_server_error(self) -> bool {
        500 <= self.as_u16() && self.as_u16() < 600
    }

    /// Whether an answer with this status may have a body: all but 1xx, 204, 205 and 304
    /// ([RFC 9110, Section 6.4.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1) and
    /// [15.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-15.3.6); FastAPI's `is_body_allowed_for_status_code`).
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// assert!(status::HTTP_404_NOT_FOUND.is_body_allowed());
    /// assert!(!status::HTTP_204_NO_CONTENT.is_body_allowed());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_body_allowed(self) -> bool {
        !matches!(self.as_u16(), 100..=199 | 204 | 205 | 304)
    }
}

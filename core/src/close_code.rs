//! `CloseCode`: a WebSocket close code, 1000 to 4999.

use core::num::NonZeroU16;

use crate::entry::{self, Entry};
use crate::invalid::{Given, InvalidCloseCode};

/// A WebSocket close code: 1000 to 4999
/// ([RFC 6455, Section 7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4)).
///
/// 3000 to 3999 are for libraries and frameworks, 4000 to 4999 for applications.
///
/// ```
/// use fastapi_status::{CloseCode, status};
///
/// assert_eq!(status::WS_1008_POLICY_VIOLATION.to_string(), "1008 Policy Violation");
/// assert_eq!("WS_1008_POLICY_VIOLATION".parse(), Ok(status::WS_1008_POLICY_VIOLATION));
/// assert_eq!(size_of::<Option<CloseCode>>(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(NonZeroU16);

impl CloseCode {
    /// The lowest code, 1000.
    ///
    /// ```
    /// assert_eq!(fastapi_status::CloseCode::MIN, fastapi_status::status::WS_1000_NORMAL_CLOSURE);
    /// ```
    pub const MIN: Self = Self::known(1000);

    /// The highest code, 4999.
    ///
    /// ```
    /// assert_eq!(fastapi_status::CloseCode::MAX.as_u16(), 4999);
    /// ```
    pub const MAX: Self = Self::known(4999);

    /// A close code from its number.
    ///
    /// # Errors
    ///
    /// When the number is not 1000 to 4999.
    ///
    /// ```
    /// use fastapi_status::CloseCode;
    ///
    /// assert_eq!(CloseCode::from_u16(4001)?, 4001);
    /// assert_eq!(
    ///     CloseCode::from_u16(404).unwrap_err().to_string(),
    ///     "404 is not a WebSocket close code: 1000 to 4999",
    /// );
    /// # Ok::<(), fastapi_status::InvalidCloseCode>(())
    /// ```
    #[inline]
    pub const fn from_u16(code: u16) -> Result<Self, InvalidCloseCode> {
        match NonZeroU16::new(code) {
            Some(number) if code >= 1000 && code <= 4999 => Ok(Self(number)),
            _ => Err(InvalidCloseCode(Given::Number(code as i128))),
        }
    }

    /// A code of the table.
    pub(crate) const fn known(code: u16) -> Self {
        match Self::from_u16(code) {
            Ok(code) => code,
            Err(_) => panic!("a WebSocket close code is 1000 to 4999"),
        }
    }

    /// The number.
    ///
    /// ```
    /// assert_eq!(fastapi_status::status::WS_1000_NORMAL_CLOSURE.as_u16(), 1000);
    /// ```
    #[inline]
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0.get()
    }

    /// A close code from FastAPI's name for it, current or deprecated.
    ///
    /// # Errors
    ///
    /// When FastAPI has no such name. The error tells the nearest.
    ///
    /// ```
    /// use fastapi_status::{CloseCode, status};
    ///
    /// assert_eq!(CloseCode::from_name("WS_1001_GOING_AWAY"), Ok(status::WS_1001_GOING_AWAY));
    /// assert_eq!(
    ///     CloseCode::from_name("WS_1008_POLICY_VIOLATON").unwrap_err().nearest(),
    ///     Some("WS_1008_POLICY_VIOLATION"),
    /// );
    /// ```
    pub fn from_name(name: &str) -> Result<Self, InvalidCloseCode> {
        match Entry::from_name(name) {
            Some(entry) if !entry.is_http() => Ok(Self::known(entry.code())),
            _ => Err(InvalidCloseCode(Given::name(name))),
        }
    }

    /// The row of its current name; `None` where FastAPI has no name for the code.
    ///
    /// ```
    /// use fastapi_status::{CloseCode, status};
    ///
    /// assert_eq!(status::WS_1011_INTERNAL_ERROR.entry().unwrap().specification(), "RFC 6455, Section 7.4.1");
    /// assert_eq!(CloseCode::from_u16(4001)?.entry(), None);
    /// # Ok::<(), fastapi_status::InvalidCloseCode>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn entry(self) -> Option<&'static Entry> {
        entry::CLOSE.current(self.as_u16())
    }

    /// FastAPI's current name.
    ///
    /// ```
    /// use fastapi_status::CloseCode;
    ///
    /// assert_eq!(CloseCode::from_u16(1008)?.name(), Some("WS_1008_POLICY_VIOLATION"));
    /// assert_eq!(CloseCode::from_u16(4001)?.name(), None);
    /// # Ok::<(), fastapi_status::InvalidCloseCode>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.entry().map(Entry::name)
    }

    /// What the specification calls the code.
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// const REASON: Option<&str> = status::WS_1001_GOING_AWAY.canonical_reason();
    ///
    /// assert_eq!(REASON, Some("Going Away"));
    /// ```
    #[doc(alias = "phrase")]
    #[inline]
    #[must_use]
    pub const fn canonical_reason(self) -> Option<&'static str> {
        entry::CLOSE_PHRASES.phrase(self.as_u16())
    }

    /// Where the code is defined.
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// assert_eq!(status::WS_1008_POLICY_VIOLATION.reference(), Some("RFC 6455, Section 7.4.1"));
    /// ```
    #[must_use]
    pub fn reference(self) -> Option<&'static str> {
        self.entry().map(Entry::specification)
    }

    /// Every close code that FastAPI names, in ascending order.
    ///
    /// ```
    /// use fastapi_status::{CloseCode, status};
    ///
    /// assert_eq!(CloseCode::all().next(), Some(status::WS_1000_NORMAL_CLOSURE));
    /// assert!(CloseCode::all().is_sorted());
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        entry::CLOSE.entries.iter().filter(|entry| !entry.is_deprecated()).map(|entry| Self::known(entry.code()))
    }

    /// Whether the code may stand in a close frame.
    ///
    /// 1004 is reserved; 1005, 1006 and 1015 tell an application that no close frame, or no connection, was there
    /// ([RFC 6455, Section 7.4.1](https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1)). 1016 to 2999 are kept for the
    /// protocol itself ([Section 7.4.2](https://www.rfc-editor.org/rfc/rfc6455#section-7.4.2)), and peers take them for an
    /// error.
    ///
    /// ```
    /// use fastapi_status::status;
    ///
    /// assert!(status::WS_1008_POLICY_VIOLATION.is_sendable());
    /// assert!(!status::WS_1006_ABNORMAL_CLOSURE.is_sendable());
    /// ```
    #[inline]
    #[must_use]
    pub const fn is_sendable(self) -> bool {
        !matches!(self.as_u16(), 1004 | 1005 | 1006 | 1015..=2999)
    }
}

//! `WebSocketException`: FastAPI's own.

use alloc::borrow::Cow;
use core::error::Error;
use core::fmt;

use super::HttpException;
use crate::{CloseCode, InvalidCloseCode, status};

/// FastAPI's `WebSocketException`: a close code and a reason, as an error.
///
/// Once the handshake is accepted, the adapter closes the socket with it. Before, it becomes the HTTP 403 that uvicorn
/// answers with.
///
/// ```
/// use fastapi_status::{HttpException, WebSocketException, status};
///
/// let error = WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no token");
///
/// assert_eq!(error.to_string(), "1008: no token");
/// assert_eq!(error.close_frame()?, (status::WS_1008_POLICY_VIOLATION, "no token"));
/// assert_eq!(HttpException::from(error).answer().status, 403);
/// # Ok::<(), fastapi_status::InvalidWebSocketException>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an exception does nothing until it is returned"]
pub struct WebSocketException {
    code: u16,
    reason: Cow<'static, str>,
}

impl WebSocketException {
    /// How many bytes of reason a close frame holds
    /// ([RFC 6455, Section 5.5](https://www.rfc-editor.org/rfc/rfc6455#section-5.5): 125, less 2 for the code).
    ///
    /// ```
    /// use fastapi_status::{WebSocketException, status};
    ///
    /// let longest = "x".repeat(WebSocketException::MAX_REASON);
    ///
    /// assert!(WebSocketException::new(status::WS_1011_INTERNAL_ERROR, longest).close_frame().is_ok());
    /// ```
    pub const MAX_REASON: usize = 123;

    /// An exception with a close code, in the adapter's type or this crate's, and a reason, which may be empty.
    ///
    /// ```
    /// use fastapi_status::{WebSocketException, status};
    ///
    /// let error = WebSocketException::new(status::WS_1011_INTERNAL_ERROR, "");
    /// let custom = WebSocketException::new(4001_u16, "session expired");
    ///
    /// assert_eq!(error.code(), 1011);
    /// assert_eq!(custom.reason(), "session expired");
    /// ```
    pub fn new(code: impl Into<u16>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), reason: reason.into() }
    }

    /// The close code, as it was given.
    ///
    /// ```
    /// use fastapi_status::WebSocketException;
    ///
    /// assert_eq!(WebSocketException::new(4001_u16, "session expired").code(), 4001);
    /// ```
    #[must_use]
    pub fn code(&self) -> u16 {
        self.code
    }

    /// The reason, as it was given.
    ///
    /// ```
    /// use fastapi_status::{WebSocketException, status};
    ///
    /// assert_eq!(WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no token").reason(), "no token");
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The code and the reason of the close frame.
    ///
    /// # Errors
    ///
    /// When the code may not be sent, or the reason does not fit in a close frame.
    ///
    /// ```
    /// use fastapi_status::{WebSocketException, status};
    ///
    /// let error = WebSocketException::new(status::WS_1006_ABNORMAL_CLOSURE, "");
    /// assert_eq!(
    ///     error.close_frame().unwrap_err().to_string(),
    ///     "1006 Abnormal Closure never stands in a close frame: it tells that none was there",
    /// );
    ///
    /// let error = WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "x".repeat(200));
    /// assert_eq!(
    ///     error.close_frame().unwrap_err().to_string(),
    ///     "the reason has 200 bytes: a close frame holds 123",
    /// );
    /// ```
    pub fn close_frame(&self) -> Result<(CloseCode, &str), InvalidWebSocketException> {
        let code = CloseCode::from_u16(self.code).map_err(InvalidWebSocketException::Code)?;
        if !code.is_sendable() {
            return Err(InvalidWebSocketException::Unsendable(code));
        }
        if self.reason.len() > Self::MAX_REASON {
            return Err(InvalidWebSocketException::Reason { bytes: self.reason.len() });
        }
        Ok((code, &self.reason))
    }
}

/// As Python's `str(exception)`: `1008: no token`.
impl fmt::Display for WebSocketException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.reason)
    }
}

impl Error for WebSocketException {}

/// The refusal of a handshake: a 403 without a body, after which the connection is closed, as uvicorn answers.
impl From<WebSocketException> for HttpException {
    fn from(_: WebSocketException) -> Self {
        Self::without_body(status::HTTP_403_FORBIDDEN)
            .with_header("content-type", "text/plain; charset=utf-8")
            .with_header("connection", "close")
    }
}

/// Why a [`WebSocketException`] cannot be sent as a close frame.
///
/// ```
/// use fastapi_status::{InvalidWebSocketException, WebSocketException, status};
///
/// let error = WebSocketException::new(status::WS_1011_INTERNAL_ERROR, "x".repeat(124));
///
/// assert_eq!(error.close_frame(), Err(InvalidWebSocketException::Reason { bytes: 124 }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidWebSocketException {
    /// The number is no close code.
    Code(InvalidCloseCode),
    /// The code is one that is never sent.
    Unsendable(CloseCode),
    /// The reason is longer than [`WebSocketException::MAX_REASON`].
    Reason {
        /// How long it is.
        bytes: usize,
    },
}

impl fmt::Display for InvalidWebSocketException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(error) => error.fmt(f),
            Self::Unsendable(code) if matches!(code.as_u16(), 1005 | 1006 | 1015) => {
                write!(f, "{code} never stands in a close frame: it tells that none was there")
            }
            Self::Unsendable(code) => write!(f, "{} is reserved and never stands in a close frame", code.as_u16()),
            Self::Reason { bytes } => {
                write!(f, "the reason has {bytes} bytes: a close frame holds {}", WebSocketException::MAX_REASON)
            }
        }
    }
}

impl Error for InvalidWebSocketException {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Code(error) => Some(error),
            _ => None,
        }
    }
}

//! What goes on the wire, in no framework's types.

use alloc::vec::Vec;

use super::Header;
use crate::{StatusCode, status};

/// An answer as FastAPI gives it, for an adapter to turn into its framework's response.
///
/// ```
/// use fastapi_status::{HttpException, status};
///
/// let answer = HttpException::new(status::HTTP_404_NOT_FOUND, "Book not found").into_answer();
///
/// assert_eq!(answer.status, 404);
/// assert_eq!(answer.content_type, Some("application/json"));
/// assert_eq!(answer.body, br#"{"detail":"Book not found"}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The `content-type`: `None` where there is no body, and where [`headers`](Self::headers) has one of the caller's.
    pub content_type: Option<&'static str>,
    /// The headers of the caller's, all valid, in the order they were given.
    pub headers: Vec<Header>,
    /// The body; empty for a status that allows none.
    pub body: Vec<u8>,
}

impl Answer {
    /// FastAPI's answer to an error that nothing handled: a 500 in plain text that says nothing of the cause.
    ///
    /// ```
    /// let answer = fastapi_status::Answer::internal_server_error();
    ///
    /// assert_eq!(answer.status, 500);
    /// assert_eq!(answer.content_type, Some("text/plain; charset=utf-8"));
    /// assert_eq!(answer.body, b"Internal Server Error");
    /// ```
    #[must_use]
    pub fn internal_server_error() -> Self {
        Self {
            status: status::HTTP_500_INTERNAL_SERVER_ERROR,
            content_type: Some("text/plain; charset=utf-8"),
            headers: Vec::new(),
            body: b"Internal Server Error".to_vec(),
        }
    }
}

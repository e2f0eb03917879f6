//! What goes on the wire, in no framework's types.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Detail, Header, json};
use crate::{StatusCode, status};

/// An answer as FastAPI gives it, for an adapter to turn into its framework's response.
///
/// ```
/// use fastapi_status::{HttpException, status};
///
/// let error = HttpException::new(status::HTTP_404_NOT_FOUND, "Book not found");
/// let answer = error.answer();
///
/// assert_eq!(answer.status, 404);
/// assert_eq!(answer.content_type, Some("application/json"));
/// assert_eq!(answer.body(), br#"{"detail":"Book not found"}"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Answer<'a> {
    /// The status.
    pub status: StatusCode,
    /// The `content-type`: `None` where there is no body, and where [`headers`](Self::headers) has one of the caller's.
    pub content_type: Option<&'static str>,
    /// The headers of the caller's, all valid, in the order they were given.
    pub headers: &'a [Header],
    pub(super) body: Body<'a>,
}

/// What the body is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Body<'a> {
    Detail(&'a Detail),
    Text(&'static str),
}

impl Answer<'_> {
    /// FastAPI's answer to an error that nothing handled: a 500 in plain text that says nothing of the cause.
    ///
    /// ```
    /// let answer = fastapi_status::Answer::internal_server_error();
    ///
    /// assert_eq!(answer.status, 500);
    /// assert_eq!(answer.content_type, Some("text/plain; charset=utf-8"));
    /// assert_eq!(answer.body(), b"Internal Server Error");
    /// ```
    #[must_use]
    pub fn internal_server_error() -> Self {
        Self {
            status: status::HTTP_500_INTERNAL_SERVER_ERROR,
            content_type: Some("text/plain; charset=utf-8"),
            headers: &[],
            body: Body::Text("Internal Server Error"),
        }
    }

    /// The body; empty for a status that allows none.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let body = |code| HttpException::new(code, "\"quoted\"").answer().body();
    ///
    /// assert_eq!(body(status::HTTP_410_GONE), br#"{"detail":"\"quoted\""}"#);
    /// assert_eq!(body(status::HTTP_304_NOT_MODIFIED), b"");
    /// ```
    #[inline]
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        match self.body {
            Body::Detail(detail) => in_json(detail).into_vec(),
            Body::Text(text) => text.as_bytes().to_vec(),
        }
    }

    /// The same, where the program holds it already: the bodies of the 404 and the 405 that FastAPI's router answers, and
    /// what is no JSON. With it, a response needs no allocation for its body.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let body = |detail| HttpException::new(status::HTTP_404_NOT_FOUND, detail).answer().static_body();
    ///
    /// assert_eq!(body("Not Found"), Some(&br#"{"detail":"Not Found"}"#[..]));
    /// assert_eq!(body("Book not found"), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn static_body(&self) -> Option<&'static [u8]> {
        match (self.body, self.status) {
            (Body::Text(text), _) => Some(text.as_bytes()),
            (Body::Detail(detail), status::HTTP_404_NOT_FOUND) if detail.as_str() == Some("Not Found") => {
                Some(br#"{"detail":"Not Found"}"#)
            }
            (Body::Detail(detail), status::HTTP_405_METHOD_NOT_ALLOWED)
                if detail.as_str() == Some("Method Not Allowed") =>
            {
                Some(br#"{"detail":"Method Not Allowed"}"#)
            }
            _ => None,
        }
    }
}

/// Boxed, it comes back in registers.
fn in_json(detail: &Detail) -> Box<[u8]> {
    match detail.as_str() {
        Some(text) if json::plain_prefix(text.as_bytes()) == text.len() => joined("{\"detail\":\"", text, "\"}"),
        Some(text) => escaped(text),
        None => joined("{\"detail\":", detail.as_json(), "}"),
    }
}

#[cold]
fn escaped(text: &str) -> Box<[u8]> {
    let mut body = String::with_capacity(2 * text.len());
    body.push_str("{\"detail\":");
    json::write_string(text, &mut body);
    body.push('}');
    body.into_boxed_str().into_boxed_bytes()
}

#[inline(always)]
fn joined(before: &str, text: &str, after: &str) -> Box<[u8]> {
    let mut joined = Vec::with_capacity(before.len() + text.len() + after.len());
    joined.extend_from_slice(before.as_bytes());
    joined.extend_from_slice(text.as_bytes());
    joined.extend_from_slice(after.as_bytes());
    joined.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HttpException;

    #[test]
    fn a_static_body_is_the_body() {
        let is_static = |exception: &HttpException| {
            let answer = exception.answer();
            assert!(answer.static_body().is_none_or(|body| body == answer.body()), "{exception}");
            answer.static_body().is_some()
        };
        for code in 0..=999 {
            let Ok(status) = StatusCode::try_from(code) else { continue };
            let is_known = matches!(code, 404 | 405) || !status.is_body_allowed();
            assert_eq!(is_static(&HttpException::from_status(status)), is_known, "{code}");
            assert!(!is_static(&HttpException::new(status, "found nothing")) || !status.is_body_allowed());
        }
        assert!(is_static(&HttpException::unhandled()));
    }
}

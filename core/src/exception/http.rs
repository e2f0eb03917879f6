//! `HttpException`: FastAPI's `HTTPException`.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::error::Error;
use core::fmt;

use super::answer::Body;
use super::{Answer, Detail, Header, InvalidHeader};
use crate::{StatusCode, status};

/// FastAPI's `HTTPException`: a status, a detail and headers, as an error.
///
/// A domain returns it; the adapter of the framework answers with it. `raise HTTPException(status_code=404,
/// detail="Item not found")` becomes
///
/// ```
/// use fastapi_status::{HttpException, status};
///
/// # fn item() -> Result<(), HttpException> {
/// return Err(HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found"));
/// # }
/// # assert_eq!(item().unwrap_err().answer().body(), br#"{"detail":"Item not found"}"#);
/// ```
///
/// The body is `{"detail": …}` in compact JSON. The detail may be any JSON:
///
#[cfg_attr(feature = "json_detail", doc = "```")]
#[cfg_attr(not(feature = "json_detail"), doc = "```ignore")]
/// use fastapi_status::{HttpException, status};
/// use serde_json::json;
///
/// let error = HttpException::new(status::HTTP_409_CONFLICT, json!({"left": 0}));
///
/// assert_eq!(error.answer().body(), br#"{"detail":{"left":0}}"#);
/// ```
#[doc(alias = "HTTPException")]
#[derive(Clone, Debug, PartialEq)]
#[must_use = "an exception does nothing until it is returned"]
pub struct HttpException {
    status: StatusCode,
    content: Content,
    /// Most have none.
    headers: Option<Box<Headers>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Headers {
    valid: Vec<Header>,
    /// The first that HTTP forbids.
    invalid: Option<InvalidHeader>,
}

/// What the body is made of.
#[derive(Clone, Debug, PartialEq)]
enum Content {
    Detail(Detail),
    /// Of a redirect, and of a WebSocket that is refused before its handshake.
    Empty,
    /// The answer to an error that nothing handled.
    Unhandled,
}

impl HttpException {
    /// An exception with a detail: text, or any JSON.
    ///
    /// Text is not copied. `null` stands for no detail, as `None` does in Python.
    ///
    /// ```
    /// use fastapi_status::{Detail, HttpException, status};
    ///
    /// let error = HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found");
    /// assert_eq!(error.detail().and_then(|detail| detail.as_str()), Some("Item not found"));
    ///
    /// let error = HttpException::new(status::HTTP_404_NOT_FOUND, Detail::from_json_text("null"));
    /// assert_eq!(error, HttpException::from_status(status::HTTP_404_NOT_FOUND));
    /// ```
    pub fn new(status: StatusCode, detail: impl Into<Detail>) -> Self {
        let detail = detail.into();
        if detail.is_none() {
            return Self::from_status(status);
        }
        Self::with_content(status, Content::Detail(detail))
    }

    /// An exception without a detail: the [phrase](StatusCode::canonical_reason) of the status stands in, and an empty
    /// text where it has none.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::from_status(status::HTTP_404_NOT_FOUND);
    ///
    /// assert_eq!(error.answer().body(), br#"{"detail":"Not Found"}"#);
    /// ```
    pub fn from_status(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or_default())
    }

    /// What an error that nothing handled becomes: a 500 in plain text that says nothing of the cause.
    ///
    /// The adapters' own `HttpException::unhandled` takes the error and logs it.
    ///
    /// ```
    /// use fastapi_status::{Answer, HttpException};
    ///
    /// assert_eq!(HttpException::unhandled().answer(), Answer::internal_server_error());
    /// ```
    pub fn unhandled() -> Self {
        Self::with_content(status::HTTP_500_INTERNAL_SERVER_ERROR, Content::Unhandled)
    }

    /// Adds a header. One that is given twice is sent twice.
    ///
    /// A `content-type` replaces the answer's own. A `content-length` or `transfer-encoding` is left out: the server
    /// knows how long the body is.
    ///
    /// A name or value that HTTP forbids (one with a line break, say) is never sent, in whole or in part. The exception
    /// is then answered with a bare [500](Answer::internal_server_error), as FastAPI does under a server that checks its
    /// headers, the adapter logs what was wrong, and [`invalid_header`](Self::invalid_header) tells it to the caller.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::new(status::HTTP_401_UNAUTHORIZED, "Not authenticated")
    ///     .with_header("www-authenticate", "Bearer");
    ///
    /// assert_eq!(error.headers().len(), 1);
    ///
    /// let error = error.with_header("x-user", "eve\r\nset-cookie: admin=1");
    ///
    /// assert!(error.invalid_header().is_some());
    /// assert_eq!(error.answer().status, 500);
    /// ```
    pub fn with_header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        self.add_header(name.into(), value.into());
        self
    }

    fn add_header(&mut self, name: Cow<'static, str>, value: Cow<'static, str>) {
        match Header::new(name, value) {
            Ok(header) if header.is("content-length") || header.is("transfer-encoding") => {}
            Ok(header) => self.headers.get_or_insert_default().valid.push(header),
            Err(invalid) => {
                self.headers.get_or_insert_default().invalid.get_or_insert(invalid);
            }
        }
    }

    /// The status.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// assert_eq!(HttpException::from_status(status::HTTP_410_GONE).status(), 410);
    /// ```
    #[doc(alias = "status_code")]
    #[inline]
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The detail; `None` for what never has one: an [`unhandled`](Self::unhandled) error, a
    /// [redirect](Self::redirect_slashes) and a [`WebSocketException`](crate::WebSocketException) before the handshake.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::from_status(status::HTTP_410_GONE);
    /// assert_eq!(error.detail().unwrap().to_string(), "Gone");
    /// ```
    #[inline]
    #[must_use]
    pub fn detail(&self) -> Option<&Detail> {
        match &self.content {
            Content::Detail(detail) => Some(detail),
            Content::Empty | Content::Unhandled => None,
        }
    }

    /// The valid headers, in the order they were given.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::from_status(status::HTTP_429_TOO_MANY_REQUESTS)
    ///     .with_header("retry-after", "30")
    ///     .with_header("x-limit", "100");
    ///
    /// let names: Vec<_> = error.headers().iter().map(|header| header.name()).collect();
    /// assert_eq!(names, ["retry-after", "x-limit"]);
    /// ```
    #[inline]
    #[must_use]
    pub fn headers(&self) -> &[Header] {
        self.headers.as_ref().map_or(&[], |headers| &headers.valid)
    }

    /// The first header that HTTP forbids, because of which the answer will be a 500.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::from_status(status::HTTP_403_FORBIDDEN);
    ///
    /// assert_eq!(error.invalid_header(), None);
    /// assert!(error.with_header("x reason", "closed").invalid_header().is_some());
    /// ```
    #[inline]
    #[must_use]
    pub fn invalid_header(&self) -> Option<&InvalidHeader> {
        self.headers.as_ref()?.invalid.as_ref()
    }

    /// What FastAPI answers when this is raised.
    ///
    /// A status that allows no body (1xx, 204, 205, 304) gets none, nor a content type, whatever the detail.
    ///
    /// ```
    /// use fastapi_status::{HttpException, status};
    ///
    /// let error = HttpException::new(status::HTTP_204_NO_CONTENT, "never seen");
    ///
    /// assert!(error.answer().body().is_empty());
    /// assert_eq!(error.answer().content_type, None);
    /// ```
    #[inline]
    #[must_use]
    pub fn answer(&self) -> Answer<'_> {
        if matches!(self.content, Content::Unhandled) || self.invalid_header().is_some() {
            return Answer::internal_server_error();
        }
        let (status, headers) = (self.status, self.headers());
        match self.detail().filter(|_| status.is_body_allowed()) {
            Some(detail) => {
                let is_typed = headers.iter().any(|header| header.is("content-type"));
                let content_type = (!is_typed).then_some("application/json");
                Answer { status, content_type, headers, body: Body::Detail(detail) }
            }
            None => Answer { status, content_type: None, headers, body: Body::Text("") },
        }
    }

    pub(super) fn without_body(status: StatusCode) -> Self {
        Self::with_content(status, Content::Empty)
    }

    fn with_content(status: StatusCode, content: Content) -> Self {
        Self { status, content, headers: None }
    }
}

/// As Python's `str(exception)`: `404: Item not found`.
impl fmt::Display for HttpException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.detail() {
            Some(detail) => write!(f, "{}: {detail}", self.status.as_u16()),
            None => write!(f, "{}", self.status),
        }
    }
}

impl Error for HttpException {}

/// The exception of a bare status.
impl From<StatusCode> for HttpException {
    fn from(status: StatusCode) -> Self {
        Self::from_status(status)
    }
}

/// For a service that never fails.
impl From<Infallible> for HttpException {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

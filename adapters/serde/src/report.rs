//! All errors of one request.

use std::error::Error;
use std::fmt;

use fastapi_status::{Detail, HttpException, status};
use serde_core::{Serialize, Serializer};

use crate::ValidationError;

/// What is wrong with a request: FastAPI's `RequestValidationError`.
///
/// It becomes core's [`HttpException`], so that `?` lifts it in a handler: a 422 whose `detail` is the list of errors.
///
/// ```
/// use fastapi_status::HttpException;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Item {
///     name: String,
///     price: f64,
/// }
///
/// let body = br#"{"name": 7, "price": "high"}"#;
/// let error = fastapi_status_serde::from_json::<Item>(Some("application/json"), body).map(|item| (item.name, item.price)).unwrap_err();
///
/// let exception = HttpException::from(error);
/// assert_eq!(exception.status(), 422);
/// assert_eq!(
///     String::from_utf8(exception.answer().body())?,
///     concat!(
///         r#"{"detail":["#,
///         r#"{"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":7},"#,
///         r#"{"type":"float_parsing","loc":["body","price"],"#,
///         r#""msg":"Input should be a valid number, unable to parse string as a number","input":"high"}"#,
///         r#"]}"#,
///     ),
/// );
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestValidationError {
    errors: Vec<ValidationError>,
    standing: Standing,
}

/// How far the request was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    #[default]
    Read,
    /// The body is no JSON: FastAPI looks no further.
    Syntax,
    /// The body is no text, or Python gives up on it; why, in FastAPI's words.
    Unreadable(&'static str),
}

impl RequestValidationError {
    /// What FastAPI says of a body that Python does not read at all: not UTF-8, nested too deep, or with an integer too
    /// long.
    pub(crate) const UNREADABLE: &str = "There was an error parsing the body";

    /// A body that is not read at all, and why.
    pub(crate) fn unreadable(why: &'static str) -> Self {
        Self { errors: Vec::new(), standing: Standing::Unreadable(why) }
    }

    /// Changes each error.
    pub(crate) fn map(self, change: impl FnMut(ValidationError) -> ValidationError) -> Self {
        Self { errors: self.errors.into_iter().map(change).collect(), ..self }
    }

    /// A body that is no JSON.
    pub(crate) fn syntax(error: ValidationError) -> Self {
        Self { errors: vec![error], standing: Standing::Syntax }
    }

    /// The errors, in FastAPI's order. There are none where the [status](Self::status_code) is 400.
    ///
    /// ```
    /// let error = fastapi_status_serde::from_query::<Vec<(String, u8)>>("page=many").unwrap_err();
    ///
    /// assert_eq!(error.errors().len(), 1);
    /// ```
    #[must_use]
    pub fn errors(&self) -> &[ValidationError] {
        &self.errors
    }

    /// 422, or 400 for a body that Python does not read at all: not UTF-8, nested thousands deep, with an integer of more
    /// than 4300 digits, or a form that is broken or beyond FastAPI's limits.
    ///
    /// ```
    /// let error = fastapi_status_serde::from_json::<Vec<u8>>(Some("application/json"), b"\xFF").unwrap_err();
    ///
    /// assert_eq!(error.status_code(), 400);
    /// ```
    #[must_use]
    pub fn status_code(&self) -> fastapi_status::StatusCode {
        match self.standing {
            Standing::Unreadable(_) => status::HTTP_400_BAD_REQUEST,
            Standing::Read | Standing::Syntax => status::HTTP_422_UNPROCESSABLE_CONTENT,
        }
    }

    /// Could the body not be read at all? It is no JSON, no text, or a broken form, and nothing is known of what it holds.
    ///
    /// ```
    /// use fastapi_status_serde::from_json;
    ///
    /// let read = |body: &'static str| from_json::<Vec<u8>>(Some("application/json"), body.as_bytes()).unwrap_err();
    ///
    /// assert!(read("[1,").is_body_unreadable());
    /// assert!(!read("[-1]").is_body_unreadable());
    /// ```
    #[must_use]
    pub fn is_body_unreadable(&self) -> bool {
        self.standing != Standing::Read
    }

    /// The errors of two parts of a request in one list. FastAPI's order is path, query, header, cookie, body; but a body
    /// that is no JSON is answered alone.
    ///
    /// ```
    /// use fastapi_status_serde::{RequestValidationError, from_json, from_path, from_query};
    ///
    /// let id = from_path::<u32>([("id", "x")]);
    /// let page = from_query::<std::collections::HashMap<String, u8>>("page=many");
    /// let body = from_json::<Vec<u8>>(Some("application/json"), b"{}");
    ///
    /// let errors = [id.err(), page.err(), body.err()].into_iter().flatten().reduce(RequestValidationError::merge);
    /// let errors = errors.unwrap();
    /// let kinds: Vec<_> = errors.errors().iter().map(|error| error.kind()).collect();
    ///
    /// assert_eq!(kinds, ["int_parsing", "int_parsing", "list_type"]);
    /// ```
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        match (self.standing, other.standing) {
            (Standing::Read, Standing::Read) => {
                self.errors.extend(other.errors);
                self
            }
            (Standing::Read, _) => other,
            _ => self,
        }
    }

    /// Is there nothing in it?
    ///
    /// ```
    /// use fastapi_status_serde::RequestValidationError;
    ///
    /// assert!(RequestValidationError::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.standing == Standing::Read
    }

    /// What was checked, if nothing was found to be wrong.
    ///
    /// # Errors
    ///
    /// The errors, if there are any.
    ///
    /// ```
    /// use fastapi_status_serde::{RequestValidationError, ValidationError};
    ///
    /// fn check(price: f64) -> Result<f64, RequestValidationError> {
    ///     let mut errors = RequestValidationError::default();
    ///     if price <= 0.0 {
    ///         errors.extend([ValidationError::greater_than(0, &price).at(["body", "price"])]);
    ///     }
    ///     errors.or(price)
    /// }
    ///
    /// assert!(check(1.0).is_ok());
    /// assert_eq!(check(-1.0).unwrap_err().errors()[0].input(), "-1.0");
    /// ```
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl Extend<ValidationError> for RequestValidationError {
    fn extend<I: IntoIterator<Item = ValidationError>>(&mut self, errors: I) {
        self.errors.extend(errors);
    }
}

impl FromIterator<ValidationError> for RequestValidationError {
    fn from_iter<I: IntoIterator<Item = ValidationError>>(errors: I) -> Self {
        Self { errors: errors.into_iter().collect(), standing: Standing::Read }
    }
}

impl From<ValidationError> for RequestValidationError {
    fn from(error: ValidationError) -> Self {
        Self::from_iter([error])
    }
}

/// FastAPI's `detail`, as JSON, byte for byte.
impl fmt::Display for RequestValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl Error for RequestValidationError {}

/// As FastAPI's `detail`, as far as the serialiser can: see [`ValidationError`].
impl Serialize for RequestValidationError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.standing {
            Standing::Unreadable(why) => serializer.serialize_str(why),
            Standing::Read | Standing::Syntax => serializer.collect_seq(&self.errors),
        }
    }
}

impl RequestValidationError {
    fn to_json(&self) -> String {
        if let Standing::Unreadable(why) = self.standing {
            return crate::error::to_json(why);
        }
        let mut json = String::with_capacity(self.errors.iter().map(ValidationError::likely_len).sum());
        json.push('[');
        for (place, error) in self.errors.iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            error.write(&mut json);
        }
        json.push(']');
        json
    }
}

/// FastAPI's answer: 422 with all errors, or the 400 for a body that Python does not read at all.
impl From<RequestValidationError> for HttpException {
    fn from(error: RequestValidationError) -> Self {
        match error.standing {
            Standing::Unreadable(why) => Self::new(error.status_code(), why),
            Standing::Read | Standing::Syntax => {
                Self::new(error.status_code(), Detail::from_json_text(error.to_json()))
            }
        }
    }
}

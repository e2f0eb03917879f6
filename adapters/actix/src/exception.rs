//! `HttpException`, as a handler's error.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::dev::ResponseHead;
use actix_web::http::header::{CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::{HttpResponse, ResponseError};

use crate::{ToActix, ToFastapi, status};

/// What a handler returns.
///
/// ```
/// use fastapi_status_actix::{HttpException, Result, status};
///
/// async fn teapot() -> Result<&'static str> {
///     Err(HttpException::new(status::HTTP_418_IM_A_TEAPOT, "No coffee here"))
/// }
/// ```
pub type Result<T, E = HttpException> = std::result::Result<T, E>;

fastapi_status::http_exception!(StatusCode, ToFastapi::to_fastapi, "fastapi_status_actix");

/// Compared as a text: with a header's value, a response took a twentieth longer on hyper.
const JSON: &str = "application/json";
/// Checked when it is compiled: to check it for each response takes a tenth of its time.
const JSON_VALUE: HeaderValue = HeaderValue::from_static(JSON);

impl HttpException {
    /// What an error that nothing handles becomes: it is logged, and the client learns nothing of it.
    ///
    /// ```
    /// use fastapi_status_actix::{HttpException, Result};
    ///
    /// async fn motto() -> Result<String> {
    ///     std::fs::read_to_string("motto.txt").map_err(HttpException::unhandled)
    /// }
    /// ```
    pub fn unhandled(error: impl fmt::Display) -> Self {
        // `#`: with what lies behind it, where the error can tell.
        log(format_args!("unhandled error: {error:#}"));
        fastapi_status::HttpException::unhandled().into()
    }
}

/// As FastAPI answers, its reason phrase included.
///
/// ```
/// use actix_web::ResponseError;
/// use fastapi_status_actix::{HttpException, status};
///
/// let response = HttpException::new(status::HTTP_404_NOT_FOUND, "Item not found").error_response();
///
/// assert_eq!(response.status(), 404);
/// assert_eq!(response.headers().get("content-type").unwrap(), "application/json");
/// ```
impl ResponseError for HttpException {
    fn status_code(&self) -> StatusCode {
        match self.invalid_header() {
            Some(_) => StatusCode::INTERNAL_SERVER_ERROR,
            None => self.status().to_actix(),
        }
    }

    #[inline]
    fn error_response(&self) -> HttpResponse<BoxBody> {
        if let Some(error) = self.invalid_header() {
            log(format_args!("a header of an exception cannot be sent: {error}"));
        }
        let answer = self.answer();
        let body = answer.static_body().map_or_else(|| BoxBody::new(answer.body()), BoxBody::new);
        let mut response = HttpResponse::with_body(answer.status.to_actix(), body);
        if let Some(content_type) = answer.content_type {
            let value = if content_type == JSON { JSON_VALUE } else { HeaderValue::from_static(content_type) };
            // `insert` hands out what was there before, which takes a fifth of all the time.
            response.headers_mut().append(CONTENT_TYPE, value);
        }
        for header in answer.headers {
            // Core has checked them by the same rules.
            let (Ok(name), Ok(value)) =
                (HeaderName::from_bytes(header.name().as_bytes()), HeaderValue::from_bytes(header.value()))
            else {
                continue;
            };
            // actix-web writes this one itself.
            if name == CONNECTION && value.as_bytes().eq_ignore_ascii_case(b"close") {
                response.head_mut().set_connection_type(ConnectionType::Close);
            } else {
                response.headers_mut().append(name, value);
            }
        }
        set_reason_phrase(response.head_mut());
        response
    }
}

#[cold]
fn log(message: fmt::Arguments<'_>) {
    tracing::error!("{message}");
}

/// Gives a response the reason phrase that FastAPI writes, where actix-web would write another. One that it has stays, unless it
/// is FastAPI's for another status, left by an exception whose status was changed.
pub(crate) fn set_reason_phrase(head: &mut ResponseHead) {
    let phrase = match head.status.to_fastapi().canonical_reason() {
        // actix-web would say that it does not know the code.
        None => Some(""),
        Some(phrase) => NAMED_OTHERWISE.contains(&head.status).then_some(phrase),
    };
    if head.reason.is_none_or(|set| Some(set) != phrase && is_fastapis(set)) {
        head.reason = phrase;
    }
}

/// Those for which actix-web has another phrase, or none.
const NAMED_OTHERWISE: [StatusCode; 6] = [
    status::HTTP_103_EARLY_HINTS,
    status::HTTP_203_NON_AUTHORITATIVE_INFORMATION,
    status::HTTP_413_CONTENT_TOO_LARGE,
    status::HTTP_418_IM_A_TEAPOT,
    status::HTTP_422_UNPROCESSABLE_CONTENT,
    status::HTTP_425_TOO_EARLY,
];

/// Whether this is one of those that are set here.
#[cold]
fn is_fastapis(phrase: &str) -> bool {
    let mut set = NAMED_OTHERWISE.iter().filter_map(|status| status.to_fastapi().canonical_reason());
    phrase.is_empty() || set.any(|set| set == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_gets_the_phrase_of_cpython() {
        for code in 100..=999 {
            let mut response = HttpResponse::new(StatusCode::from_u16(code).unwrap());
            set_reason_phrase(response.head_mut());

            let phrase = response.status().to_fastapi().canonical_reason().unwrap_or_default();
            assert_eq!(response.head().reason(), phrase, "{code}");
        }
    }
}

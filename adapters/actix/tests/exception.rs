//! Whatever a caller gives an exception, the answer is well-formed and tells nothing that it should not.

use actix_web::body::{BoxBody, MessageBody as _};
use actix_web::http::header::HeaderMap;
use actix_web::{HttpResponse, ResponseError as _};
use fastapi_status_actix::{HttpException, Result, status};
use proptest::prelude::*;

fn answer(exception: &HttpException) -> HttpResponse<BoxBody> {
    exception.error_response()
}

fn body(response: HttpResponse<BoxBody>) -> Vec<u8> {
    response.into_body().try_into_bytes().expect("an exception's body is whole").into()
}

fn is_bare_500(response: HttpResponse<BoxBody>) -> bool {
    let headers = response.headers();
    response.status() == 500
        && headers.len() == 1
        && headers.get("content-type").unwrap() == "text/plain; charset=utf-8"
        && body(response) == b"Internal Server Error"
}

/// What HTTP forbids in a name or value, anywhere among the headers.
fn breaks_out(headers: &HeaderMap) -> bool {
    let is_forbidden = |bytes: &[u8]| bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0));
    headers.iter().any(|(name, value)| is_forbidden(name.as_str().as_bytes()) || is_forbidden(value.as_bytes()))
}

/// Strings in which what is forbidden is not rare.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~\t]{0,20}",
        "[a-zA-Z-]{0,12}",
        "[\\x00-\\xFF]{0,12}",
        "[a-z]{0,5}\r\n[a-z]{0,5}: 1"
    ]
}

proptest! {
    #[test]
    fn a_header_is_sent_whole_or_not_at_all(name in odd(), value in odd()) {
        let exception = HttpException::new(status::HTTP_400_BAD_REQUEST, "text").with_header(name.clone(), value.clone());
        let is_invalid = exception.invalid_header().is_some();
        let response = answer(&exception);

        prop_assert!(!breaks_out(response.headers()));
        if is_invalid {
            prop_assert!(is_bare_500(response));
        } else if !["content-length", "transfer-encoding", "connection"].contains(&name.to_ascii_lowercase().as_str()) {
            let latin_1: Vec<u8> = value.chars().map(|c| u8::try_from(c).unwrap()).collect();
            prop_assert_eq!(response.headers().get(&name).unwrap().as_bytes(), latin_1);
            prop_assert_eq!(response.status(), 400);
        }
    }

    #[test]
    fn what_http_forbids_is_never_sent(name in "[a-z]{1,8}", before in odd(), after in odd(), bad in "[\r\n\0]") {
        let exception = HttpException::from_status(status::HTTP_404_NOT_FOUND);
        let in_value = exception.clone().with_header(name.clone(), format!("{before}{bad}{after}"));
        let in_name = exception.with_header(format!("{name}{bad}"), "value");
        prop_assert!(is_bare_500(answer(&in_value)));
        prop_assert!(is_bare_500(answer(&in_name)));
    }

    #[test]
    fn the_cause_of_an_unhandled_error_stays_here(cause in "[a-z]{3,20} [0-9]{4,9}") {
        let response = answer(&HttpException::unhandled(&cause));
        prop_assert!(is_bare_500(response));
    }
}

#[test]
fn a_content_type_that_is_given_stands_alone() {
    let exception = HttpException::new(status::HTTP_400_BAD_REQUEST, "text").with_header("Content-Type", "text/csv");
    let response = answer(&exception);
    assert_eq!(response.headers().get_all("content-type").collect::<Vec<_>>(), ["text/csv"]);
}

/// An error of a domain's, as its users write it.
#[derive(Debug)]
struct SoldOut {
    left: u32,
}

impl From<SoldOut> for fastapi_status::HttpException {
    fn from(error: SoldOut) -> Self {
        Self::new(fastapi_status::status::HTTP_409_CONFLICT, serde_json::json!({"left": error.left}))
    }
}

fn order() -> Result<()> {
    Err(SoldOut { left: 0 })?
}

#[test]
fn a_domains_error_becomes_an_answer() {
    let response = answer(&order().unwrap_err());
    assert_eq!(response.status(), 409);
    assert_eq!(body(response), br#"{"detail":{"left":0}}"#);
}

#[test]
fn an_exception_is_small_enough_to_be_an_error() {
    assert!(size_of::<HttpException>() <= 128);
}

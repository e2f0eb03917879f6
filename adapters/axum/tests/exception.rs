//! Exceptions as axum's responses.

use axum::response::IntoResponse;
use fastapi_status_axum::{HttpException, Result, status};
use http_body_util::BodyExt as _;

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

#[tokio::test]
async fn a_domains_error_becomes_an_answer() {
    let response = order().into_response();
    assert_eq!(response.status(), 409);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, r#"{"detail":{"left":0}}"#);
}

#[tokio::test]
async fn the_cause_of_an_unhandled_error_stays_here() {
    let response = HttpException::unhandled("a secret").into_response();
    assert_eq!(response.status(), 500);
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "Internal Server Error");
}

#[test]
fn a_status_without_a_body_has_no_length() {
    use axum::body::HttpBody as _;

    for status in [status::HTTP_204_NO_CONTENT, status::HTTP_304_NOT_MODIFIED] {
        let response = HttpException::new(status, "never seen").into_response();
        assert!(response.body().is_end_stream());
        assert_eq!(response.body().size_hint().exact(), None);
    }
}

#[test]
fn an_exception_is_small_enough_to_be_an_error() {
    assert!(size_of::<HttpException>() <= 128);
}

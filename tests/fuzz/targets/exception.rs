//! Any text as detail, as header and as a path that redirects: nothing gets into the head of an answer but a header.
#![no_main]

use fastapi_status::{HttpException, StatusCode, WebSocketException, percent_decode, toggle_slash};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let Some((status, rest)) = data.split_first_chunk() else { return };
    let status = StatusCode::from_u16(100 + u16::from_le_bytes(*status) % 900).expect("100 to 999 are codes");
    let text = String::from_utf8_lossy(rest);
    let mut parts = text.splitn(3, '\n');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (name, detail, value) = (part(), part(), part());

    let exception = HttpException::new(status, detail.clone()).with_header(name.clone(), value.clone());
    check(exception, Some(&detail));
    if let Ok(json) = serde_json::from_str::<Value>(&value) {
        check(HttpException::new(status, json), None);
    }

    // A redirect goes to where the request came from, and nowhere else.
    let exception = HttpException::redirect_slashes(&name, &value, Some(&detail));
    check(exception, None);
    let _ = (toggle_slash(&value), percent_decode(&value));

    let exception = WebSocketException::new(u16::from_le_bytes([rest.len() as u8, data[0]]), value);
    if let Ok((code, reason)) = exception.close_frame() {
        assert!(code.is_sendable() && reason.len() <= 123);
    }
});

fn check(exception: HttpException, detail: Option<&str>) {
    let is_valid = exception.invalid_header().is_none();
    let _ = exception.to_string();
    let answer = exception.answer();
    let body = answer.body();
    for header in answer.headers {
        assert!(header.name().bytes().all(|byte| byte.is_ascii_graphic() && byte != b':'), "{header:?}");
        assert!(header.value().iter().all(|byte| !byte.is_ascii_control() || *byte == b'\t'), "{header:?}");
        http::HeaderName::from_bytes(header.name().as_bytes()).expect("core lets no other name through");
        http::HeaderValue::from_bytes(header.value()).expect("core lets no other value through");
    }
    assert!(is_valid || (answer.status == 500 && answer.headers.is_empty()));
    if answer.status.is_body_allowed() && answer.content_type == Some("application/json") {
        let body: Value = serde_json::from_slice(&body).expect("a body is JSON");
        if let Some(detail) = detail {
            assert_eq!(body["detail"], detail);
        }
    } else if !answer.status.is_body_allowed() {
        assert!(body.is_empty() && answer.content_type.is_none());
    }

    let (status, count) = (answer.status, answer.headers.len() + usize::from(answer.content_type.is_some()));
    let response: http::Response<Vec<u8>> = fastapi_status_http::HttpException::from(exception).into_response();
    assert_eq!(response.status().as_u16(), status.as_u16());
    assert_eq!(response.headers().len(), count);
    assert_eq!(*response.body(), body);
}

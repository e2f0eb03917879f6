//! A text detail as a response, made as each framework's users make it.

use std::hint::black_box;

use fastapi_status::json::plain_prefix;

/// One way to make the response.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Makes it, as a handler does that hands it over, and drops it.
    pub(crate) make: fn(),
}

/// The ways of a framework.
pub(crate) struct Ways {
    pub(crate) framework: &'static str,
    ours: fn(),
    limit: fn(),
    copy: fn(),
    joined: fn(),
    peers: &'static [Way],
}

pub(crate) const OURS: &str = "ours";
/// A response with a body that was made beforehand.
pub(crate) const LIMIT: &str = "a body made beforehand (the limit)";
/// The same with a copy of the body: with one allocation more.
pub(crate) const COPY: &str = "that body copied: one allocation more";
/// The same with a body that is made of the detail.
pub(crate) const JOINED: &str = "that body joined by hand, of any text";

impl Ways {
    /// All of them, ours first.
    pub(crate) fn all(&self) -> Vec<Way> {
        let way = |name, make| Way { name, make };
        let first = [way(OURS, self.ours), way(LIMIT, self.limit), way(COPY, self.copy), way(JOINED, self.joined)];
        [&first, self.peers].concat()
    }
}

pub(crate) const ALL: [Ways; 3] = [axum::WAYS, actix::WAYS, hyper::WAYS];

const DETAIL: &str = "Item not found";
const BODY: &[u8] = br#"{"detail":"Item not found"}"#;

/// `DETAIL`, of which the compiler knows nothing beforehand. A reference is what is hidden, so that the text is not read
/// back in another way than it was stored, which takes as long as a fifth of all.
fn detail() -> &'static str {
    let hidden: &&str = black_box(&DETAIL);
    hidden
}

/// `BODY`, likewise.
fn body() -> &'static [u8] {
    let hidden: &&[u8] = black_box(&BODY);
    hidden
}

/// `BODY`, made of `DETAIL`. In a box it comes back in registers.
fn joined() -> Box<[u8]> {
    let detail = detail();
    if plain_prefix(detail.as_bytes()) < detail.len() {
        unreachable!("nothing in it is escaped");
    }
    let (before, after) = (b"{\"detail\":\"", b"\"}");
    let mut body = Vec::with_capacity(before.len() + detail.len() + after.len());
    body.extend_from_slice(before);
    body.extend_from_slice(detail.as_bytes());
    body.extend_from_slice(after);
    body.into_boxed_slice()
}

mod axum {
    use axum::Json;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::http::header::{CONTENT_TYPE, HeaderValue};
    use axum::response::{IntoResponse, Response};
    use fastapi_status_axum::{HttpException, status};
    use problem_details::ProblemDetails;
    use serde_json::json;

    use super::{Way, Ways, body, detail, joined};

    pub(super) const WAYS: Ways = Ways {
        framework: "axum",
        ours: || drop(ours()),
        limit: || drop(limit(body())),
        copy: || drop(limit(body().to_vec())),
        joined: || drop(limit(joined().into_vec())),
        peers: &[
            Way { name: "(StatusCode, Json(json!({\"detail\": …})))", make: || drop(json()) },
            Way { name: "problem_details", make: || drop(problem()) },
        ],
    };

    #[inline(never)]
    fn ours() -> Response {
        HttpException::new(status::HTTP_404_NOT_FOUND, detail()).into_response()
    }

    #[inline(never)]
    fn limit(body: impl Into<Body>) -> Response {
        let mut response = Response::new(body.into());
        *response.status_mut() = StatusCode::NOT_FOUND;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }

    #[inline(never)]
    fn json() -> Response {
        (StatusCode::NOT_FOUND, Json(json!({"detail": detail()}))).into_response()
    }

    #[inline(never)]
    fn problem() -> Response {
        ProblemDetails::from_status_code(StatusCode::NOT_FOUND).with_detail(detail()).into_response()
    }
}

mod actix {
    use actix_web::body::{BoxBody, MessageBody};
    use actix_web::error::ErrorNotFound;
    use actix_web::http::StatusCode;
    use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
    use actix_web::{HttpResponse, ResponseError};
    use fastapi_status_actix::{HttpException, status};
    use problem_details::ProblemDetails;
    use serde_json::json;

    use super::{Way, Ways, body, detail, joined};

    pub(super) const WAYS: Ways = Ways {
        framework: "actix-web",
        ours: || drop(ours()),
        limit: || drop(limit(body())),
        copy: || drop(limit(body().to_vec())),
        joined: || drop(limit(joined().into_vec())),
        peers: &[
            Way { name: "HttpResponse::build(…).json(…)", make: || drop(json()) },
            Way { name: "ErrorNotFound (plain text)", make: || drop(text()) },
            Way { name: "problem_details", make: || drop(problem()) },
        ],
    };

    #[inline(never)]
    fn ours() -> HttpResponse {
        HttpException::new(status::HTTP_404_NOT_FOUND, detail()).error_response()
    }

    // `append`, since `insert` takes longer here.
    #[inline(never)]
    fn limit(body: impl MessageBody + 'static) -> HttpResponse {
        let mut response = HttpResponse::with_body(StatusCode::NOT_FOUND, BoxBody::new(body));
        response.headers_mut().append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }

    #[inline(never)]
    fn json() -> HttpResponse {
        HttpResponse::build(StatusCode::NOT_FOUND).json(json!({"detail": detail()}))
    }

    #[inline(never)]
    fn text() -> HttpResponse {
        ErrorNotFound(detail()).error_response()
    }

    #[inline(never)]
    fn problem() -> HttpResponse {
        let problem = ProblemDetails::from_status_code(http::StatusCode::NOT_FOUND);
        problem.with_detail(detail()).error_response()
    }
}

mod hyper {
    use bytes::Bytes;
    use fastapi_status_hyper::{HttpException, status};
    use http_body_util::Full;
    use hyper::StatusCode;
    use hyper::header::{CONTENT_TYPE, HeaderValue};
    use serde_json::json;

    use super::{Way, Ways, body, detail, joined};

    type Response = hyper::Response<Full<Bytes>>;

    pub(super) const WAYS: Ways = Ways {
        framework: "hyper",
        ours: || drop(ours()),
        limit: || drop(limit(body())),
        copy: || drop(limit(body().to_vec())),
        joined: || drop(limit(joined().into_vec())),
        peers: &[Way { name: "Response::builder(), serde_json::to_vec(&json!(…))", make: || drop(json()) }],
    };

    #[inline(never)]
    fn ours() -> Response {
        HttpException::new(status::HTTP_404_NOT_FOUND, detail()).into_response()
    }

    #[inline(never)]
    fn limit(body: impl Into<Bytes>) -> Response {
        let mut response = Response::new(Full::new(body.into()));
        *response.status_mut() = StatusCode::NOT_FOUND;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }

    #[inline(never)]
    fn json() -> Response {
        let body = serde_json::to_vec(&json!({"detail": detail()})).expect("it is JSON");
        let response =
            hyper::Response::builder().status(StatusCode::NOT_FOUND).header(CONTENT_TYPE, "application/json");
        response.body(Full::new(Bytes::from(body))).expect("it is a response")
    }
}

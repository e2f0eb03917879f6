//! A text detail as a response, made as each framework's users make it.

use std::hint::black_box;

/// One way to make the response.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Makes it, and drops it.
    pub(crate) make: fn(),
}

/// The ways of a framework.
pub(crate) struct Ways {
    pub(crate) framework: &'static str,
    pub(crate) ours: fn(),
    /// A response with a body that was made beforehand.
    pub(crate) limit: fn(),
    pub(crate) peers: &'static [Way],
}

pub(crate) const ALL: [Ways; 3] = [axum::WAYS, actix::WAYS, hyper::WAYS];

const DETAIL: &str = "Item not found";
const BODY: &[u8] = br#"{"detail":"Item not found"}"#;

mod axum {
    use axum::Json;
    use axum::body::Body;
    use axum::http::header::{CONTENT_TYPE, HeaderValue};
    use axum::http::{Response, StatusCode};
    use axum::response::IntoResponse;
    use fastapi_status_axum::{HttpException, status};
    use problem_details::ProblemDetails;
    use serde_json::json;

    use super::{BODY, DETAIL, Way, Ways, black_box};

    pub(super) const WAYS: Ways = Ways {
        framework: "axum",
        ours: || {
            black_box(HttpException::new(status::HTTP_404_NOT_FOUND, black_box(DETAIL)).into_response());
        },
        limit: || {
            let mut response = Response::new(Body::from(black_box(BODY)));
            *response.status_mut() = StatusCode::NOT_FOUND;
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            black_box(response);
        },
        peers: &[
            Way {
                name: "(StatusCode, Json(json!({\"detail\": …})))",
                make: || {
                    let body = Json(json!({"detail": black_box(DETAIL)}));
                    black_box((StatusCode::NOT_FOUND, body).into_response());
                },
            },
            Way {
                name: "problem_details",
                make: || {
                    let problem = ProblemDetails::from_status_code(StatusCode::NOT_FOUND);
                    black_box(problem.with_detail(black_box(DETAIL)).into_response());
                },
            },
        ],
    };
}

mod actix {
    use actix_web::error::ErrorNotFound;
    use actix_web::http::StatusCode;
    use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
    use actix_web::{HttpResponse, ResponseError};
    use fastapi_status_actix::{HttpException, status};
    use problem_details::ProblemDetails;
    use serde_json::json;

    use super::{BODY, DETAIL, Way, Ways, black_box};

    pub(super) const WAYS: Ways = Ways {
        framework: "actix-web",
        ours: || {
            black_box(HttpException::new(status::HTTP_404_NOT_FOUND, black_box(DETAIL)).error_response());
        },
        limit: || {
            let body = actix_web::body::BoxBody::new(black_box(BODY));
            let mut response = HttpResponse::with_body(StatusCode::NOT_FOUND, body);
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            black_box(response);
        },
        peers: &[
            Way {
                name: "HttpResponse::build(…).json(…)",
                make: || {
                    let body = json!({"detail": black_box(DETAIL)});
                    black_box(HttpResponse::build(StatusCode::NOT_FOUND).json(body));
                },
            },
            Way {
                name: "ErrorNotFound (plain text)",
                make: || {
                    black_box(ErrorNotFound(black_box(DETAIL)).error_response());
                },
            },
            Way {
                name: "problem_details",
                make: || {
                    let problem = ProblemDetails::from_status_code(http::StatusCode::NOT_FOUND);
                    black_box(problem.with_detail(black_box(DETAIL)).error_response());
                },
            },
        ],
    };
}

mod hyper {
    use bytes::Bytes;
    use fastapi_status_hyper::{HttpException, set_reason_phrase, status};
    use http_body_util::Full;
    use hyper::header::{CONTENT_TYPE, HeaderValue};
    use hyper::{Response, StatusCode};
    use serde_json::json;

    use super::{BODY, DETAIL, Way, Ways, black_box};

    pub(super) const WAYS: Ways = Ways {
        framework: "hyper",
        ours: || {
            let exception = HttpException::new(status::HTTP_404_NOT_FOUND, black_box(DETAIL));
            let mut response: Response<Full<Bytes>> = exception.into_response();
            set_reason_phrase(&mut response);
            black_box(response);
        },
        limit: || {
            let mut response = Response::new(Full::new(Bytes::from_static(black_box(BODY))));
            *response.status_mut() = StatusCode::NOT_FOUND;
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            black_box(response);
        },
        peers: &[Way {
            name: "Response::builder(), serde_json::to_vec(&json!(…))",
            make: || {
                let body = serde_json::to_vec(&json!({"detail": black_box(DETAIL)})).expect("it is JSON");
                let response = Response::builder()
                    .status(StatusCode::NOT_FOUND)
                    .header(CONTENT_TYPE, "application/json")
                    .body(Full::new(Bytes::from(body)));
                black_box(response.expect("it is a response"));
            },
        }],
    };
}

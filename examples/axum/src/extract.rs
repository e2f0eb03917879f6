//! A stand-in for the adapter's extractors.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, RawPathParams, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use fastapi_status_axum::{HttpException, status};
use serde::de::DeserializeOwned;

fn invalid(error: impl std::fmt::Display) -> HttpException {
    HttpException::new(status::HTTP_422_UNPROCESSABLE_CONTENT, error.to_string())
}

fn pairs_into<'a, T: DeserializeOwned>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<T, HttpException> {
    let encoded = serde_html_form::to_string(pairs.collect::<Vec<_>>()).map_err(invalid)?;
    serde_html_form::from_str(&encoded).map_err(invalid)
}

#[derive(serde::Deserialize)]
struct One<T> {
    value: T,
}

pub(crate) struct Path<T>(pub(crate) T);
impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = HttpException;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpException> {
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(invalid)?;
        Ok(Self(pairs_into::<One<T>>(params.iter().map(|(_, value)| ("value", value)))?.value))
    }
}

pub(crate) struct Query<T>(pub(crate) T);
impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = HttpException;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpException> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default()).map_err(invalid).map(Self)
    }
}

pub(crate) struct Headers<T>(pub(crate) T);
impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Headers<T> {
    type Rejection = HttpException;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpException> {
        let pairs = parts.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        pairs_into(pairs).map(Self)
    }
}

pub(crate) struct Cookies<T>(pub(crate) T);
impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Cookies<T> {
    type Rejection = HttpException;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpException> {
        let header = parts.headers.get("cookie").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let pairs = header.split(';').filter_map(|cookie| cookie.trim().split_once('='));
        pairs_into(pairs.map(|(name, value)| (name, value.trim_matches('"')))).map(Self)
    }
}

pub(crate) struct Json<T>(pub(crate) T);
impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = HttpException;
    async fn from_request(request: Request, state: &S) -> Result<Self, HttpException> {
        let body = Bytes::from_request(request, state).await.map_err(invalid)?;
        serde_json::from_slice(&body).map_err(invalid).map(Self)
    }
}

pub(crate) struct Form<T>(pub(crate) T);
impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = HttpException;
    async fn from_request(request: Request, state: &S) -> Result<Self, HttpException> {
        let body = Bytes::from_request(request, state).await.map_err(invalid)?;
        serde_html_form::from_bytes(&body).map_err(invalid).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = HttpException;
    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, HttpException> {
        let body = Bytes::from_request(request, state).await.map_err(invalid)?;
        if body.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&body).map_err(invalid).map(Self).map(Some)
    }
}

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

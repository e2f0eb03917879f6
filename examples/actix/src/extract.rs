//! A stand-in for the adapter's extractors.

use std::future::{Future, Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, web};
use fastapi_status_actix::{HttpException, status};
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

macro_rules! sync {
    ($name:ident) => {
        pub(crate) struct $name<T>(pub(crate) T);
        impl<T: DeserializeOwned> FromRequest for $name<T> {
            type Error = HttpException;
            type Future = Ready<Result<Self, HttpException>>;
            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(Self::read(request))
            }
        }
    };
}
sync!(Path);
sync!(Query);
sync!(Headers);
sync!(Cookies);

impl<T: DeserializeOwned> Path<T> {
    pub(crate) fn read(request: &HttpRequest) -> Result<Self, HttpException> {
        let path = web::Path::<String>::extract(request);
        let path = path.into_inner().map_err(invalid)?;
        Ok(Self(pairs_into::<One<T>>([("value", path.as_str())].into_iter())?.value))
    }
}

impl<T: DeserializeOwned> Query<T> {
    pub(crate) fn read(request: &HttpRequest) -> Result<Self, HttpException> {
        serde_html_form::from_str(request.query_string()).map_err(invalid).map(Self)
    }
}

impl<T: DeserializeOwned> Headers<T> {
    pub(crate) fn read(request: &HttpRequest) -> Result<Self, HttpException> {
        let headers = request.headers().iter();
        pairs_into(headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))).map(Self)
    }
}

impl<T: DeserializeOwned> Cookies<T> {
    pub(crate) fn read(request: &HttpRequest) -> Result<Self, HttpException> {
        let header = request.headers().get("cookie").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let pairs = header.split(';').filter_map(|cookie| cookie.trim().split_once('='));
        pairs_into(pairs.map(|(name, value)| (name, value.trim_matches('"')))).map(Self)
    }
}

macro_rules! body {
    ($name:ident, $read:expr) => {
        pub(crate) struct $name<T>(pub(crate) T);
        impl<T: DeserializeOwned + 'static> FromRequest for $name<T> {
            type Error = HttpException;
            type Future = Pin<Box<dyn Future<Output = Result<Self, HttpException>>>>;
            fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
                let body = Bytes::from_request(request, payload);
                Box::pin(async move { $read(&body.await.map_err(invalid)?).map_err(invalid).map(Self) })
            }
        }
    };
}
body!(Json, serde_json::from_slice);
body!(Form, serde_html_form::from_bytes);

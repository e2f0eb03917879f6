//! A request that has found its route, and what it says.

use bytes::Bytes;
use fastapi_status_hyper::{HttpException, Result, status};
use http_body_util::{BodyExt as _, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::header::{COOKIE, HeaderMap};
use serde::de::DeserializeOwned;

/// The largest body that is read.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// A request that has found its route.
#[derive(Debug)]
pub(crate) struct Call {
    params: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) async fn read(params: Vec<(&'static str, String)>, request: Request<Incoming>) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let too_large = |_| HttpException::from_status(status::HTTP_413_CONTENT_TOO_LARGE);
        let body = Limited::new(body, BODY_LIMIT).collect().await.map_err(too_large)?.to_bytes();
        Ok(Self { params, query: parts.uri.query().unwrap_or_default().to_owned(), headers: parts.headers, body })
    }

    /// The path's only parameter.
    pub(crate) fn path<T: DeserializeOwned>(&self) -> Result<T> {
        match &self.params[..] {
            [(name, value)] => path(name, value),
            _ => Err(invalid("no parameter")),
        }
    }

    pub(crate) fn query<T: DeserializeOwned>(&self) -> Result<T> {
        query(&self.query)
    }

    pub(crate) fn headers<T: DeserializeOwned>(&self) -> Result<T> {
        let pairs = self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        pairs_into(pairs)
    }

    pub(crate) fn cookies<T: DeserializeOwned>(&self) -> Result<T> {
        let header = self.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let pairs = header.split(';').filter_map(|cookie| cookie.trim().split_once('='));
        pairs_into(pairs.map(|(name, value)| (name, value.trim_matches('"'))))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(invalid)
    }

    pub(crate) fn form<T: DeserializeOwned>(&self) -> Result<T> {
        serde_html_form::from_bytes(&self.body).map_err(invalid)
    }
}

pub(crate) fn path<T: DeserializeOwned>(_: &str, value: &str) -> Result<T> {
    #[derive(serde::Deserialize)]
    struct One<T> {
        value: T,
    }
    Ok(pairs_into::<One<T>>([("value", value)].into_iter())?.value)
}

pub(crate) fn query<T: DeserializeOwned>(query: &str) -> Result<T> {
    serde_html_form::from_str(query).map_err(invalid)
}

fn pairs_into<'a, T: DeserializeOwned>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<T> {
    let encoded = serde_html_form::to_string(pairs.collect::<Vec<_>>()).map_err(invalid)?;
    serde_html_form::from_str(&encoded).map_err(invalid)
}

fn invalid(error: impl std::fmt::Display) -> HttpException {
    HttpException::new(status::HTTP_422_UNPROCESSABLE_CONTENT, error.to_string())
}

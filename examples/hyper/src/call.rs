//! A request that has found its route, and what it says: read and refused as FastAPI does.

use std::error::Error;

use bytes::Bytes;
use fastapi_status_hyper::{HttpException, Result, status};
use fastapi_status_serde::{
    RequestValidationError, from_cookies, from_embedded_json, from_form, from_headers, from_json, from_path, from_query,
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, COOKIE, HeaderMap};
use serde::de::DeserializeOwned;

/// The largest body that is read.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// A part of a request, or what is wrong with it.
pub(crate) type Valid<T> = Result<T, RequestValidationError>;

/// The parameters of a path, by name.
pub(crate) type Params = Vec<(&'static str, String)>;

/// A request that has found its route.
#[derive(Debug)]
pub(crate) struct Call {
    params: Params,
    query: String,
    headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) async fn read(params: Params, request: Request<Incoming>) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let refuse = |error: Box<dyn Error + Send + Sync>| {
            HttpException::from_status(match error.is::<LengthLimitError>() {
                true => status::HTTP_413_CONTENT_TOO_LARGE,
                false => status::HTTP_400_BAD_REQUEST,
            })
        };
        let body = Limited::new(body, BODY_LIMIT).collect().await.map_err(refuse)?.to_bytes();
        Ok(Self { params, query: parts.uri.query().unwrap_or_default().to_owned(), headers: parts.headers, body })
    }

    pub(crate) fn path<T: DeserializeOwned>(&self) -> Valid<T> {
        from_path(self.params.iter().map(|(name, value)| (*name, value)))
    }

    pub(crate) fn query<T: DeserializeOwned>(&self) -> Valid<T> {
        from_query(&self.query)
    }

    pub(crate) fn headers<T: DeserializeOwned>(&self) -> Valid<T> {
        from_headers(self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())))
    }

    pub(crate) fn cookies<T: DeserializeOwned>(&self) -> Valid<T> {
        from_cookies(self.headers.get_all(COOKIE))
    }

    pub(crate) fn form<T: DeserializeOwned>(&self) -> Valid<T> {
        from_form(self.content_type(), &self.body)
    }

    /// The body. FastAPI asks no dependency before it knows that this is JSON, so that this comes first in a handler.
    ///
    /// # Errors
    ///
    /// When it is no JSON at all.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<Valid<T>> {
        readable(from_json(self.content_type(), &self.body))
    }

    /// Likewise, a body that holds several parameters.
    pub(crate) fn embedded_json<T: DeserializeOwned>(&self) -> Result<Valid<T>> {
        readable(from_embedded_json(self.content_type(), &self.body))
    }

    fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }
}

fn readable<T>(body: Valid<T>) -> Result<Valid<T>> {
    match body {
        Err(error) if error.is_body_unreadable() => Err(error.into()),
        body => Ok(body),
    }
}

/// What depends on a part of the request: it is left out where that part is not valid.
pub(crate) fn depends<T, U>(part: Valid<T>, dependency: impl FnOnce(T) -> Result<U>) -> Result<Valid<U>> {
    match part {
        Ok(part) => dependency(part).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

/// Several parts of a request, or what is wrong with all of them.
pub(crate) trait All {
    type Parts;

    fn all(self) -> Valid<Self::Parts>;
}

macro_rules! tuples {
    ($(($($part:ident)+))*) => {
        $(
            impl<$($part),+> All for ($(Valid<$part>,)+) {
                type Parts = ($($part,)+);

                #[expect(non_snake_case, reason = "the parts are named after their types")]
                fn all(self) -> Valid<Self::Parts> {
                    let ($($part,)+) = self;
                    let mut errors = RequestValidationError::default();
                    $(let $part = $part.map_err(|error| errors = std::mem::take(&mut errors).merge(error)).ok();)+
                    match ($($part,)+) {
                        ($(Some($part),)+) => Ok(($($part,)+)),
                        _ => Err(errors),
                    }
                }
            }
        )*
    };
}

tuples!((A B) (A B C) (A B C D) (A B C D E));

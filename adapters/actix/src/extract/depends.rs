//! `Depends`: what a handler needs and may be refused.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use fastapi_status_serde::RequestValidationError;
use futures_util::future::{FutureExt, LocalBoxFuture};

use super::data::from_request;
use super::{Extract, RequestData};
use crate::HttpException;

/// What a handler [depends](Depends) on: something that is made of parts of the request, or refused.
///
/// ```
/// use actix_web::HttpRequest;
/// use fastapi_status_actix::{All, Depends, Dependency, Headers, HttpException, Json, Result, status};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Credentials {
///     authorization: Option<String>,
/// }
///
/// struct User(String);
///
/// impl Dependency for User {
///     type Input = Headers<Credentials>;
///
///     async fn resolve(Headers(credentials): Self::Input, _: &HttpRequest) -> Result<Self> {
///         let Some(name) = credentials.authorization else {
///             return Err(HttpException::new(status::HTTP_401_UNAUTHORIZED, "Not authenticated"));
///         };
///         Ok(Self(name))
///     }
/// }
///
/// async fn add_item(
///     All((Depends(user), Json(item))): All<(Depends<User>, Json<String>)>,
/// ) -> String {
///     format!("{item} for {}", user.0)
/// }
/// ```
#[expect(async_fn_in_trait, reason = "actix-web's futures stay on their thread")]
pub trait Dependency: Sized {
    /// The parts of the request: an extractor, or a tuple of them.
    type Input: Extract;

    /// Makes it; what the app shares is at hand with `request.app_data`.
    ///
    /// # Errors
    ///
    /// What a dependency raises in FastAPI. It is answered alone.
    async fn resolve(input: Self::Input, request: &HttpRequest) -> Result<Self, HttpException>;
}

/// A [`Dependency`] of a handler, as FastAPI's `Depends`.
///
/// Among the parts of [`All`](super::All) it is resolved in FastAPI's order.
///
/// ```
/// use actix_web::HttpRequest;
/// use fastapi_status_actix::{Dependency, Depends, Headers, HttpException, Result, status};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Key {
///     x_key: Option<String>,
/// }
///
/// struct Admin;
///
/// impl Dependency for Admin {
///     type Input = Headers<Key>;
///
///     async fn resolve(Headers(key): Self::Input, _: &HttpRequest) -> Result<Self> {
///         key.x_key.map(|_| Self).ok_or_else(|| HttpException::from_status(status::HTTP_403_FORBIDDEN))
///     }
/// }
///
/// async fn purge(_: Depends<Admin>) -> &'static str {
///     "gone"
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Depends<D>(pub D);

impl<D: Dependency + 'static> FromRequest for Depends<D> {
    type Error = HttpException;
    type Future = LocalBoxFuture<'static, Result<Self, HttpException>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let input = from_request(request, payload);
        let request = request.clone();
        async move { D::resolve(input.await?, &request).await.map(Self) }.boxed_local()
    }
}

/// What may stand in [`All`](super::All): every extractor of this crate, and [`Depends`].
///
/// ```
/// use fastapi_status_actix::{All, Json, Part};
///
/// /// Has its caller say what comes before the body.
/// async fn echo<P: Part>(All((_, Json(text))): All<(P, Json<String>)>) -> String {
///     text
/// }
/// ```
#[expect(async_fn_in_trait, reason = "actix-web's futures stay on their thread")]
pub trait Part: Sized {
    /// What it is made of.
    type Input;

    /// Whether it reads the body.
    const READS_BODY: bool;

    /// Reads what it is made of.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    fn read(data: &RequestData<'_>) -> Result<Self::Input, RequestValidationError>;

    /// Makes it.
    ///
    /// # Errors
    ///
    /// What a dependency raises.
    async fn make(input: Self::Input, request: &HttpRequest) -> Result<Self, HttpException>;
}

impl<E: Extract> Part for E {
    type Input = Self;

    const READS_BODY: bool = <E as Extract>::READS_BODY;

    fn read(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        E::extract(data)
    }

    async fn make(input: Self, _: &HttpRequest) -> Result<Self, HttpException> {
        Ok(input)
    }
}

impl<D: Dependency> Part for Depends<D> {
    type Input = D::Input;

    const READS_BODY: bool = <D::Input as Extract>::READS_BODY;

    fn read(data: &RequestData<'_>) -> Result<D::Input, RequestValidationError> {
        D::Input::extract(data)
    }

    async fn make(input: D::Input, request: &HttpRequest) -> Result<Self, HttpException> {
        D::resolve(input, request).await.map(Self)
    }
}

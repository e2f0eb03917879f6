//! `Depends`: what a handler needs and may be refused.

use axum_core::extract::FromRequestParts;
use fastapi_status_serde::RequestValidationError;
use http::request::Parts;

use super::data::from_parts;
use super::{Extract, RequestData};
use crate::HttpException;

/// What a handler [depends](Depends) on: something that is made of parts of the request, or refused.
///
/// ```
/// use fastapi_status_axum::{All, Depends, Dependency, Headers, HttpException, Json, Result, status};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Credentials {
///     authorization: Option<String>,
/// }
///
/// struct User(String);
///
/// impl<S: Sync> Dependency<S> for User {
///     type Input = Headers<Credentials>;
///
///     async fn resolve(Headers(credentials): Self::Input, _: &S) -> Result<Self> {
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
pub trait Dependency<S>: Sized + Send {
    /// The parts of the request: an extractor, or a tuple of them.
    type Input: Extract + Send;

    /// Makes it.
    ///
    /// # Errors
    ///
    /// What a dependency raises in FastAPI. It is answered alone.
    fn resolve(input: Self::Input, state: &S) -> impl Future<Output = Result<Self, HttpException>> + Send;
}

/// A [`Dependency`] of a handler, as FastAPI's `Depends`.
///
/// Among the parts of [`All`](super::All) it is resolved in FastAPI's order. On its own, it may not read the body.
///
/// ```
/// use fastapi_status_axum::{Dependency, Depends, Headers, HttpException, Result, status};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Key {
///     x_key: Option<String>,
/// }
///
/// struct Admin;
///
/// impl<S: Sync> Dependency<S> for Admin {
///     type Input = Headers<Key>;
///
///     async fn resolve(Headers(key): Self::Input, _: &S) -> Result<Self> {
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

impl<D: Dependency<S>, S: Send + Sync> FromRequestParts<S> for Depends<D> {
    type Rejection = HttpException;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpException> {
        const { assert!(!<D::Input as Extract>::READS_BODY, "what reads the body stands in `All`") };
        let input = from_parts(parts).await?;
        D::resolve(input, state).await.map(Self)
    }
}

/// What may stand in [`All`](super::All): every extractor of this crate, and [`Depends`].
///
/// ```
/// use fastapi_status_axum::{All, Json, Part};
///
/// /// Has its caller say what comes before the body.
/// async fn echo<P: Part<()>>(All((_, Json(text))): All<(P, Json<String>)>) -> String {
///     text
/// }
/// ```
pub trait Part<S>: Sized + Send {
    /// What it is made of.
    type Input: Send;

    /// Whether it reads the parameters of the path.
    const READS_PATH: bool;

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
    fn make(input: Self::Input, state: &S) -> impl Future<Output = Result<Self, HttpException>> + Send;
}

impl<E: Extract + Send, S: Sync> Part<S> for E {
    type Input = Self;

    const READS_PATH: bool = <E as Extract>::READS_PATH;
    const READS_BODY: bool = <E as Extract>::READS_BODY;

    fn read(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        E::extract(data)
    }

    async fn make(input: Self, _: &S) -> Result<Self, HttpException> {
        Ok(input)
    }
}

impl<D: Dependency<S>, S: Sync> Part<S> for Depends<D> {
    type Input = D::Input;

    const READS_PATH: bool = <D::Input as Extract>::READS_PATH;
    const READS_BODY: bool = <D::Input as Extract>::READS_BODY;

    fn read(data: &RequestData<'_>) -> Result<D::Input, RequestValidationError> {
        D::Input::extract(data)
    }

    async fn make(input: D::Input, state: &S) -> Result<Self, HttpException> {
        D::resolve(input, state).await.map(Self)
    }
}

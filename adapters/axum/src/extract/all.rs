//! Several parts of a request, with the errors of all of them.

use axum_core::RequestExt;
use axum_core::extract::{FromRequest, Request};
use fastapi_status_serde::RequestValidationError;

use super::data::{path_and_body, refuse};
use super::{Extract, Part, RequestData};
use crate::HttpException;

/// Several parts of a request, whose errors are answered in one list, as FastAPI does.
///
/// A handler's separate extractors run one after the other, and the first that fails answers alone. This one runs them all.
/// FastAPI's order is dependencies, path, query, headers, cookies, body: give them in that order.
///
/// A body that is no JSON is answered alone, before any [dependency](super::Dependency) is asked; what a dependency raises
/// is answered alone as well; and a dependency whose own part of the request is wrong is left out, so that the others may
/// raise.
///
/// ```
/// use fastapi_status_axum::{All, Json, Path, Query};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Options {
///     #[serde(default)]
///     notify: bool,
/// }
///
/// #[derive(Deserialize)]
/// struct Item {
///     name: String,
/// }
///
/// async fn update_item(
///     All((Path(item_id), Query(options), Json(item))): All<(Path<u32>, Query<Options>, Json<Item>)>,
/// ) -> String {
///     format!("{item_id} is {}, notify: {}", item.name, options.notify)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct All<T>(pub T);

macro_rules! tuples {
    ($(($($part:ident)+))*) => {
        $(
            impl<$($part: Extract),+> Extract for ($($part,)+) {
                const READS_PATH: bool = $($part::READS_PATH)||+;
                const READS_BODY: bool = $($part::READS_BODY)||+;

                fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
                    let mut errors = RequestValidationError::default();
                    let parts = ($(
                        $part::extract(data)
                            .map_err(|error| errors = std::mem::take(&mut errors).merge(error))
                            .ok(),
                    )+);
                    #[expect(non_snake_case, reason = "the parts are named after their types")]
                    match parts {
                        ($(Some($part),)+) => Ok(($($part,)+)),
                        _ => Err(errors),
                    }
                }
            }
        )*
    };
}

tuples!((A B) (A B C) (A B C D) (A B C D E));

/// A tuple of [`Part`]s.
///
/// ```
/// use fastapi_status_axum::{Json, Path, Query, Tuple};
///
/// fn reads_body<T: Tuple<()>>() -> bool {
///     T::READS_BODY
/// }
///
/// assert!(reads_body::<(Path<u32>, Json<String>)>());
/// assert!(!reads_body::<(Path<u32>, Query<String>)>());
/// ```
pub trait Tuple<S>: Sized {
    /// What came of reading them.
    type Inputs: Send;

    /// Whether one of them reads the parameters of the path.
    const READS_PATH: bool;

    /// Whether one of them reads the body.
    const READS_BODY: bool;

    /// Reads them all.
    ///
    /// # Errors
    ///
    /// When the body is no JSON at all.
    fn read(data: &RequestData<'_>) -> Result<Self::Inputs, RequestValidationError>;

    /// Makes them all.
    ///
    /// # Errors
    ///
    /// What a dependency raises, or else all that is wrong with the request.
    fn make(inputs: Self::Inputs, state: &S) -> impl Future<Output = Result<Self, Refusal>> + Send;
}

/// Why a request does not reach its handler.
///
/// ```
/// use fastapi_status_axum::{HttpException, Refusal};
///
/// fn answer(refusal: Refusal) -> HttpException {
///     match refusal {
///         Refusal::Invalid(errors) => errors.into(),
///         Refusal::Raised(exception) => exception,
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// All that is wrong with it.
    Invalid(RequestValidationError),
    /// What a dependency raised.
    Raised(HttpException),
}

macro_rules! parts {
    ($(($($part:ident)+))*) => {
        $(
            #[expect(non_snake_case, reason = "the parts are named after their types")]
            impl<S: Sync, $($part: Part<S>),+> Tuple<S> for ($($part,)+) {
                type Inputs = ($(Result<$part::Input, RequestValidationError>,)+);

                const READS_PATH: bool = $($part::READS_PATH)||+;
                const READS_BODY: bool = $($part::READS_BODY)||+;

                fn read(data: &RequestData<'_>) -> Result<Self::Inputs, RequestValidationError> {
                    $(
                        let $part = match $part::read(data) {
                            Err(error) if error.is_body_unreadable() => return Err(error),
                            input => input,
                        };
                    )+
                    Ok(($($part,)+))
                }

                async fn make(($($part,)+): Self::Inputs, state: &S) -> Result<Self, Refusal> {
                    let mut errors = RequestValidationError::default();
                    $(
                        let $part = match $part {
                            Ok(input) => Some($part::make(input, state).await.map_err(Refusal::Raised)?),
                            Err(error) => {
                                errors = errors.merge(error);
                                None
                            }
                        };
                    )+
                    match ($($part,)+) {
                        ($(Some($part),)+) => Ok(($($part,)+)),
                        _ => Err(Refusal::Invalid(errors)),
                    }
                }
            }
        )*
    };
}

parts!((A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F));

impl<T: Tuple<S>, S: Send + Sync> FromRequest<S> for All<T> {
    type Rejection = HttpException;

    fn from_request(request: Request, state: &S) -> impl Future<Output = Result<Self, HttpException>> + Send {
        let (mut parts, body) = request.with_limited_body().into_parts();
        async move {
            let (path, body) = path_and_body(&mut parts, body, T::READS_PATH, T::READS_BODY).await?;
            let inputs = T::read(&RequestData::new(&parts, path, body)).map_err(|error| refuse(&parts, error))?;
            match T::make(inputs, state).await {
                Ok(made) => Ok(Self(made)),
                Err(Refusal::Raised(exception)) => Err(exception),
                Err(Refusal::Invalid(error)) => Err(refuse(&parts, error)),
            }
        }
    }
}

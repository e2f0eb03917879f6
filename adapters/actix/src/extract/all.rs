//! Several parts of a request, with the errors of all of them.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use fastapi_status_serde::RequestValidationError;
use futures_util::future::{FutureExt, LocalBoxFuture};

use super::data::{read_body, refuse};
use super::{Extract, Part, RequestData};
use crate::HttpException;

/// Several parts of a request, whose errors are answered in one list, as FastAPI does.
///
/// Of a handler's separate extractors the first that fails answers alone. This one answers with the errors of all. FastAPI's
/// order is dependencies, path, query, headers, cookies, body: give them in that order.
///
/// A body that is no JSON is answered alone, before any [dependency](super::Dependency) is asked; what a dependency raises
/// is answered alone as well; and a dependency whose own part of the request is wrong is left out, so that the others may
/// raise.
///
/// ```
/// use fastapi_status_actix::{All, Json, Path, Query};
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
/// use fastapi_status_actix::{Json, Path, Query, Tuple};
///
/// fn reads_body<T: Tuple>() -> bool {
///     T::READS_BODY
/// }
///
/// assert!(reads_body::<(Path<u32>, Json<String>)>());
/// assert!(!reads_body::<(Path<u32>, Query<String>)>());
/// ```
#[expect(async_fn_in_trait, reason = "actix-web's futures stay on their thread")]
pub trait Tuple: Sized {
    /// What came of reading them.
    type Inputs;

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
    async fn make(inputs: Self::Inputs, request: &HttpRequest) -> Result<Self, Refusal>;
}

/// Why a request does not reach its handler.
///
/// ```
/// use fastapi_status_actix::{HttpException, Refusal};
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
            impl<$($part: Part),+> Tuple for ($($part,)+) {
                type Inputs = ($(Result<$part::Input, RequestValidationError>,)+);

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

                async fn make(($($part,)+): Self::Inputs, request: &HttpRequest) -> Result<Self, Refusal> {
                    let mut errors = RequestValidationError::default();
                    $(
                        let $part = match $part {
                            Ok(input) => Some($part::make(input, request).await.map_err(Refusal::Raised)?),
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

impl<T: Tuple + 'static> FromRequest for All<T> {
    type Error = HttpException;
    type Future = LocalBoxFuture<'static, Result<Self, HttpException>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_body(request, payload, T::READS_BODY);
        let request = request.clone();
        async move {
            let data = RequestData { request: &request, body: body.await? };
            let inputs = T::read(&data).map_err(|error| refuse(&request, error))?;
            match T::make(inputs, &request).await {
                Ok(made) => Ok(Self(made)),
                Err(Refusal::Raised(exception)) => Err(exception),
                Err(Refusal::Invalid(error)) => Err(refuse(&request, error)),
            }
        }
        .boxed_local()
    }
}

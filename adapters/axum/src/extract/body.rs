//! Extractors of the body.

use std::fmt::Display;

use axum_core::body::Body;
use axum_core::extract::{FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use fastapi_status_serde::{RequestValidationError, from_embedded_json, from_form, from_json, to_json};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use super::data::from_request;
use super::{Extract, RequestData, extractor};
use crate::HttpException;

/// A body of JSON, and an answer of JSON, as `axum::Json`.
///
/// ```
/// use axum::http::StatusCode;
/// use fastapi_status_axum::{Json, status};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct Item {
///     name: String,
///     price: f64,
/// }
///
/// async fn create_item(Json(item): Json<Item>) -> (StatusCode, Json<Item>) {
///     (status::HTTP_201_CREATED, Json(item))
/// }
/// ```
///
/// What FastAPI accepts is accepted, such as `{"name": "Dune", "price": "9.90"}`, and what it refuses is refused with its
/// answer. A body beyond axum's `DefaultBodyLimit` is a 413.
#[doc(alias("BaseModel", "Body"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

/// A body of `application/x-www-form-urlencoded` or `multipart/form-data`, of which the files are left out, as `axum::Form`, but of the body only.
///
/// ```
/// use fastapi_status_axum::Form;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Login {
///     username: String,
///     password: String,
/// }
///
/// async fn login(Form(login): Form<Login>) -> String {
///     format!("{} has a password of {} characters", login.username, login.password.chars().count())
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<T>(pub T);

/// A body of JSON that holds several parameters, each under its name, as FastAPI's body of two models, or of
/// `Body(embed=True)`. Each field of `T` is a parameter.
///
/// ```
/// use fastapi_status_axum::Embed;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Gift {
///     item: String,
///     recipient: String,
/// }
///
/// async fn give(Embed(gift): Embed<Gift>) -> String {
///     format!("{} for {}", gift.item, gift.recipient)
/// }
/// ```
///
/// It differs from [`Json`] in what a missing parameter is answered with.
#[doc(alias = "Body")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Embed<T>(pub T);

impl<T: DeserializeOwned> Extract for Json<T> {
    const READS_BODY: bool = true;

    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_json(data.content_type().as_deref(), &data.body).map(Self)
    }
}

impl<T: DeserializeOwned> Extract for Embed<T> {
    const READS_BODY: bool = true;

    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_embedded_json(data.content_type().as_deref(), &data.body).map(Self)
    }
}

impl<T: DeserializeOwned> Extract for Form<T> {
    const READS_BODY: bool = true;

    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_form(data.content_type().as_deref(), &data.body).map(Self)
    }
}

macro_rules! extractors {
    ($($name:ident)*) => {
        $(
            extractor!($name);

            impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for $name<T> {
                type Rejection = HttpException;

                fn from_request(
                    request: Request,
                    _: &S,
                ) -> impl Future<Output = Result<Self, HttpException>> + Send {
                    from_request(request)
                }
            }
        )*
    };
}

extractors!(Json Embed Form);

/// As FastAPI serialises an answer.
impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        respond(to_json(&self.0))
    }
}

// Of any error, so that it is compiled with the program, which has what it calls.
fn respond(json: Result<Vec<u8>, impl Display>) -> Response {
    match json {
        Ok(json) => {
            let mut response = Response::new(Body::from(json));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Err(error) => HttpException::unhandled(error).into_response(),
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

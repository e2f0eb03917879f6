//! Extractors of the body.

use std::fmt::Display;

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use fastapi_status_serde::{RequestValidationError, from_embedded_json, from_form, from_json, to_json};
use futures_util::future::LocalBoxFuture;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use super::data::from_request;
use super::{Extract, RequestData, extractor};
use crate::HttpException;

/// A body of JSON, and an answer of JSON, as `actix_web::web::Json`.
///
/// ```
/// use actix_web::Responder;
/// use fastapi_status_actix::{Json, status};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct Item {
///     name: String,
///     price: f64,
/// }
///
/// async fn create_item(Json(item): Json<Item>) -> impl Responder {
///     (Json(item), status::HTTP_201_CREATED)
/// }
/// ```
///
/// What FastAPI accepts is accepted, such as `{"name": "Dune", "price": "9.90"}`, and what it refuses is refused with its
/// answer. A body beyond actix-web's `PayloadConfig` is a 413.
#[doc(alias("BaseModel", "Body"))]
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

/// A body of `application/x-www-form-urlencoded` or `multipart/form-data`, of which the files are left out, as `actix_web::web::Form`.
///
/// ```
/// use fastapi_status_actix::Form;
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
/// use fastapi_status_actix::Embed;
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

extractor!(Json, from_request, LocalBoxFuture<'static, Result<Self, HttpException>>);
extractor!(Embed, from_request, LocalBoxFuture<'static, Result<Self, HttpException>>);
extractor!(Form, from_request, LocalBoxFuture<'static, Result<Self, HttpException>>);

/// As FastAPI serialises an answer.
impl<T: Serialize> Responder for Json<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        respond(to_json(&self.0))
    }
}

// Of any error, so that it is compiled with the program, which has what it calls.
fn respond(json: Result<Vec<u8>, impl Display>) -> HttpResponse {
    match json {
        Ok(json) => HttpResponse::Ok().content_type("application/json").body(json),
        Err(error) => HttpException::unhandled(error).error_response(),
    }
}

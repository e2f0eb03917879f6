//! Several parts of a request, with the errors of all of them.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use fastapi_status_serde::RequestValidationError;
use futures_util::future::{FutureExt, LocalBoxFuture, TryFutureExt};

use super::data::from_request;
use super::{Extract, RequestData};
use crate::HttpException;

/// Several parts of a request, whose errors are answered in one list, as FastAPI does.
///
/// A handler's separate extractors run one after the other, and the first that fails answers alone. This one runs them all.
/// FastAPI's order is path, query, headers, cookies, body: give them in that order.
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

impl<T: Extract + 'static> FromRequest for All<T> {
    type Error = HttpException;
    type Future = LocalBoxFuture<'static, Result<Self, HttpException>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        from_request(request, payload).map_ok(Self).boxed_local()
    }
}

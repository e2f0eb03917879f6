//! Extractors of what comes before the body.

use std::future::Ready;

use actix_web::http::header::COOKIE;
use fastapi_status_serde::{RequestValidationError, from_cookies, from_headers, from_path, from_query};
use serde_core::de::DeserializeOwned;

use super::data::at_once;
use super::{Extract, RequestData, extractor};
use crate::HttpException;

/// The parameters of the path, as `actix_web::web::Path`.
///
/// ```
/// use fastapi_status_actix::Path;
///
/// async fn read_item(Path(item_id): Path<u32>) -> String {
///     format!("item {item_id}")
/// }
/// ```
///
/// `/items/abc` answers as FastAPI's `item_id: int` does:
///
/// ```json
/// {"detail":[{"type":"int_parsing","loc":["path","item_id"],
///   "msg":"Input should be a valid integer, unable to parse string as an integer","input":"abc"}]}
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

/// The query string, as `actix_web::web::Query`.
///
/// A key that comes twice fills a list; else its last value counts, as in FastAPI.
///
/// ```
/// use fastapi_status_actix::Query;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Page {
///     #[serde(default)]
///     skip: u32,
///     limit: Option<u32>,
/// }
///
/// async fn list_items(Query(page): Query<Page>) -> String {
///     format!("{} from {}", page.limit.unwrap_or(10), page.skip)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<T>(pub T);

/// The headers: `user_agent` is `user-agent`, as with FastAPI's `Header()`.
///
/// ```
/// use fastapi_status_actix::Headers;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Client {
///     user_agent: Option<String>,
///     x_api_version: u8,
/// }
///
/// async fn version(Headers(client): Headers<Client>) -> String {
///     format!("{} speaks version {}", client.user_agent.unwrap_or_default(), client.x_api_version)
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<T>(pub T);

/// The cookies, as FastAPI's `Cookie()`.
///
/// ```
/// use fastapi_status_actix::Cookies;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Visitor {
///     visits: Option<u32>,
/// }
///
/// async fn visits(Cookies(visitor): Cookies<Visitor>) -> String {
///     visitor.visits.unwrap_or_default().to_string()
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Cookies<T>(pub T);

impl<T: DeserializeOwned> Extract for Path<T> {
    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_path(data.path()).map(Self)
    }
}

impl<T: DeserializeOwned> Extract for Query<T> {
    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_query(data.request.query_string()).map(Self)
    }
}

impl<T: DeserializeOwned> Extract for Headers<T> {
    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_headers(data.request.headers().iter().map(|(name, value)| (name.as_str(), value))).map(Self)
    }
}

impl<T: DeserializeOwned> Extract for Cookies<T> {
    fn extract(data: &RequestData<'_>) -> Result<Self, RequestValidationError> {
        from_cookies(data.request.headers().get_all(COOKIE)).map(Self)
    }
}

extractor!(Path, at_once, Ready<Result<Self, HttpException>>);
extractor!(Query, at_once, Ready<Result<Self, HttpException>>);
extractor!(Headers, at_once, Ready<Result<Self, HttpException>>);
extractor!(Cookies, at_once, Ready<Result<Self, HttpException>>);

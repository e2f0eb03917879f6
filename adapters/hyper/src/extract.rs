//! A body of JSON, validated as FastAPI does.

use std::error::Error;

use fastapi_status_http::HttpException;
use fastapi_status_serde::{from_json, latin_1};
use http::Request;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;
use serde_core::de::DeserializeOwned;

use crate::status;

/// Reads a body of JSON of at most `limit` bytes.
///
/// For the path, the query, the headers, the cookies and forms there are `from_path` and its like in
/// `fastapi-status-serde`, whose errors `?` turns into an [`HttpException`], too.
///
/// ```
/// use fastapi_status_hyper::{Result, json};
/// use hyper::{Request, Response};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Item {
///     name: String,
///     price: f64,
/// }
///
/// async fn create_item(request: Request<String>) -> Result<Response<String>> {
///     let item: Item = json(request, 1 << 20).await?;
///     Ok(Response::new(format!("{} for {}", item.name, item.price)))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let request = |body: &str| Request::post("/items").header("content-type", "application/json").body(body.to_owned());
///
/// let response = create_item(request(r#"{"name": "Dune", "price": "9.90"}"#)?).await?;
/// assert_eq!(response.body(), "Dune for 9.9");
///
/// let error = create_item(request(r#"{"name": "Dune"}"#)?).await.unwrap_err();
/// assert_eq!(error.status(), 422);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// FastAPI's 422 for a body that is not a `T`; 413 for one that is larger than `limit`; 400 for one that breaks off.
#[doc(alias("BaseModel", "Body"))]
pub fn json<T: DeserializeOwned, B>(request: Request<B>, limit: usize) -> impl Future<Output = Result<T, HttpException>>
where
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>>,
{
    // Of the request no more is kept, so that a handler's future, which is moved until it is first polled, stays small.
    let (parts, body) = request.into_parts();
    let content_type = parts.headers.get(CONTENT_TYPE).cloned();
    let body = Limited::new(body, limit).collect();
    async move {
        let body = body.await.map_err(|error| unread(&*error))?;
        let content_type = content_type.as_ref().map(|value| latin_1(value.as_bytes()));
        Ok(from_json(content_type.as_deref(), &body.to_bytes())?)
    }
}

fn unread(error: &(dyn Error + Send + Sync + 'static)) -> HttpException {
    HttpException::from_status(match error.is::<LengthLimitError>() {
        true => status::HTTP_413_CONTENT_TOO_LARGE,
        false => status::HTTP_400_BAD_REQUEST,
    })
}

//! On axum.

use std::io;
use std::net::TcpListener;

use axum::Router;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use example_bookshop::{NewBook, Shop};

use super::{BAD_BODY, BAD_PATH, UNKNOWN, title};

pub(super) fn serve_ours(listener: TcpListener) -> io::Result<()> {
    let router = Router::new().route("/books/{book_id}", get(ours::read_book)).route("/books", post(ours::add_book));
    serve(listener, fastapi_status_axum::with_fastapi_defaults(router.with_state(Shop::new())))
}

pub(super) fn serve_bare<const SAME: bool>(listener: TcpListener) -> io::Result<()> {
    let router = Router::new()
        .route("/books/{book_id}", get(bare::read_book::<SAME>))
        .route("/books", post(bare::add_book::<SAME>));
    let router = if SAME { router.fallback(async || bare::same(StatusCode::NOT_FOUND, UNKNOWN)) } else { router };
    serve(listener, router.with_state(Shop::new()))
}

fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await })
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()
}

mod ours {
    use fastapi_status_axum::{Json, Path, Result, status};

    use super::{ETAG, HeaderMap, IntoResponse, NewBook, Shop, State, StatusCode, authorization, title};

    pub(super) async fn read_book(State(shop): State<Shop>, Path(book_id): Path<i64>) -> Result<impl IntoResponse> {
        let book = shop.find_book(book_id)?;
        Ok(([(ETAG, book.etag())], Json(book)))
    }

    pub(super) async fn add_book(
        State(shop): State<Shop>,
        headers: HeaderMap,
        Json(new): Json<NewBook>,
    ) -> Result<(StatusCode, String)> {
        shop.staff_member(authorization(&headers))?;
        Ok((status::HTTP_201_CREATED, title(&new)))
    }
}

mod bare {
    use axum::Json;
    use axum::extract::Path;
    use axum::extract::rejection::{JsonRejection, PathRejection};
    use axum::http::header::CONTENT_TYPE;
    use axum::response::Response;
    use example_bookshop::NotForSale;
    use serde_json::json;

    use super::{
        BAD_BODY, BAD_PATH, ETAG, HeaderMap, IntoResponse, NewBook, Shop, State, StatusCode, authorization, title,
    };

    /// An answer of JSON that was made beforehand.
    pub(super) fn same(status: StatusCode, body: &'static str) -> Response {
        (status, [(CONTENT_TYPE, "application/json")], body).into_response()
    }

    fn refuse<const SAME: bool>(rejection: impl IntoResponse, body: &'static str) -> Response {
        if SAME { same(StatusCode::UNPROCESSABLE_ENTITY, body) } else { rejection.into_response() }
    }

    pub(super) async fn read_book<const SAME: bool>(
        State(shop): State<Shop>,
        book_id: Result<Path<i64>, PathRejection>,
    ) -> Result<impl IntoResponse, Response> {
        let Path(book_id) = book_id.map_err(|rejection| refuse::<SAME>(rejection, BAD_PATH))?;
        let book = shop.find_book(book_id).map_err(|reason| match reason {
            NotForSale::Unknown { book_id } => {
                let detail = json!({"error": "no such book", "book_id": book_id});
                (StatusCode::NOT_FOUND, Json(json!({"detail": detail}))).into_response()
            }
            _ => StatusCode::GONE.into_response(),
        })?;
        Ok(([(ETAG, book.etag())], Json(book)))
    }

    pub(super) async fn add_book<const SAME: bool>(
        State(shop): State<Shop>,
        headers: HeaderMap,
        new: Result<Json<NewBook>, JsonRejection>,
    ) -> Result<(StatusCode, String), Response> {
        let Json(new) = new.map_err(|rejection| refuse::<SAME>(rejection, BAD_BODY))?;
        shop.staff_member(authorization(&headers)).map_err(|_| StatusCode::FORBIDDEN.into_response())?;
        Ok((StatusCode::CREATED, title(&new)))
    }
}

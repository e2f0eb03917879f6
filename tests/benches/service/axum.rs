//! On axum.

use std::io;
use std::net::TcpListener;

use axum::Router;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, ETAG, HeaderName};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use example_bookshop::{NewBook, Shop};
use tower_http::catch_panic::CatchPanicLayer;

use super::title;

pub(super) fn serve_ours(listener: TcpListener) -> io::Result<()> {
    let router = Router::new().route("/books/{book_id}", get(ours::read_book)).route("/books", post(ours::add_book));
    serve(listener, fastapi_status_axum::with_fastapi_defaults(router.with_state(Shop::new())))
}

pub(super) fn serve_bare(listener: TcpListener) -> io::Result<()> {
    let router = Router::new().route("/books/{book_id}", get(bare::read_book)).route("/books", post(bare::add_book));
    serve(listener, router.with_state(Shop::new()))
}

pub(super) fn serve_by_hand(listener: TcpListener) -> io::Result<()> {
    let router = Router::new()
        .route("/books/{book_id}", get(by_hand::read_book))
        .route("/books/{book_id}/", any(by_hand::redirect))
        .route("/books", post(by_hand::add_book))
        .route("/books/", any(by_hand::redirect))
        .layer(CatchPanicLayer::custom(by_hand::panicked));
    let router = router.method_not_allowed_fallback(by_hand::wrong_method).fallback(by_hand::not_found);
    serve(listener, router.with_state(Shop::new()))
}

fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await })
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

mod ours {
    use fastapi_status_axum::{Json, Path, Result, status};

    use super::{AUTHORIZATION, ETAG, HeaderMap, IntoResponse, NewBook, Shop, State, StatusCode, header, title};

    pub(super) async fn read_book(State(shop): State<Shop>, Path(book_id): Path<i64>) -> Result<impl IntoResponse> {
        let book = shop.find_book(book_id)?;
        Ok(([(ETAG, book.etag())], Json(book)))
    }

    pub(super) async fn add_book(
        State(shop): State<Shop>,
        headers: HeaderMap,
        Json(new): Json<NewBook>,
    ) -> Result<(StatusCode, String)> {
        shop.staff_member(header(&headers, AUTHORIZATION))?;
        Ok((status::HTTP_201_CREATED, title(&new)))
    }
}

mod bare {
    use axum::Json;
    use axum::extract::Path;
    use axum::response::Response;
    use example_bookshop::NotForSale;
    use serde_json::json;

    use super::{AUTHORIZATION, ETAG, HeaderMap, IntoResponse, NewBook, Shop, State, StatusCode, header, title};

    pub(super) async fn read_book(state: State<Shop>, Path(book_id): Path<i64>) -> Response {
        show(&state, book_id)
    }

    pub(super) async fn add_book(state: State<Shop>, headers: HeaderMap, Json(new): Json<NewBook>) -> Response {
        add(&state, &headers, &new)
    }

    pub(super) fn show(shop: &Shop, book_id: i64) -> Response {
        match shop.find_book(book_id) {
            Ok(book) => ([(ETAG, book.etag())], Json(book)).into_response(),
            Err(NotForSale::Unknown { book_id }) => {
                let body = json!({"detail": {"error": "no such book", "book_id": book_id}});
                (StatusCode::NOT_FOUND, Json(body)).into_response()
            }
            Err(_) => StatusCode::GONE.into_response(),
        }
    }

    pub(super) fn add(shop: &Shop, headers: &HeaderMap, new: &NewBook) -> Response {
        match shop.staff_member(header(headers, AUTHORIZATION)) {
            Ok(_) => (StatusCode::CREATED, title(new)).into_response(),
            Err(_) => StatusCode::FORBIDDEN.into_response(),
        }
    }
}

mod by_hand {
    use std::any::Any;

    use axum::Json;
    use axum::body::Bytes;
    use axum::extract::{OriginalUri, Path};
    use axum::http::header::{CONTENT_TYPE, HOST};
    use axum::response::{Redirect, Response};
    use serde::Serialize;

    use super::super::by_hand::{NOT_FOUND, Refusal, book_id, location, new_book};
    use super::{HeaderMap, IntoResponse, Shop, State, StatusCode, bare, header};

    pub(super) async fn not_found() -> impl IntoResponse {
        (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "application/json")], NOT_FOUND)
    }

    pub(super) async fn wrong_method() -> impl IntoResponse {
        (StatusCode::METHOD_NOT_ALLOWED, Json(Refusal { detail: "Method Not Allowed" }))
    }

    pub(super) async fn redirect(OriginalUri(uri): OriginalUri, headers: HeaderMap) -> impl IntoResponse {
        Redirect::temporary(&location(header(&headers, HOST), uri.path(), uri.query()))
    }

    pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response()
    }

    fn unprocessable(refusal: impl Serialize) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response()
    }

    pub(super) async fn read_book(state: State<Shop>, Path(id): Path<String>) -> Response {
        book_id(&id).map_or_else(unprocessable, |book_id| bare::show(&state, book_id))
    }

    pub(super) async fn add_book(state: State<Shop>, headers: HeaderMap, body: Bytes) -> Response {
        new_book(header(&headers, CONTENT_TYPE), &body)
            .map_or_else(unprocessable, |new| bare::add(&state, &headers, &new))
    }
}

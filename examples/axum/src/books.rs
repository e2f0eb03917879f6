//! Books.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, LOCATION};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post, put};
use example_bookshop::{
    BookPage, BookQuery, CoverHeaders, NewBook, PostedReview, ReadBookHeaders, ReplaceBookHeaders, Restock, Review,
    ReviewCookies, ReviewHeaders, ReviewQuery, SampleHeaders, Shop,
};
use fastapi_status_axum::{Result, status};

use crate::dependencies::{FoundBook, StaffMember};
use crate::extract::{Cookies, Headers, Json, Path, Query};

pub(crate) fn router() -> Router<Shop> {
    Router::new()
        .route("/books", get(list_books).post(add_book))
        .route("/books/bestseller", get(bestseller))
        .route("/books/{book_id}", get(read_book).put(replace_book).delete(remove_book))
        .route("/books/{book_id}/sample", get(read_sample))
        .route("/books/{book_id}/cover", put(upload_cover).get(read_cover))
        .route("/books/{book_id}/restock", post(restock))
        .route("/books/{book_id}/reviews", post(post_review))
}

async fn list_books(State(shop): State<Shop>, Query(query): Query<BookQuery>) -> Json<BookPage> {
    Json(shop.list_books(&query))
}

async fn add_book(State(shop): State<Shop>, _: StaffMember, Json(new): Json<NewBook>) -> Result<impl IntoResponse> {
    let book = shop.add_book(new)?;
    Ok((status::HTTP_201_CREATED, [(LOCATION, book.location()), (ETAG, book.etag())], Json(book)))
}

async fn bestseller() -> Redirect {
    Redirect::temporary("/books/1")
}

async fn read_book(
    State(shop): State<Shop>,
    FoundBook(book): FoundBook,
    Headers(ReadBookHeaders { accept, if_none_match }): Headers<ReadBookHeaders>,
) -> Result<impl IntoResponse> {
    let book = shop.read_book(book.id, &accept, if_none_match.as_deref())?;
    Ok(([(ETAG, book.etag())], Json(book)))
}

async fn replace_book(
    State(shop): State<Shop>,
    FoundBook(book): FoundBook,
    _: StaffMember,
    Headers(ReplaceBookHeaders { if_match }): Headers<ReplaceBookHeaders>,
    Json(new): Json<NewBook>,
) -> Result<impl IntoResponse> {
    let changed = shop.replace_book(book.id, new, if_match.as_deref())?;
    Ok(([(ETAG, changed.etag())], Json(changed)))
}

async fn remove_book(State(shop): State<Shop>, FoundBook(book): FoundBook, _: StaffMember) -> Result<StatusCode> {
    shop.remove_book(book.id)?;
    Ok(status::HTTP_204_NO_CONTENT)
}

async fn read_sample(
    State(shop): State<Shop>,
    FoundBook(book): FoundBook,
    Headers(SampleHeaders { range }): Headers<SampleHeaders>,
) -> Result<impl IntoResponse> {
    let sample = shop.read_sample(book.id, range.as_deref())?;
    let (status, header) = match sample.content_range {
        None => (status::HTTP_200_OK, (ACCEPT_RANGES, "bytes".to_owned())),
        Some(range) => (status::HTTP_206_PARTIAL_CONTENT, (CONTENT_RANGE, range)),
    };
    Ok((status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], [header], sample.text))
}

async fn upload_cover(
    State(shop): State<Shop>,
    FoundBook(book): FoundBook,
    _: StaffMember,
    Headers(CoverHeaders { content_type }): Headers<CoverHeaders>,
    image: Bytes,
) -> Result<StatusCode> {
    shop.upload_cover(book.id, &content_type, &image)?;
    Ok(status::HTTP_204_NO_CONTENT)
}

async fn read_cover(State(shop): State<Shop>, FoundBook(book): FoundBook) -> impl IntoResponse {
    match shop.read_cover(book.id) {
        None => status::HTTP_404_NOT_FOUND.into_response(), // image clients expect no text
        Some(image) => ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "max-age=3600")], image).into_response(),
    }
}

async fn restock(
    State(shop): State<Shop>,
    FoundBook(book): FoundBook,
    _: StaffMember,
    Json(order): Json<Restock>,
) -> Result<impl IntoResponse> {
    let job = shop.restock(book.id, &order)?;
    Ok((status::HTTP_202_ACCEPTED, [(LOCATION, job.location())], Json(job)))
}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
async fn post_review(
    State(shop): State<Shop>,
    Path(book_id): Path<i64>,
    Query(ReviewQuery { notify }): Query<ReviewQuery>,
    Headers(ReviewHeaders { x_client_version }): Headers<ReviewHeaders>,
    Cookies(ReviewCookies { visits }): Cookies<ReviewCookies>,
    Json(review): Json<Review>,
) -> Result<(StatusCode, Json<PostedReview>)> {
    let posted = shop.post_review(book_id, &review, x_client_version, notify, visits)?;
    Ok((status::HTTP_201_CREATED, Json(posted)))
}

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
use fastapi_status_axum::{All, Cookies, Depends, Headers, Json, Path, Query, Result, status};

use crate::dependencies::{FoundBook, StaffMember};

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

async fn list_books(State(shop): State<Shop>, Query(query): Query<BookQuery>) -> Result<Json<BookPage>> {
    Ok(Json(shop.list_books(&query.checked()?)))
}

async fn add_book(
    State(shop): State<Shop>,
    All((_, Json(new))): All<(Depends<StaffMember>, Json<NewBook>)>,
) -> Result<impl IntoResponse> {
    let book = shop.add_book(new.checked()?)?;
    Ok((status::HTTP_201_CREATED, [(LOCATION, book.location()), (ETAG, book.etag())], Json(book)))
}

async fn bestseller() -> Redirect {
    Redirect::temporary("/books/1")
}

async fn read_book(
    State(shop): State<Shop>,
    All((Depends(FoundBook(book)), Headers(headers))): All<(Depends<FoundBook>, Headers<ReadBookHeaders>)>,
) -> Result<impl IntoResponse> {
    let book = shop.read_book(book.id, &headers.accept, headers.if_none_match.as_deref())?;
    Ok(([(ETAG, book.etag())], Json(book)))
}

async fn replace_book(
    State(shop): State<Shop>,
    All((Depends(FoundBook(book)), _, Headers(headers), Json(new))): All<(
        Depends<FoundBook>,
        Depends<StaffMember>,
        Headers<ReplaceBookHeaders>,
        Json<NewBook>,
    )>,
) -> Result<impl IntoResponse> {
    let changed = shop.replace_book(book.id, new.checked()?, headers.if_match.as_deref())?;
    Ok(([(ETAG, changed.etag())], Json(changed)))
}

async fn remove_book(
    State(shop): State<Shop>,
    All((Depends(FoundBook(book)), _)): All<(Depends<FoundBook>, Depends<StaffMember>)>,
) -> Result<StatusCode> {
    shop.remove_book(book.id)?;
    Ok(status::HTTP_204_NO_CONTENT)
}

async fn read_sample(
    State(shop): State<Shop>,
    All((Depends(FoundBook(book)), Headers(headers))): All<(Depends<FoundBook>, Headers<SampleHeaders>)>,
) -> Result<impl IntoResponse> {
    let sample = shop.read_sample(book.id, headers.range.as_deref())?;
    let (status, header) = match sample.content_range {
        None => (status::HTTP_200_OK, (ACCEPT_RANGES, "bytes".to_owned())),
        Some(range) => (status::HTTP_206_PARTIAL_CONTENT, (CONTENT_RANGE, range)),
    };
    Ok((status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], [header], sample.text))
}

async fn upload_cover(
    State(shop): State<Shop>,
    Depends(FoundBook(book)): Depends<FoundBook>,
    _: Depends<StaffMember>,
    Headers(headers): Headers<CoverHeaders>,
    image: Bytes,
) -> Result<StatusCode> {
    shop.upload_cover(book.id, &headers.content_type, &image)?;
    Ok(status::HTTP_204_NO_CONTENT)
}

async fn read_cover(State(shop): State<Shop>, Depends(FoundBook(book)): Depends<FoundBook>) -> impl IntoResponse {
    match shop.read_cover(book.id) {
        None => status::HTTP_404_NOT_FOUND.into_response(), // image clients expect no text
        Some(image) => ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "max-age=3600")], image).into_response(),
    }
}

async fn restock(
    State(shop): State<Shop>,
    All((Depends(FoundBook(book)), _, Json(order))): All<(Depends<FoundBook>, Depends<StaffMember>, Json<Restock>)>,
) -> Result<impl IntoResponse> {
    let job = shop.restock(book.id, &order)?;
    Ok((status::HTTP_202_ACCEPTED, [(LOCATION, job.location())], Json(job)))
}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
async fn post_review(
    State(shop): State<Shop>,
    All((Path(book_id), Query(query), Headers(headers), Cookies(cookies), Json(review))): All<(
        Path<i64>,
        Query<ReviewQuery>,
        Headers<ReviewHeaders>,
        Cookies<ReviewCookies>,
        Json<Review>,
    )>,
) -> Result<(StatusCode, Json<PostedReview>)> {
    let posted = shop.post_review(book_id, &review, headers.x_client_version, query.notify, cookies.visits)?;
    Ok((status::HTTP_201_CREATED, Json(posted)))
}

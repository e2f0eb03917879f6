//! Books.

use actix_web::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, ETAG, LOCATION};
use actix_web::web::{Bytes, Data, Redirect, ServiceConfig, resource};
use actix_web::{HttpResponse, Responder};
use example_bookshop::{
    BookQuery, CoverHeaders, NewBook, ReadBookHeaders, ReplaceBookHeaders, Restock, Review, ReviewCookies,
    ReviewHeaders, ReviewQuery, SampleHeaders, Shop,
};
use fastapi_status_actix::{Result, status};

use crate::dependencies::{FoundBook, StaffMember};
use crate::extract::{Cookies, Headers, Json, Path, Query};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/books").get(list_books).post(add_book))
        .service(resource("/books/bestseller").get(bestseller))
        .service(resource("/books/{book_id}").get(read_book).put(replace_book).delete(remove_book))
        .service(resource("/books/{book_id}/sample").get(read_sample))
        .service(resource("/books/{book_id}/cover").put(upload_cover).get(read_cover))
        .service(resource("/books/{book_id}/restock").post(restock))
        .service(resource("/books/{book_id}/reviews").post(post_review));
}

async fn list_books(shop: Data<Shop>, Query(query): Query<BookQuery>) -> HttpResponse {
    HttpResponse::Ok().json(shop.list_books(&query))
}

async fn add_book(shop: Data<Shop>, _: StaffMember, Json(new): Json<NewBook>) -> Result<HttpResponse> {
    let book = shop.add_book(new)?;
    let mut response = HttpResponse::build(status::HTTP_201_CREATED);
    Ok(response.insert_header((LOCATION, book.location())).insert_header((ETAG, book.etag())).json(book))
}

async fn bestseller() -> impl Responder {
    Redirect::to("/books/1")
}

async fn read_book(
    shop: Data<Shop>,
    FoundBook(book): FoundBook,
    Headers(ReadBookHeaders { accept, if_none_match }): Headers<ReadBookHeaders>,
) -> Result<HttpResponse> {
    let book = shop.read_book(book.id, &accept, if_none_match.as_deref())?;
    Ok(HttpResponse::Ok().insert_header((ETAG, book.etag())).json(book))
}

async fn replace_book(
    shop: Data<Shop>,
    FoundBook(book): FoundBook,
    _: StaffMember,
    Headers(ReplaceBookHeaders { if_match }): Headers<ReplaceBookHeaders>,
    Json(new): Json<NewBook>,
) -> Result<HttpResponse> {
    let changed = shop.replace_book(book.id, new, if_match.as_deref())?;
    Ok(HttpResponse::Ok().insert_header((ETAG, changed.etag())).json(changed))
}

async fn remove_book(shop: Data<Shop>, FoundBook(book): FoundBook, _: StaffMember) -> Result<HttpResponse> {
    shop.remove_book(book.id)?;
    Ok(HttpResponse::new(status::HTTP_204_NO_CONTENT))
}

async fn read_sample(
    shop: Data<Shop>,
    FoundBook(book): FoundBook,
    Headers(SampleHeaders { range }): Headers<SampleHeaders>,
) -> Result<HttpResponse> {
    let sample = shop.read_sample(book.id, range.as_deref())?;
    let mut response = match sample.content_range {
        None => HttpResponse::Ok().insert_header((ACCEPT_RANGES, "bytes")).take(),
        Some(range) => {
            HttpResponse::build(status::HTTP_206_PARTIAL_CONTENT).insert_header((CONTENT_RANGE, range)).take()
        }
    };
    Ok(response.content_type("text/plain; charset=utf-8").body(sample.text))
}

async fn upload_cover(
    shop: Data<Shop>,
    FoundBook(book): FoundBook,
    _: StaffMember,
    Headers(CoverHeaders { content_type }): Headers<CoverHeaders>,
    image: Bytes,
) -> Result<HttpResponse> {
    shop.upload_cover(book.id, &content_type, &image)?;
    Ok(HttpResponse::new(status::HTTP_204_NO_CONTENT))
}

async fn read_cover(shop: Data<Shop>, FoundBook(book): FoundBook) -> HttpResponse {
    match shop.read_cover(book.id) {
        None => HttpResponse::new(status::HTTP_404_NOT_FOUND), // image clients expect no text
        Some(image) => {
            HttpResponse::Ok().content_type("image/png").insert_header((CACHE_CONTROL, "max-age=3600")).body(image)
        }
    }
}

async fn restock(
    shop: Data<Shop>,
    FoundBook(book): FoundBook,
    _: StaffMember,
    Json(order): Json<Restock>,
) -> Result<HttpResponse> {
    let job = shop.restock(book.id, &order)?;
    Ok(HttpResponse::build(status::HTTP_202_ACCEPTED).insert_header((LOCATION, job.location())).json(job))
}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
async fn post_review(
    shop: Data<Shop>,
    Path(book_id): Path<i64>,
    Query(ReviewQuery { notify }): Query<ReviewQuery>,
    Headers(ReviewHeaders { x_client_version }): Headers<ReviewHeaders>,
    Cookies(ReviewCookies { visits }): Cookies<ReviewCookies>,
    Json(review): Json<Review>,
) -> Result<HttpResponse> {
    let posted = shop.post_review(book_id, &review, x_client_version, notify, visits)?;
    Ok(HttpResponse::build(status::HTTP_201_CREATED).json(posted))
}

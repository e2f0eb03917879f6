//! Books.

use actix_web::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, ETAG, LOCATION};
use actix_web::web::{Bytes, Data, Redirect, ServiceConfig, resource};
use actix_web::{HttpResponse, Responder};
use example_bookshop::{
    BookQuery, CoverHeaders, NewBook, ReadBookHeaders, ReplaceBookHeaders, Restock, Review, ReviewCookies,
    ReviewHeaders, ReviewQuery, SampleHeaders, Shop,
};
use fastapi_status_actix::{All, Cookies, Depends, Headers, Json, Path, Query, Result, status};

use crate::dependencies::{FoundBook, StaffMember};

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

async fn list_books(shop: Data<Shop>, Query(query): Query<BookQuery>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.list_books(&query.checked()?)))
}

async fn add_book(
    shop: Data<Shop>,
    All((_, Json(new))): All<(Depends<StaffMember>, Json<NewBook>)>,
) -> Result<HttpResponse> {
    let book = shop.add_book(new.checked()?)?;
    let mut response = HttpResponse::build(status::HTTP_201_CREATED);
    Ok(response.insert_header((LOCATION, book.location())).insert_header((ETAG, book.etag())).json(book))
}

async fn bestseller() -> impl Responder {
    Redirect::to("/books/1")
}

async fn read_book(
    shop: Data<Shop>,
    All((Depends(FoundBook(book)), Headers(headers))): All<(Depends<FoundBook>, Headers<ReadBookHeaders>)>,
) -> Result<HttpResponse> {
    let book = shop.read_book(book.id, &headers.accept, headers.if_none_match.as_deref())?;
    Ok(HttpResponse::Ok().insert_header((ETAG, book.etag())).json(book))
}

async fn replace_book(
    shop: Data<Shop>,
    All((Depends(FoundBook(book)), _, Headers(headers), Json(new))): All<(
        Depends<FoundBook>,
        Depends<StaffMember>,
        Headers<ReplaceBookHeaders>,
        Json<NewBook>,
    )>,
) -> Result<HttpResponse> {
    let changed = shop.replace_book(book.id, new.checked()?, headers.if_match.as_deref())?;
    Ok(HttpResponse::Ok().insert_header((ETAG, changed.etag())).json(changed))
}

async fn remove_book(
    shop: Data<Shop>,
    All((Depends(FoundBook(book)), _)): All<(Depends<FoundBook>, Depends<StaffMember>)>,
) -> Result<HttpResponse> {
    shop.remove_book(book.id)?;
    Ok(HttpResponse::new(status::HTTP_204_NO_CONTENT))
}

async fn read_sample(
    shop: Data<Shop>,
    All((Depends(FoundBook(book)), Headers(headers))): All<(Depends<FoundBook>, Headers<SampleHeaders>)>,
) -> Result<HttpResponse> {
    let sample = shop.read_sample(book.id, headers.range.as_deref())?;
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
    Depends(FoundBook(book)): Depends<FoundBook>,
    _: Depends<StaffMember>,
    Headers(headers): Headers<CoverHeaders>,
    image: Bytes,
) -> Result<HttpResponse> {
    shop.upload_cover(book.id, &headers.content_type, &image)?;
    Ok(HttpResponse::new(status::HTTP_204_NO_CONTENT))
}

async fn read_cover(shop: Data<Shop>, Depends(FoundBook(book)): Depends<FoundBook>) -> HttpResponse {
    match shop.read_cover(book.id) {
        None => HttpResponse::new(status::HTTP_404_NOT_FOUND), // image clients expect no text
        Some(image) => {
            HttpResponse::Ok().content_type("image/png").insert_header((CACHE_CONTROL, "max-age=3600")).body(image)
        }
    }
}

async fn restock(
    shop: Data<Shop>,
    All((Depends(FoundBook(book)), _, Json(order))): All<(Depends<FoundBook>, Depends<StaffMember>, Json<Restock>)>,
) -> Result<HttpResponse> {
    let job = shop.restock(book.id, &order)?;
    Ok(HttpResponse::build(status::HTTP_202_ACCEPTED).insert_header((LOCATION, job.location())).json(job))
}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
async fn post_review(
    shop: Data<Shop>,
    All((Path(book_id), Query(query), Headers(headers), Cookies(cookies), Json(review))): All<(
        Path<i64>,
        Query<ReviewQuery>,
        Headers<ReviewHeaders>,
        Cookies<ReviewCookies>,
        Json<Review>,
    )>,
) -> Result<HttpResponse> {
    let posted = shop.post_review(book_id, &review, headers.x_client_version, query.notify, cookies.visits)?;
    Ok(HttpResponse::build(status::HTTP_201_CREATED).json(posted))
}

//! Books.

use example_bookshop::{
    Authorization, Book, BookQuery, CoverHeaders, NewBook, ReadBookHeaders, ReplaceBookHeaders, Restock, Review,
    ReviewCookies, ReviewHeaders, ReviewQuery, SampleHeaders, Shop, User,
};
use fastapi_status_hyper::{Result, status};
use hyper::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, ETAG, HeaderValue, LOCATION};

use crate::answer::{Response, bytes, empty, header_value, json, redirect};
use crate::call::Call;

fn find_book(shop: &Shop, call: &Call) -> Result<Book> {
    Ok(shop.find_book(call.path()?)?)
}

pub(crate) fn staff_member(shop: &Shop, call: &Call) -> Result<User> {
    let Authorization { authorization } = call.headers()?;
    Ok(shop.staff_member(authorization.as_deref())?)
}

pub(crate) fn list_books(shop: &Shop, call: &Call) -> Result<Response> {
    let query: BookQuery = call.query()?;
    json(status::HTTP_200_OK, [], &shop.list_books(&query))
}

pub(crate) fn add_book(shop: &Shop, call: &Call) -> Result<Response> {
    staff_member(shop, call)?;
    let new: NewBook = call.json()?;
    let book = shop.add_book(new)?;
    json(status::HTTP_201_CREATED, [(LOCATION, book.location()), (ETAG, book.etag())], &book)
}

pub(crate) fn bestseller(_: &Shop, _: &Call) -> Result<Response> {
    redirect(status::HTTP_307_TEMPORARY_REDIRECT, "/books/1")
}

pub(crate) fn read_book(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    let ReadBookHeaders { accept, if_none_match } = call.headers()?;
    let book = shop.read_book(book.id, &accept, if_none_match.as_deref())?;
    json(status::HTTP_200_OK, [(ETAG, book.etag())], &book)
}

pub(crate) fn replace_book(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    staff_member(shop, call)?;
    let ReplaceBookHeaders { if_match } = call.headers()?;
    let new: NewBook = call.json()?;
    let changed = shop.replace_book(book.id, new, if_match.as_deref())?;
    json(status::HTTP_200_OK, [(ETAG, changed.etag())], &changed)
}

pub(crate) fn remove_book(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    staff_member(shop, call)?;
    shop.remove_book(book.id)?;
    Ok(empty(status::HTTP_204_NO_CONTENT))
}

pub(crate) fn read_sample(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    let SampleHeaders { range } = call.headers()?;
    let sample = shop.read_sample(book.id, range.as_deref())?;
    let text = |status| bytes(status, "text/plain; charset=utf-8", sample.text);
    let mut response;
    match sample.content_range {
        None => {
            response = text(status::HTTP_200_OK);
            response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        Some(range) => {
            response = text(status::HTTP_206_PARTIAL_CONTENT);
            response.headers_mut().insert(CONTENT_RANGE, header_value(range)?);
        }
    }
    Ok(response)
}

pub(crate) fn upload_cover(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    staff_member(shop, call)?;
    let CoverHeaders { content_type } = call.headers()?;
    shop.upload_cover(book.id, &content_type, &call.body)?;
    Ok(empty(status::HTTP_204_NO_CONTENT))
}

pub(crate) fn read_cover(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    let Some(image) = shop.read_cover(book.id) else {
        return Ok(empty(status::HTTP_404_NOT_FOUND)); // image clients expect no text
    };
    let mut response = bytes(status::HTTP_200_OK, "image/png", image);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    Ok(response)
}

pub(crate) fn restock(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    staff_member(shop, call)?;
    let order: Restock = call.json()?;
    let job = shop.restock(book.id, &order)?;
    json(status::HTTP_202_ACCEPTED, [(LOCATION, job.location())], &job)
}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
pub(crate) fn post_review(shop: &Shop, call: &Call) -> Result<Response> {
    let book_id = call.path()?;
    let ReviewQuery { notify } = call.query()?;
    let ReviewHeaders { x_client_version } = call.headers()?;
    let ReviewCookies { visits } = call.cookies()?;
    let review: Review = call.json()?;
    let posted = shop.post_review(book_id, &review, x_client_version, notify, visits)?;
    json(status::HTTP_201_CREATED, [], &posted)
}

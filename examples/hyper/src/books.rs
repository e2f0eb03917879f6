//! Books.

use example_bookshop::{
    Authorization, Book, BookQuery, CoverHeaders, NewBook, ReadBookHeaders, ReplaceBookHeaders, Restock, Review,
    ReviewCookies, ReviewHeaders, ReviewQuery, SampleHeaders, Shop, User,
};
use fastapi_status_hyper::{Result, status};
use hyper::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, ETAG, HeaderValue, LOCATION};

use crate::answer::{Response, bytes, empty, header_value, json, redirect};
use crate::call::{All as _, Call, Valid, depends};

/// The book with the id in the path.
fn find_book(shop: &Shop, call: &Call) -> Result<Valid<Book>> {
    depends(call.path(), |book_id| Ok(shop.find_book(book_id)?))
}

/// Who sent the request; only staff will do.
pub(crate) fn staff_member(shop: &Shop, call: &Call) -> Result<Valid<User>> {
    depends(call.headers(), |Authorization { authorization }| Ok(shop.staff_member(authorization.as_deref())?))
}

pub(crate) fn list_books(shop: &Shop, call: &Call) -> Result<Response> {
    let query: BookQuery = call.query()?;
    json(status::HTTP_200_OK, [], &shop.list_books(&query.checked()?))
}

pub(crate) fn add_book(shop: &Shop, call: &Call) -> Result<Response> {
    let new = call.json::<NewBook>()?;
    let staff = staff_member(shop, call)?;
    let (_, new) = (staff, new).all()?;
    let book = shop.add_book(new.checked()?)?;
    json(status::HTTP_201_CREATED, [(LOCATION, book.location()), (ETAG, book.etag())], &book)
}

pub(crate) fn bestseller(_: &Shop, _: &Call) -> Result<Response> {
    redirect(status::HTTP_307_TEMPORARY_REDIRECT, "/books/1")
}

pub(crate) fn read_book(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    let (book, ReadBookHeaders { accept, if_none_match }) = (book, call.headers()).all()?;
    let book = shop.read_book(book.id, &accept, if_none_match.as_deref())?;
    json(status::HTTP_200_OK, [(ETAG, book.etag())], &book)
}

pub(crate) fn replace_book(shop: &Shop, call: &Call) -> Result<Response> {
    let new = call.json::<NewBook>()?;
    let (book, staff) = (find_book(shop, call)?, staff_member(shop, call)?);
    let (book, _, ReplaceBookHeaders { if_match }, new) = (book, staff, call.headers(), new).all()?;
    let changed = shop.replace_book(book.id, new.checked()?, if_match.as_deref())?;
    json(status::HTTP_200_OK, [(ETAG, changed.etag())], &changed)
}

pub(crate) fn remove_book(shop: &Shop, call: &Call) -> Result<Response> {
    let (book, staff) = (find_book(shop, call)?, staff_member(shop, call)?);
    let (book, _) = (book, staff).all()?;
    shop.remove_book(book.id)?;
    Ok(empty(status::HTTP_204_NO_CONTENT))
}

pub(crate) fn read_sample(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)?;
    let (book, SampleHeaders { range }) = (book, call.headers()).all()?;
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
    let (book, staff) = (find_book(shop, call)?, staff_member(shop, call)?);
    let (book, _, CoverHeaders { content_type }) = (book, staff, call.headers()).all()?;
    shop.upload_cover(book.id, &content_type, &call.body)?;
    Ok(empty(status::HTTP_204_NO_CONTENT))
}

pub(crate) fn read_cover(shop: &Shop, call: &Call) -> Result<Response> {
    let book = find_book(shop, call)??;
    let Some(image) = shop.read_cover(book.id) else {
        return Ok(empty(status::HTTP_404_NOT_FOUND)); // image clients expect no text
    };
    let mut response = bytes(status::HTTP_200_OK, "image/png", image);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    Ok(response)
}

pub(crate) fn restock(shop: &Shop, call: &Call) -> Result<Response> {
    let order = call.json::<Restock>()?;
    let (book, staff) = (find_book(shop, call)?, staff_member(shop, call)?);
    let (book, _, order) = (book, staff, order).all()?;
    let job = shop.restock(book.id, &order)?;
    json(status::HTTP_202_ACCEPTED, [(LOCATION, job.location())], &job)
}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
pub(crate) fn post_review(shop: &Shop, call: &Call) -> Result<Response> {
    let review = call.json::<Review>()?;
    let parts = (call.path(), call.query(), call.headers(), call.cookies(), review).all()?;
    let (book_id, ReviewQuery { notify }, ReviewHeaders { x_client_version }, ReviewCookies { visits }, review) = parts;
    let posted = shop.post_review(book_id, &review, x_client_version, notify, visits)?;
    json(status::HTTP_201_CREATED, [], &posted)
}

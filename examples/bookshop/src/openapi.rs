//! What `/openapi.json` says: the routes of all ports, in FastAPI's order.
//!
//! A service on its own writes `#[utoipa::path(…)]` above its handlers. Here they would say the same in each port, so they
//! stand above functions of the handlers' names that nobody calls.
#![expect(dead_code, reason = "utoipa reads what stands above the functions")]

use std::sync::LazyLock;

use fastapi_status_serde::openapi::{AsFastapi, status};
use utoipa::OpenApi;
use utoipa::openapi::Info;

use crate::{
    AccountCookies, Authorization, Book, BookPage, BookQuery, Coffee, CoverHeaders, Job, Login, NewBook, NewGiftCards,
    NewOrder, Order, PostedReview, ReadBookHeaders, ReplaceBookHeaders, Report, ReportKind, Restock, Review,
    ReviewCookies, ReviewHeaders, ReviewQuery, SampleHeaders, Search, SearchHeaders, SoldGiftCards, Token, User,
    Welcome,
};

/// The document that `/openapi.json` answers with.
#[must_use]
pub fn openapi() -> &'static utoipa::openapi::OpenApi {
    static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(|| {
        let mut document = Bookshop::openapi();
        document.info = Info::new("Bookshop", "1.0.0"); // utoipa adds this crate's description and licence
        document
    });
    &DOCUMENT
}

#[derive(OpenApi)]
#[openapi(
    modifiers(&AsFastapi),
    paths(
        list_books, add_book, bestseller, read_book, replace_book, remove_book, read_sample, upload_cover, read_cover,
        restock, post_review, list_orders, place_order, read_order, cancel_order, welcome, read_job, find_title, search,
        change_prices, buy_gift_card, log_in, read_account, log_out, old_catalogue, old_order_form, report, brew
    )
)]
struct Bookshop;

// --- Books ---

/// The catalogue, without what may not be sold.
#[utoipa::path(
    get, path = "/books", tag = "books",
    params(BookQuery),
    responses((status = 200, body = BookPage), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn list_books() {}

#[utoipa::path(
    post, path = "/books", tag = "books",
    params(Authorization),
    request_body = NewBook,
    responses((status = 201, body = Book), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn add_book() {}

#[utoipa::path(get, path = "/books/bestseller", tag = "books", responses(status::HTTP_200_OK))]
fn bestseller() {}

#[utoipa::path(
    get, path = "/books/{book_id}", tag = "books",
    params(("book_id" = i64, Path), ReadBookHeaders),
    responses((status = 200, body = Book), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn read_book() {}

/// Replaces a book that nobody else has changed since it was read.
#[utoipa::path(
    put, path = "/books/{book_id}", tag = "books",
    params(("book_id" = i64, Path), ReplaceBookHeaders, Authorization),
    request_body = NewBook,
    responses((status = 200, body = Book), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn replace_book() {}

#[utoipa::path(
    delete, path = "/books/{book_id}", tag = "books",
    params(("book_id" = i64, Path), Authorization),
    responses(status::HTTP_204_NO_CONTENT, status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn remove_book() {}

/// The opening words, whole or in part (`Range: bytes=0-9`).
#[utoipa::path(
    get, path = "/books/{book_id}/sample", tag = "books",
    params(("book_id" = i64, Path), SampleHeaders),
    responses(status::HTTP_200_OK, status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn read_sample() {}

#[utoipa::path(
    put, path = "/books/{book_id}/cover", tag = "books",
    params(("book_id" = i64, Path), CoverHeaders, Authorization),
    responses(status::HTTP_200_OK, status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn upload_cover() {}

#[utoipa::path(
    get, path = "/books/{book_id}/cover", tag = "books",
    params(("book_id" = i64, Path)),
    responses(status::HTTP_200_OK, status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn read_cover() {}

/// Orders copies from a publisher; the job says when they have come.
#[utoipa::path(
    post, path = "/books/{book_id}/restock", tag = "books",
    params(("book_id" = i64, Path), Authorization),
    request_body = Restock,
    responses((status = 202, body = Job), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn restock() {}

/// Takes part in no dependency, so that all that is wrong with a review is told at once.
#[utoipa::path(
    post, path = "/books/{book_id}/reviews", tag = "books",
    params(("book_id" = i64, Path), ReviewQuery, ReviewHeaders, ReviewCookies),
    request_body = Review,
    responses((status = 201, body = PostedReview), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn post_review() {}

// --- Orders ---

#[utoipa::path(
    get, path = "/orders/", tag = "orders",
    params(Authorization),
    responses((status = 200, body = Vec<Order>), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn list_orders() {}

#[utoipa::path(
    post, path = "/orders/", tag = "orders",
    params(Authorization),
    request_body = NewOrder,
    responses((status = 201, body = Order), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn place_order() {}

#[utoipa::path(
    get, path = "/orders/{order_id}", tag = "orders",
    params(("order_id" = i64, Path), Authorization),
    responses((status = 200, body = Order), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn read_order() {}

#[utoipa::path(
    post, path = "/orders/{order_id}/cancel", tag = "orders",
    params(("order_id" = i64, Path), Authorization),
    responses((status = 200, body = Order), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn cancel_order() {}

// --- The rest of the shop ---

#[utoipa::path(get, path = "/", responses((status = 200, body = inline(Welcome))))]
fn welcome() {}

/// A job is under way when first asked for, and done from then on.
#[utoipa::path(
    get, path = "/jobs/{job_id}",
    params(("job_id" = i64, Path)),
    responses((status = 200, body = Job), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn read_job() {}

#[utoipa::path(
    get, path = "/titles/{title}",
    params(("title" = String, Path)),
    responses(status::HTTP_200_OK, status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn find_title() {}

/// Titles that contain `q`; a key has a few searches, and no more.
#[utoipa::path(
    get, path = "/search",
    params(Search, SearchHeaders),
    responses((status = 200, body = Vec<String>), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn search() {}

/// Many prices at once, by title; says for each title how it went.
#[utoipa::path(
    put, path = "/prices",
    params(Authorization),
    request_body = HashMap<String, f64>,
    responses((status = 207, body = HashMap<String, i64>), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn change_prices() {}

#[utoipa::path(
    post, path = "/gift-cards",
    request_body = NewGiftCards,
    responses((status = 201, body = inline(SoldGiftCards)), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn buy_gift_card() {}

#[utoipa::path(
    post, path = "/login",
    request_body(content = Login, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Token), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn log_in() {}

#[utoipa::path(
    get, path = "/account",
    params(AccountCookies),
    responses((status = 200, body = User), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn read_account() {}

#[utoipa::path(post, path = "/account/logout", responses(status::HTTP_200_OK))]
fn log_out() {}

#[utoipa::path(get, path = "/catalogue", responses(status::HTTP_200_OK))]
fn old_catalogue() {}

#[utoipa::path(post, path = "/buy", responses(status::HTTP_200_OK))]
fn old_order_form() {}

#[utoipa::path(
    get, path = "/reports/{kind}",
    params(("kind" = inline(ReportKind), Path), Authorization),
    responses((status = 200, body = inline(Report)), status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn report() {}

/// The machine in the corner makes tea.
#[utoipa::path(
    post, path = "/coffee",
    request_body = Option<Coffee>,
    responses(status::HTTP_200_OK, status::HTTP_422_UNPROCESSABLE_CONTENT),
)]
fn brew() {}

//! The bookshop of `examples/fastapi/main.py` without a framework: its catalogue, its orders, its customers' accounts and
//! a live stock feed.
//!
//! This is a library; `cargo run -p example-axum`, `-p example-actix` or `-p example-hyper` serves it on
//! <http://127.0.0.1:8000>.
//!
//! Everything is kept in memory, starts from the same seed, and depends on neither clock nor chance. What goes wrong is an
//! [`HttpException`] (or a domain error that becomes one, such as [`NotForSale`]), which each framework's adapter answers
//! with; what goes wrong in the feed is a [`WebSocketException`](fastapi_status::WebSocketException).
#![forbid(unsafe_code)]

mod accounts;
mod books;
#[cfg(feature = "cli")]
pub mod cli;
mod cookies;
mod counter;
mod covers;
mod docs;
mod feed;
mod jobs;
mod openapi;
mod orders;
mod python;
mod requests;
mod reviews;
mod samples;
mod seed;
mod shop;

pub use accounts::{Login, Token, User};
pub use books::{Author, Book, BookPage, BookQuery, Genre, NewBook, NotForSale, Sort};
pub use cookies::{end_of_session, session_cookie, visits_cookie};
pub use counter::{GiftCard, NewGiftCards, Report, ReportKind, Search, SoldGiftCards, Welcome};
pub use docs::{DOCS, DocsFile, docs_file};
pub use fastapi_status::HttpException;
pub use feed::{FeedQuery, Stock, TimesQuery, Watched};
pub use jobs::{Job, Restock};
pub use openapi::openapi;
pub use orders::{Address, NewOrder, Order, OrderLine, OrderState};
pub use requests::{
    AccountCookies, Authorization, Coffee, CoverHeaders, ReadBookHeaders, ReplaceBookHeaders, ReviewCookies,
    ReviewHeaders, ReviewQuery, SampleHeaders, SearchHeaders,
};
pub use reviews::{PostedReview, Rating, Review};
pub use samples::Sample;
pub use shop::Shop;

/// What the shop answers.
pub type Result<T, E = HttpException> = std::result::Result<T, E>;

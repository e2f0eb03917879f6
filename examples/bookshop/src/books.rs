//! Books: what is for sale, and what staff do about it.

use fastapi_status::{HttpException, status};
use fastapi_status_serde::{RequestValidationError, ValidationError};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::shop::{State, next_id};
use crate::{Result, Shop, python};

const SHELF_SPACE: usize = 12;

/// What a book is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Genre {
    Fiction,
    Science,
    Poetry,
    Cookery,
}

/// Who wrote a book, or a review, or gets a gift card.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Author {
    pub name: String,
    pub born: Option<i64>,
}

/// What staff send to add a book, or to replace one.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewBook {
    #[schema(min_length = 1)]
    pub title: String,
    pub authors: Vec<Author>,
    #[schema(minimum = 0)]
    pub price: f64,
    pub genre: Genre,
    pub pages: Option<i64>,
    #[serde(default)]
    #[schema(default = json!([]))]
    pub tags: Vec<String>,
    #[serde(default)]
    #[schema(default = false)]
    pub signed: bool,
}

impl NewBook {
    /// What its types cannot tell.
    pub fn checked(self) -> Result<Self, RequestValidationError> {
        let mut errors = RequestValidationError::default();
        if self.title.is_empty() {
            errors.extend([ValidationError::string_too_short(1, &self.title).at(["body", "title"])]);
        }
        // Python's JSON has NaN.
        if self.price < 0.0 || self.price.is_nan() {
            let error = ValidationError::new("greater_than_equal", "Input should be greater than or equal to 0");
            errors.extend([error.with_ctx(&json!({"ge": 0.0})).with_input(&self.price).at(["body", "price"])]);
        }
        errors.or(self)
    }
}

/// A book as the shop shows it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Book {
    #[serde(flatten)]
    pub new: NewBook,
    pub id: i64,
    #[schema(required = false, default = 0)]
    pub stock: i64,
    #[schema(required = false, default = 1, value_type = i64)]
    pub edition: u32,
}

impl Book {
    /// Changes whenever the book is replaced.
    #[must_use]
    pub fn etag(&self) -> String {
        format!("\"{}-{}\"", self.id, self.edition)
    }

    /// Where it is shown.
    #[must_use]
    pub fn location(&self) -> String {
        format!("/books/{}", self.id)
    }
}

/// A part of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BookPage {
    /// How many there are in all.
    #[schema(value_type = i64)]
    pub total: usize,
    /// Those of this page.
    pub items: Vec<Book>,
}

/// Which part of the catalogue to show.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BookQuery {
    pub genre: Option<Genre>,
    pub max_price: Option<f64>,
    #[serde(default)]
    #[param(default = false)]
    pub in_stock: bool,
    #[serde(default)]
    #[param(default = json!([]))]
    pub tag: Vec<String>,
    #[serde(default)]
    #[param(inline)]
    pub sort: Sort,
    #[serde(default = "BookQuery::default_limit")]
    #[param(default = 10, minimum = 1)]
    pub limit: i64,
    #[serde(default)]
    #[param(default = 0)]
    pub offset: i64,
}

impl BookQuery {
    fn default_limit() -> i64 {
        10
    }

    /// What its types cannot tell.
    pub fn checked(self) -> Result<Self, RequestValidationError> {
        let mut errors = RequestValidationError::default();
        if self.limit < 1 {
            let limit = self.limit.to_string();
            errors.extend([ValidationError::greater_than_equal(1, &limit).at(["query", "limit"])]);
        }
        errors.or(self)
    }
}

/// The order of the catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(default = "id")]
#[serde(rename = "Literal", rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sort {
    #[default]
    Id,
    Title,
    Price,
}

/// Why a book cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum NotForSale {
    Withdrawn,
    Banned,
    Unknown { book_id: i64 },
}

impl From<NotForSale> for HttpException {
    fn from(reason: NotForSale) -> Self {
        match reason {
            NotForSale::Withdrawn => Self::new(status::HTTP_410_GONE, "Withdrawn by the publisher"),
            NotForSale::Banned => {
                Self::new(status::HTTP_451_UNAVAILABLE_FOR_LEGAL_REASONS, "Not for sale by order of the court")
                    .with_header("link", r#"<https://court.example/orders/7>; rel="blocked-by""#)
            }
            NotForSale::Unknown { book_id } => {
                Self::new(status::HTTP_404_NOT_FOUND, json!({"error": "no such book", "book_id": book_id}))
            }
        }
    }
}

impl State {
    pub(crate) fn find_book(&self, book_id: i64) -> Result<&Book, NotForSale> {
        if self.withdrawn.contains(&book_id) {
            return Err(NotForSale::Withdrawn);
        }
        if self.banned.contains(&book_id) {
            return Err(NotForSale::Banned);
        }
        self.books.get(&book_id).ok_or(NotForSale::Unknown { book_id })
    }
}

impl Shop {
    /// The book with this id, or the reason why it is not for sale.
    pub fn find_book(&self, book_id: i64) -> Result<Book, NotForSale> {
        self.state().find_book(book_id).cloned()
    }

    /// The catalogue, without what may not be sold.
    #[must_use]
    pub fn list_books(&self, query: &BookQuery) -> BookPage {
        let state = self.state();
        let mut found: Vec<_> = state
            .books
            .values()
            .filter(|book| !state.withdrawn.contains(&book.id) && !state.banned.contains(&book.id))
            .filter(|book| query.genre.is_none_or(|genre| book.new.genre == genre))
            .filter(|book| query.max_price.is_none_or(|price| book.new.price <= price))
            .filter(|book| !query.in_stock || book.stock > 0)
            .filter(|book| query.tag.iter().all(|wanted| book.new.tags.contains(wanted)))
            .collect();
        match query.sort {
            Sort::Id => {}
            Sort::Title => found.sort_by(|a, b| a.new.title.cmp(&b.new.title)),
            Sort::Price => found.sort_by(|a, b| a.new.price.total_cmp(&b.new.price)),
        }
        let start = query.offset.max(0);
        let items = python::slice(&found, start, start.saturating_add(query.limit));
        BookPage { total: found.len(), items: items.iter().copied().cloned().collect() }
    }

    /// A new book.
    pub fn add_book(&self, new: NewBook) -> Result<Book> {
        let mut state = self.state();
        if state.books.values().any(|book| book.new.title == new.title) {
            let detail = format!("There is already a book called {}", python::quoted(&new.title));
            return Err(HttpException::new(status::HTTP_409_CONFLICT, detail));
        }
        if state.books.len() >= SHELF_SPACE {
            return Err(HttpException::new(status::HTTP_507_INSUFFICIENT_STORAGE, "The shelves are full"));
        }
        let book = Book { new, id: next_id(&state.books), stock: 0, edition: 1 };
        state.books.insert(book.id, book.clone());
        Ok(book)
    }

    /// The book, for a client that takes JSON and has not this edition already.
    pub fn read_book(&self, book_id: i64, accept: &str, if_none_match: Option<&str>) -> Result<Book> {
        let book = self.find_book(book_id)?;
        if !["*/*", "application/*", "application/json"].iter().any(|kind| accept.contains(kind)) {
            return Err(HttpException::new(status::HTTP_406_NOT_ACCEPTABLE, json!({"offered": ["application/json"]})));
        }
        let etag = book.etag();
        if if_none_match.is_some_and(|tag| tag == "*" || tag == etag) {
            return Err(HttpException::from_status(status::HTTP_304_NOT_MODIFIED).with_header("etag", etag));
        }
        Ok(book)
    }

    /// Replaces a book that nobody else has changed since it was read.
    pub fn replace_book(&self, book_id: i64, new: NewBook, if_match: Option<&str>) -> Result<Book> {
        let mut state = self.state();
        let book = state.find_book(book_id)?;
        let Some(tag) = if_match else {
            return Err(HttpException::new(
                status::HTTP_428_PRECONDITION_REQUIRED,
                "Send If-Match with the book's ETag",
            ));
        };
        let etag = book.etag();
        if tag != "*" && tag != etag {
            return Err(HttpException::from_status(status::HTTP_412_PRECONDITION_FAILED).with_header("etag", etag));
        }
        let changed = Book { new, id: book_id, stock: book.stock, edition: book.edition + 1 };
        state.books.insert(book_id, changed.clone());
        Ok(changed)
    }

    /// Takes a book from the shelves.
    pub fn remove_book(&self, book_id: i64) -> Result<()> {
        let mut state = self.state();
        state.find_book(book_id)?;
        if state.in_stocktaking.contains(&book_id) {
            return Err(HttpException::new(status::HTTP_423_LOCKED, "Being counted by the stocktakers"));
        }
        if state.orders.values().flat_map(|order| &order.new.lines).any(|line| line.book_id == book_id) {
            return Err(HttpException::new(status::HTTP_409_CONFLICT, "Somebody has ordered it"));
        }
        state.books.remove(&book_id);
        Ok(())
    }
}

//! FastAPI's request validation for Rust: FastAPI's 422, from plain [serde](https://serde.rs) types.
//!
//! ```
//! use fastapi_status::HttpException;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Item {
//!     name: String,
//!     price: f64,
//!     #[serde(default)]
//!     tags: Vec<String>,
//! }
//!
//! fn create(content_type: Option<&str>, body: &[u8]) -> Result<String, HttpException> {
//!     let item: Item = fastapi_status_serde::from_json(content_type, body)?;
//!     Ok(format!("{} for {:.2}, {} tags", item.name, item.price, item.tags.len()))
//! }
//!
//! let json = Some("application/json");
//! assert_eq!(create(json, br#"{"name": "Dune", "price": "9.9"}"#)?, "Dune for 9.90, 0 tags");
//!
//! let error = create(json, br#"{"price": []}"#).unwrap_err();
//! assert_eq!(error.status(), 422);
//! assert_eq!(
//!     String::from_utf8_lossy(&error.answer().body()),
//!     concat!(
//!         r#"{"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"price":[]}},"#,
//!         r#"{"type":"float_type","loc":["body","price"],"msg":"Input should be a valid number","input":[]}]}"#,
//!     ),
//! );
//! # Ok::<(), HttpException>(())
//! ```
//!
//! [`from_json`] reads bodies; [`from_path`], [`from_query`], [`from_form`], [`from_headers`] and [`from_cookies`] the
//! rest. All errors are found, in pydantic's order and words, and what pydantic takes for a type is taken. A handler that
//! reads several parts puts their errors into one list with [`RequestValidationError::merge`].
//!
//! # Which Rust type is which Python type
//!
//! | Rust | Python |
//! | --- | --- |
//! | a struct | a `BaseModel`; with `deny_unknown_fields`, one with `extra="forbid"` |
//! | `Option<T>` | `T \| None = None` |
//! | `#[serde(default)]` | a default |
//! | `#[serde(rename = "…")]` | an alias |
//! | `u8`, `i64`, … | `int` with `ge` and `le` of the type's bounds: `less_than_equal`, never a wrapped number |
//! | `f32`, `f64` | `float`, infinities and NaN included |
//! | `char` | `str` with `min_length` and `max_length` of 1 |
//! | `Vec<T>`, sets | `list[T]` |
//! | tuples, arrays | `tuple[…]` |
//! | maps | `dict[K, V]` |
//! | an enum without values | an `Enum` of strings; one that is called `Literal`, or renamed so, a `Literal[…]` |
//! | `()` | `None` |
//! | `serde_json::Value` | `Any`, but that an integer beyond 64 bits becomes a float |
//! | a type that checks itself: `try_from`, `NonZero`, `IpAddr`, UUIDs, URLs, dates | a validator that raises `ValueError` with the type's own message |
//!
//! # Checks of one's own
//!
//! What `Field(gt=0)` or `min_length` check is checked by hand, and reported in pydantic's form:
//!
//! ```
//! use fastapi_status_serde::{RequestValidationError, ValidationError, from_json};
//!
//! fn price(body: &[u8]) -> Result<f64, RequestValidationError> {
//!     let price: f64 = from_json(Some("application/json"), body)?;
//!     let mut errors = RequestValidationError::default();
//!     if price <= 0.0 {
//!         errors.extend([ValidationError::greater_than(0.0, &price).at(["body"])]);
//!     }
//!     errors.or(price)
//! }
//!
//! assert_eq!(price(b"-1.5").unwrap_err().errors()[0].msg(), "Input should be greater than 0");
//! ```
//!
//! Or the type checks itself (`#[serde(try_from = "…")]`): then the check is one of many, and hides no other. Its error may
//! be a [`ValidationError`], whose documentation shows how. Crates that check a value when it is there already, such as
//! `garde`, are not built in: their checks run only on a value that has no other errors, and pydantic tells both in one list.
//!
//! # What cannot be known
//!
//! - A type that buffers what it reads (`#[serde(flatten)]`, untagged and internally tagged enums, a `Deserialize` of one's
//!   own) does not say which types it wants. Valid values are read as `serde` reads them; of the others, the first error is
//!   a `value_error`, or `missing`, where the type stands. Errors elsewhere are found all the same.
//! - Such a type coerces nothing: below `#[serde(flatten)]`, `"1"` is no number, and in a query or a form all values are
//!   text. Do not flatten numbers; use two extractors, each with its own struct.
//! - Whether a field is required is known only from a visitor that was given all fields declared before. Where one of
//!   these is missing or wrong, and its type checks itself, it is given stand-ins until it takes one: some three dozen usual
//!   ones, and what its own errors tell of it (a bound in pydantic's form, the fields that a tagged enum lacks, an
//!   [example](ValidationError::with_example)). A type that takes none of them hides what is missing behind it until its
//!   value is right, unless another request has shown it before; an example prevents that.
//! - A name's alias cannot be told from a name: both stand in `ctx.expected` of an enum.
//! - A set is a list: `list_type`, not `set_type`.
//! - A date is what its Rust type takes, and nothing else. pydantic's leniency is not there: to a `datetime` it takes
//!   `"2024-05-06"`, timestamps, and times without an offset, which `chrono::DateTime<Utc>` refuses. `time` reads its own
//!   formats (`2024-05-06 07:08:09.0 +00:00:00`), and strings only with its feature `serde-human-readable`; ISO 8601 is
//!   `#[serde(with = "time::serde::rfc3339")]`, with its feature `serde-well-known`.
//! - Headers with an underscore are not read, as by FastAPI's `Header()`; an `alias` with one is not told from a name.
//! - Each field of a query, a form, headers or cookies is a parameter of its own, as in a function that declares one
//!   argument each: what is `missing` has `null` as its input. FastAPI's model of all of them (`Annotated[Model, Query()]`)
//!   has the whole of what was sent there.
//!
//! # Kept different on purpose
//!
//! - FastAPI answers 500 where it has to echo NaN, an infinity, a lone surrogate, or a value nested hundreds deep. Here it
//!   is the 422, with `null` for the number and U+FFFD for the surrogate.
//! - Rust's strings hold no lone surrogates: `string_unicode`.
//! - `T` may be nested 128 deep, as in `serde_json`; pydantic goes to 255: `recursion_depth_exceeded`. What is ignored may
//!   be nested 8500 deep, nearly as in CPython; above, FastAPI's 400, as for any body that Python does not read.
//! - A body with an encoded surrogate (`ED A0 80`) is no UTF-8, and a 400; Python reads it.
//! - The `charset` of multipart data is UTF-8, or else read as Latin-1.
//! - Floats are `serde_json`'s, whose last bit may differ; its feature `float_roundtrip` makes them Python's.
//!
//! # Cost
//!
//! A valid body costs what `serde_json` costs: it is read by it, through a thin layer that refuses the little that
//! `serde_json` takes and pydantic does not. Only if that fails, the body is parsed again and looked at closely. The time
//! is linear in the size of the body, however many errors it has. The size itself is for the framework to bound.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod embedded;
mod error;
mod kinds;
mod location;
mod multipart;
#[cfg(feature = "utoipa")]
pub mod openapi;
mod parameters;
mod plain;
mod python;
mod recorder;
mod report;
mod response;
mod strict;

pub use body::from_json;
pub use embedded::from_embedded_json;
pub use error::{LocItem, ValidationError};
pub use location::latin_1;
pub use parameters::{from_cookies, from_form, from_form_fields, from_headers, from_path, from_query};
pub use report::RequestValidationError;
pub use response::to_json;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

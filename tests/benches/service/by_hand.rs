//! FastAPI's answers as one writes them without our crates: a body is read into a `Value`, which is looked through field by
//! field, with pydantic's coercions.
//!
//! Not answered as ours answers: what Python reads as JSON and `serde_json` does not (`NaN`, lone surrogates, UTF-16), and
//! where a body is no JSON; integers beyond an `i64`, and texts such as `0-1`; floats in an `input` as Python writes them;
//! a book that is gone, and a customer that is no staff, which the bare service answers; the handshake of a WebSocket; and
//! where a path is redirected, what is encoded in it, and a proxy's `x-forwarded-proto`.

use example_bookshop::{Author, Genre, NewBook};
use serde::Serialize;
use serde_json::{Map, Number, Value};

/// The body of a refusal.
#[derive(Serialize)]
pub(super) struct Refusal<T> {
    pub(super) detail: T,
}

/// One of FastAPI's errors.
#[derive(Serialize)]
pub(super) struct Error {
    r#type: &'static str,
    loc: Loc,
    msg: &'static str,
    input: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    ctx: Option<Ctx>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum Loc {
    Part([&'static str; 1]),
    Position(&'static str, usize),
    Field([&'static str; 2]),
    Item(&'static str, &'static str, usize),
    FieldOfItem(&'static str, &'static str, usize, &'static str),
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Ctx {
    Error(String),
    Expected(&'static str),
}

fn error(r#type: &'static str, loc: Loc, msg: &'static str, input: impl Into<Value>) -> Error {
    Error { r#type, loc, msg, input: input.into(), ctx: None }
}

/// The body of a 404 that the router answers.
pub(super) const NOT_FOUND: &str = r#"{"detail":"Not Found"}"#;

/// The only parameter of the path.
pub(super) fn book_id(text: &str) -> Result<i64, Refusal<Vec<Error>>> {
    integer(text).ok_or_else(|| {
        let msg = "Input should be a valid integer, unable to parse string as an integer";
        Refusal { detail: vec![error("int_parsing", Loc::Field(["path", "book_id"]), msg, text)] }
    })
}

/// The body.
pub(super) fn new_book(content_type: Option<&str>, body: &[u8]) -> Result<NewBook, Refusal<Vec<Error>>> {
    let loc = Loc::Part(["body"]);
    let mut errors = Vec::new();
    let book = if body.is_empty() {
        refuse(&mut errors, error("missing", loc, "Field required", Value::Null))
    } else if !content_type.is_some_and(is_json) {
        refuse(&mut errors, error("model_attributes_type", loc, NO_MODEL, String::from_utf8_lossy(body)))
    } else {
        match serde_json::from_slice(body) {
            Ok(Value::Object(book)) => read_book(&book, &mut errors),
            Ok(other) => refuse(&mut errors, error("model_attributes_type", loc, NO_MODEL, other)),
            Err(why) => {
                let error = error("json_invalid", Loc::Position("body", why.column()), "JSON decode error", Map::new());
                refuse(&mut errors, Error { ctx: Some(Ctx::Error(why.to_string())), ..error })
            }
        }
    };
    book.ok_or(Refusal { detail: errors })
}

const NO_MODEL: &str = "Input should be a valid dictionary or object to extract fields from";

/// Where a path with a slash at its end is redirected to.
pub(super) fn location(host: Option<&str>, path: &str, query: Option<&str>) -> String {
    let origin = host.map(|host| format!("http://{host}")).unwrap_or_default();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{origin}{}{query}", path.trim_end_matches('/'))
}

fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let is_other = || {
        let media_type = media_type.to_ascii_lowercase();
        let subtype = media_type.strip_prefix("application/").filter(|subtype| !subtype.contains('/'));
        subtype.is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
    };
    media_type == "application/json" || is_other()
}

fn refuse<T>(errors: &mut Vec<Error>, error: Error) -> Option<T> {
    errors.push(error);
    None
}

/// Each field is read, whatever became of those before it.
fn read_book(book: &Map<String, Value>, errors: &mut Vec<Error>) -> Option<NewBook> {
    let title = required(book, "title", Loc::Field(["body", "title"]), errors, read_text);
    let authors = required(book, "authors", Loc::Field(["body", "authors"]), errors, |authors, loc, errors| {
        read_list(authors, loc, errors, read_author)
    });
    let price = required(book, "price", Loc::Field(["body", "price"]), errors, read_float);
    let genre = required(book, "genre", Loc::Field(["body", "genre"]), errors, read_genre);
    let pages = optional(book.get("pages"), Loc::Field(["body", "pages"]), errors);
    let tags = book.get("tags").map_or(Some(Vec::new()), |tags| {
        read_list(tags, Loc::Field(["body", "tags"]), errors, |tag, place, errors| {
            read_text(tag, Loc::Item("body", "tags", place), errors)
        })
    });
    let signed =
        book.get("signed").map_or(Some(false), |signed| read_bool(signed, Loc::Field(["body", "signed"]), errors));
    Some(NewBook {
        title: title?,
        authors: authors?,
        price: price?,
        genre: genre?,
        pages: pages?,
        tags: tags?,
        signed: signed?,
    })
}

fn read_author(author: &Value, place: usize, errors: &mut Vec<Error>) -> Option<Author> {
    let Some(author) = author.as_object() else {
        return refuse(
            errors,
            error("model_attributes_type", Loc::Item("body", "authors", place), NO_MODEL, author.clone()),
        );
    };
    let name = required(author, "name", Loc::FieldOfItem("body", "authors", place, "name"), errors, read_text);
    let born = optional(author.get("born"), Loc::FieldOfItem("body", "authors", place, "born"), errors);
    Some(Author { name: name?, born: born? })
}

fn required<T>(
    of: &Map<String, Value>,
    name: &str,
    loc: Loc,
    errors: &mut Vec<Error>,
    read: impl FnOnce(&Value, Loc, &mut Vec<Error>) -> Option<T>,
) -> Option<T> {
    match of.get(name) {
        Some(value) => read(value, loc, errors),
        None => refuse(errors, error("missing", loc, "Field required", of.clone())),
    }
}

/// An integer that may be missing, or null.
fn optional(value: Option<&Value>, loc: Loc, errors: &mut Vec<Error>) -> Option<Option<i64>> {
    value.filter(|value| !value.is_null()).map_or(Some(None), |value| read_integer(value, loc, errors).map(Some))
}

fn read_list<T>(
    list: &Value,
    loc: Loc,
    errors: &mut Vec<Error>,
    mut read: impl FnMut(&Value, usize, &mut Vec<Error>) -> Option<T>,
) -> Option<Vec<T>> {
    let Some(items) = list.as_array() else {
        return refuse(errors, error("list_type", loc, "Input should be a valid list", list.clone()));
    };
    let errors_before = errors.len();
    let all = items.iter().enumerate().filter_map(|(place, item)| read(item, place, errors)).collect();
    (errors.len() == errors_before).then_some(all)
}

fn read_text(text: &Value, loc: Loc, errors: &mut Vec<Error>) -> Option<String> {
    match text.as_str() {
        Some(text) => Some(text.to_owned()),
        None => refuse(errors, error("string_type", loc, "Input should be a valid string", text.clone())),
    }
}

fn read_genre(genre: &Value, loc: Loc, errors: &mut Vec<Error>) -> Option<Genre> {
    match genre.as_str() {
        Some("fiction") => return Some(Genre::Fiction),
        Some("science") => return Some(Genre::Science),
        Some("poetry") => return Some(Genre::Poetry),
        Some("cookery") => return Some(Genre::Cookery),
        _ => {}
    }
    let msg = "Input should be 'fiction', 'science', 'poetry' or 'cookery'";
    let ctx = Some(Ctx::Expected("'fiction', 'science', 'poetry' or 'cookery'"));
    refuse(errors, Error { ctx, ..error("enum", loc, msg, genre.clone()) })
}

fn read_bool(value: &Value, loc: Loc, errors: &mut Vec<Error>) -> Option<bool> {
    const TRUE: [&str; 6] = ["1", "on", "t", "true", "y", "yes"];
    const FALSE: [&str; 6] = ["0", "off", "f", "false", "n", "no"];
    let is_one_of = |texts: [&str; 6], text: &str| texts.iter().any(|known| known.eq_ignore_ascii_case(text));
    let (kind, msg) = match value {
        Value::Bool(value) => return Some(*value),
        Value::String(text) if is_one_of(TRUE, text) => return Some(true),
        Value::String(text) if is_one_of(FALSE, text) => return Some(false),
        // pydantic reads an integer first.
        Value::Number(number) => match whole(number) {
            Some(0) => return Some(false),
            Some(1) => return Some(true),
            Some(_) => ("bool_parsing", "Input should be a valid boolean, unable to interpret input"),
            None => ("bool_type", "Input should be a valid boolean"),
        },
        Value::String(_) => ("bool_parsing", "Input should be a valid boolean, unable to interpret input"),
        _ => ("bool_type", "Input should be a valid boolean"),
    };
    refuse(errors, error(kind, loc, msg, value.clone()))
}

/// A number that is an integer.
fn whole(number: &Number) -> Option<i64> {
    let is_whole = |float: &f64| float.fract() == 0.0 && (i64::MIN as f64) < *float && *float < (i64::MAX as f64);
    number.as_i64().or_else(|| number.as_f64().filter(is_whole).map(|float| float as i64))
}

fn read_integer(value: &Value, loc: Loc, errors: &mut Vec<Error>) -> Option<i64> {
    let (kind, msg) = match value {
        Value::Bool(value) => return Some((*value).into()),
        Value::Number(number) => match whole(number) {
            Some(integer) => return Some(integer),
            None if number.as_f64().is_some_and(|float| float.fract() == 0.0) => {
                ("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size")
            }
            None => ("int_from_float", "Input should be a valid integer, got a number with a fractional part"),
        },
        Value::String(text) => match integer(text) {
            Some(integer) => return Some(integer),
            None => ("int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
        },
        _ => ("int_type", "Input should be a valid integer"),
    };
    refuse(errors, error(kind, loc, msg, value.clone()))
}

fn read_float(value: &Value, loc: Loc, errors: &mut Vec<Error>) -> Option<f64> {
    let (kind, msg) = match value {
        Value::Bool(value) => return Some((*value).into()),
        Value::Number(number) => return number.as_f64(),
        Value::String(text) => {
            let float = text.trim().parse().ok();
            match float.or_else(|| without_underscores(text)?.parse().ok()) {
                Some(float) => return Some(float),
                None => ("float_parsing", "Input should be a valid number, unable to parse string as a number"),
            }
        }
        _ => ("float_type", "Input should be a valid number"),
    };
    refuse(errors, error(kind, loc, msg, value.clone()))
}

/// An integer as Python writes it, `1_000` and `1.0` among them.
fn integer(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| {
        let text = text.trim();
        let is_zero = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit == b'0');
        let whole = text.split_once('.').filter(|(_, fraction)| is_zero(fraction)).map_or(text, |(whole, _)| whole);
        // After its sign; a float may have one there.
        if whole.trim_start_matches(['+', '-']).starts_with('_') {
            return None;
        }
        without_underscores(whole).as_deref().unwrap_or(whole).parse().ok()
    })
}

/// A number without its underscores, if it has some, and none is first, last or doubled.
fn without_underscores(number: &str) -> Option<String> {
    let is_wrong = number.starts_with('_') || number.ends_with('_') || number.contains("__");
    (number.contains('_') && !is_wrong).then(|| number.replace('_', ""))
}

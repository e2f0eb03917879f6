//! FastAPI's answers as one writes them without our crates: the types are read first, and what they refuse is looked through
//! field by field. It answers rightly to what `requests.rs` sends, and not to all else: nothing is coerced, within an author
//! only the name is looked at, the words for a body that is no JSON are not Python's, a 405 has no `allow`, and a redirect
//! forgets the query.

use example_bookshop::NewBook;
use serde::Serialize;
use serde_json::{Map, Value};

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

#[derive(Serialize)]
#[serde(untagged)]
enum Loc {
    Part([&'static str; 1]),
    Position(&'static str, usize),
    Field([&'static str; 2]),
    Item(&'static str, &'static str, usize),
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Ctx {
    Error(String),
    Expected(&'static str),
}

fn error(r#type: &'static str, loc: Loc, msg: &'static str, input: &Value) -> Error {
    Error { r#type, loc, msg, input: input.clone(), ctx: None }
}

/// The only parameter of the path.
pub(super) fn book_id(text: &str) -> Result<i64, Refusal<Vec<Error>>> {
    text.parse().map_err(|_| {
        let msg = "Input should be a valid integer, unable to parse string as an integer";
        Refusal { detail: vec![error("int_parsing", Loc::Field(["path", "book_id"]), msg, &text.into())] }
    })
}

/// The body.
pub(super) fn new_book(body: &[u8]) -> Result<NewBook, Refusal<Vec<Error>>> {
    serde_json::from_slice(body).map_err(|why| Refusal {
        detail: match serde_json::from_slice(body) {
            Ok(Value::Object(book)) => errors_of(&book),
            Ok(other) => {
                let msg = "Input should be a valid dictionary or object to extract fields from";
                vec![error("model_attributes_type", Loc::Part(["body"]), msg, &other)]
            }
            Err(_) => {
                let loc = Loc::Position("body", why.column());
                let ctx = Some(Ctx::Error(why.to_string()));
                vec![Error { ctx, ..error("json_invalid", loc, "JSON decode error", &Map::new().into()) }]
            }
        },
    })
}

const FIELDS: [(&str, bool); 7] = [
    ("title", true),
    ("authors", true),
    ("price", true),
    ("genre", true),
    ("pages", false),
    ("tags", false),
    ("signed", false),
];

fn errors_of(book: &Map<String, Value>) -> Vec<Error> {
    let mut errors = Vec::new();
    for (field, is_required) in FIELDS {
        if let Some(input) = book.get(field) {
            check(field, input, &mut errors);
        } else if is_required {
            errors.push(error("missing", Loc::Field(["body", field]), "Field required", &book.clone().into()));
        }
    }
    errors
}

fn check(field: &'static str, input: &Value, errors: &mut Vec<Error>) {
    let mut refuse = |kind, msg| errors.push(error(kind, Loc::Field(["body", field]), msg, input));
    match (field, input) {
        ("title", Value::String(_)) | ("price", Value::Number(_)) => {}
        ("signed", Value::Bool(_)) | ("pages", Value::Null) => {}
        ("pages", pages) if pages.is_i64() => {}
        ("genre", Value::String(genre)) if ["fiction", "science", "poetry", "cookery"].contains(&genre.as_str()) => {}
        ("authors" | "tags", Value::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                if !item.is_string() && !item["name"].is_string() {
                    let msg = "Input should be a valid string";
                    errors.push(error("string_type", Loc::Item("body", field, place), msg, item));
                }
            }
        }
        ("title", _) => refuse("string_type", "Input should be a valid string"),
        ("price", Value::String(_)) => {
            refuse("float_parsing", "Input should be a valid number, unable to parse string as a number");
        }
        ("price", _) => refuse("float_type", "Input should be a valid number"),
        ("signed", _) => refuse("bool_type", "Input should be a valid boolean"),
        ("pages", _) => refuse("int_type", "Input should be a valid integer"),
        ("authors" | "tags", _) => refuse("list_type", "Input should be a valid list"),
        _ => {
            let expected = "'fiction', 'science', 'poetry' or 'cookery'";
            let msg = "Input should be 'fiction', 'science', 'poetry' or 'cookery'";
            let error = error("enum", Loc::Field(["body", field]), msg, input);
            errors.push(Error { ctx: Some(Ctx::Expected(expected)), ..error });
        }
    }
}

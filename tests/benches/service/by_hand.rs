//! FastAPI's answers as one writes them without our crates: the types are read first, and what they refuse is looked through
//! field by field. Only what the bookshop needs.

use example_bookshop::NewBook;
use serde::Serialize;
use serde_json::{Value, json};

/// The body of a refusal.
#[derive(Serialize)]
pub(super) struct Refusal<T> {
    pub(super) detail: T,
}

/// One of FastAPI's errors.
#[derive(Serialize)]
pub(super) struct Error {
    r#type: &'static str,
    loc: Value,
    msg: &'static str,
    input: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    ctx: Option<Value>,
}

fn error(r#type: &'static str, loc: Value, msg: &'static str, input: &Value) -> Error {
    Error { r#type, loc, msg, input: input.clone(), ctx: None }
}

/// The only parameter of the path.
pub(super) fn book_id(text: &str) -> Result<i64, Refusal<Vec<Error>>> {
    let msg = "Input should be a valid integer, unable to parse string as an integer";
    let refusal = |_| Refusal { detail: vec![error("int_parsing", json!(["path", "book_id"]), msg, &json!(text))] };
    text.parse().map_err(refusal)
}

/// The body.
pub(super) fn new_book(body: &[u8]) -> Result<NewBook, Refusal<Vec<Error>>> {
    serde_json::from_slice(body).map_err(|why| Refusal {
        detail: match serde_json::from_slice(body) {
            Ok(value) => errors_of(&value),
            Err(_) => vec![Error {
                ctx: Some(json!({"error": why.to_string()})),
                ..error("json_invalid", json!(["body", why.column()]), "JSON decode error", &json!({}))
            }],
        },
    })
}

fn errors_of(book: &Value) -> Vec<Error> {
    let mut errors = Vec::new();
    for (field, is_required) in
        [("title", true), ("authors", true), ("price", true), ("genre", true), ("pages", false), ("tags", false)]
    {
        let loc = json!(["body", field]);
        let Some(input) = book.get(field) else {
            if is_required {
                errors.push(error("missing", loc, "Field required", book));
            }
            continue;
        };
        match (field, input) {
            ("pages", Value::Null) => {}
            ("title", Value::String(_)) => {}
            ("title", _) => errors.push(error("string_type", loc, "Input should be a valid string", input)),
            ("authors", Value::Array(authors)) => {
                for (place, author) in authors.iter().enumerate().filter(|(_, author)| !author["name"].is_string()) {
                    let loc = json!(["body", field, place, "name"]);
                    errors.push(error("string_type", loc, "Input should be a valid string", author));
                }
            }
            ("tags", Value::Array(tags)) => {
                for (place, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.is_string()) {
                    let loc = json!(["body", field, place]);
                    errors.push(error("string_type", loc, "Input should be a valid string", tag));
                }
            }
            ("authors" | "tags", _) => {
                errors.push(error("list_type", loc, "Input should be a valid list", input));
            }
            ("price", Value::Number(_)) => {}
            ("price", Value::String(text)) if text.parse::<f64>().is_ok() => {}
            ("price", Value::String(_)) => {
                let msg = "Input should be a valid number, unable to parse string as a number";
                errors.push(error("float_parsing", loc, msg, input));
            }
            ("price", _) => errors.push(error("float_type", loc, "Input should be a valid number", input)),
            ("pages", _) if input.is_i64() => {}
            ("pages", _) => errors.push(error("int_type", loc, "Input should be a valid integer", input)),
            _ => {
                if !["fiction", "science", "poetry", "cookery"].map(Some).contains(&input.as_str()) {
                    let msg = "Input should be 'fiction', 'science', 'poetry' or 'cookery'";
                    let ctx = Some(json!({"expected": "'fiction', 'science', 'poetry' or 'cookery'"}));
                    errors.push(Error { ctx, ..error("enum", loc, msg, input) });
                }
            }
        }
    }
    errors
}

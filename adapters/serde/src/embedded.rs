//! Bodies of JSON that hold several parameters.

use serde_core::de::value::Error;
use serde_core::de::{Deserializer, Error as _, Visitor};
use serde_core::{Deserialize, forward_to_deserialize_any};

use crate::body::is_json;
use crate::{LocItem, RequestValidationError, ValidationError, from_json};

/// Reads a JSON body that holds several parameters, each under its name: what FastAPI makes of two models in one handler,
/// and of `Body(embed=True)`.
///
/// Each field of `T` is a parameter.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Body {
///     item: String,
///     #[serde(default)]
///     copies: u32,
/// }
///
/// let body: Body = fastapi_status_serde::from_embedded_json(Some("application/json"), br#"{"item": "Dune"}"#)?;
///
/// assert_eq!((body.item.as_str(), body.copies), ("Dune", 0));
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// As [`from_json`], but that each parameter is missing by itself: of a missing one the input is `null`, and a body that is
/// no object has none of them.
///
/// ```
/// # use serde::Deserialize;
/// # #[derive(Deserialize)]
/// # struct Body { item: String, #[serde(default)] copies: u32 }
/// let error = fastapi_status_serde::from_embedded_json::<Body>(None, b"").map(|body| (body.item, body.copies)).unwrap_err();
///
/// assert_eq!(
///     error.to_string(),
///     r#"[{"type":"missing","loc":["body","item"],"msg":"Field required","input":null}]"#,
/// );
/// ```
pub fn from_embedded_json<'de, T: Deserialize<'de>>(
    content_type: Option<&str>,
    body: &'de [u8],
) -> Result<T, RequestValidationError> {
    // Without JSON there are no parameters, and those with a default need none.
    let body = if body.is_empty() || !content_type.is_some_and(is_json) { b"{}" } else { body };
    from_json(Some("application/json"), body).map_err(|error| match error.errors() {
        [only] if only.loc().len() == 1 && only.kind() == "model_attributes_type" && names::<T>().next().is_some() => {
            names::<T>().map(|name| ValidationError::missing().at(["body", name])).collect()
        }
        _ => error.map(without_input),
    })
}

/// Source: `request_body_to_args` of FastAPI's `dependencies/utils.py`, which asks the body for each parameter.
fn without_input(error: ValidationError) -> ValidationError {
    match error.loc() {
        [_, LocItem::Name(_)] if error.kind() == "missing" => error.with_input(&()),
        _ => error,
    }
}

/// The names of a struct's fields, which its derived `Deserialize` tells whoever it asks.
fn names<'de, T: Deserialize<'de>>() -> impl Iterator<Item = &'static str> {
    let mut names: &[_] = &[];
    // It gets nothing but the question, so that it always fails.
    let _ = T::deserialize(Names(&mut names));
    names.iter().copied()
}

struct Names<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(nothing())
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(nothing())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn nothing() -> Error {
    Error::custom("there is no value")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::from_embedded_json;

    #[derive(Debug, Deserialize)]
    struct Body {
        card: Vec<u8>,
        #[serde(default)]
        copies: u8,
    }

    fn errors(content_type: &str, body: &str) -> Vec<String> {
        let error = from_embedded_json::<Body>(Some(content_type), body.as_bytes()).unwrap_err();
        let shown = |error: &crate::ValidationError| {
            format!("{} {:?} {}", error.kind(), error.loc().last(), error.input())
                .replace("Some(Name(", "")
                .replace("))", "")
        };
        error.errors().iter().map(shown).collect()
    }

    #[test]
    fn a_missing_parameter_has_no_input() {
        for (content_type, body) in
            [("application/json", ""), ("application/json", "{}"), ("text/plain", "{\"card\": []}")]
        {
            assert_eq!(errors(content_type, body), ["missing \"card\" null"], "{body}");
        }
    }

    #[test]
    fn a_body_that_is_no_object_has_no_parameters() {
        for body in ["[]", "null", "\"card\"", "1"] {
            assert_eq!(
                errors("application/json", body),
                ["missing \"card\" null", "missing \"copies\" null"],
                "{body}"
            );
        }
    }

    #[test]
    fn a_body_that_is_refused_as_a_whole_keeps_its_error() {
        #[derive(Debug, Deserialize)]
        #[serde(try_from = "Body")]
        struct Checked;

        impl TryFrom<Body> for Checked {
            type Error = &'static str;

            fn try_from(body: Body) -> Result<Self, Self::Error> {
                if usize::from(body.copies) == body.card.len() { Ok(Self) } else { Err("not one card each") }
            }
        }

        let read = |body: &'static str| from_embedded_json::<Checked>(Some("application/json"), body.as_bytes());
        assert!(read(r#"{"card": [7], "copies": 1}"#).is_ok());
        let error = read(r#"{"card": [7], "copies": 2}"#).unwrap_err();
        assert_eq!(error.errors()[0].msg(), "Value error, not one card each");

        let error = from_embedded_json::<std::collections::HashMap<String, u8>>(Some("application/json"), b"[]");
        assert_eq!(error.unwrap_err().errors()[0].kind(), "dict_type");
    }

    #[test]
    fn what_is_wrong_within_is_told_as_ever() {
        assert_eq!(errors("application/json", "{\"card\": 1}"), ["list_type \"card\" 1"]);
        assert_eq!(errors("application/json", "{")[0].split(' ').next(), Some("json_invalid"));
        assert_eq!(from_embedded_json::<Body>(Some("application/json"), b"{\"card\": [1]}").unwrap().copies, 0);
    }
}

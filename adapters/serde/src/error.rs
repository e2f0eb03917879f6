//! One error, as pydantic reports it.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use fastapi_status::json::write_string;
use serde_core::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::python::{Kind, Tape, echo, parse};

/// A step on the way to the value that an error is about: the part of the request, a field, a key or an index.
///
/// ```
/// use fastapi_status_serde::LocItem;
///
/// assert_eq!(LocItem::from("body"), LocItem::Name("body".into()));
/// assert_eq!(LocItem::from(3), LocItem::Index(3));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LocItem {
    /// A part of the request (`body`, `query`, `path`, `header`, `cookie`), a field or a key.
    Name(Cow<'static, str>),
    /// An index of an array, or the position of a syntax error.
    Index(usize),
}

impl From<&'static str> for LocItem {
    fn from(name: &'static str) -> Self {
        Self::Name(Cow::Borrowed(name))
    }
}

impl From<String> for LocItem {
    fn from(name: String) -> Self {
        Self::Name(Cow::Owned(name))
    }
}

impl From<usize> for LocItem {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl Serialize for LocItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Name(name) => serializer.serialize_str(name),
            Self::Index(index) => serializer.serialize_u64(*index as u64),
        }
    }
}

/// One error: what is wrong, where, in which words, and what was sent.
///
/// [`from_json`](crate::from_json) and its like make them. An application makes its own with the functions that are named
/// after pydantic's types, or with [`new`](Self::new) for any other type:
///
/// ```
/// use fastapi_status_serde::{RequestValidationError, ValidationError};
///
/// let price = -2;
/// let error = ValidationError::greater_than(0, &price).at(["body", "price"]);
///
/// assert_eq!(
///     RequestValidationError::from(error).to_string(),
///     r#"[{"type":"greater_than","loc":["body","price"],"msg":"Input should be greater than 0","input":-2,"ctx":{"gt":0}}]"#,
/// );
/// ```
///
/// A type that checks itself says so with the same functions, and its error stands among the others, with its place and with
/// what was sent. So pydantic's `Query(ge=1)` becomes
///
/// ```
/// use fastapi_status_serde::{ValidationError, from_query};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// #[serde(try_from = "i64")]
/// struct Limit(i64);
///
/// impl TryFrom<i64> for Limit {
///     type Error = ValidationError;
///
///     fn try_from(limit: i64) -> Result<Self, ValidationError> {
///         if limit >= 1 { Ok(Self(limit)) } else { Err(ValidationError::greater_than_equal(1, &limit)) }
///     }
/// }
///
/// #[derive(Deserialize)]
/// struct Page {
///     limit: Limit,
///     skip: u32,
/// }
///
/// let error = from_query::<Page>("limit=0&skip=a").map(|page| (page.limit.0, page.skip)).unwrap_err();
///
/// assert_eq!(
///     error.to_string(),
///     concat!(
///         r#"[{"type":"greater_than_equal","loc":["query","limit"],"msg":"Input should be greater than or equal to 1","#,
///         r#""input":"0","ctx":{"ge":1}},"#,
///         r#"{"type":"int_parsing","loc":["query","skip"],"#,
///         r#""msg":"Input should be a valid integer, unable to parse string as an integer","input":"a"}]"#,
///     ),
/// );
/// ```
///
/// A function of `#[serde(deserialize_with)]` does it with `D::Error::custom(error)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationError {
    pub(crate) kind: Cow<'static, str>,
    pub(crate) loc: Vec<LocItem>,
    pub(crate) msg: Cow<'static, str>,
    /// JSON; `None` for `null`.
    pub(crate) input: Option<Arc<str>>,
    /// JSON.
    pub(crate) ctx: Option<Box<str>>,
    /// JSON.
    pub(crate) example: Option<Box<str>>,
}

impl ValidationError {
    /// An error of any type, at no place yet, whose input was `null`.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// let error = ValidationError::new("isbn", "Input should be an ISBN").at(["body", "isbn"]).with_input(&"12");
    ///
    /// assert_eq!(
    ///     error.to_string(),
    ///     r#"{"type":"isbn","loc":["body","isbn"],"msg":"Input should be an ISBN","input":"12"}"#,
    /// );
    /// ```
    #[must_use]
    pub fn new(kind: impl Into<Cow<'static, str>>, msg: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: kind.into(), loc: Vec::new(), msg: msg.into(), input: None, ctx: None, example: None }
    }

    /// Sets where it is.
    ///
    /// ```
    /// use fastapi_status_serde::{LocItem, ValidationError};
    ///
    /// let error = ValidationError::missing().at([LocItem::from("body"), "items".into(), 0.into(), "price".into()]);
    ///
    /// assert_eq!(error.loc()[2], LocItem::Index(0));
    /// ```
    #[must_use]
    pub fn at<L: Into<LocItem>>(mut self, loc: impl IntoIterator<Item = L>) -> Self {
        self.loc = loc.into_iter().map(Into::into).collect();
        self
    }

    /// Sets what was sent; what cannot be written as JSON is `null`.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// assert_eq!(ValidationError::missing().with_input(&[1.5, 1e16]).input(), "[1.5,1e+16]");
    /// ```
    #[must_use]
    pub fn with_input(mut self, input: &(impl Serialize + ?Sized)) -> Self {
        self.input = Some(to_json(input)).filter(|json| json != "null").map(Into::into);
        self
    }

    /// Sets the context, an object: the values that the message names.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    /// use serde_json::json;
    ///
    /// let error = ValidationError::new("too_late", "Input should be before noon").with_ctx(&json!({"noon": 12}));
    ///
    /// assert_eq!(error.ctx(), Some(r#"{"noon":12}"#));
    /// ```
    #[must_use]
    pub fn with_ctx(mut self, ctx: &(impl Serialize + ?Sized)) -> Self {
        self.ctx = Some(to_json(ctx).into());
        self
    }

    /// Names a value that the type does take, as pydantic's `Field(examples=[…])` does. No client is told.
    ///
    /// Which fields are missing, a struct says one by one, each after it was given the fields declared before. So where one
    /// of them is missing or wrong, it is given a stand-in, and a type that checks itself has to take it. Where none of the
    /// usual ones will do, and no bound tells which would (`string_too_short`, `greater_than` and their like are looked
    /// at), an example of its own keeps a type from hiding what is missing behind it. It is not heard of a type that named a
    /// bound before, nor within a tagged enum or what is flattened, which buffer.
    ///
    /// ```
    /// use fastapi_status_serde::{ValidationError, from_json};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// #[serde(try_from = "String")]
    /// struct Sku(String);
    ///
    /// impl TryFrom<String> for Sku {
    ///     type Error = ValidationError;
    ///
    ///     fn try_from(text: String) -> Result<Self, ValidationError> {
    ///         if text.starts_with("SKU-") {
    ///             return Ok(Self(text));
    ///         }
    ///         Err(ValidationError::value_error("it begins with SKU-", &text).with_example("SKU-1"))
    ///     }
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct Item {
    ///     sku: Sku,
    ///     count: u32,
    /// }
    ///
    /// let error = from_json::<Item>(Some("application/json"), br#"{"sku": "1"}"#)
    ///     .map(|item| (item.sku.0, item.count))
    ///     .unwrap_err();
    ///
    /// let told: Vec<_> = error.errors().iter().map(|error| (error.kind(), &error.loc()[1])).collect();
    /// assert_eq!(told, [("value_error", &"sku".into()), ("missing", &"count".into())]);
    /// ```
    #[must_use]
    pub fn with_example(mut self, example: &(impl Serialize + ?Sized)) -> Self {
        self.example = serde_json::to_string(example).ok().map(Into::into);
        self
    }

    /// pydantic's error type, as `int_parsing`.
    ///
    /// ```
    /// assert_eq!(fastapi_status_serde::ValidationError::missing().kind(), "missing");
    /// ```
    #[must_use]
    #[doc(alias = "type")]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Where it is: the part of the request, then fields and indices.
    ///
    /// ```
    /// let error = fastapi_status_serde::from_json::<Vec<u8>>(Some("application/json"), b"[1, -1]").unwrap_err();
    ///
    /// assert_eq!(error.errors()[0].loc(), ["body".into(), 1.into()]);
    /// ```
    #[must_use]
    pub fn loc(&self) -> &[LocItem] {
        &self.loc
    }

    /// The message, in pydantic's words.
    ///
    /// ```
    /// assert_eq!(fastapi_status_serde::ValidationError::missing().msg(), "Field required");
    /// ```
    #[must_use]
    pub fn msg(&self) -> &str {
        &self.msg
    }

    /// What was sent, as JSON.
    ///
    /// ```
    /// assert_eq!(fastapi_status_serde::ValidationError::missing().input(), "null");
    /// ```
    #[must_use]
    pub fn input(&self) -> &str {
        self.input.as_deref().unwrap_or("null")
    }

    /// The values that the message names, as a JSON object.
    ///
    /// ```
    /// use fastapi_status_serde::ValidationError;
    ///
    /// assert_eq!(ValidationError::missing().ctx(), None);
    /// assert_eq!(ValidationError::less_than_equal(9, &10).ctx(), Some(r#"{"le":9}"#));
    /// ```
    #[must_use]
    pub fn ctx(&self) -> Option<&str> {
        self.ctx.as_deref()
    }

    /// Room for its JSON: mostly a little more than it takes.
    pub(crate) fn likely_len(&self) -> usize {
        let texts = self.kind.len() + self.msg.len() + self.input().len() + self.ctx().map_or(0, str::len);
        64 + texts + 16 * self.loc.len()
    }

    pub(crate) fn write(&self, out: &mut String) {
        out.push_str("{\"type\":");
        write_string(&self.kind, out);
        out.push_str(",\"loc\":[");
        for (place, item) in self.loc.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            match item {
                LocItem::Name(name) => write_string(name, out),
                // Writing to a `String` never fails.
                LocItem::Index(index) => drop(write!(out, "{index}")),
            }
        }
        out.push_str("],\"msg\":");
        write_string(&self.msg, out);
        out.push_str(",\"input\":");
        out.push_str(self.input());
        if let Some(ctx) = &self.ctx {
            out.push_str(",\"ctx\":");
            out.push_str(ctx);
        }
        out.push('}');
    }
}

/// JSON as Python writes it.
pub(crate) fn to_json(value: &(impl Serialize + ?Sized)) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut json = String::with_capacity(text.len());
    match parse(&text) {
        Ok(tape) => echo(&tape, 0, &mut json),
        Err(_) => json.push_str("null"),
    }
    json
}

impl ValidationError {
    /// What a type says of a value that it refuses: an error of this kind, in the words of its `Display`, or any message.
    pub(crate) fn from_message(message: &str) -> Self {
        Self::from_display(message).unwrap_or_else(|| Self::value_error(message, &()))
    }

    fn from_display(said: &str) -> Option<Self> {
        let tape = said.starts_with('{').then(|| parse(said).ok()).flatten()?;
        let text = |name| match tape.kind(tape.get(0, name)?) {
            Kind::Text(text) => Some(tape.str(text).to_owned()),
            _ => None,
        };
        let mut error = Self::new(text("type")?, text("msg")?);
        error.ctx = tape.get(0, "ctx").map(|ctx| {
            let mut json = String::new();
            echo(&tape, ctx, &mut json);
            json.into()
        });
        error.example = tape.get(0, "example").and_then(|place| {
            let example = At { tape: &tape, place, depth: 0 };
            serde_json::to_string(&example).ok().map(Into::into)
        });
        Some(error)
    }
}

/// The JSON object that FastAPI sends; `{:#}` has the example besides.
impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = String::new();
        self.write(&mut json);
        if let Some(example) = self.example.as_deref().filter(|_| f.alternate()) {
            json.pop();
            json.extend([",\"example\":", example, "}"]);
        }
        f.write_str(&json)
    }
}

/// As FastAPI's body has it. `serde_json` writes floats in its own way (`1e16`), and rounds integers that no Rust type
/// holds: for a body that agrees byte for byte, make an [`HttpException`](fastapi_status::HttpException) of it.
impl Serialize for ValidationError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("ValidationError", 4 + usize::from(self.ctx.is_some()))?;
        error.serialize_field("type", &self.kind)?;
        error.serialize_field("loc", &self.loc)?;
        error.serialize_field("msg", &self.msg)?;
        error.serialize_field("input", &Json(self.input()))?;
        match &self.ctx {
            Some(ctx) => error.serialize_field("ctx", &Json(ctx))?,
            None => error.skip_field("ctx")?,
        }
        error.end()
    }
}

/// JSON text as a value.
pub(crate) struct Json<'a>(pub(crate) &'a str);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match parse(self.0) {
            Ok(tape) => At { tape: &tape, place: 0, depth: 0 }.serialize(serializer),
            Err(_) => serializer.serialize_unit(),
        }
    }
}

struct At<'a> {
    tape: &'a Tape<'a>,
    place: u32,
    depth: usize,
}

/// How deep a value is serialised; what is deeper is `null`.
const DEPTH: usize = 128;

impl Serialize for At<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = |place| At { tape: self.tape, place, depth: self.depth + 1 };
        match self.tape.kind(self.place) {
            Kind::Array(_) | Kind::Object(_) if self.depth >= DEPTH => serializer.serialize_unit(),
            Kind::Array(_) => {
                let mut items = serializer.serialize_seq(None)?;
                self.tape.items(self.place).try_for_each(|item| items.serialize_element(&at(item)))?;
                items.end()
            }
            Kind::Object(_) => serializer
                .collect_map(self.tape.members(self.place).map(|(key, value)| (self.tape.key(key), at(value)))),
            Kind::Bool(value) => serializer.serialize_bool(value),
            Kind::Float(value) => serializer.serialize_f64(value),
            Kind::Text(text) => serializer.serialize_str(self.tape.str(text)),
            Kind::Int(digits) => {
                let digits = self.tape.str(digits);
                match (digits.parse(), digits.parse()) {
                    (Ok(value), _) => serializer.serialize_i64(value),
                    (_, Ok(value)) => serializer.serialize_u64(value),
                    _ => serializer.serialize_f64(digits.parse().unwrap_or(f64::NAN)),
                }
            }
            _ => serializer.serialize_unit(),
        }
    }
}

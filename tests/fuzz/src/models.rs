//! Models of every kind that serde derives.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// Every scalar.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Scalars {
    pub a: bool,
    pub b: u8,
    pub c: i64,
    pub d: u128,
    pub e: f64,
    pub f: char,
    pub g: String,
    pub h: (),
    pub i: Option<i32>,
    #[serde(default)]
    pub j: f32,
}

/// Models in lists, maps and tuples in a model.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(missing_docs, reason = "the types say it")]
pub struct Nested {
    pub scalars: Option<Box<Scalars>>,
    #[serde(rename = "list", alias = "items")]
    pub many: Vec<Tagged>,
    pub by_name: BTreeMap<String, (u8, Option<Color>)>,
    #[serde(default)]
    pub by_number: BTreeMap<i32, [bool; 2]>,
    pub next: Option<Box<Nested>>,
    pub even: Option<Even>,
    pub id: Option<Id>,
}

/// Names alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Color {
    Red,
    Green,
}

/// Serde's own way to tell variants apart.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the types say it")]
pub enum External {
    Unit,
    One(i8),
    Two(u8, String),
    Named { left: i64, right: Option<Color> },
}

/// Variants with a tag.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the types say it")]
pub enum Tagged {
    Cat { lives: u8 },
    Dog { name: String, color: Option<Color> },
    Fish,
}

/// Variants beside their tag.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "t", content = "c")]
#[expect(missing_docs, reason = "the types say it")]
pub enum Adjacent {
    A(Vec<u8>),
    B { x: f64 },
    C,
}

/// Whatever fits.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the types say it")]
pub enum Untagged {
    Number(i64),
    Text(String),
    List(Vec<Untagged>),
    Object { left: Box<Untagged> },
}

/// Fields of another model among its own.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Flat {
    pub own: u8,
    #[serde(flatten)]
    pub inner: Inner,
    #[serde(flatten)]
    pub rest: HashMap<String, serde_json::Value>,
}

/// What stands in [`Flat`].
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Inner {
    pub x: Option<i8>,
    pub y: String,
}

/// A number that checks itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Even(i64);

impl TryFrom<i64> for Even {
    type Error = &'static str;

    fn try_from(value: i64) -> Result<Self, Self::Error> {
        if value % 2 == 0 { Ok(Self(value)) } else { Err("must be even") }
    }
}

impl From<Even> for i64 {
    fn from(even: Even) -> Self {
        even.0
    }
}

/// A text that checks itself, as a UUID does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

impl TryFrom<String> for Id {
    type Error = String;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        match value.len() {
            4 if value.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(Self(value)),
            length => Err(format!("4 digits are wanted, not {length}: {value:?}")),
        }
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

/// What borrows from the body.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Borrowed<'a> {
    pub name: &'a str,
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// What stands in a query, a form, a path, headers or cookies.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Parameters {
    pub q: String,
    #[serde(default)]
    pub tag: Vec<String>,
    #[serde(default)]
    pub n: Vec<u8>,
    pub page: Option<u32>,
    #[serde(default)]
    pub flag: bool,
    pub color: Option<Color>,
    pub even: Option<Even>,
    pub user_agent: Option<String>,
    #[serde(default)]
    pub ratio: f64,
}

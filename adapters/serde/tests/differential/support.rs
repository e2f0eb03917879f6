//! Requests and answers, and the types that check themselves.

use std::fmt;

use fastapi_status::HttpException;
use fastapi_status_serde::{
    RequestValidationError, from_cookies, from_form, from_headers, from_json, from_path, from_query,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A recorded request and FastAPI's answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Exchange {
    pub(crate) seed: u64,
    #[serde(flatten)]
    pub(crate) request: Request,
    pub(crate) status: u16,
    pub(crate) answer: String,
}

/// What was sent, and where to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Request {
    pub(crate) route: String,
    content_type: Option<String>,
    body: Option<String>,
    body_base64: Option<String>,
    query: String,
    headers: Vec<(String, String)>,
    cookie: String,
    path: Vec<(String, String)>,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.content_type, self.body, self.body_base64)?;
        write!(f, " ?{} {:?} {:?} {:?}", self.query, self.headers, self.cookie, self.path)
    }
}

/// What this crate answers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Request {
    fn bytes(&self) -> Vec<u8> {
        match (&self.body, &self.body_base64) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(text)) => decode_base64(text),
            (None, None) => Vec::new(),
        }
    }

    pub(crate) fn body<T: DeserializeOwned + Serialize>(&self) -> Answer {
        respond(from_json::<T>(self.content_type.as_deref(), &self.bytes()))
    }

    pub(crate) fn query<T: DeserializeOwned + Serialize>(&self) -> Answer {
        respond(from_query::<T>(&self.query))
    }

    pub(crate) fn form<T: DeserializeOwned + Serialize>(&self) -> Answer {
        respond(from_form::<T>(self.content_type.as_deref(), &self.bytes()))
    }

    pub(crate) fn header<T: DeserializeOwned + Serialize>(&self) -> Answer {
        let latin_1 = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<_>>();
        respond(from_headers::<T>(self.headers.iter().map(|(name, value)| (name, latin_1(value)))))
    }

    pub(crate) fn cookie<T: DeserializeOwned + Serialize>(&self) -> Answer {
        respond(from_cookies::<T>([&self.cookie]))
    }

    pub(crate) fn path<T: DeserializeOwned + Serialize>(&self) -> Answer {
        respond(from_path::<T>(self.path.iter().map(|(name, value)| (name, value))))
    }
}

fn respond<T: Serialize>(result: Result<T, RequestValidationError>) -> Answer {
    match result {
        Ok(value) => Answer { status: 200, body: serde_json::to_string(&value).expect("it is JSON") },
        Err(error) => {
            let exception = HttpException::from(error);
            let body = String::from_utf8(exception.answer().body()).expect("it is UTF-8");
            Answer { status: exception.status().as_u16(), body }
        }
    }
}

pub(crate) enum Verdict {
    Agrees,
    Deliberate(&'static str),
    Differs,
}

/// Compares two answers. Values that were read are compared as values, errors byte for byte.
///
/// What is different on purpose is listed here, and nowhere else.
pub(crate) fn judge(exchange: &Exchange, answer: &Answer) -> Verdict {
    if exchange.status == 500 && matches!(answer.status, 200 | 422) {
        return Verdict::Deliberate(
            "FastAPI fails (500) to write NaN, infinity, a lone surrogate or bytes that it read",
        );
    }
    let agrees = exchange.status == answer.status
        && if answer.status == 200 {
            let Ok(expected) = serde_json::from_str::<Value>(&exchange.answer) else {
                return Verdict::Deliberate("serde_json::Value holds no integers above 1e308");
            };
            serde_json::from_str::<Value>(&answer.body).is_ok_and(|value| value == expected)
        } else {
            exchange.answer == answer.body
        };
    if !agrees && answer.body.contains("string_unicode") && without_surrogates(&answer.body) == detail(&exchange.answer)
    {
        return Verdict::Deliberate("Python's strings hold lone surrogates, Rust's do not: string_unicode");
    }
    if agrees { Verdict::Agrees } else { Verdict::Differs }
}

/// The errors of an answer.
fn detail(answer: &str) -> Vec<Value> {
    // What serde_json cannot read stands for nothing.
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    answer["detail"].as_array().cloned().unwrap_or_default()
}

/// The errors of an answer, but for those about lone surrogates.
fn without_surrogates(answer: &str) -> Vec<Value> {
    detail(answer).into_iter().filter(|error| error["type"] != "string_unicode").collect()
}

fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<_> = text.bytes().filter_map(|byte| ALPHABET.iter().position(|digit| *digit == byte)).collect();
    let bytes = |group: &[usize]| {
        let bits = group.iter().chain(std::iter::repeat(&0)).take(4).fold(0, |bits, digit| bits << 6 | digit);
        (0..group.len() - 1).map(move |place| (bits >> (16 - 8 * place)) as u8).collect::<Vec<_>>()
    };
    digits.chunks(4).flat_map(bytes).collect()
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub(crate) enum Color {
    #[default]
    #[serde(rename = "red")]
    Red,
    #[serde(rename = "green")]
    Green,
    #[serde(rename = "it's")]
    Its,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Single {
    #[default]
    Only,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Literal {
    #[default]
    Asc,
    Desc,
}

/// A newtype that checks itself.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "i64")]
pub(crate) struct Even(i64);

impl TryFrom<i64> for Even {
    type Error = &'static str;

    fn try_from(value: i64) -> Result<Self, Self::Error> {
        if value % 2 == 0 { Ok(Self(value)) } else { Err("must be even") }
    }
}

/// A string that checks itself.
#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub(crate) struct Lower(String);

impl TryFrom<String> for Lower {
    type Error = &'static str;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        if value == value.to_lowercase() { Ok(Self(value)) } else { Err("must be in lower case") }
    }
}

/// A struct that checks itself as a whole.
#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "Unchecked")]
pub(crate) struct Span {
    start: i64,
    end: i64,
}

#[derive(Deserialize)]
struct Unchecked {
    start: i64,
    end: i64,
}

impl TryFrom<Unchecked> for Span {
    type Error = &'static str;

    fn try_from(value: Unchecked) -> Result<Self, Self::Error> {
        let Unchecked { start, end } = value;
        if start <= end { Ok(Self { start, end }) } else { Err("start is after end") }
    }
}

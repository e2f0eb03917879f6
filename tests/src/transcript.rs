//! What was recorded: requests and answers, as `tests/record` writes them.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer};

/// Names in lower case, and values; Latin-1, as HTTP has it.
pub type Headers = Vec<(String, String)>;

/// A file of `tests/transcripts`.
#[derive(Clone, Debug, Deserialize)]
pub struct Transcript {
    /// The `host` of every request.
    pub host: String,
    /// Requests and their answers, in the order they were sent.
    pub exchanges: Vec<Exchange>,
    /// WebSocket conversations, which come after the exchanges.
    pub websockets: Vec<Conversation>,
}

impl Transcript {
    /// The transcript of this name.
    ///
    /// # Panics
    ///
    /// When it cannot be read.
    #[must_use]
    pub fn load(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("transcripts/{name}.json"));
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// What came of such a request without headers of its own.
    #[must_use]
    pub fn find(&self, method: &str, target: &str) -> Option<&Exchange> {
        self.exchanges.iter().find(|Exchange { request, .. }| {
            request.method == method && request.target == target && request.headers.is_empty()
        })
    }
}

/// A request and its answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Exchange {
    /// No two of a transcript have the same.
    pub name: String,
    /// What was asked.
    pub request: Request,
    /// What was answered; `None` where the connection was closed without a word.
    pub response: Option<Answer>,
    /// Whether the connection was closed then.
    #[serde(default)]
    pub closes: bool,
}

/// An HTTP request, without `host` and `content-length`.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: Headers,
    /// `None` where no `content-length` is sent, either.
    #[serde(flatten, deserialize_with = "body")]
    pub body: Option<Body>,
}

/// An HTTP answer, without `date` and `server`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Answer {
    pub status: u16,
    pub reason: String,
    pub headers: Headers,
    #[serde(flatten, deserialize_with = "body_or_empty")]
    pub body: Body,
    /// Whether the server gave up in the middle of the body.
    #[serde(default)]
    pub incomplete: bool,
}

impl Answer {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    /// Puts a header in the place of all of this name.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|header| header.0 != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

/// The bytes of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body(pub Vec<u8>);

#[derive(Deserialize)]
struct RecordedBody {
    body: Option<String>,
    body_base64: Option<String>,
}

fn body<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Body>, D::Error> {
    let recorded = RecordedBody::deserialize(deserializer)?;
    Ok(match (recorded.body, recorded.body_base64) {
        (Some(text), _) => Some(Body(text.into_bytes())),
        (None, Some(text)) => Some(Body(decode(&text)?)),
        (None, None) => None,
    })
}

fn body_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Body, D::Error> {
    Ok(body(deserializer)?.unwrap_or_default())
}

fn decode<E: serde::de::Error>(text: &str) -> Result<Vec<u8>, E> {
    STANDARD.decode(text).map_err(E::custom)
}

/// A WebSocket conversation: steps, or the answer that refused it.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Conversation {
    pub name: String,
    pub target: String,
    #[serde(default)]
    pub headers: Headers,
    #[serde(default)]
    pub steps: Vec<Step>,
    pub refused: Option<Answer>,
}

/// A frame of the client's, or of the server's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The client sends text.
    Send(String),
    /// The client sends bytes.
    #[serde(deserialize_with = "bytes")]
    SendBytes(Vec<u8>),
    /// The client closes.
    ClientClose(Close),
    /// The server sends text.
    Receive(String),
    /// The server sends bytes.
    #[serde(deserialize_with = "bytes")]
    ReceiveBytes(Vec<u8>),
    /// The server closes.
    Close(Close),
    /// The connection ends without a close frame.
    #[serde(deserialize_with = "truth")]
    Dropped,
    /// What no recorded server has sent.
    #[serde(skip)]
    Unexpected(String),
}

/// What a close frame holds; empty frames hold nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Close {
    /// The close code.
    pub code: Option<u16>,
    /// The reason, in 123 bytes at most.
    #[serde(default)]
    pub reason: String,
}

fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    decode(&String::deserialize(deserializer)?)
}

fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    bool::deserialize(deserializer).map(drop)
}

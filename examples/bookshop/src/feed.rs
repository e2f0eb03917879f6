//! The live stock feed.

use fastapi_status::{WebSocketException, status};
use serde::{Deserialize, Serialize};

use crate::{Result, Shop};

const FEED_MESSAGE_LIMIT: usize = 256;

/// Who wants to follow the feed.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FeedQuery {
    pub token: Option<String>,
}

/// How often to tell one book's stock.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TimesQuery {
    #[serde(default = "TimesQuery::once")]
    pub times: i64,
}

impl TimesQuery {
    fn once() -> i64 {
        1
    }
}

/// A message to the feed: `{"watch": 1}`.
#[derive(Debug, Deserialize)]
struct Watch {
    watch: Watched,
}

/// The book to watch, or the name of something larger.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Watched {
    Book(i64),
    Name(String),
}

/// What the feed tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stock {
    /// What was asked for.
    pub book_id: Watched,
    /// How many there are; none of what nobody knows.
    pub stock: Option<i64>,
}

impl Shop {
    /// Lets in who has a token.
    pub fn enter_feed(&self, token: Option<&str>) -> Result<(), WebSocketException> {
        if token.is_some_and(|token| self.state().users.contains_key(token)) {
            return Ok(());
        }
        Err(WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no token"))
    }

    /// Answers one message of the feed, or ends it. `None` stands for a message that is not text.
    pub fn answer_feed(&self, text: Option<&str>) -> Result<Stock, WebSocketException> {
        let Some(text) = text else {
            return Err(WebSocketException::new(status::WS_1003_UNSUPPORTED_DATA, "text only"));
        };
        if text.chars().count() > FEED_MESSAGE_LIMIT {
            let reason = format!("at most {FEED_MESSAGE_LIMIT} characters");
            return Err(WebSocketException::new(status::WS_1009_MESSAGE_TOO_BIG, reason));
        }
        if text == "bye" {
            return Err(WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "goodbye"));
        }
        let Ok(Watch { watch: wanted }) = serde_json::from_str(text) else {
            return Err(WebSocketException::new(status::WS_1007_INVALID_FRAME_PAYLOAD_DATA, "not a watch message"));
        };
        match &wanted {
            Watched::Name(name) if name == "everything" => {
                Err(WebSocketException::new(status::WS_1013_TRY_AGAIN_LATER, "too busy for that"))
            }
            Watched::Name(name) if name == "warehouse" => {
                Err(WebSocketException::new(status::WS_1011_INTERNAL_ERROR, "the warehouse does not answer"))
            }
            Watched::Name(_) => Ok(Stock { book_id: wanted, stock: None }),
            Watched::Book(id) => {
                let state = self.state();
                if state.withdrawn.contains(id) || state.banned.contains(id) {
                    return Err(WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "not for sale"));
                }
                let stock = state.books.get(id).map(|book| book.stock);
                Ok(Stock { book_id: wanted, stock })
            }
        }
    }

    /// One book's stock.
    pub fn stock_of_one(&self, book_id: i64) -> Result<Stock, WebSocketException> {
        let no_such_book = || WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no such book");
        let stock = self.state().books.get(&book_id).map(|book| book.stock).ok_or_else(no_such_book)?;
        Ok(Stock { book_id: Watched::Book(book_id), stock: Some(stock) })
    }
}

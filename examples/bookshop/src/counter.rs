//! The rest of the shop: what is asked for at the counter.

use fastapi_status::{HttpException, StatusCode, status};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::{Author, Result, Shop, python};

const SEARCHES_PER_KEY: u32 = 3;

/// What the shop says to whoever comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Welcome {
    pub shop: &'static str,
    #[schema(value_type = i64)]
    pub books: usize,
}

/// What to look for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// A part of the title.
    pub q: String,
    /// Which five of what was found.
    #[serde(default = "Search::first_page")]
    #[param(default = 1)]
    pub page: i64,
}

impl Search {
    fn first_page() -> i64 {
        1
    }
}

/// A gift card that somebody wants to buy.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct GiftCard {
    pub amount: f64,
    pub message: Option<String>,
}

/// So many gift cards for somebody.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = Body_buy_gift_card_gift_cards_post)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewGiftCards {
    pub card: GiftCard,
    pub recipient: Author,
    #[serde(default = "NewGiftCards::one")]
    #[schema(default = 1)]
    pub copies: i64,
}

impl NewGiftCards {
    fn one() -> i64 {
        1
    }
}

/// The gift cards that were bought.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SoldGiftCards {
    pub code: String,
    #[serde(rename = "for")]
    pub recipient: String,
    pub worth: f64,
}

/// What staff can be told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename = "Literal", rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReportKind {
    Takings,
    Tax,
    Stock,
}

/// The report on a day.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// What a book brought in.
    pub average: f64,
}

impl Shop {
    /// Says how many books there are.
    #[must_use]
    pub fn welcome(&self) -> Welcome {
        Welcome { shop: "The Dog-Eared Page", books: self.state().books.len() }
    }

    /// Where the book with this title is.
    pub fn find_title(&self, title: &str) -> Result<String> {
        let wanted = title.to_lowercase();
        let state = self.state();
        let found: Vec<_> = state.books.values().filter(|book| book.new.title.to_lowercase() == wanted).collect();
        match found[..] {
            [] => Err(HttpException::new(status::HTTP_404_NOT_FOUND, format!("We have no “{title}”"))),
            [book] => Ok(book.location()),
            _ => {
                let locations: Vec<_> = found.iter().map(|book| book.location()).collect();
                Err(HttpException::new(status::HTTP_300_MULTIPLE_CHOICES, json!(locations)))
            }
        }
    }

    /// Titles that contain `q`; a key has a few searches, and no more.
    pub fn search(&self, search: &Search, api_key: &str) -> Result<Vec<String>> {
        if search.q.chars().count() > 100 {
            return Err(HttpException::new(status::HTTP_414_URI_TOO_LONG, "Search for less"));
        }
        let mut state = self.state();
        let searches = state.searches.entry(api_key.to_owned()).or_default();
        *searches += 1;
        if *searches > SEARCHES_PER_KEY {
            return Err(HttpException::from_status(status::HTTP_429_TOO_MANY_REQUESTS)
                .with_header("retry-after", "60")
                .with_header("x-ratelimit-limit", SEARCHES_PER_KEY.to_string())
                .with_header("x-ratelimit-remaining", "0"));
        }
        let wanted = search.q.to_lowercase();
        let titles = state.books.values().map(|book| &book.new.title);
        let found: Vec<_> = titles.filter(|title| title.to_lowercase().contains(&wanted)).cloned().collect();
        let end = search.page.saturating_mul(5);
        Ok(python::slice(&found, end.saturating_sub(5), end).to_vec())
    }

    /// Many prices at once, by title; says for each title how it went.
    #[must_use]
    pub fn change_prices(&self, prices: IndexMap<String, f64>) -> IndexMap<String, StatusCode> {
        let mut state = self.state();
        let mut change = |title: &str, price| {
            let Some(book) = state.books.values_mut().rfind(|book| book.new.title == title) else {
                return status::HTTP_404_NOT_FOUND;
            };
            if price < 0.0 {
                return status::HTTP_400_BAD_REQUEST;
            }
            book.new.price = price;
            status::HTTP_200_OK
        };
        let outcome = prices.into_iter().map(|(title, price)| {
            let how = change(&title, price);
            (title, how)
        });
        outcome.collect()
    }

    /// Sells gift cards, if they are not too dear.
    pub fn buy_gift_card(&self, new: NewGiftCards) -> Result<SoldGiftCards> {
        if new.card.amount > 500.0 {
            return Err(HttpException::new(status::HTTP_403_FORBIDDEN, "Gift cards end at 500"));
        }
        let mut state = self.state();
        state.gift_cards = state.gift_cards.saturating_add(new.copies);
        Ok(SoldGiftCards {
            code: format!("GIFT-{}", state.gift_cards),
            recipient: new.recipient.name,
            worth: new.card.amount * new.copies as f64,
        })
    }

    /// What staff want to know.
    ///
    /// # Panics
    ///
    /// Nobody has thought of a day without a sale.
    pub fn report(&self, kind: ReportKind) -> Result<Report> {
        match kind {
            ReportKind::Takings => {
                let state = self.state();
                let average_pence = state.pence_taken_today / state.sold_today;
                Ok(Report { average: average_pence as f64 / 100.0 })
            }
            ReportKind::Tax => Err(HttpException::from_status(status::HTTP_501_NOT_IMPLEMENTED)),
            ReportKind::Stock => {
                Err(HttpException::new(status::HTTP_503_SERVICE_UNAVAILABLE, "The stocktakers are at work")
                    .with_header("retry-after", "120"))
            }
        }
    }

    /// The machine in the corner makes tea.
    pub fn brew(&self, cups: i64) -> Result<()> {
        let detail = json!({"cups": cups, "advice": "Try tea – it’s good"});
        Err(HttpException::new(status::HTTP_418_IM_A_TEAPOT, detail).with_header("x-brews", "tea"))
    }
}

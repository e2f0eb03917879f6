//! Readers' reviews.

use fastapi_status::{HttpException, status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Author, Result, Shop};

/// Stars for one aspect of a book.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rating {
    pub aspect: String,
    pub stars: i64,
    #[serde(default = "Rating::whole")]
    #[schema(default = 1.0)]
    pub weight: f64,
}

impl Rating {
    fn whole() -> f64 {
        1.0
    }
}

/// What a reader sends.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Review {
    pub text: String,
    pub reviewer: Option<Author>,
    pub ratings: Vec<Rating>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PostedReview {
    pub id: i64,
    pub book_id: i64,
    pub stars: f64,
    pub notified: bool,
    pub visits: i64,
}

impl Shop {
    /// Takes a review from an app that is new enough.
    pub fn post_review(
        &self,
        book_id: i64,
        review: &Review,
        client_version: f64,
        notify: bool,
        visits: i64,
    ) -> Result<PostedReview> {
        let mut state = self.state();
        state.find_book(book_id)?;
        if client_version < 2.0 {
            return Err(HttpException::new(status::HTTP_426_UPGRADE_REQUIRED, "This version of the app is too old")
                .with_header("upgrade", "bookshop/2"));
        }
        let weight: f64 = review.ratings.iter().map(|rating| rating.weight).sum();
        if weight == 0.0 {
            return Err(HttpException::new(status::HTTP_400_BAD_REQUEST, "Rate at least one aspect"));
        }
        let weighted: f64 = review.ratings.iter().map(|rating| rating.stars as f64 * rating.weight).sum();
        state.reviews += 1;
        Ok(PostedReview { id: state.reviews, book_id, stars: weighted / weight, notified: notify, visits })
    }
}

//! Orders to publishers, and the jobs that bring the copies.

use fastapi_status::{HttpException, status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Result, Shop};

/// An order to a publisher; misspelt fields are refused, they cost money.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Restock {
    pub copies: i64,
    pub supplier: String,
    #[serde(default)]
    #[schema(default = false)]
    pub express: bool,
}

/// Copies that are on their way.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Job {
    pub id: i64,
    pub book_id: i64,
    pub copies: i64,
    #[schema(required = false, default = false)]
    pub done: bool,
}

impl Job {
    /// Where it can be followed.
    #[must_use]
    pub fn location(&self) -> String {
        format!("/jobs/{}", self.id)
    }
}

impl Shop {
    /// Orders copies from a publisher; the job says when they have come.
    pub fn restock(&self, book_id: i64, order: &Restock) -> Result<Job> {
        let mut state = self.state();
        let book = state.find_book(book_id)?;
        if order.supplier == "Garbled Press" {
            let detail = "The supplier's answer makes no sense";
            return Err(HttpException::new(status::HTTP_502_BAD_GATEWAY, detail));
        }
        if order.supplier == "Slow Press" {
            return Err(HttpException::new(status::HTTP_504_GATEWAY_TIMEOUT, "The supplier has not answered"));
        }
        if order.express && book.stock > 0 {
            let detail = "Express is for books that are sold out";
            return Err(HttpException::new(status::HTTP_422_UNPROCESSABLE_CONTENT, detail));
        }
        let id = crate::shop::next_id(&state.jobs);
        let job = Job { id, book_id, copies: order.copies, done: false };
        state.jobs.insert(id, job.clone());
        Ok(job)
    }

    /// A job is under way when first asked for, and done from then on.
    pub fn read_job(&self, job_id: i64) -> Result<Job> {
        let mut guard = self.state();
        let state = &mut *guard;
        let Some(job) = state.jobs.get_mut(&job_id) else {
            return Err(HttpException::new(status::HTTP_404_NOT_FOUND, "No such job"));
        };
        if job.done {
            return Err(HttpException::new(status::HTTP_303_SEE_OTHER, "The copies are on the shelf")
                .with_header("location", format!("/books/{}", job.book_id)));
        }
        let shown = job.clone();
        job.done = true;
        if let Some(book) = state.books.get_mut(&job.book_id) {
            book.stock = book.stock.saturating_add(job.copies);
        }
        Ok(shown)
    }
}

//! A future that outlives the panics of another.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use fastapi_status_http::HttpException;
use pin_project_lite::pin_project;

pin_project! {
    /// The output of a future, or if it panics the exception to answer with.
    ///
    /// The message of the panic goes to the log, and nothing of it to the client.
    ///
    /// ```
    /// use fastapi_status_hyper::CatchPanic;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let error = CatchPanic::new(async { panic!("boom") }).await.unwrap_err();
    /// assert_eq!(error.status(), 500);
    /// # }
    /// ```
    #[derive(Debug)]
    pub struct CatchPanic<F> {
        #[pin]
        future: F,
    }
}

impl<F> CatchPanic<F> {
    /// Watches over `future`.
    pub fn new(future: F) -> Self {
        Self { future }
    }
}

impl<F: Future> Future for CatchPanic<F> {
    type Output = Result<F::Output, HttpException>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.project().future;
        // The future is not polled again after a panic, so that nobody sees what it left behind.
        match catch_unwind(AssertUnwindSafe(|| future.poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(payload) => Poll::Ready(Err(HttpException::unhandled(message(&*payload)))),
        }
    }
}

fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
}

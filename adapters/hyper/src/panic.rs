//! A future that outlives the panics of another.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use fastapi_status::panic_message;
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
    /// let error = CatchPanic::new(|| async { panic!("boom") }).await.unwrap_err();
    /// assert_eq!(error.status(), 500);
    /// # }
    /// ```
    #[derive(Debug)]
    pub struct CatchPanic<F> {
        // An enum of both is no smaller in a program, and slower.
        #[pin]
        future: Option<F>,
        error: Option<HttpException>,
    }
}

impl<F> CatchPanic<F> {
    /// Calls `make`, and watches over the future that it makes.
    ///
    /// ```
    /// use fastapi_status_hyper::CatchPanic;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let length = CatchPanic::new(|| async { "four".len() }).await;
    ///
    /// assert_eq!(length.unwrap(), 4);
    /// # }
    /// ```
    pub fn new(make: impl FnOnce() -> F) -> Self {
        // What `make` took is dropped by a panic, so that nobody sees what is left of it.
        match catch_unwind(AssertUnwindSafe(make)) {
            Ok(future) => Self { future: Some(future), error: None },
            Err(payload) => Self { future: None, error: Some(unhandled(&*payload)) },
        }
    }
}

impl<F: Future> Future for CatchPanic<F> {
    type Output = Result<F::Output, HttpException>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            return this.error.take().map_or(Poll::Pending, |error| Poll::Ready(Err(error)));
        };
        match catch_unwind(AssertUnwindSafe(|| future.poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(payload) => {
                // What is left of the future may panic once more when it is dropped.
                let _ = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
                Poll::Ready(Err(unhandled(&*payload)))
            }
        }
    }
}

fn unhandled(payload: &(dyn Any + Send)) -> HttpException {
    HttpException::unhandled(panic_message(payload))
}

//! The bookshop on actix-web.
//!
//! ```text
//! cargo run -p example-actix -- --port 8000
//! curl -i http://127.0.0.1:8000/books/1
//! ```

use std::process::ExitCode;

use example_bookshop::cli;

fn main() -> ExitCode {
    cli::run(|listener| {
        example_actix::serve(listener, async {
            // Without a signal to wait for, it runs until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    })
}

//! Replays what was recorded of FastAPI against a port of the same service, over real sockets, and compares the answers.
//!
//! ```no_run
//! use fastapi_status_tests::{Differences, Transcript, replay};
//!
//! # let addr = "127.0.0.1:8000".parse()?;
//! let transcript = Transcript::load("bookshop");
//! replay(addr, &transcript, &Differences::common()).assert_agrees();
//! # Ok::<(), std::net::AddrParseError>(())
//! ```
//!
//! What is kept different on purpose stands in [`differences`]; anything else that differs makes
//! [`Report::assert_agrees`] fail.

pub mod differences;
mod load;
mod replay;
mod report;
mod server;
mod transcript;
mod websocket;
mod wire;

pub use differences::{Difference, Differences};
pub use load::load;
pub use replay::replay;
pub use report::{Outcome, Report, Verdict};
pub use server::{Server, Stop};
pub use transcript::{Answer, Body, Conversation, Exchange, Headers, Request, Step, Transcript};
pub use wire::{Connection, Failure};

/// The page that readers see first.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

//! Counts panics, and keeps the errors that are logged.

use std::fmt;
use std::panic;
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

static ONCE: Once = Once::new();
static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What clients bring about: what an adapter logs of a header that would have split an answer, and actix-http of a head
/// that is none, of a connection that broke, and of a WebSocket frame that is none.
const EXPECTED: [&str; 4] = [
    "a header of an exception cannot be sent",
    "stream error: request parse error",
    "stream error: I/O error",
    "actix_http::ws::codec: message=Unfinished fragment",
];

/// Listens to all servers of this process, from the first test on.
#[derive(Debug)]
pub(crate) struct Watch;

impl Watch {
    pub(crate) fn start() -> Self {
        ONCE.call_once(|| {
            tracing::subscriber::set_global_default(Errors).expect("nobody else listens");
            let print = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // A test that fails says so itself.
                if !info.location().is_some_and(|place| place.file().contains("tests/")) {
                    keep(info.to_string());
                }
                print(info);
            }));
        });
        Self
    }

    pub(crate) fn assert_quiet(&self) {
        let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(log.is_empty(), "{log:#?}");
    }
}

fn keep(what: String) {
    LOG.lock().unwrap_or_else(PoisonError::into_inner).push(what);
}

/// Keeps errors, and nothing else.
struct Errors;

impl Subscriber for Errors {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() == Level::ERROR
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(format!("{}:", event.metadata().target()));
        event.record(&mut text);
        if !EXPECTED.iter().any(|expected| text.0.contains(expected)) {
            keep(text.0);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

//! Why a visitor stopped.

use std::fmt;
use std::mem;

use serde_core::de;

/// The error of the recorder's deserialisers: what it means is settled where it arrives.
pub(crate) enum Signal {
    /// What is wrong is recorded already.
    Recorded,
    /// Something was learnt: the run begins again.
    Restart,
    /// A struct takes no stand-in, since one of its fields takes none.
    Choosy,
    /// A struct lacks a field.
    Missing(&'static str),
    /// A struct forbids a field.
    Unknown(String),
    /// A struct was fed a field twice, by its name and an alias of it.
    Duplicate(&'static str),
    /// A value was refused with a `ValidationError`.
    Refused(Box<Refusal>),
    /// Anything else a visitor, or what stands behind it, has to say.
    Message(String),
}

/// What a `ValidationError` says: what is told of it, and the same with its example.
pub(crate) struct Refusal {
    told: String,
    pub(super) with_example: String,
}

/// Changes the signal where it stands. A value may be large, and `map_err` would move it.
#[inline]
pub(super) fn change<T>(result: &mut Result<T, Signal>, by: impl FnOnce(Signal) -> Signal) {
    if let Err(signal) = result {
        *signal = by(mem::replace(signal, Signal::Recorded));
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recorded => f.write_str("recorded"),
            Self::Restart => f.write_str("restart"),
            Self::Choosy => f.write_str("choosy"),
            Self::Missing(field) => write!(f, "missing field `{field}`"),
            Self::Unknown(field) => write!(f, "unknown field `{field}`"),
            Self::Duplicate(field) => write!(f, "duplicate field `{field}`"),
            Self::Refused(refusal) => f.write_str(&refusal.told),
            Self::Message(message) => f.write_str(message),
        }
    }
}

/// A type that wraps errors of its fields may show clients this, too.
impl fmt::Debug for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Signal {}

impl de::Error for Signal {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let told = message.to_string();
        if told.starts_with("{\"type\"") {
            Self::Refused(Box::new(Refusal { told, with_example: format!("{message:#}") }))
        } else {
            Self::Message(told)
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::Duplicate(field)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::Unknown(field.to_owned())
    }
}

//! JSON as Python reads and writes it.

mod decode;
mod echo;
pub(crate) mod lax;
mod parse;
mod string;
mod tape;

pub(crate) use decode::decode;
pub(crate) use echo::echo;
pub(crate) use parse::{Failure, parse};
pub(crate) use tape::{Kind, Pick, Tape, Text};

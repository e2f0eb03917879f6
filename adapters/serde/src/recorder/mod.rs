//! Finds all that is wrong with a value, by what a [`Deserialize`] asks for.
//!
//! The deserialiser knows from the visitor's calls which type each place wants. Where something else stands, it records
//! pydantic's error, feeds a stand-in of the wanted type and goes on. Three things cannot be gone over like that:
//!
//! - A missing field is known only when the visitor of its struct gives up. That is *learnt*, once for the type, and the
//!   run begins again; from then on the field is recorded and fed where it lacks. The like holds for a struct that
//!   forbids unknown fields, for an enum that knows no other variants, and for a stand-in that a type refuses. Before all
//!   is visited again, only that place is, until it teaches nothing more. What holds for every value of a type is kept
//!   by the thread for its next request.
//! - Where a type that checks itself refuses a value, its parents' visitors give up. What they had still to be fed is
//!   noted as *tasks*, and each is run on its own later: the visitors are led straight to the place, fed with nothing
//!   else, and go on there. So nothing is visited twice, and the whole stays linear in the size of the input.
//! - The error of a value of which a part is wrong, or was left out, tells nothing.

mod at;
mod by_name;
mod dummy;
mod errors;
mod facts;
mod fields;
mod items;
mod members;
mod path;
mod scalar;
mod session;
mod signal;
mod stand_in;
#[cfg(test)]
mod tests;
mod variant;

use serde_core::Deserialize;

use crate::location::Location;
use crate::python::Tape;
use crate::{RequestValidationError, ValidationError};
pub(crate) use scalar::int_error;
use session::Session;

/// What `serde_json::value::RawValue` asks for.
pub(crate) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Visits all there is.
fn visit<'de, T: Deserialize<'de>>(session: &Session<'de>) -> Option<T> {
    let mut value = None;
    let mut is_first = true;
    while session.begin_task(is_first) {
        let result = session.run(|at| T::deserialize(at));
        if std::mem::take(&mut is_first) {
            value = result;
        }
    }
    value
}

/// Reads a value of the type `T`, or tells all that is wrong with it.
pub(crate) fn record<'de, T: Deserialize<'de>>(
    tape: Tape<'de>,
    location: Location,
    pairs: Option<u32>,
) -> Result<T, RequestValidationError> {
    let session = Session::new(tape, location, pairs);
    let value = visit(&session);
    let errors = session.into_errors();
    match value {
        Some(value) if errors.is_empty() => Ok(value),
        // No visitor gives up without a reason, which is recorded.
        _ if errors.is_empty() => Err(ValidationError::value_error("invalid", &()).at([location.name()]).into()),
        _ => Err(RequestValidationError::from_iter(errors)),
    }
}

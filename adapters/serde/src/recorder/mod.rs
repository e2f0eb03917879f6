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
use at::At;
pub(crate) use scalar::int_error;
use session::Session;
use signal::Signal;

/// What `serde_json::value::RawValue` asks for.
pub(crate) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Reads a value of the type `T`, or tells all that is wrong with it.
pub(crate) fn record<'de, T: Deserialize<'de>>(
    tape: Tape<'de>,
    location: Location,
    pairs: Option<u32>,
) -> Result<T, RequestValidationError> {
    let mut value = None;
    check(Session::new(tape, location, pairs), &mut value)?;
    value.ok_or_else(|| invalid(location))
}

/// What the value at the root is read into: of all runs, this alone is compiled for each type.
trait Root<'de> {
    fn read(&mut self, at: At<'_, 'de>) -> Result<(), Signal>;
}

impl<'de, T: Deserialize<'de>> Root<'de> for Option<T> {
    fn read(&mut self, at: At<'_, 'de>) -> Result<(), Signal> {
        // Where a run is led to one place, stand-ins are read in all others.
        let is_whole = at.session.is_whole();
        if is_whole {
            *self = None;
        }
        let value = T::deserialize(at)?;
        if is_whole {
            *self = Some(value);
        }
        Ok(())
    }
}

fn check<'de>(session: Session<'de>, root: &mut dyn Root<'de>) -> Result<(), RequestValidationError> {
    session.visit_all(root);
    let errors = session.into_errors();
    if errors.is_empty() { Ok(()) } else { Err(RequestValidationError::from_iter(errors)) }
}

/// No visitor gives up without a reason, which is recorded.
fn invalid(location: Location) -> RequestValidationError {
    ValidationError::value_error("invalid", &()).at([location.name()]).into()
}

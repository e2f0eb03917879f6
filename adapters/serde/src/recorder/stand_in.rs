//! What a type that checks itself, or that buffers what it reads, is fed where there is no value for it.
//!
//! At first the stand-ins of [`dummy`](super::dummy) in turn. But a refusal may tell more: what the type takes (an example,
//! or a bound of pydantic's), or a field that it wants besides.

use serde_core::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::at::At;
use super::dummy;
use super::signal::Signal;
use crate::ValidationError;
use crate::error::Json;

/// How often a type that tells what it wants may refuse, before it counts as one that takes no stand-in.
const REFUSALS: u8 = 100;

/// How long a text that is made up may be, and an example: it is copied for every value that lacks.
const LENGTH: usize = 4096;

/// What the fields of a type that buffers them may take.
fn guess(refusals: usize) -> Option<Value> {
    let text = |candidate| Value::from(dummy::text(candidate));
    match refusals {
        0 => Some(text(0)),
        1 => Some(Value::from(1)),
        2 => Some(Value::from(true)),
        3 => Some(Value::Array(Vec::new())),
        4 => Some(Value::Object(Map::new())),
        5 => Some(Value::Null),
        _ => u8::try_from(refusals - 5).ok().filter(|candidate| *candidate < dummy::CANDIDATES).map(text),
    }
}

/// The stand-in of one type, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct StandIn {
    refusals: u8,
    /// Which of the usual ones is next.
    candidate: u8,
    /// What to feed instead of it.
    value: Option<Value>,
    /// What the type has suggested so far.
    suggestions: Vec<Value>,
    /// The field of the value that was added last, and how many guesses it refused.
    field: Option<(String, usize)>,
}

impl StandIn {
    /// Which of the usual ones it is.
    pub(super) fn candidate(&self) -> u8 {
        self.candidate
    }

    /// What to feed instead of it, if anything. In a box, since each visit hands it on, and few have one.
    pub(super) fn value(&self) -> Option<Box<Value>> {
        self.value.clone().map(Box::new)
    }

    #[cfg(test)]
    pub(super) fn refusals(&self) -> usize {
        self.refusals.into()
    }

    /// This stand-in is refused, or a value that was sent: what does that tell? `true` if there is one more to try.
    pub(super) fn refuse(&mut self, why: &Signal, is_stand_in: bool) -> bool {
        self.refusals = self.refusals.saturating_add(1);
        self.candidate += u8::from(is_stand_in && self.value.is_none() && self.candidate < dummy::CANDIDATES);
        let why = match why {
            Signal::Refused(refusal) => refusal.with_example.clone(),
            other => other.to_string(),
        };
        let is_known = match suggested(&why).filter(|value| !self.suggestions.contains(value)) {
            Some(value) => self.take(value),
            None => self.refine(&why),
        };
        if !is_known {
            (self.value, self.field) = (None, None);
        }
        self.refusals < REFUSALS && (is_known || self.candidate < dummy::CANDIDATES)
    }

    /// Feeds what is suggested: for the field that was added last, or for the whole.
    fn take(&mut self, value: Value) -> bool {
        self.suggestions.push(value.clone());
        match (&self.field, &mut self.value) {
            (Some((field, _)), Some(Value::Object(object))) if !value.is_object() => {
                object.insert(field.clone(), value);
            }
            (_, whole) => {
                *whole = Some(value);
                self.field = None;
            }
        }
        true
    }

    /// Adds the field that is wanted, or has the last one hold something else.
    fn refine(&mut self, why: &str) -> bool {
        let mut quoted = why.split('`').skip(1).step_by(2);
        let value = if why.starts_with("missing field") {
            self.field = quoted.next().map(|field| (field.to_owned(), 0));
            // What helped the field before may help this one.
            self.suggestions.clear();
            guess(0)
        } else if let Some((_, refusals)) = &mut self.field {
            *refusals += 1;
            let variant = quoted.nth(1).filter(|_| why.starts_with("unknown variant"));
            variant.map(Value::from).or_else(|| guess(*refusals))
        } else {
            None
        };
        let (Some((field, _)), Some(value)) = (&self.field, value) else { return false };
        let object = self.value.get_or_insert_with(|| Value::Object(Map::new()));
        // What lacks a second time, lacks in something that this holds.
        let lacks = |object: &Map<String, Value>| !why.starts_with("missing field") || !object.contains_key(field);
        let object = object.as_object_mut().filter(|object| lacks(object));
        object.map(|object| object.insert(field.clone(), value)).is_some()
    }
}

/// Feeds what is sent, or the stand-in.
pub(super) fn feed<'de, S: DeserializeSeed<'de>>(
    seed: S,
    at: At<'_, 'de>,
    stand_in: Option<Box<Value>>,
) -> Result<S::Value, Signal> {
    match stand_in {
        None => seed.deserialize(at),
        Some(value) => seed.deserialize(*value).map_err(|error| Signal::Message(error.to_string())),
    }
}

/// What a type that refuses a value says that it takes: an example, or the bound that was not kept.
pub(super) fn suggested(why: &str) -> Option<Value> {
    if !why.starts_with('{') {
        return None;
    }
    let error = ValidationError::from_message(why);
    if let Some(example) = &error.example {
        return serde_json::to_value(Json(example)).ok().filter(|_| example.len() <= LENGTH);
    }
    let ctx = serde_json::to_value(Json(error.ctx()?)).ok()?;
    let number = |name| ctx.get(name).and_then(Value::as_number);
    let beyond = |name, step: i64| match number(name)?.as_i64() {
        Some(bound) => bound.checked_add(step).map(Value::from),
        None => number(name)?.as_f64().map(|bound| Value::from(bound + step as f64)),
    };
    match error.kind() {
        "string_too_short" => {
            let length = usize::try_from(number("min_length")?.as_u64()?).ok()?;
            (length <= LENGTH).then(|| Value::from("a".repeat(length)))
        }
        "greater_than" => beyond("gt", 1),
        "greater_than_equal" => beyond("ge", 0),
        "less_than" => beyond("lt", -1),
        "less_than_equal" => beyond("le", 0),
        "multiple_of" => beyond("multiple_of", 0),
        _ => None,
    }
}

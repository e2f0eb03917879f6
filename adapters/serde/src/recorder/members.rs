//! The members of a map: fed in the order in which they were sent.

use serde_core::de::{DeserializeSeed, MapAccess};

use super::path::{From, Mode, Step};
use super::session::Session;
use super::signal::Signal;

pub(super) struct Members<'s, 'de> {
    session: &'s Session<'de>,
    /// The member whose key was read.
    current: Option<Step>,
    /// Where the next one may stand.
    next: u32,
    end: u32,
    /// How many there were before.
    index: u32,
    is_key_wrong: bool,
    lead: Option<Step>,
    is_led: bool,
}

impl<'s, 'de> Members<'s, 'de> {
    pub(super) fn new(session: &'s Session<'de>, object: u32) -> Self {
        let mut members = Self {
            session,
            current: None,
            next: object + 1,
            end: session.tape.end(object),
            index: 0,
            is_key_wrong: false,
            lead: None,
            is_led: false,
        };
        match session.mode() {
            Mode::All => {}
            Mode::Rest(from) => {
                (members.next, members.index, members.is_key_wrong) = (from.place, from.order, from.is_key_wrong);
            }
            Mode::Lead(step) => (members.lead, members.is_led, members.next) = (Some(step), true, members.end),
        }
        members
    }

    /// Notes what is left to visit when the current member made the visitor give up.
    fn postpone(&self, from: From) {
        if !self.is_led && (from.is_key_wrong || self.session.tape.member(from.place, self.end).is_some()) {
            self.session.postpone(from);
        }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Signal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Signal> {
        let tape = &self.session.tape;
        let step = if let Some(step) = self.lead.take() {
            step
        } else if let Some((key, value)) = tape.member(self.next, self.end) {
            self.next = tape.end(key + 1);
            self.index += 1;
            // A key's errors stand before its value's.
            Step::member(self.index * 2 + 1, key, value)
        } else {
            return Ok(None);
        };
        let (key, wrong) = (step.place.key(), std::mem::take(&mut self.is_key_wrong));
        self.current = Some(step);
        let place = key.unwrap_or(self.next);
        self.session.key(seed, step, key.filter(|_| !wrong)).map(Some).inspect_err(|_| {
            if wrong {
                self.postpone(From { order: self.index, place: self.next, is_key_wrong: false });
            } else {
                self.postpone(From { order: self.index.saturating_sub(1), place, is_key_wrong: true });
            }
        })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Signal> {
        let Some(step) = self.current.take() else {
            return Err(Signal::Message("a value without a key".to_owned()));
        };
        self.session.child(seed, self.session.go(step)).inspect_err(|_| {
            self.postpone(From { order: self.index, place: self.next, is_key_wrong: false });
        })
    }
}

/// A map without members.
pub(super) struct NoMembers;

impl<'de> MapAccess<'de> for NoMembers {
    type Error = Signal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, Signal> {
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, _: S) -> Result<S::Value, Signal> {
        Err(Signal::Message("a value without a key".to_owned()))
    }
}

//! The items of a list or a tuple.

use serde_core::de::{DeserializeSeed, SeqAccess};

use super::path::{From, Mode, Step};
use super::session::Session;
use super::signal::Signal;

pub(super) struct Items<'s, 'de> {
    session: &'s Session<'de>,
    next: u32,
    end: u32,
    index: u32,
    /// How many stand-ins are fed before: a tuple's visitor cannot begin in its midst.
    before: u32,
    /// How many stand-ins are fed after: what a tuple lacks, or all of a list there is none of.
    after: u32,
    lead: Option<Step>,
    is_led: bool,
}

impl<'s, 'de> Items<'s, 'de> {
    /// The items of an array; `missing` is how many more a tuple has.
    pub(super) fn new(session: &'s Session<'de>, array: u32, is_tuple: bool, missing: u32) -> Self {
        let (next, end) = (array + 1, session.tape.end(array));
        let mut items = Self { session, next, end, index: 0, before: 0, after: missing, lead: None, is_led: false };
        match session.mode() {
            Mode::All => {}
            Mode::Rest(from) => {
                (items.next, items.index) = (from.place, from.order);
                let sent = || super::path::position(session.tape.items(array).count());
                items.before = if is_tuple { from.order.min(sent()) } else { 0 };
            }
            Mode::Lead(step) => {
                items.before = if is_tuple { step.order } else { 0 };
                (items.lead, items.is_led, items.next) = (Some(step), true, end);
            }
        }
        items
    }

    /// Stand-ins only.
    pub(super) fn dummies(session: &'s Session<'de>, count: usize) -> Self {
        let after = super::path::position(count);
        Self { session, next: 0, end: 0, index: 0, before: 0, after, lead: None, is_led: false }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Signal;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Signal> {
        if self.before > 0 {
            self.before -= 1;
            return self.session.child(seed, Step::index(0, None)).map(Some);
        }
        if let Some(step) = self.lead.take() {
            return self.session.child(seed, step).map(Some);
        }
        if self.next < self.end {
            let (item, index) = (self.next, self.index);
            self.next = self.session.tape.end(item);
            self.index += 1;
            return self.session.child(seed, Step::index(index, Some(item))).map(Some).inspect_err(|_| {
                if self.next < self.end {
                    let from = From { order: self.index, place: self.next, is_key_wrong: false };
                    self.session.postpone(from);
                }
            });
        }
        if self.after > 0 && !self.is_led {
            self.after -= 1;
            return self.session.child(seed, Step::index(self.index, None)).map(Some);
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        None
    }
}

/// Values of an object's members, as a tuple: the parameters of a path.
pub(super) struct Values<'s, 'de> {
    pub(super) session: &'s Session<'de>,
    pub(super) steps: std::vec::IntoIter<Step>,
}

impl<'de> SeqAccess<'de> for Values<'_, 'de> {
    type Error = Signal;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Signal> {
        self.steps.next().map(|step| self.session.child(seed, step)).transpose()
    }
}

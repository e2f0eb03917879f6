//! The items of a list or a tuple.

use std::vec;

use serde_core::de::{DeserializeSeed, SeqAccess};

use super::path::{From, Mode, Step};
use super::session::{Reached, Session};
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
    /// What is fed in the place of an array's items: the one that leads on, or the parameters of a path.
    steps: vec::IntoIter<Step>,
    is_led: bool,
}

impl<'s, 'de> Items<'s, 'de> {
    /// The items of an array; `missing` is how many more a tuple has.
    pub(super) fn new(session: &'s Session<'de>, array: u32, is_tuple: bool, missing: u32) -> Self {
        let mut items = Self { after: missing, ..Self::of(session, Vec::new()) };
        (items.next, items.end) = (array + 1, session.tape.end(array));
        match session.mode() {
            Mode::All => {}
            Mode::Rest(from) => {
                (items.next, items.index) = (from.place, from.order);
                let sent = || super::path::position(session.tape.items(array).count());
                items.before = if is_tuple { from.order.min(sent()) } else { 0 };
            }
            Mode::Lead(step) => {
                items.before = if is_tuple { step.order } else { 0 };
                (items.steps, items.is_led, items.next) = (vec![step].into_iter(), true, items.end);
            }
        }
        items
    }

    /// Stand-ins only.
    pub(super) fn dummies(session: &'s Session<'de>, count: usize) -> Self {
        Self { after: super::path::position(count), ..Self::of(session, Vec::new()) }
    }

    /// Values that stand elsewhere.
    pub(super) fn of(session: &'s Session<'de>, steps: Vec<Step>) -> Self {
        let steps = steps.into_iter();
        Self { session, next: 0, end: 0, index: 0, before: 0, after: 0, steps, is_led: false }
    }

    /// The visitor is going to give up because of an item: notes what is left to visit.
    #[cold]
    fn fail(&self, source: Option<u32>) {
        if source.is_some() && self.next < self.end {
            self.session.postpone(From { order: self.index, place: self.next, is_key_wrong: false });
        }
    }

    /// Goes to the next one.
    fn go(&mut self) -> Option<Reached> {
        if self.before > 0 {
            self.before -= 1;
            return Some(self.session.go(Step::index(0, None)));
        }
        if let Some(step) = self.steps.next() {
            return Some(self.session.go(step));
        }
        if self.next < self.end {
            let reached = self.session.go(Step::index(self.index, Some(self.next)));
            self.next = self.session.tape.end(self.next);
            self.index += 1;
            return Some(reached);
        }
        if self.after > 0 && !self.is_led {
            self.after -= 1;
            return Some(self.session.go(Step::index(self.index, None)));
        }
        None
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Signal;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Signal> {
        let Some(reached) = self.go() else { return Ok(None) };
        self.session.child(seed, reached).map(Some).inspect_err(|_| self.fail(reached.source))
    }

    fn size_hint(&self) -> Option<usize> {
        None
    }
}

//! The fields of a struct: fed in the order in which it declares them.

use std::cell::LazyCell;
use std::sync::Arc;

use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{DeserializeSeed, MapAccess, Visitor};

use super::at::At;
use super::by_name::ByName;
use super::facts::{Asker, NAMES, Names, Need, Seed, TypeKey};
use super::path::{From, Mode, Place, Step, position};
use super::session::{Reached, Session, extra_forbidden};
use super::signal::{Signal, change};
use crate::python::Kind;

/// Feeds a struct, from an object or, where there is none, from stand-ins.
pub(super) fn visit_struct<'de, V: Visitor<'de>>(
    session: &Session<'de>,
    fields: &'static [&'static str],
    object: Option<u32>,
    visitor: V,
) -> Result<V::Value, Signal> {
    let mut access = Fields::new(session, TypeKey::of::<V>(), fields);
    match object {
        Some(object) => access.plan(object),
        None if access.plan_dummies() => {}
        None => return Err(Signal::Choosy),
    }
    let mut result = visitor.visit_map(&mut access);
    access.learn(result.as_ref().err());
    // As a statement, so that a large value is not moved.
    if session.is_restarting() {
        result = Err(Signal::Restart);
    }
    result
}

struct Fields<'s, 'de> {
    session: &'s Session<'de>,
    key: TypeKey,
    /// Known once it has asked.
    asker: Option<Asker>,
    fields: &'static [&'static str],
    /// An object that has nothing but fields, in the order in which the struct declares them, and every one that may be
    /// required: where its next member stands, and its end. Most are so.
    in_order: Option<(u32, u32)>,
    /// The fields that it has, if some are left out.
    present: Names,
    /// The position of the next field of it.
    order: usize,
    /// Where the value of it stands whose key was fed.
    value: u32,
    /// Of all others, what is to be fed: values first, then stand-ins.
    feed: Vec<Step>,
    /// Was a key fed, and its value not yet?
    is_at_value: bool,
    /// How many were fed.
    next: usize,
    /// How many values there are to feed.
    real: usize,
    /// Fields that are not there, of which it is not known whether they must be.
    absent: Vec<usize>,
    is_led: bool,
    first: First,
}

/// What became of the first field: of an enum with a tag and a content, which come in this order, of the tag.
#[derive(Clone, Copy)]
enum First {
    Unfed,
    /// The value at this place was taken.
    Taken(u32),
    /// A stand-in was fed, or the value refused. Which content a tag would want that the enum does not know, nobody can
    /// tell.
    Refused,
}

/// The position of the content.
const CONTENT: usize = 1;

impl<'s, 'de> Fields<'s, 'de> {
    #[inline]
    fn new(session: &'s Session<'de>, key: TypeKey, fields: &'static [&'static str]) -> Self {
        Self {
            session,
            key,
            asker: None,
            fields,
            in_order: None,
            present: 0,
            order: 0,
            value: 0,
            feed: Vec::new(),
            is_at_value: false,
            next: 0,
            real: 0,
            absent: Vec::new(),
            is_led: false,
            first: First::Unfed,
        }
    }

    /// What is to be fed of an object.
    fn plan(&mut self, object: u32) {
        let session = self.session;
        let from = match session.mode() {
            Mode::Lead(step) => {
                self.feed.push(step);
                self.real = 1;
                self.is_led = true;
                return;
            }
            Mode::All => 0,
            Mode::Rest(from) => from.order,
        };
        if from == 0 && self.is_in_order(object) {
            self.in_order = Some((object + 1, session.tape.end(object)));
            return;
        }
        let mut members = ByName::of(session, object, self.fields.len());
        self.feed.reserve_exact(members.len().max(self.fields.len()));
        let mut skipped = Vec::new();
        let mut lacking = Vec::new();
        for (order, field) in self.fields.iter().enumerate() {
            let Some(value) = members.take(&session.field_name(field, session.is_root())) else {
                lacking.push(order);
                continue;
            };
            let step = Step::field(order, field, Some(value));
            if step.order < from {
                skipped.push(Step { value: None, ..step });
            } else {
                self.feed.push(step);
            }
        }
        let is_closed = session.state().facts.is_closed(self.key);
        for (place, (key, value)) in members.rest().enumerate() {
            let step = Step::member(position(self.fields.len() + place), key, value);
            if step.order >= from && is_closed {
                session.record(extra_forbidden(), Some(session.tape.single(value)), Some(step));
            } else if step.order >= from {
                self.feed.push(step);
            }
        }
        self.real = self.feed.len();
        if !lacking.is_empty() {
            self.add_dummies(object, &lacking, skipped);
        }
    }

    fn is_in_order(&mut self, object: u32) -> bool {
        let (tape, state) = (&self.session.tape, self.session.state());
        let (mut next, end) = (object + 1, tape.end(object));
        for (order, field) in self.fields.iter().enumerate() {
            match tape.member(next, end) {
                Some((key, _)) if tape.key(key) == *field => {
                    next = tape.end(key + 1);
                    self.real += 1;
                    self.present |= bit(order);
                }
                _ if self.fields.len() > NAMES => return false,
                _ => {}
            }
        }
        let given = self.present;
        let is_optional = |order| given & bit(order) != 0 || is_optional(state.facts.need(self.key, order), given);
        tape.member(next, end).is_none()
            && state.dropped.is_empty()
            && (self.real == self.fields.len() || (0..self.fields.len()).all(is_optional))
    }

    /// The key of what is to be fed next.
    fn next_key(&mut self) -> Option<Place> {
        match self.in_order {
            Some((next, end)) => self.next_key_in_order(next, end).map(Place::Field),
            None if self.next < self.feed.len() => Some(self.feed[self.next].place),
            None => self.content(),
        }
    }

    #[inline]
    fn next_key_in_order(&mut self, next: u32, end: u32) -> Option<&'static &'static str> {
        let tape = &self.session.tape;
        let (key, value) = tape.member(next, end)?;
        self.in_order = Some((tape.end(key + 1), end));
        self.value = value;
        if self.real < self.fields.len() {
            let left_out = self.present.checked_shr(position(self.order))?.trailing_zeros();
            self.order += left_out as usize;
        }
        let field = self.fields.get(self.order)?;
        self.order += 1;
        Some(field)
    }

    /// Goes to the value whose key was fed; `None` if none was. Tells its position as well.
    fn go(&mut self) -> Option<(u32, Reached)> {
        if !std::mem::take(&mut self.is_at_value) {
            return None;
        }
        let mut step = if self.in_order.is_some() {
            let order = self.order - 1;
            Step::field(order, &self.fields[order], Some(self.value))
        } else {
            self.feed[self.next]
        };
        if step.order as usize == CONTENT && self.is_tag_refused() {
            step.value = None;
        }
        self.next += 1;
        Some((step.order, self.session.go(step)))
    }

    /// Records what is known to be missing, and has stand-ins fed for it.
    fn add_dummies(&mut self, object: u32, lacking: &[usize], skipped: Vec<Step>) {
        let (session, key, fields) = (self.session, self.key, self.fields);
        let is_there = |order: &usize| lacking.binary_search(order).is_err();
        let names = LazyCell::new(|| (0..fields.len()).filter(is_there).collect::<Arc<[usize]>>());
        let state = session.state();
        let needs: Vec<_> = lacking.iter().map(|order| (*order, state.facts.need(key, *order))).collect();
        drop(state);
        let given = needs.iter().filter(|(_, need)| matches!(need, Some(Need::Required))).map(|(order, _)| bit(*order));
        let given = given.fold(self.given(), |names, name| names | name);
        for (order, need) in needs {
            let state = session.state();
            let is_alias = |name: &usize| state.facts.is_alias(key, *name, order);
            if state.facts.has_aliases(key, order) && names.iter().any(is_alias) || is_optional(need, given) {
                continue;
            }
            drop(state);
            let step = Step::field(order, &fields[order], None);
            if matches!(need, Some(Need::Required)) || order == CONTENT && self.wants_content() {
                let input = (!session.is_parameters()).then_some(object);
                session.record_missing(step, input, key, order, &names);
                self.feed.push(step);
            } else {
                self.absent.push(order);
            }
        }
        if !self.absent.is_empty() || self.feed.len() > self.real {
            // What was visited before is not visited again, but without it the visitor would not tell what lacks.
            self.feed.extend(skipped);
        }
        if self.feed.len() == self.real {
            return;
        }
        let state = session.state();
        let is_choosy = |step: &Step| state.facts.is_choosy(self.key, step.order as usize);
        self.feed.retain(|step| step.value.is_some() || !is_choosy(step));
        // To find out which name is an alias of a field, the field is fed before.
        let is_aliased = |step: &Step| step.value.is_none() && state.facts.is_aliased(self.key, step.order as usize);
        if self.feed.iter().any(is_aliased) {
            let (mut aliased, others): (Vec<_>, Vec<_>) = self.feed.iter().partition(|step| is_aliased(step));
            aliased.extend(others);
            self.feed = aliased;
        }
    }

    /// Stand-ins, only for what is known to be required: not all of a struct's names need be fields of their own, aliases
    /// are not. `false` where one of them takes no stand-in.
    fn plan_dummies(&mut self) -> bool {
        let state = self.session.state();
        for (order, field) in self.fields.iter().enumerate() {
            if !matches!(state.facts.need(self.key, order), Some(Need::Required)) {
                self.absent.push(order);
            } else if state.facts.is_choosy(self.key, order) {
                return false;
            } else {
                self.feed.push(Step::field(order, field, None));
            }
        }
        let given = self.given();
        self.absent.retain(|order| !is_optional(state.facts.need(self.key, *order), given));
        true
    }

    /// Is this an enum with a tag and a content?
    fn is_tagged(&self) -> bool {
        self.fields.len() == 2 && self.asker.is_some_and(Asker::asks_for_tag)
    }

    /// Is this such an enum, and its tag none that it knows?
    fn is_tag_refused(&self) -> bool {
        matches!(self.first, First::Refused) && self.is_tagged()
    }

    /// The text of the first field, if there is no other.
    fn tag(&self) -> Option<&str> {
        let mut fields = self.feed.iter().filter(|step| matches!(step.place, Place::Field(_)));
        match (fields.next(), fields.next()) {
            (Some(Step { order: 0, value: Some(place), .. }), None) => self.text(*place),
            _ => None,
        }
    }

    fn text(&self, place: u32) -> Option<&str> {
        let tape = &self.session.tape;
        match tape.kind(tape.single(place)) {
            Kind::Text(text) => Some(tape.str(text)),
            _ => None,
        }
    }

    /// Who visits a field.
    fn seed<S>(&self, order: u32) -> Seed {
        let seed = Seed::of_field::<S>(self.key, order);
        if order as usize != CONTENT || !self.is_tagged() {
            return seed;
        }
        match self.first {
            First::Taken(place) => seed.with_tag(self.text(place).unwrap_or_default()),
            First::Unfed | First::Refused => seed,
        }
    }

    /// Is the content missing that the tag wants, as far as is known?
    fn wants_content(&self) -> bool {
        self.tag().is_some_and(|tag| self.session.state().facts.wants_content(self.key, tag))
    }

    /// A stand-in for the content that lacks, behind a tag that was refused.
    fn content(&mut self) -> Option<Place> {
        let lacks = self.absent.contains(&CONTENT) && self.is_tag_refused();
        if !lacks || self.session.state().facts.is_choosy(self.key, CONTENT) {
            return None;
        }
        self.absent.retain(|order| *order != CONTENT);
        let step = Step::field(CONTENT, &self.fields[CONTENT], None);
        self.feed.push(step);
        Some(step.place)
    }

    /// The fields' names of what is fed.
    fn given(&self) -> Names {
        let fields = self.feed.iter().filter(|step| matches!(step.place, Place::Field(_)));
        fields.map(|step| bit(step.order as usize)).fold(0, |names, name| names | name)
    }

    /// Learns from how the visitor ended which fields are required.
    fn learn(&self, refusal: Option<&Signal>) {
        let Some(asker) = self.asker else { return };
        match refusal {
            Some(Signal::Missing(missing)) => {
                let is_missing = |order: &usize| self.fields[*order] == *missing;
                if let Some(order) = self.absent.iter().copied().find(is_missing) {
                    let mut state = self.session.state();
                    let is_news = if order == CONTENT && self.is_tagged() {
                        // A tag that the enum does not know is not kept: a client may send any.
                        let tag = self.tag().filter(|_| matches!(self.first, First::Taken(_)));
                        tag.is_some_and(|tag| state.facts.set_wants_content(asker, self.key, tag))
                    } else {
                        state.facts.set_required(asker, self.key, order)
                    };
                    drop(state);
                    self.session.restart(is_news);
                }
            }
            Some(Signal::Duplicate(field)) => self.learn_alias(asker, field),
            None if !self.is_led && self.next == self.feed.len() && self.fields.len() <= NAMES => {
                let given = self.given();
                for order in &self.absent {
                    self.session.state().facts.set_optional(asker, self.key, *order, given);
                }
            }
            _ => {}
        }
    }

    /// A field that lacked was fed, and another name turned out to be an alias of it.
    fn learn_alias(&self, asker: Asker, field: &str) {
        let order = |step: &Step| step.order as usize;
        // The name whose value was not asked for any more is the one that was too much.
        let Some(last) = self.feed.get(self.next) else { return };
        let fed = self.feed[..=self.next].iter().filter(|step| step.value.is_none());
        let Some(dummy) = fed.map(order).find(|order| self.fields.get(*order) == Some(&field)) else { return };
        let mut state = self.session.state();
        let is_news = if dummy == order(last) {
            state.facts.set_aliased(asker, self.key, dummy)
        } else {
            // Of names that the struct does not tell there is no end.
            order(last) < self.fields.len() && state.facts.set_alias(asker, self.key, order(last), dummy)
        };
        drop(state);
        self.session.restart(is_news);
    }
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Signal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Signal> {
        let asker = Asker::of::<K>();
        self.asker = Some(asker);
        let place = self.next_key();
        self.is_at_value = place.is_some();
        let Some(place) = place else { return Ok(None) };
        let result = match place {
            Place::Field(field) => seed.deserialize(BorrowedStrDeserializer::new(field)),
            place => seed.deserialize(At::new(self.session, place.key())),
        };
        result.map(Some).map_err(|signal| self.fail_at_key(signal, asker, place))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Signal> {
        let before = self.session.troubles();
        let Some((order, reached)) = self.go() else {
            return Err(Signal::Message("a value without a key".to_owned()));
        };
        let mut result = self.session.field(seed, reached, || self.seed::<S>(order));
        if order == 0 {
            let value = reached.source.filter(|_| self.session.troubles() == before);
            self.first = value.map_or(First::Refused, First::Taken);
        }
        change(&mut result, |signal| self.fail(signal, order, reached.source));
        result
    }
}

impl Fields<'_, '_> {
    /// The visitor is going to give up because of a name, which may tell that it knows no others.
    #[cold]
    fn fail_at_key(&self, signal: Signal, asker: Asker, place: Place) -> Signal {
        // An enum with a tag and a content says in other words than a struct that it knows no other fields.
        let is_unknown =
            matches!(signal, Signal::Unknown(_)) || matches!(signal, Signal::Message(_)) && asker.asks_for_tag();
        if is_unknown && place.key().is_some() {
            let is_news = self.session.state().facts.set_closed(asker, self.key);
            if self.session.restart(is_news) {
                return Signal::Restart;
            }
        }
        signal
    }

    /// The visitor is going to give up because of a value: notes what is left to visit, or that no stand-in will do.
    #[cold]
    fn fail(&self, signal: Signal, order: u32, source: Option<u32>) -> Signal {
        if matches!(signal, Signal::Restart) {
            return signal;
        }
        let has_more = self.next < self.real.max(self.feed.len()) || !self.absent.is_empty();
        if source.is_some() && !self.is_led && has_more {
            self.session.postpone(From { order: order + 1, place: 0, is_key_wrong: false });
        } else if source.is_none() {
            let is_news = self.session.state().facts.set_choosy(self.key, order as usize);
            if self.session.restart(is_news) {
                return Signal::Restart;
            }
        }
        signal
    }
}

/// May a field be left out where these names are given, as far as is known?
fn is_optional(need: Option<Need>, given: Names) -> bool {
    matches!(need, Some(Need::NotWith(names)) if names & given == names)
}

/// The bit of a field's name; those behind the first 64 have none.
fn bit(order: usize) -> Names {
    u32::try_from(order).ok().and_then(|order| Names::checked_shl(1, order)).unwrap_or_default()
}

//! What the runs have in common: the values, the errors, the tasks, and what was learnt.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell, RefMut};
use std::sync::Arc;

use serde_core::de::DeserializeSeed;
use serde_json::Value;

use super::Root;
use super::at::At;
use super::errors::Errors;
use super::facts::{Facts, Seed, TypeKey};
use super::path::{From, Mode, Place, Step, Task, position};
use super::signal::{Signal, change};
use super::stand_in::{feed, suggested};
use crate::location::Location;
use crate::python::{Kind, Tape, echo};
use crate::{LocItem, ValidationError};

/// How deep values may be nested, as in `serde_json`; pydantic goes to about twice of it.
const DEPTH: usize = 128;

/// How many visits there may be for each value before no run begins again. What could have been learnt then, stays hidden.
const VISITS: usize = 50;

/// How many visits there may be in any case.
const LEAST_VISITS: usize = 100_000;

/// Up to how many values are all visited again for whatever is learnt.
const FEW: u32 = 64;

/// How deep stand-ins may be.
const DUMMY_DEPTH: usize = 16;

/// A value that was reached: how deep its container is, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Reached {
    depth: u32,
    /// `None` for a stand-in.
    pub(super) source: Option<u32>,
}

pub(super) struct Session<'de> {
    pub(super) tape: Tape<'de>,
    pub(super) location: Location,
    /// The same values as pairs of name and value, for who wants a list of them.
    pub(super) pairs: Option<u32>,
    path: RefCell<Vec<Step>>,
    /// How many values were visited in all runs.
    pub(super) visits: Cell<usize>,
    /// How often something was recorded, left out or replaced in this run.
    trouble: Cell<usize>,
    /// How deep the run is in stand-ins.
    dummies: Cell<usize>,
    /// Which stand-in is to be fed at the current place, or where the value there is wrong.
    candidate: Cell<u8>,
    state: RefCell<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) facts: Facts,
    /// Form fields that were sent empty where one value is wanted: FastAPI takes them for not sent.
    pub(super) dropped: Vec<u32>,
    /// Of several values of one name, the one that was taken last, and the place of all of them.
    pub(super) picked: Option<(u32, u32)>,
    errors: Errors,
    tasks: Vec<Task>,
    /// `None` in the first run, which visits all.
    task: Option<Task>,
    /// Where something was learnt in this run, for which it begins again.
    lesson: Option<Vec<Step>>,
    /// Does the run only find out whether there is more to learn?
    is_learning: bool,
    /// How often a run began again, each time because of another fact.
    pub(super) restarts: usize,
    /// What the last error echoes.
    echoed: Option<u32>,
    /// What is echoed is written here first.
    scratch: String,
}

impl<'de> Session<'de> {
    pub(super) fn new(tape: Tape<'de>, location: Location, pairs: Option<u32>) -> Self {
        Self {
            tape,
            location,
            pairs,
            path: RefCell::default(),
            visits: Cell::new(0),
            trouble: Cell::new(0),
            dummies: Cell::new(0),
            candidate: Cell::new(0),
            state: RefCell::new(State { facts: Facts::take(), ..State::default() }),
        }
    }

    #[inline]
    pub(super) fn state(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    fn path(&self) -> Ref<'_, Vec<Step>> {
        self.path.borrow()
    }

    fn trouble(&self) {
        self.trouble.set(self.trouble.get() + 1);
    }

    /// Which stand-in is to be fed at the current place.
    pub(super) fn candidate(&self) -> u8 {
        self.candidate.get()
    }

    /// How often something was recorded, left out or replaced so far.
    pub(super) fn troubles(&self) -> usize {
        self.trouble.get()
    }

    /// Visits all there is, and then what the visitors gave up before.
    pub(super) fn visit_all(&self, root: &mut dyn Root<'de>) {
        self.run(root);
        while self.begin_task() {
            self.run(root);
        }
    }

    /// Takes up the next task; `false` when all is done.
    fn begin_task(&self) -> bool {
        let mut state = self.state();
        state.task = state.tasks.pop();
        state.task.is_some()
    }

    /// Runs the task, again and again as long as something is learnt. Each time that is another of the finitely many
    /// facts there are about the types; and when all runs together have visited many times more values than there are,
    /// nothing begins again. Whether there is more to learn at a place is found out by runs that visit nothing else.
    fn run(&self, root: &mut dyn Root<'de>) {
        let state = self.state();
        let (errors, tasks, task) = (state.errors.len(), state.tasks.len(), state.task.clone());
        drop(state);
        loop {
            self.path.borrow_mut().clear();
            self.trouble.set(0);
            self.dummies.set(0);
            self.state().lesson = None;

            if let Err(signal) = root.read(At::new(self, Some(0))) {
                self.settle(signal, 0, Some(0));
            }

            let mut state = self.state();
            let lesson = state.lesson.take();
            if lesson.is_none() && !state.is_learning {
                return;
            }
            state.errors.truncate(errors);
            state.echoed = None;
            state.tasks.truncate(tasks);
            state.restarts += usize::from(lesson.is_some());
            let lesson = lesson.filter(|_| self.tape.len() > FEW);
            state.is_learning = lesson.is_some();
            state.task = lesson.map(Task::dummies_of).or_else(|| task.clone());
        }
    }

    /// The errors in pydantic's order.
    pub(super) fn into_errors(self) -> Vec<ValidationError> {
        let State { facts, errors, .. } = self.state.into_inner();
        let errors = errors.into_sorted(&facts);
        facts.hand_on();
        errors
    }

    /// What the container at the current place has to feed.
    pub(super) fn mode(&self) -> Mode {
        let state = self.state();
        let depth = self.path().len();
        let mode = match &state.task {
            Some(task) if depth < task.path.len() => Mode::Lead(task.path[depth]),
            Some(task) if depth == task.path.len() => Mode::Rest(task.from),
            _ => return Mode::All,
        };
        self.trouble();
        mode
    }

    /// Is the container at the current place to be fed whole?
    pub(super) fn is_whole(&self) -> bool {
        self.state().task.as_ref().is_none_or(|task| self.path().len() > task.path.len())
    }

    /// Notes that the container at the current place has values left to visit.
    pub(super) fn postpone(&self, from: From) {
        let path = self.path().clone();
        self.state().tasks.push(Task { path, from });
    }

    /// Has the run begin again if what was learnt is news, and tells whether it does.
    pub(super) fn restart(&self, is_news: bool) -> bool {
        let mut state = self.state();
        let is_affordable = self.visits.get() < LEAST_VISITS + VISITS * self.tape.len() as usize;
        if is_news && is_affordable && state.lesson.is_none() {
            state.lesson = Some(self.path().iter().take_while(|step| step.value.is_some()).copied().collect());
        }
        state.lesson.is_some()
    }

    /// Was something learnt in this run?
    pub(super) fn is_restarting(&self) -> bool {
        self.state().lesson.is_some()
    }

    /// Is this the value itself, and nothing in it?
    pub(super) fn is_root(&self) -> bool {
        self.path().is_empty()
    }

    /// Is this a query, a form or the like, of which each field is a parameter of its own?
    pub(super) fn is_parameters(&self) -> bool {
        self.location != Location::Body && self.is_root()
    }

    /// Is this the value of a field that the root's struct knows?
    fn is_field_of_root(&self) -> bool {
        matches!(self.path().as_slice(), [Step { place: Place::Field(_), .. }])
    }

    /// Notes that a form's field was sent empty where one value is wanted. Only a struct can do without it; elsewhere it
    /// is an empty string. The run goes on, so that all of them are found in one.
    pub(super) fn drop_empty(&self, place: u32) {
        if self.is_field_of_root() {
            let is_news = self.is_sent(place);
            if is_news {
                self.state().dropped.push(place);
            }
            self.restart(is_news);
        }
    }

    /// Adds a step to the path.
    pub(super) fn enter(&self, step: Step) {
        self.path.borrow_mut().push(step);
    }

    /// Goes to a value of the container at the current place, to be visited then.
    #[inline]
    pub(super) fn go(&self, step: Step) -> Reached {
        self.visits.set(self.visits.get() + 1);
        let mut path = self.path.borrow_mut();
        path.push(step);
        Reached { depth: position(path.len() - 1), source: step.value }
    }

    /// Visits the value that was reached.
    pub(super) fn child<S: DeserializeSeed<'de>>(&self, seed: S, reached: Reached) -> Result<S::Value, Signal> {
        self.visit(Seed::of::<S>, reached, |at, stand_in| feed(seed, at, stand_in))
    }

    /// As [`child`](Self::child), of a field.
    pub(super) fn field<S: DeserializeSeed<'de>>(
        &self,
        seed: S,
        reached: Reached,
        who: impl Fn() -> Seed,
    ) -> Result<S::Value, Signal> {
        self.visit(who, reached, |at, stand_in| feed(seed, at, stand_in))
    }

    /// Visits the key of a member: the step is that of its value.
    pub(super) fn key<S: DeserializeSeed<'de>>(
        &self,
        seed: S,
        step: Step,
        source: Option<u32>,
    ) -> Result<S::Value, Signal> {
        let Reached { depth, .. } = self.go(Step { order: step.order - 1, ..step });
        self.enter(Step { order: 0, place: Place::Key, value: None });
        self.child(seed, Reached { depth, source })
    }

    /// Visits the value that was reached, and comes back to its container.
    #[inline]
    pub(super) fn visit<T>(
        &self,
        seed: impl Fn() -> Seed,
        Reached { depth, source }: Reached,
        visit: impl FnOnce(At<'_, 'de>, Option<Box<Value>>) -> Result<T, Signal>,
    ) -> Result<T, Signal> {
        let before = self.troubles();
        let (candidate, stand_in) = match self.state().facts.stand_in(&seed) {
            None => (0, None),
            Some(known) => (known.candidate(), if source.is_none() { known.value() } else { None }),
        };
        let outer = self.candidate.replace(candidate);
        let mut result = if self.admit(depth as usize, source) {
            visit(At::new(self, source), stand_in)
        } else {
            Err(Signal::Recorded)
        };
        change(&mut result, |signal| self.fail(signal, seed(), before, source));
        self.leave(depth as usize, source, outer);
        result
    }

    /// Comes back to the container.
    fn leave(&self, depth: usize, source: Option<u32>, outer: u8) {
        self.candidate.set(outer);
        self.path.borrow_mut().truncate(depth);
        self.dummies.set(self.dummies.get() - usize::from(source.is_none()));
    }

    /// May the value at the current place be visited?
    fn admit(&self, depth: usize, source: Option<u32>) -> bool {
        match source {
            None => {
                self.trouble();
                self.dummies.set(self.dummies.get() + 1);
            }
            Some(place) if depth >= DEPTH && self.tape.end(place) > place + 1 => {
                let msg = "Recursion error - maximum validation depth exceeded";
                self.record(ValidationError::new("recursion_depth_exceeded", msg), source, None);
                return false;
            }
            Some(_) => {}
        }
        self.dummies.get() <= DUMMY_DEPTH
    }

    /// Learns from the refusal of the value at the current place, and records it.
    #[cold]
    fn fail(&self, signal: Signal, seed: Seed, before: usize, source: Option<u32>) -> Signal {
        let is_stand_in = source.is_none() && !matches!(signal, Signal::Choosy) && !self.is_restarting();
        if is_stand_in || self.is_suggestion(seed, &signal) {
            let has_more = self.state().facts.refuse(seed, &signal, is_stand_in);
            self.restart(is_stand_in && has_more);
        }
        self.settle(signal, before, source)
    }

    /// Does the type of a value that was sent tell what it takes, of which nothing is known yet?
    fn is_suggestion(&self, seed: Seed, why: &Signal) -> bool {
        let Signal::Refused(refusal) = why else { return false };
        self.state().facts.stand_in(|| seed).is_none() && suggested(&refusal.with_example).is_some()
    }

    /// Records why the value at the current place was refused, if it is for no reason that is known already.
    fn settle(&self, signal: Signal, before: usize, source: Option<u32>) -> Signal {
        if self.is_restarting() {
            return Signal::Restart;
        }
        let is_news = self.troubles() == before && source.is_some();
        let last = u32::MAX;
        match signal {
            Signal::Choosy if source.is_none() => return Signal::Choosy,
            _ if !is_news => {}
            Signal::Recorded | Signal::Restart | Signal::Choosy => {}
            Signal::Missing(field) => {
                let input = source.filter(|_| !self.is_parameters());
                let name = LocItem::Name(self.field_name(field, self.is_root()));
                self.record_at(ValidationError::missing(), input, Some((last, name)));
            }
            Signal::Unknown(field) => {
                self.record_at(extra_forbidden(), source, Some((last, LocItem::from(field))));
            }
            signal @ (Signal::Message(_) | Signal::Refused(_) | Signal::Duplicate(_)) => {
                let picked = self.state().picked.filter(|(all, _)| source == Some(*all));
                let source = picked.map(|(_, one)| one).or(source);
                let error = ValidationError::from_message(&signal.to_string());
                self.record(error, source, None);
            }
        }
        Signal::Recorded
    }

    /// Records an error of the value at the current place, or at one step from it.
    pub(super) fn record(&self, error: ValidationError, input: Option<u32>, step: Option<Step>) {
        let step = step.map(|step| (step.order, self.loc_item(step, self.is_root())));
        self.record_at(error, input, step);
    }

    fn record_at(&self, mut error: ValidationError, input: Option<u32>, last: Option<(u32, LocItem)>) {
        self.trouble();
        let mut state = self.state();
        error.input = input.and_then(|place| self.input(&mut state, place));
        state.echoed = input;

        let path = self.path();
        error.loc = Vec::with_capacity(2 + path.len());
        error.loc.push(LocItem::from(self.location.name()));
        error.loc.extend(path.iter().enumerate().map(|(depth, step)| self.loc_item(*step, depth == 0)));
        let (last, item) = last.unzip();
        error.loc.extend(item);
        state.errors.push(path.iter().map(|step| step.order).chain(last), error);
    }

    /// What was sent. Several errors in a row are often about the same.
    fn input(&self, state: &mut State, place: u32) -> Option<Arc<str>> {
        if state.echoed == Some(place) {
            return state.errors.last_input();
        }
        state.scratch.clear();
        echo(&self.tape, place, &mut state.scratch);
        (state.scratch != "null").then(|| Arc::from(state.scratch.as_str()))
    }

    /// A step as `loc` shows it.
    fn loc_item(&self, step: Step, is_of_root: bool) -> LocItem {
        match step.place {
            Place::Field(field) => LocItem::Name(self.field_name(field, is_of_root)),
            Place::Member(key) => LocItem::from(self.tape.key(position(key)).to_owned()),
            Place::Index(index) => LocItem::Index(index),
            Place::Key => LocItem::from("[key]"),
        }
    }

    /// How FastAPI calls a field: a header's name has hyphens.
    pub(super) fn field_name(&self, field: &'static str, is_of_root: bool) -> Cow<'static, str> {
        if is_of_root && self.location == Location::Header && field.contains('_') {
            Cow::Owned(field.replace('_', "-"))
        } else {
            Cow::Borrowed(field)
        }
    }

    /// Records that a field of a struct is missing; `names` are those that the object has.
    pub(super) fn record_missing(
        &self,
        step: Step,
        input: Option<u32>,
        key: TypeKey,
        field: usize,
        names: &Arc<[usize]>,
    ) {
        self.record(ValidationError::missing(), input, Some(step));
        self.state().errors.mark_missing(key, field, names);
    }

    /// Is there a value at the place, or only an empty form field?
    pub(super) fn is_sent(&self, place: u32) -> bool {
        !self.state().dropped.contains(&place)
    }

    /// What stands at a place.
    #[inline]
    pub(super) fn kind(&self, place: u32) -> Kind<'de> {
        self.tape.kind(place)
    }
}

/// A field that the model forbids.
pub(super) fn extra_forbidden() -> ValidationError {
    ValidationError::new("extra_forbidden", "Extra inputs are not permitted")
}

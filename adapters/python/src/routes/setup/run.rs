//! Runs steps.

use std::sync::Arc;

use super::{Condition, Place, Runner};
use crate::routes::collect::{CONDITION, LOOP};
use crate::routes::link::Value;
use crate::routes::steps::{Step, Target, Term};

/// How a block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    Break,
    Continue,
    Return,
}

impl Runner<'_, '_> {
    pub(super) fn block(&mut self, steps: &[Step]) -> Flow {
        for step in steps {
            let Some(left) = self.steps.checked_sub(1) else {
                self.is_cut = true;
                return Flow::Return;
            };
            self.steps = left;
            self.move_root(step);
            let flow = self.step(step);
            if flow != Flow::On {
                return flow;
            }
        }
        Flow::On
    }

    fn step(&mut self, step: &Step) -> Flow {
        match step {
            Step::Assign(target, term) => {
                let value = self.assigned(target, term);
                self.assign(target, value);
            }
            Step::Route(place) => self.route(*place),
            Step::Include(place, router) => self.include(*place, router),
            Step::Do(term) => {
                self.value(term);
            }
            Step::Return(term) => {
                let value = term.as_ref().map_or(Value::None, |term| match term {
                    Term::Router(router) => self.made_router(router, "return"),
                    term => self.value(term),
                });
                self.returned(value);
                return Flow::Return;
            }
            Step::Break => return Flow::Break,
            Step::Continue => return Flow::Continue,
            Step::If(test, body, orelse) => {
                let test = self.value(test);
                return match self.truth(&test) {
                    Some(truth) => {
                        let (taken, passed) = if truth { (body, orelse) } else { (orelse, body) };
                        self.pass(passed);
                        self.block(taken)
                    }
                    None => self.either(CONDITION, body, orelse),
                };
            }
            Step::For(target, list, body) => return self.each(target, list, body),
            Step::Perhaps(LOOP, steps) => return self.perhaps_often(steps),
            Step::Perhaps(condition, steps) => return self.either(condition, steps, &[]),
        }
        Flow::On
    }

    /// Two blocks of which one is run, or none.
    fn either(&mut self, condition: &'static str, body: &[Step], orelse: &[Step]) -> Flow {
        let (outer, had_leaked) = (self.condition, self.has_leaked());
        let start = self.log.len();
        self.condition = self.under(outer, condition);
        let shared = self.shared.len();
        let first = self.block(body);
        let mut has_left = self.settle_leaks(start);
        let after_first = self.undo(start);
        let shared = self.shared.since(shared);
        self.condition = self.under(outer, condition);
        let second = self.block(orelse);
        has_left |= self.settle_leaks(start);
        let after_second = self.undo(start);
        self.shared.extend(&shared);
        self.restore(outer, had_leaked);
        for (place, value) in &after_first {
            let other = after_second.get(place).cloned().unwrap_or_else(|| self.read(place));
            self.join(place, value.clone(), other);
        }
        for (place, value) in after_second {
            if !after_first.contains_key(&place) {
                let other = self.read(&place);
                self.join(&place, value, other);
            }
        }
        let place = self.log.len();
        if let Some(frame) = self.frames.last_mut() {
            if has_left || first != second {
                frame.leaks.push(place);
            }
            if first == second {
                return first;
            }
            // It may be over by now: the loop, or the function.
            frame.has_leaked |= first == Flow::Return || second == Flow::Return;
        }
        self.condition = self.under(outer, CONDITION);
        Flow::On
    }

    pub(super) fn under(&mut self, outer: Option<Condition>, why: &'static str) -> Option<Condition> {
        self.count += 1;
        Some(Condition { why: outer.map_or(why, |outer| outer.why), number: self.count })
    }

    /// A loop of which it is not known how often it runs.
    fn perhaps_often(&mut self, body: &[Step]) -> Flow {
        let outer = self.condition;
        let before = self.enter_loop();
        self.either(LOOP, body, &[]);
        self.leave_loop(outer, before);
        Flow::On
    }

    /// Tells whether the function may have returned before a loop, and how many ways led out of its blocks.
    fn enter_loop(&mut self) -> (bool, usize) {
        self.frames
            .last_mut()
            .map_or_else(Default::default, |frame| (std::mem::take(&mut frame.has_leaked), frame.leaks.len()))
    }

    /// What `break` and `continue` have led out of is over with the loop.
    fn leave_loop(&mut self, outer: Option<Condition>, (had_leaked, leaks): (bool, usize)) {
        if let Some(frame) = self.frames.last_mut() {
            if !frame.has_leaked {
                frame.leaks.truncate(leaks);
            }
            let is_new = frame.has_leaked && !had_leaked;
            frame.has_leaked |= had_leaked;
            self.condition = if is_new { self.under(outer, CONDITION) } else { outer };
        }
    }

    /// What was put since a way led out of the block, from a place of the log on, is there only if that was not the way;
    /// tells whether there was such a way.
    pub(super) fn settle_leaks(&mut self, start: usize) -> bool {
        let Some(frame) = self.frames.last_mut() else {
            return false;
        };
        let first = frame.leaks.partition_point(|place| *place < start);
        let leaks = frame.leaks.split_off(first);
        for place in leaks.iter().rev() {
            for (place, value) in self.undo(*place) {
                let other = self.read(&place);
                self.join(&place, value, other);
            }
        }
        !leaks.is_empty()
    }

    fn has_leaked(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.has_leaked)
    }

    /// The condition after a block is that before it, unless the function may be over by now.
    fn restore(&mut self, outer: Option<Condition>, had_leaked: bool) {
        let is_new = self.has_leaked() && !had_leaked;
        self.condition = if is_new { self.under(outer, CONDITION) } else { outer };
    }

    /// Looks at what is not run: that is not there for certain.
    fn pass(&mut self, steps: &[Step]) {
        if !steps.is_empty() {
            self.passing(|it| {
                it.block(steps);
            });
        }
    }

    /// Does something that leaves nothing behind but which routes were met.
    pub(super) fn passing(&mut self, run: impl FnOnce(&mut Self)) {
        let outer = (self.is_passing, self.condition, self.log.len(), self.root.clone());
        let shared = self.shared.len();
        let frame = self.frames.last().map(|frame| (frame.returned.clone(), frame.has_leaked, frame.leaks.clone()));
        self.is_passing = true;
        run(self);
        self.undo(outer.2);
        self.shared.since(shared);
        (self.is_passing, self.condition, _, self.root) = outer;
        if let (Some(frame), Some(before)) = (self.frames.last_mut(), frame) {
            (frame.returned, frame.has_leaked, frame.leaks) = before;
        }
    }

    fn each(&mut self, target: &Target, list: &Term, body: &[Step]) -> Flow {
        let elements = match self.value(list) {
            Value::List(elements) => elements,
            Value::Dict(items) => items.iter().map(|(key, _)| key.clone()).collect(),
            _ => {
                self.assign(target, Value::Unknown);
                return self.perhaps_often(body);
            }
        };
        let (is_outermost, outer) = (self.is_at_root(), self.condition);
        let (start, before) = (self.log.len(), self.enter_loop());
        let was_fixed = self.root.is_fixed;
        self.root.loops += usize::from(is_outermost);
        let mut flow = Flow::On;
        for element in &*elements {
            self.assign(target, element.clone());
            flow = self.block(body);
            if self.settle_leaks(start) {
                let place = self.log.len();
                self.frames.last_mut().into_iter().for_each(|frame| frame.leaks.push(place));
            }
            if matches!(flow, Flow::Break | Flow::Return) {
                break;
            }
        }
        self.root.loops -= usize::from(is_outermost);
        self.root.is_fixed = was_fixed;
        self.leave_loop(outer, before);
        if flow == Flow::Return { Flow::Return } else { Flow::On }
    }

    pub(super) fn returned(&mut self, value: Value) {
        if let Some(frame) = self.frames.last_mut() {
            frame.returned = Some(match frame.returned.take() {
                None => value,
                Some(before) => before.or(value),
            });
        }
    }

    fn assigned(&mut self, target: &Target, term: &Term) -> Value {
        match (target, term) {
            (Target::Name(key), Term::Router(router)) => {
                self.made_router(router, key.rsplit('.').next().unwrap_or_default())
            }
            (Target::Attribute(_, name), Term::Router(router)) => self.made_router(router, name),
            _ => self.value(term),
        }
    }

    pub(super) fn assign(&mut self, target: &Target, value: Value) {
        match target {
            Target::Name(name) => {
                let Some(frame) = self.frames.last() else {
                    return;
                };
                let key = (Arc::clone(&frame.function.0), Arc::clone(name));
                self.put(Place::Variable(key), value);
            }
            Target::Attribute(term, name) => {
                let owner = self.value(term);
                self.set(&owner, name, value);
            }
            Target::Several(targets) => {
                let parts = match &value {
                    Value::List(parts) if parts.len() == targets.len() => Some(parts),
                    _ => None,
                };
                for (index, target) in targets.iter().enumerate() {
                    let part = parts.map_or(Value::Unknown, |parts| parts[index].clone());
                    self.assign(target, part);
                }
            }
            Target::Inside(term) => self.spoil(term),
        }
    }

    fn is_at_root(&self) -> bool {
        self.frames.len() == 1
    }

    /// Keeps where the code stands that the rest is called by.
    fn move_root(&mut self, step: &Step) {
        if !self.is_at_root() || self.root.is_fixed {
            return;
        }
        let file = self.frames.last().map(|frame| Arc::clone(&frame.function.0));
        let module = file.and_then(|file| self.linker.module(&file));
        let offset = match (step, module) {
            (Step::Route(place), Some(module)) => module.routes.get(*place).map(|route| route.order),
            (Step::Include(place, _), Some(module)) => module.includes.get(*place).map(|include| include.offset),
            (Step::Assign(_, term) | Step::Do(term) | Step::Return(Some(term)), _) => super::values::offset_of(term),
            _ => None,
        };
        if let Some(offset) = offset {
            self.root.offset = offset;
            self.root.is_fixed = self.root.loops > 0;
        }
    }
}

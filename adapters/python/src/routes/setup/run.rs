//! Runs steps.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::{Added, Condition, MAX_ADDED, Place, Runner};
use crate::routes::collect::{CONDITION, LOOP};
use crate::routes::facts::{Include, Key, Route};
use crate::routes::link::{Object, Value};
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
        let first = self.block(body);
        let after_first = self.undo(start);
        self.condition = self.under(outer, condition);
        let second = self.block(orelse);
        let after_second = self.undo(start);
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
        if first == second {
            return first;
        }
        // It may be over by now: the loop, or the function.
        if let Some(frame) = self.frames.last_mut() {
            frame.has_leaked |= first == Flow::Return || second == Flow::Return;
        }
        self.condition = self.under(outer, CONDITION);
        Flow::On
    }

    fn under(&mut self, outer: Option<Condition>, why: &'static str) -> Option<Condition> {
        self.count += 1;
        Some(Condition { why: outer.map_or(why, |outer| outer.why), number: self.count })
    }

    /// Why it is not certain that something is added to a router, if that is not the reason for the router as well.
    fn doubt(&self, owner: &Key) -> Option<&'static str> {
        let made_under = self.made_under.get(owner);
        self.condition.filter(|condition| made_under != Some(&condition.number)).map(|condition| condition.why)
    }

    /// A loop of which it is not known how often it runs.
    fn perhaps_often(&mut self, body: &[Step]) -> Flow {
        let (outer, had_leaked) = (self.condition, self.has_leaked());
        self.either(LOOP, body, &[]);
        self.restore(outer, had_leaked);
        Flow::On
    }

    fn has_leaked(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.has_leaked)
    }

    /// The condition after a block is that before it, unless the function may be over by now.
    fn restore(&mut self, outer: Option<Condition>, had_leaked: bool) {
        let is_new = self.has_leaked() && !had_leaked;
        self.condition = if is_new { self.under(outer, CONDITION) } else { outer };
    }

    /// Takes back what was put anywhere since; hands it back.
    fn undo(&mut self, start: usize) -> HashMap<Place, Option<Value>> {
        let mut after = HashMap::new();
        for (place, before) in self.log.split_off(start).into_iter().rev() {
            if !after.contains_key(&place) {
                let value = self.read(&place);
                after.insert(place.clone(), value);
            }
            self.write(&place, before);
        }
        after
    }

    /// What one of two ways has put somewhere; what only one has put there is there if that was the way.
    fn join(&mut self, place: &Place, one: Option<Value>, other: Option<Value>) {
        let value = match (one, other) {
            (Some(one), Some(other)) if one.is_same(&other) == Some(true) => one,
            (Some(_), Some(_)) => Value::Unknown,
            (Some(value), None) | (None, Some(value)) => value,
            (None, None) => return,
        };
        self.put(place.clone(), value);
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
        let frame = self.frames.last().map(|frame| (frame.returned.clone(), frame.has_leaked));
        self.is_passing = true;
        run(self);
        self.undo(outer.2);
        (self.is_passing, self.condition, _, self.root) = outer;
        if let (Some(frame), Some(before)) = (self.frames.last_mut(), frame) {
            (frame.returned, frame.has_leaked) = before;
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
        let (is_outermost, outer, had_leaked) = (self.is_at_root(), self.condition, self.has_leaked());
        let was_fixed = self.root.is_fixed;
        self.root.loops += usize::from(is_outermost);
        let mut flow = Flow::On;
        for element in &*elements {
            self.assign(target, element.clone());
            flow = self.block(body);
            if matches!(flow, Flow::Break | Flow::Return) {
                break;
            }
        }
        self.root.loops -= usize::from(is_outermost);
        self.root.is_fixed = was_fixed;
        self.restore(outer, had_leaked);
        if flow == Flow::Return { Flow::Return } else { Flow::On }
    }

    fn returned(&mut self, value: Value) {
        if let Some(frame) = self.frames.last_mut() {
            frame.returned = Some(match frame.returned.take() {
                None => value,
                Some(before) if before.is_same(&value) == Some(true) => value,
                Some(_) => Value::Unknown,
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
                if let Value::Object(Object::Instance(_, Some(number))) = self.value(term) {
                    self.put(Place::Attribute(number, (&**name).into()), value);
                }
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

    /// What a variable or an attribute holds is changed in a way that is not followed.
    pub(super) fn spoil(&mut self, term: &Term) {
        if let Some(place) = self.place_of(term) {
            self.put(place, Value::Unknown);
        }
    }

    pub(super) fn put(&mut self, place: Place, value: Value) {
        let before = self.read(&place);
        if self.is_changed(&place) {
            return;
        }
        // What the facts of the module tell of a variable is not to be hidden by what is not known here.
        let is_worth_it = before.is_some() || !matches!(value, Value::Unknown) || !self.is_global(&place);
        if is_worth_it {
            self.write(&place, Some(value));
        }
        self.log.push((place, before));
    }

    /// Whether functions change a variable of the module: when, is not known.
    fn is_changed(&mut self, place: &Place) -> bool {
        match place {
            Place::Variable(key) if self.is_global(place) => self.linker.setups(&key.0).changed.contains(&key.1),
            _ => false,
        }
    }

    fn is_global(&self, place: &Place) -> bool {
        matches!(place, Place::Variable(_)) && self.frames.last().is_some_and(|frame| frame.function.1.is_empty())
    }

    fn read(&self, place: &Place) -> Option<Value> {
        match place {
            Place::Variable(_) if self.is_global(place) => self.globals(place),
            Place::Variable(key) => self.linker.scene.locals.get(key).cloned(),
            Place::Attribute(number, name) => self.linker.scene.instances.get(*number)?.attributes.get(name).cloned(),
        }
    }

    fn globals(&self, place: &Place) -> Option<Value> {
        match place {
            Place::Variable(key) => self.linker.globals.get(key).cloned(),
            Place::Attribute(..) => None,
        }
    }

    fn write(&mut self, place: &Place, value: Option<Value>) {
        match place {
            Place::Variable(key) if self.is_global(place) => self.linker.globals.set(key, value),
            Place::Variable(key) => {
                let locals = Arc::make_mut(&mut self.linker.scene.locals);
                match value {
                    Some(value) => locals.insert(key.clone(), value),
                    None => locals.remove(key),
                };
            }
            Place::Attribute(number, name) => {
                if let Some(instance) = Arc::make_mut(&mut self.linker.scene.instances).get_mut(*number) {
                    let attributes = &mut Arc::make_mut(instance).attributes;
                    match value {
                        Some(value) => attributes.insert(Arc::clone(name), value),
                        None => attributes.remove(name),
                    };
                }
            }
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

    fn route(&mut self, place: usize) {
        let Some((owner, fact)) = self.fact(|module| module.routes.get(place), |route: &Route| &route.owner) else {
            return;
        };
        let (scope, offset) = (self.root.scope.clone(), self.root.offset);
        let fact = Route { condition: self.doubt(&owner), scope, offset, order: offset, ..self.settled_route(fact) };
        if let Some(file) = self.seen(true, place) {
            let (number, scene) = (self.number, self.linker.scene.clone());
            let (root, target) = (Arc::clone(&self.root.file), None);
            self.found.routes.push(Added { owner, file, fact: Rc::new(fact), root, number, scene, target });
        }
    }

    fn include(&mut self, place: usize, router: &Term) {
        let Some((owner, fact)) = self.fact(|module| module.includes.get(place), |include: &Include| &include.owner)
        else {
            return;
        };
        let target = match self.value(router) {
            Value::Object(Object::Router(key)) => Some(key),
            _ => None,
        };
        let (scope, offset) = (self.root.scope.clone(), self.root.offset);
        let fact = Include { condition: self.doubt(&owner), scope, offset, ..self.settled_include(fact) };
        if let Some(file) = self.seen(false, place) {
            let (number, scene) = (self.number, self.linker.scene.clone());
            let root = Arc::clone(&self.root.file);
            self.found.includes.push(Added { owner, file, fact: Rc::new(fact), root, number, scene, target });
        }
    }

    /// What the module of the function that runs says of a route or an inclusion, if its router is known.
    fn fact<T: Clone>(
        &mut self,
        find: impl Fn(&crate::routes::facts::Module) -> Option<&T>,
        owner: impl Fn(&T) -> &crate::routes::facts::Reference,
    ) -> Option<(Key, T)> {
        let file = Arc::clone(&self.frames.last()?.function.0);
        let module = self.linker.module(&file)?;
        let fact = find(&module)?;
        match self.named(owner(fact)) {
            Value::Object(Object::Router(key)) => Some((key, fact.clone())),
            _ => None,
        }
    }

    /// Notes that a route or an inclusion was met; its file, if it is to be added.
    fn seen(&mut self, is_route: bool, place: usize) -> Option<Arc<std::path::Path>> {
        let file = Arc::clone(&self.frames.last()?.function.0);
        let seen = if is_route { &mut self.found.seen_routes } else { &mut self.found.seen_includes };
        seen.insert((Arc::clone(&file), place));
        self.number += 1;
        let is_added = !self.is_passing && self.found.routes.len() + self.found.includes.len() < MAX_ADDED;
        is_added.then_some(file)
    }
}

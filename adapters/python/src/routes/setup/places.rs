//! Where values are put, so that it can be taken back.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Place, Runner};
use crate::routes::facts::{Reference, Variable};
use crate::routes::link::{Object, Value};
use crate::routes::steps::Term;

/// The lists and dictionaries that were changed: a name may hold one as it was before. They are kept, so that none other
/// can be where they are.
#[derive(Debug, Default)]
pub(super) struct Shared {
    all: Vec<Value>,
    places: HashSet<usize>,
}

impl Shared {
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn add(&mut self, value: &Value) {
        if let Some(place) = address(value)
            && self.places.insert(place)
        {
            self.all.push(value.clone());
        }
    }

    pub(super) fn has(&self, value: &Value) -> bool {
        !self.places.is_empty() && address(value).is_some_and(|place| self.places.contains(&place))
    }

    /// Takes those back that came last.
    pub(super) fn since(&mut self, len: usize) -> Vec<Value> {
        let last = self.all.split_off(len.min(self.all.len()));
        last.iter().filter_map(address).for_each(|place| {
            self.places.remove(&place);
        });
        last
    }

    pub(super) fn extend(&mut self, values: &[Value]) {
        values.iter().for_each(|value| self.add(value));
    }
}

fn address(value: &Value) -> Option<usize> {
    match value {
        Value::List(list) => Some(list.as_ptr().addr()),
        Value::Dict(items) => Some(items.as_ptr().addr()),
        _ => None,
    }
}

impl Runner<'_, '_> {
    /// What a variable or an attribute holds is changed in a way that is not followed.
    pub(super) fn spoil(&mut self, term: &Term) {
        if let Term::Name(_) | Term::Attribute(..) = term {
            let value = self.value(term);
            self.change_of(term, &value);
        }
        if let Some(place) = self.place_of(term) {
            if let Place::Variable(key) = &place {
                self.linker.spoiled.insert(key.clone());
            }
            self.put(place, Value::Unknown);
        }
    }

    /// A list or a dictionary is changed: what else holds it is no longer known.
    pub(super) fn change_of(&mut self, term: &Term, value: &Value) {
        self.shared.add(value);
        let name = match term {
            Term::Attribute(_, name) => name,
            Term::Name(Reference { rest, .. }) if !rest.is_empty() => &rest[rest.len() - 1],
            _ => return,
        };
        // It is that of the class, and of all its instances.
        let is_own = self.place_of(term).is_some_and(|place| self.read(&place).is_some());
        if !is_own {
            self.resets.insert((&**name).into());
        }
    }

    /// What a call was given, if it was changed there.
    pub(super) fn spoil_shared(&mut self, term: &Term) {
        if let Term::Name(_) | Term::Attribute(..) = term
            && let Some(place) = self.place_of(term)
            && self.read(&place).is_some_and(|value| self.shared.has(&value))
        {
            self.spoil(term);
        }
    }

    /// A value as it is read: of a list that was changed by another name, it is not known what is in it.
    pub(super) fn unshared(&self, value: Value) -> Value {
        if self.shared.has(&value) { Value::Unknown } else { value }
    }

    /// Gives something an attribute.
    pub(super) fn set(&mut self, owner: &Value, name: &str, value: Value) {
        match owner {
            Value::Object(Object::Instance(class, Some(number))) => {
                let setter = match self.linker.member(class, name) {
                    Some(Object::Function(key)) => self.is_decorated(&key),
                    _ => false,
                };
                // What a property does with it is not followed.
                if setter {
                    self.open(owner);
                }
                let value = if setter { Value::Unknown } else { value };
                self.put(Place::Attribute(*number, name.into()), value);
            }
            Value::Object(Object::Class(_)) => {
                self.resets.insert(name.into());
            }
            _ => {}
        }
    }

    pub(super) fn put(&mut self, place: Place, value: Value) {
        let before = self.read(&place);
        if self.is_changed(&place) {
            return;
        }
        let value = if self.is_of_inner(&place) { Value::Unknown } else { value };
        // What the facts of the module tell of a variable is not to be hidden by what is not known here.
        let is_worth_it = before.is_some() || !matches!(value, Value::Unknown) || !self.is_told(&place);
        if is_worth_it {
            self.write(&place, Some(value));
        }
        self.log.push((place, before));
    }

    /// Whether a function inside changes a variable of the function around it.
    fn is_of_inner(&mut self, place: &Place) -> bool {
        match place {
            Place::Variable(key) if !self.is_global(place) => {
                let name = key.1.rsplit('.').next().unwrap_or_default();
                self.linker.setups(&key.0).changed.contains(name)
            }
            _ => false,
        }
    }

    fn is_told(&mut self, place: &Place) -> bool {
        match place {
            Place::Variable(key) if self.is_global(place) => {
                let module = self.linker.module(&key.0);
                module.is_some_and(|module| !matches!(module.variables.get(&key.1), None | Some(Variable::Other)))
            }
            _ => false,
        }
    }

    /// Whether functions change a variable of the module: when, is not known.
    fn is_changed(&mut self, place: &Place) -> bool {
        match place {
            Place::Variable(key) if self.is_global(place) => {
                self.outside.contains(key) || self.linker.setups(&key.0).changed.contains(&key.1)
            }
            _ => false,
        }
    }

    pub(super) fn is_global(&self, place: &Place) -> bool {
        matches!(place, Place::Variable(_)) && self.frames.last().is_some_and(|frame| frame.function.1.is_empty())
    }

    pub(super) fn read(&self, place: &Place) -> Option<Value> {
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

    pub(super) fn write(&mut self, place: &Place, value: Option<Value>) {
        match place {
            Place::Variable(key) if self.is_global(place) => self.linker.globals.set(key, value),
            Place::Variable(key) => {
                let is_kept = Arc::strong_count(&self.linker.scene.locals) > 1;
                self.copy(if is_kept { self.linker.scene.locals.len() } else { 0 });
                let locals = Arc::make_mut(&mut self.linker.scene.locals);
                match value {
                    Some(value) => locals.insert(key.clone(), value),
                    None => locals.remove(key),
                };
            }
            Place::Attribute(number, name) => {
                let is_kept = Arc::strong_count(&self.linker.scene.instances) > 1;
                if is_kept && let Some(instance) = self.linker.scene.instances.get(*number) {
                    self.copy(self.linker.scene.instances.len() + instance.attributes.len());
                }
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

    /// Counts what is copied: of one long function with many routes, each keeps all variables.
    pub(super) const fn copy(&mut self, count: usize) {
        match self.copies.checked_sub(count) {
            Some(left) => self.copies = left,
            None => self.steps = 0,
        }
    }

    /// Takes back what was put anywhere since; hands it back.
    pub(super) fn undo(&mut self, start: usize) -> HashMap<Place, Option<Value>> {
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

    /// What one of two ways has put somewhere. What only one has put there is there if that was the way, but for what an
    /// instance has by its class otherwise.
    pub(super) fn join(&mut self, place: &Place, one: Option<Value>, other: Option<Value>) {
        let value = match (one, other) {
            (Some(one), Some(other)) => one.or(other),
            (Some(_), None) | (None, Some(_)) if self.has_other(place) => Value::Unknown,
            (Some(value), None) | (None, Some(value)) => value,
            (None, None) => return,
        };
        self.put(place.clone(), value);
    }

    fn has_other(&mut self, place: &Place) -> bool {
        matches!(place, Place::Attribute(number, name) if self.has_default(*number, name))
    }
}

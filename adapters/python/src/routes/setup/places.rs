//! Where values are put, so that it can be taken back.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Place, Runner};
use crate::routes::facts::Variable;
use crate::routes::link::Value;
use crate::routes::steps::Term;

impl Runner<'_, '_> {
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
        let is_worth_it = before.is_some() || !matches!(value, Value::Unknown) || !self.is_told(&place);
        if is_worth_it {
            self.write(&place, Some(value));
        }
        self.log.push((place, before));
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
            Place::Variable(key) if self.is_global(place) => self.linker.setups(&key.0).changed.contains(&key.1),
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
            (Some(one), Some(other)) if one.is_same(&other) == Some(true) => one,
            (Some(_), Some(_)) => Value::Unknown,
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

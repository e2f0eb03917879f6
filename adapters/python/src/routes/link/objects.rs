//! What a name or a call stands for, found through variables, attributes, methods, base classes and `return`.

use std::path::Path;
use std::sync::Arc;

use super::callees::MAX_CALLEES;
use super::{Linker, Value};
use crate::routes::facts::{CALL, Form, Key, Reference, Scheme, Thing, Variable};

/// How many names are looked up for one question: the names of a program may lead in circles.
pub(super) const MAX_LOOKUPS: usize = 256;

/// What an expression stands for.
#[derive(Clone, Debug)]
pub(in crate::routes) enum Object {
    Router(Key),
    Function(Key),
    Class(Key),
    /// An instance of a class, and which one, if it was made by code that was run.
    Instance(Key, Option<usize>),
    /// A security scheme, and where it is made.
    Scheme(Scheme, Key),
    Form(Form, Option<Reference>),
}

impl Linker<'_> {
    /// The router or app that a name or a call stands for.
    pub(in crate::routes) fn router(&mut self, thing: &Thing) -> Option<Key> {
        match self.object(thing)? {
            Object::Router(key) => Some(key),
            _ => None,
        }
    }

    pub(in crate::routes) fn object(&mut self, thing: &Thing) -> Option<Object> {
        self.budget = MAX_LOOKUPS;
        self.object_in(thing)
    }

    fn object_in(&mut self, thing: &Thing) -> Option<Object> {
        match thing {
            Thing::Name(reference) => self.named(reference),
            Thing::Made(reference) => {
                let object = self.named(reference)?;
                self.made(object)
            }
            Thing::Of(reference) => match self.named(reference)? {
                Object::Class(key) | Object::Form(_, Some(Reference { key: Some(key), .. })) => {
                    Some(Object::Instance(key, None))
                }
                _ => None,
            },
        }
    }

    pub(super) fn named(&mut self, reference: &Reference) -> Option<Object> {
        self.budget = self.budget.checked_sub(1)?;
        let key = reference.key.as_ref()?;
        // Of what a variable holds that is not known, the facts may tell the class.
        if self.held(key).is_some_and(|value| !matches!(value, Value::Unknown)) {
            let value = self.value(reference)?;
            return self.object_of(&value);
        }
        let module = self.module(&key.0)?;
        if module.several.contains_key(&key.1) {
            return None;
        }
        let mut object = if module.functions.contains_key(&key.1) {
            Object::Function(key.clone())
        } else if module.classes.contains_key(&key.1) {
            Object::Class(key.clone())
        } else if let Some(own) = self.own_instance(key) {
            own
        } else {
            match module.variables.get(&key.1)? {
                Variable::Router(_) => Object::Router(key.clone()),
                Variable::Scheme(scheme) => Object::Scheme(scheme.clone(), key.clone()),
                Variable::Form(form, class) => Object::Form(form.clone(), class.clone()),
                Variable::Thing(thing) => self.object_in(thing)?,
                Variable::Code(_) | Variable::Text(_) | Variable::Keywords(_) | Variable::Other => return None,
            }
        };
        for name in &reference.rest {
            object = if &**name == CALL { self.made(object)? } else { self.attribute(object, name)? };
        }
        Some(object)
    }

    /// What a name may lead to: each of several functions or classes, if there are as many of its name.
    pub(super) fn meant(&mut self, name: &Reference) -> Vec<Reference> {
        let of_one = |file: &Arc<Path>, one: &Arc<str>| {
            let key = Some((Arc::clone(file), Arc::clone(one)));
            Reference { key, ..name.clone() }
        };
        let several = name.key.as_ref().and_then(|(file, all)| {
            let module = self.module(file)?;
            Some(module.several.get(all)?.iter().take(MAX_CALLEES).map(|one| of_one(file, one)).collect())
        });
        several.unwrap_or_else(|| vec![name.clone()])
    }

    pub(super) fn attribute(&mut self, object: Object, name: &str) -> Option<Object> {
        match object {
            // `app.router` is where the app keeps its routes.
            Object::Router(key) if name == "router" => {
                self.router_at(&key).filter(|(router, _)| router.is_app).map(|_| Object::Router(key))
            }
            Object::Class(key) | Object::Instance(key, _) => self.member(&key, name),
            _ => None,
        }
    }

    /// A method, a variable, or a class, of a class or of what it derives from.
    pub(in crate::routes) fn member(&mut self, class: &Key, name: &str) -> Option<Object> {
        for (key, _) in self.classes(class) {
            let full: Arc<str> = format!("{}.{name}", key.1).into();
            let Some(module) = self.module(&key.0) else {
                continue;
            };
            if module.several.contains_key(&full) {
                return None;
            }
            let is_there = module.functions.contains_key(&full)
                || module.classes.contains_key(&full)
                || module.variables.contains_key(&full);
            let reference = Reference { key: Some((Arc::clone(&key.0), full)), rest: Vec::new(), text: name.into() };
            if is_there && let Some(object) = self.named(&reference) {
                return Some(object);
            }
        }
        None
    }

    /// What a call returns, if there is one answer to that.
    fn made(&mut self, object: Object) -> Option<Object> {
        match object {
            Object::Class(key) => Some(Object::Instance(key, None)),
            Object::Function(key) => {
                let module = self.module(&key.0)?;
                let [Some(returned)] = &module.functions.get(&key.1)?.returns[..] else {
                    return None;
                };
                self.object_in(returned)
            }
            Object::Instance(key, _) => {
                let method = self.member(&key, "__call__")?;
                if matches!(method, Object::Function(_)) { self.made(method) } else { None }
            }
            _ => None,
        }
    }
}

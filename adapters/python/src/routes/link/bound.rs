//! What names stand for at a place of code that was run: variables, and the instances that they hold.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::Linker;
use super::objects::Object;
use crate::routes::facts::{CALL, Dependency, Depends, Key, Reference, Router, Thing};

/// A value, as far as it is known.
#[derive(Clone, Debug)]
pub(in crate::routes) enum Value {
    None,
    Flag(bool),
    Text(Arc<str>),
    Number(u16),
    Object(Object),
    /// This router, or something that is not known.
    Maybe(Key),
    /// A method, and what it is bound to.
    Method(Box<Value>, Key),
    List(Arc<[Value]>),
    Dict(Arc<[(Value, Value)]>),
    Unknown,
}

/// An instance of a class.
#[derive(Clone, Debug, Default)]
pub(in crate::routes) struct Instance {
    pub(in crate::routes) attributes: HashMap<Arc<str>, Value>,
}

/// The local variables of the functions that run, the instances that there are, and which functions these are.
#[derive(Clone, Debug, Default)]
pub(in crate::routes) struct Scene {
    pub(in crate::routes) locals: Arc<HashMap<Key, Value>>,
    pub(in crate::routes) instances: Arc<Vec<Arc<Instance>>>,
    pub(in crate::routes) functions: Arc<Vec<Key>>,
}

/// Variables of modules, by their names: few have one that is looked for.
#[derive(Debug, Default)]
pub(in crate::routes) struct Globals {
    variables: HashMap<Arc<str>, Vec<(Arc<Path>, Value)>>,
}

impl Globals {
    pub(in crate::routes) fn get(&self, key: &Key) -> Option<&Value> {
        let all = self.variables.get(&key.1)?;
        all.iter().find(|(file, _)| *file == key.0).map(|(_, value)| value)
    }

    pub(in crate::routes) fn set(&mut self, key: &Key, value: Option<Value>) {
        let all = self.variables.entry(Arc::clone(&key.1)).or_default();
        all.retain(|(file, _)| *file != key.0);
        all.extend(value.map(|value| (Arc::clone(&key.0), value)));
    }
}

impl Scene {
    pub(in crate::routes) fn is_empty(&self) -> bool {
        self.locals.is_empty()
    }

    /// Whether a function stands in one of those that run, and may use its variables.
    pub(in crate::routes) fn is_around(&self, function: &Key) -> bool {
        self.functions.iter().any(|outer| {
            outer.0 == function.0
                && function.1.strip_prefix(&*outer.1).is_some_and(|rest| rest.starts_with('.') && !outer.1.is_empty())
        })
    }
}

impl Linker<'_> {
    /// What a variable holds, if code was run that tells.
    pub(in crate::routes) fn held(&self, key: &Key) -> Option<&Value> {
        let local = if self.scene.is_empty() { None } else { self.scene.locals.get(key) };
        if local.is_some() {
            self.is_of_the_scene.set(true);
        }
        local.or_else(|| self.globals.get(key))
    }

    /// What a name holds, with the attributes that follow it; `None` where no code that was run tells.
    pub(in crate::routes) fn value(&mut self, reference: &Reference) -> Option<Value> {
        let mut value = self.held(reference.key.as_ref()?)?.clone();
        for name in &reference.rest {
            value = self.attribute_of(&value, name).unwrap_or(Value::Unknown);
        }
        Some(value)
    }

    /// An attribute, of those that need no code to be run.
    pub(in crate::routes) fn attribute_of(&mut self, value: &Value, name: &str) -> Option<Value> {
        match value {
            Value::Object(Object::Instance(class, Some(number))) => {
                // What was made later is as it was in the end.
                let instance = self.scene.instances.get(*number).or_else(|| self.instances.get(*number))?;
                if let Some(value) = instance.attributes.get(name) {
                    return Some(value.clone());
                }
                match self.member(class, name)? {
                    Object::Function(key) => Some(Value::Method(Box::new(value.clone()), key)),
                    object => Some(Value::Object(object)),
                }
            }
            Value::Object(object) => self.attribute(object.clone(), name).map(Value::Object),
            _ => None,
        }
    }

    /// What a value is to the rest: a router, a function, an instance.
    pub(super) fn object_of(&self, value: &Value) -> Option<Object> {
        match value {
            Value::Object(object) => Some(object.clone()),
            Value::Method(_, key) => Some(Object::Function(key.clone())),
            _ => None,
        }
    }

    /// An app or a router, and the scene in which it was made.
    pub(in crate::routes) fn router_at(&mut self, key: &Key) -> Option<(Router, Scene)> {
        if let Some((router, scene)) = self.routers.get(key) {
            return Some((router.clone(), scene.clone()));
        }
        match self.variable(key)? {
            super::Variable::Router(router) => Some((router, Scene::default())),
            _ => None,
        }
    }

    /// Does something as of a scene.
    pub(in crate::routes) fn at<R>(&mut self, scene: &Scene, look: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.scene, scene.clone());
        let result = look(self);
        self.scene = outer;
        result
    }

    /// A name that leads to a function or a class wherever it is looked at; to a method by way of its class, if that has it
    /// by its own name.
    pub(in crate::routes) fn name_of(&mut self, value: &Value, text: &str) -> Option<Reference> {
        let (key, rest) = match value {
            Value::Object(Object::Function(key) | Object::Class(key)) => (key, Vec::new()),
            Value::Method(owner, key) => {
                let name = key.1.rsplit('.').next().unwrap_or_default();
                let mut has_it =
                    |class: &Key| matches!(self.member(class, name), Some(Object::Function(found)) if found == *key);
                match &**owner {
                    Value::Object(Object::Instance(class, _)) if has_it(class) => {
                        (class, vec![CALL.into(), name.into()])
                    }
                    Value::Object(Object::Class(class)) if has_it(class) => (class, vec![name.into()]),
                    _ => (key, Vec::new()),
                }
            }
            _ => return None,
        };
        Some(Reference { key: Some(key.clone()), rest, text: text.into() })
    }

    /// A dependency that means the same wherever it is looked at.
    pub(in crate::routes) fn settled(&mut self, depends: &Depends) -> Depends {
        let Dependency::Thing(thing @ (Thing::Name(reference) | Thing::Made(reference) | Thing::Of(reference))) =
            &depends.on
        else {
            return depends.clone();
        };
        if reference.key.as_ref().is_none_or(|key| self.held(key).is_none()) {
            return depends.clone();
        }
        let named = |key: Key| Reference { key: Some(key), rest: Vec::new(), text: reference.text.clone() };
        let value = self.value(reference).filter(|_| matches!(thing, Thing::Name(_)));
        let on = match value.and_then(|value| self.name_of(&value, &reference.text)) {
            Some(name) => Dependency::Thing(Thing::Name(name)),
            None => match self.object(thing) {
                Some(Object::Function(key) | Object::Class(key)) => Dependency::Thing(Thing::Name(named(key))),
                Some(Object::Instance(key, _)) => Dependency::Thing(Thing::Of(named(key))),
                Some(Object::Scheme(scheme, _)) => Dependency::Scheme(scheme),
                _ => Dependency::Unknown(reference.text.clone()),
            },
        };
        Depends { on, ..depends.clone() }
    }
}

//! Instances: how they are made, their attributes and their methods.

use std::rc::Rc;
use std::sync::Arc;

use super::calls::Given;
use super::{Family, Place, Runner};
use crate::routes::facts::{ANY, Key};
use crate::routes::link::{Instance, Object, Value};
use crate::routes::steps::{Field, Kind, Term};

/// How many instances there are at most.
const MAX_INSTANCES: usize = 512;

/// What runs after the `__init__` that a decorator makes.
const AFTER: [&str; 3] = ["__attrs_post_init__", "__post_init__", "model_post_init"];

impl Runner<'_, '_> {
    /// What a class makes when it is called.
    pub(super) fn instance(&mut self, class: &Key, given: &Given) -> Value {
        let family = self.family(class);
        let is_needed = family.classes.iter().any(|class| self.needs.has(class) || self.modules.contains(&class.0));
        let has_new = self.linker.member(class, "__new__").is_some();
        let is_full = self.linker.scene.instances.len() >= MAX_INSTANCES;
        if !is_needed || has_new || is_full {
            return Value::Object(Object::Instance(class.clone(), None));
        }
        let makes_an_app = family.classes.iter().any(|class| self.makes_an_app(class));
        let (unknown, once) = (Given { has_more: true, ..Given::default() }, (class.clone(), None));
        let is_once = makes_an_app && !given.has_router();
        if is_once && let Some(known) = self.apps.get(&once) {
            return known.clone();
        }
        let given = if is_once { &unknown } else { given };
        // An app is listed whatever leads to its being made.
        let outer = self.condition;
        self.condition = outer.filter(|_| !makes_an_app);
        let me = self.made_instance(class, &family.classes, given, is_once);
        self.condition = outer;
        me
    }

    fn made_instance(&mut self, class: &Key, classes: &[Key], given: &Given, is_once: bool) -> Value {
        let number = self.linker.scene.instances.len();
        Arc::make_mut(&mut self.linker.scene.instances).push(Arc::new(Instance::default()));
        self.classes.push(class.clone());
        let me = Value::Object(Object::Instance(class.clone(), Some(number)));
        if is_once && !self.is_passing {
            self.apps.insert((class.clone(), None), me.clone());
        }
        if let Some(Object::Function(init)) = self.linker.member(class, "__init__") {
            self.function(&init, Some(me.clone()), Some(given.clone()));
            return me;
        }
        self.fill(number, classes, given);
        for name in AFTER {
            if let Some(Object::Function(after)) = self.linker.member(class, name) {
                self.method(&me, class, &after);
            }
        }
        me
    }

    fn makes_an_app(&mut self, class: &Key) -> bool {
        let setups = self.linker.setups(&class.0);
        let prefix = format!("{}.", class.1);
        setups.functions.iter().any(|(name, setup)| setup.makes_an_app && name.starts_with(&prefix))
    }

    fn method(&mut self, me: &Value, class: &Key, function: &Key) {
        let name = function.1.rsplit('.').next().unwrap_or_default().to_owned();
        self.pass_overridden(me, class, &name, function);
        self.function(function, Some(me.clone()), Some(Given::default()));
    }

    /// Gives an instance the attributes of the `__init__` that a decorator makes.
    fn fill(&mut self, number: usize, classes: &[Key], given: &Given) {
        let mut fields: Vec<(Field, Key)> = Vec::new();
        for class in classes.iter().rev() {
            let setups = self.linker.setups(&class.0);
            for field in setups.classes.get(&class.1).into_iter().flatten().filter(|field| field.is_parameter) {
                match fields.iter_mut().find(|(other, _)| other.name == field.name) {
                    Some(known) => *known = (field.clone(), class.clone()),
                    None => fields.push((field.clone(), class.clone())),
                }
            }
        }
        let is_known = classes.first().is_some_and(|class| self.is_known_class(class));
        let mut arguments = given.arguments.iter();
        for (field, class) in fields {
            let named = given.keywords.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
            let value = match named.or_else(|| field.is_given.then(|| arguments.next()).flatten()) {
                Some(value) => value.clone(),
                None => match &field.default {
                    Some(default) if !(given.has_more && field.is_given) && is_known => {
                        self.field_value(&class, &field.name, default)
                    }
                    Some(default @ Term::Router(_)) => self.field_value(&class, &field.name, default),
                    _ => Value::Unknown,
                },
            };
            self.put(Place::Attribute(number, Arc::clone(&field.name)), value);
        }
    }

    /// The default of a field, as of its class.
    fn field_value(&mut self, class: &Key, name: &str, default: &Term) -> Value {
        self.frames.push(super::Frame::new(class.clone(), None, None));
        let value = match default {
            Term::Router(router) => self.made_router(router, name),
            default => self.value(default),
        };
        self.frames.pop();
        value
    }

    /// Whether an attribute that an instance was not given may be there all the same, by its class.
    pub(super) fn has_default(&mut self, number: usize, name: &str) -> bool {
        let Some(class) = self.classes.get(number).cloned() else {
            return true;
        };
        let family = self.family(&class);
        !family.is_known || self.linker.member(&class, name).is_some() || self.is_open(number) || {
            family.classes.iter().any(|key| {
                let setups = self.linker.setups(&key.0);
                setups.classes.get(&key.1).into_iter().flatten().any(|field| &*field.name == name)
                    || setups.functions.contains_key(&*format!("{}.{name}", key.1))
            })
        }
    }

    fn family(&mut self, class: &Key) -> Rc<Family> {
        if let Some(family) = self.families.get(class) {
            return Rc::clone(family);
        }
        let all = self.linker.classes(class);
        // Settings come from the environment.
        let mut is_known = all.iter().all(|(key, class)| class.stranger.is_none() && !key.1.ends_with("BaseSettings"));
        for (key, _) in &all {
            is_known &= self.linker.module(&key.0).is_none_or(|module| !module.resets.contains(&key.1));
        }
        is_known &= ["__init_subclass__", "__getattr__"].iter().all(|name| self.linker.member(class, name).is_none());
        let is_odd = ["__getattribute__", "__setattr__"].iter().any(|name| self.linker.member(class, name).is_some());
        let classes = all.into_iter().map(|(key, _)| key).collect();
        let family = Rc::new(Family { classes, is_known: is_known && !is_odd, is_odd });
        self.families.insert(class.clone(), Rc::clone(&family));
        family
    }

    pub(super) fn is_known_class(&mut self, class: &Key) -> bool {
        self.family(class).is_known
    }

    pub(super) fn attribute(&mut self, value: &Value, name: &str) -> Value {
        let (class, number) = match value {
            Value::Object(Object::Instance(class, number)) => (class, *number),
            Value::Object(Object::Class(class)) => (class, None),
            Value::Object(_) => return self.linker.attribute_of(value, name).unwrap_or(Value::Unknown),
            _ => return Value::Unknown,
        };
        let own = number.and_then(|number| self.linker.scene.instances.get(number)?.attributes.get(name).cloned());
        let family = self.family(class);
        if family.is_odd && number.is_some() {
            return Value::Unknown;
        }
        if let Some(own) = own {
            return self.unshared(own);
        }
        if self.resets.contains(name) || self.resets.contains(ANY) {
            return Value::Unknown;
        }
        let member = self.linker.member(class, name);
        if let Some(Object::Router(_)) = member {
            return member.map_or(Value::Unknown, Value::Object);
        }
        for key in &family.classes {
            let setups = self.linker.setups(&key.0);
            let full: Arc<str> = format!("{}.{name}", key.1).into();
            if let Some(setup) = setups.functions.get(&full) {
                let function = (Arc::clone(&key.0), full);
                self.pass_overridden(value, class, name, &function);
                return match setup.kind {
                    Kind::Property if number.is_some() => {
                        self.function(&function, Some(value.clone()), Some(Given::default()))
                    }
                    Kind::Property => Value::Unknown,
                    Kind::Static => Value::Object(Object::Function(function)),
                    Kind::OfTheClass => Value::Method(Box::new(Value::Object(Object::Class(class.clone()))), function),
                    Kind::Plain => Value::Method(Box::new(value.clone()), function),
                };
            }
            if setups.changed.contains(&full) || number.is_some_and(|number| self.is_open(number)) {
                return member.map_or(Value::Unknown, Value::Object);
            }
            let field = setups.classes.get(&key.1).into_iter().flatten().rev().find(|field| &*field.name == name);
            if let Some(default) = field.and_then(|field| field.default.as_ref()) {
                // A router that a factory makes is another for each instance, and what `__init__` sets may be anything.
                let is_set = matches!(value, Value::Object(Object::Instance(_, None)));
                let is_known = family.is_known && !is_set && !matches!(default, Term::Router(_));
                return if is_known { self.field_value(key, name, default) } else { Value::Unknown };
            }
        }
        member.map_or(Value::Unknown, Value::Object)
    }

    /// An attribute of an instance is given a value that is not known, and it is not known which.
    pub(super) fn open(&mut self, instance: &Value) {
        if let Value::Object(Object::Instance(_, Some(number))) = instance {
            let names: Vec<_> = match self.linker.scene.instances.get(*number) {
                Some(instance) => instance.attributes.keys().cloned().collect(),
                None => return,
            };
            for name in names.into_iter().chain([ANY.into()]) {
                self.put(Place::Attribute(*number, name), Value::Unknown);
            }
        }
    }

    fn is_open(&self, number: usize) -> bool {
        self.linker.scene.instances.get(number).is_some_and(|instance| instance.attributes.contains_key(ANY))
    }

    /// `super().name`.
    pub(super) fn above(&mut self, name: &str) -> Value {
        let Some((Some(here), Some(me))) = self.frames.last().map(|frame| (frame.class.clone(), frame.me.clone()))
        else {
            return Value::Unknown;
        };
        let Value::Object(Object::Instance(class, _) | Object::Class(class)) = &me else {
            return Value::Unknown;
        };
        let family = self.family(class);
        let place = family.classes.iter().position(|key| *key == here).map_or(family.classes.len(), |place| place + 1);
        let above = &family.classes[place..];
        for key in above {
            let setups = self.linker.setups(&key.0);
            let full: Arc<str> = format!("{}.{name}", key.1).into();
            if setups.changed.contains(&full) {
                return Value::Unknown;
            }
            if setups.functions.contains_key(&full) {
                return Value::Method(Box::new(me.clone()), (Arc::clone(&key.0), full));
            }
        }
        if name == "__init__"
            && let Value::Object(Object::Instance(_, Some(number))) = &me
        {
            self.fill(*number, above, &Given { has_more: true, ..Given::default() });
        }
        Value::Unknown
    }

    /// What a method overrides is not run, unless the method does.
    fn pass_overridden(&mut self, me: &Value, class: &Key, name: &str, function: &Key) {
        let Value::Object(Object::Instance(_, Some(_))) = me else {
            return;
        };
        for key in &self.family(class).classes {
            let other: Key = (Arc::clone(&key.0), format!("{}.{name}", key.1).into());
            let is_there = self.linker.module(&other.0).is_some_and(|module| module.functions.contains_key(&other.1));
            if is_there && other != *function && !self.ran.contains(&other) && !self.passed.contains(&other) {
                self.passing(|it| {
                    it.function(&other, Some(me.clone()), Some(Given { has_more: true, ..Given::default() }));
                });
            }
        }
    }
}

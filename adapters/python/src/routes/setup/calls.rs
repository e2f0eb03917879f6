//! Calls: of functions and methods, of classes, and of what Python brings.

use std::sync::Arc;

use super::run::Flow;
use super::{Frame, MAX_CALLS, Place, Runner};
use crate::routes::collect::CONDITION;
use crate::routes::facts::{Key, Reference, Thing};
use crate::routes::link::{Object, Value};
use crate::routes::steps::{Call, Kind, Setup, Term};

/// What a call is given.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) arguments: Vec<Value>,
    pub(super) keywords: Vec<(Arc<str>, Value)>,
    /// There is more of it, which is not known.
    pub(super) has_more: bool,
}

impl Given {
    /// Is there a router in it, or an app?
    pub(super) fn has_router(&self) -> bool {
        let mut all = self.arguments.iter().chain(self.keywords.iter().map(|(_, value)| value));
        all.any(|value| matches!(value, Value::Object(Object::Router(_)) | Value::Maybe(_)))
    }

    /// What a parameter is given by its name.
    fn take(&mut self, name: &str) -> Option<Value> {
        let place = self.keywords.iter().position(|(other, _)| &**other == name)?;
        Some(self.keywords.remove(place).1)
    }
}

impl Runner<'_, '_> {
    pub(super) fn call(&mut self, call: &Call) -> Value {
        if let Some(value) = self.own_of_python(call) {
            return value;
        }
        let callee = match &call.callee {
            Term::Name(reference) => self.called(reference),
            callee => self.value(callee),
        };
        let given = Given {
            arguments: call.arguments.iter().map(|argument| self.value(argument)).collect(),
            keywords: call.keywords.iter().map(|(name, term)| (Arc::clone(name), self.value(term))).collect(),
            has_more: call.has_more,
        };
        let value = match callee {
            Value::Object(Object::Function(key)) => self.function(&key, None, Some(given)),
            Value::Method(me, key) => self.function(&key, Some(*me), Some(given)),
            Value::Object(Object::Class(key)) => self.instance(&key, &given),
            _ => return Value::Unknown,
        };
        let terms = call.arguments.iter().chain(call.keywords.iter().map(|(_, term)| term));
        terms.for_each(|term| self.spoil_shared(term));
        self.unshared(value)
    }

    /// Runs a function; with nothing given, as if it were called with what is not known.
    pub(super) fn function(&mut self, key: &Key, me: Option<Value>, given: Option<Given>) -> Value {
        if !self.is_to_be_run(key, me.as_ref(), given.as_ref()) {
            let reference = Reference { key: Some(key.clone()), rest: Vec::new(), text: (&*key.1).into() };
            return self.linker.object(&Thing::Made(reference)).map_or(Value::Unknown, Value::Object);
        }
        let setups = self.linker.setups(&key.0);
        let number = number_of(me.as_ref());
        let is_open = |frame: &Frame| frame.function == *key && number_of(frame.me.as_ref()) == number;
        let is_open = self.frames.iter().any(is_open);
        self.is_cut |= self.frames.len() >= MAX_CALLS;
        let Some(setup) = setups.functions.get(&key.1).filter(|_| !is_open && self.frames.len() < MAX_CALLS) else {
            return Value::Unknown;
        };
        if self.is_passing && !self.passed.insert(key.clone()) {
            return Value::Unknown;
        }
        let is_once = setup.makes_an_app && !given.as_ref().is_some_and(Given::has_router);
        if is_once && let Some(known) = self.apps.get(&(key.clone(), number)) {
            return known.clone();
        }
        let given = given.filter(|_| !is_once);
        let call = given.as_ref().map(|_| {
            self.count += 1;
            self.count
        });
        // An app is listed whatever leads to its being made.
        let outer = self.condition;
        self.condition = outer.filter(|_| !is_once);
        let is_certain = is_once || call.is_none() || self.is_run_by_a_call(key, setup);
        if !is_certain {
            self.condition = self.under(outer, CONDITION);
        }
        let value = self.run_function(key, setup, me, given, call);
        let value = if is_certain { value } else { Value::Unknown };
        self.condition = outer;
        if is_once && !self.is_passing {
            self.apps.insert((key.clone(), number), value.clone());
        }
        value
    }

    /// Whether a call of a function runs just that: no decorator is in between, and it need not be awaited.
    fn is_run_by_a_call(&mut self, key: &Key, setup: &Setup) -> bool {
        let is_awaited = !setup.is_async
            || self.frames.last().map(|frame| frame.function.clone()).is_some_and(|caller| {
                self.linker.setups(&caller.0).functions.get(&caller.1).is_some_and(|caller| caller.is_async)
            });
        is_awaited && !setup.is_generator && (setup.kind == Kind::Property || !self.is_decorated(key))
    }

    /// Whether a function has a decorator of which it is not known what it does.
    pub(super) fn is_decorated(&mut self, key: &Key) -> bool {
        let module = self.linker.module(&key.0);
        module.is_some_and(|module| module.functions.get(&key.1).is_some_and(|function| function.changed_by.is_some()))
    }

    /// Methods are run, what is handed an instance, and all in the files that have to do with routers.
    fn is_to_be_run(&self, key: &Key, me: Option<&Value>, given: Option<&Given>) -> bool {
        let is_instance = |value: &Value| matches!(value, Value::Object(Object::Instance(_, Some(_))));
        let is_handed_one = given.is_some_and(|given| {
            given.arguments.iter().chain(given.keywords.iter().map(|(_, value)| value)).any(is_instance)
        });
        me.is_some() || is_handed_one || self.needs.has_file(&key.0)
    }

    fn run_function(
        &mut self,
        key: &Key,
        setup: &Setup,
        me: Option<Value>,
        given: Option<Given>,
        call: Option<usize>,
    ) -> Value {
        if !self.is_passing {
            self.ran.insert(key.clone());
        }
        let mut locals = Vec::new();
        self.bind(setup, me.as_ref(), given, &mut |key, value| locals.push((key, value)));
        let outer = (Arc::clone(&self.linker.scene.locals), Arc::clone(&self.linker.scene.functions), self.condition);
        let start = self.log.len();
        // Of the functions that run, those around it are the ones whose variables it sees.
        if !self.linker.scene.is_around(key) {
            (self.linker.scene.locals, self.linker.scene.functions) = Default::default();
        }
        self.copy(self.linker.scene.locals.len());
        let here = Arc::make_mut(&mut self.linker.scene.locals);
        here.extend(locals.into_iter().map(|(name, value)| ((Arc::clone(&key.0), name), value)));
        Arc::make_mut(&mut self.linker.scene.functions).push(key.clone());
        let class = self.linker.module(&key.0).and_then(|module| module.functions.get(&key.1)?.class.clone());
        let class = class.map(|class| (Arc::clone(&key.0), class));
        self.frames.push(Frame { call, ..Frame::new(key.clone(), class, me) });
        if self.block(&setup.steps) == Flow::On && self.frames.last().is_some_and(|frame| frame.returned.is_some()) {
            self.returned(Value::None);
        }
        self.settle_leaks(start);
        let returned = self.frames.pop().and_then(|frame| frame.returned);
        (self.linker.scene.locals, self.linker.scene.functions, self.condition) = outer;
        // The variables of the function are gone.
        let inside = self.log.split_off(start);
        self.log.extend(inside.into_iter().filter(|(place, _)| matches!(place, Place::Attribute(..))));
        returned.unwrap_or(Value::None)
    }

    /// Gives the parameters what they are given.
    fn bind(&mut self, setup: &Setup, me: Option<&Value>, given: Option<Given>, put: &mut dyn FnMut(Arc<str>, Value)) {
        let mut slots = setup.parameters.iter();
        if let Some(me) = me
            && setup.kind != Kind::Static
            && let Some(slot) = slots.next()
        {
            put(Arc::clone(&slot.key), me.clone());
        }
        let is_called = given.is_some();
        let mut given = given.unwrap_or_default();
        let mut arguments = std::mem::take(&mut given.arguments).into_iter();
        for slot in slots {
            let is_plain = !slot.is_list && !slot.is_dict;
            let positional = if slot.is_keyword_only || !is_plain { None } else { arguments.next() };
            let is_known = is_called && !given.has_more;
            let value = match positional.or_else(|| given.take(&slot.name)) {
                Some(value) => value,
                None if slot.is_list && is_known => Value::List(arguments.by_ref().collect()),
                None if slot.is_dict && is_known => {
                    let rest = std::mem::take(&mut given.keywords);
                    Value::Dict(rest.into_iter().map(|(name, value)| (Value::Text(name), value)).collect())
                }
                None => match &slot.default {
                    Some(default) if is_known => self.value(default),
                    _ => Value::Unknown,
                },
            };
            put(Arc::clone(&slot.key), value);
        }
    }

    /// `list(…)`, `enumerate(…)`, `.items()`, `.append(…)`.
    fn own_of_python(&mut self, call: &Call) -> Option<Value> {
        let reference = match &call.callee {
            Term::Name(reference) => reference,
            Term::Attribute(owner, name) => return self.method_of_python(owner, name, call),
            _ => return None,
        };
        if let ("setattr" | "object.__setattr__", [instance, name, value]) = (&*reference.text, &call.arguments[..]) {
            let (instance, name, value) = (self.value(instance), self.value(name), self.value(value));
            match (&instance, name) {
                (Value::Object(Object::Instance(_, Some(_)) | Object::Class(_)), Value::Text(name)) => {
                    self.set(&instance, &name, value);
                }
                _ => self.open(&instance),
            }
            return Some(Value::None);
        }
        if let Some((name, rest)) = reference.rest.split_last() {
            let owner = Term::Name(Reference { rest: rest.to_vec(), ..reference.clone() });
            return self.method_of_python(&owner, name, call);
        }
        let is_numbered = &*reference.text == "enumerate";
        if reference.key.is_some() || call.has_more || !(call.keywords.is_empty() || is_numbered) {
            return None;
        }
        let list = |runner: &mut Self, place: usize| match runner.value(call.arguments.get(place)?) {
            Value::List(list) => Some(list),
            Value::Dict(items) => Some(items.iter().map(|(key, _)| key.clone()).collect()),
            _ => None,
        };
        let pair = |one: Value, other: Value| Value::List([one, other].into());
        match (&*reference.text, call.arguments.len()) {
            ("vars", 1) => {
                // What is done to it is done to the instance.
                let instance = self.value(call.arguments.first()?);
                self.open(&instance);
                Some(Value::Unknown)
            }
            ("list" | "tuple", 0) => Some(Value::List(Vec::new().into())),
            ("list" | "tuple", 1) => Some(Value::List(list(self, 0)?)),
            ("reversed", 1) => Some(Value::List(list(self, 0)?.iter().rev().cloned().collect())),
            ("enumerate", 1 | 2) => {
                let start = match call.arguments.get(1).or(call.keywords.first().map(|(_, start)| start)) {
                    Some(start) => self.value(start),
                    None => Value::Number(0),
                };
                let Value::Number(start) = start else {
                    return None;
                };
                let numbered = |(number, value): (usize, &Value)| {
                    let number = u16::try_from(number).ok().and_then(|number| number.checked_add(start));
                    pair(number.map_or(Value::Unknown, Value::Number), value.clone())
                };
                Some(Value::List(list(self, 0)?.iter().enumerate().map(numbered).collect()))
            }
            ("zip", 2) => {
                let (one, other) = (list(self, 0)?, list(self, 1)?);
                Some(Value::List(
                    one.iter().zip(&*other).map(|(one, other)| pair(one.clone(), other.clone())).collect(),
                ))
            }
            _ => None,
        }
    }

    fn method_of_python(&mut self, owner: &Term, name: &str, call: &Call) -> Option<Value> {
        let is_change = crate::routes::collect::CHANGES.contains(&name);
        if !is_change && !matches!(name, "items" | "values" | "keys" | "copy") {
            return None;
        }
        // `self.__dict__.update(…)`
        if let Term::Name(reference) = owner
            && let Some((last, rest)) = reference.rest.split_last()
            && &**last == "__dict__"
        {
            let instance = self.named(&Reference { rest: rest.to_vec(), ..reference.clone() });
            self.open(&instance);
            return Some(Value::None);
        }
        let value = self.value(owner);
        match (&value, name, &call.arguments[..]) {
            (Value::Dict(items), "items", []) => {
                let pair = |(key, value): &(Value, Value)| Value::List([key.clone(), value.clone()].into());
                Some(Value::List(items.iter().map(pair).collect()))
            }
            (Value::Dict(items), "values", []) => Some(Value::List(items.iter().map(|item| item.1.clone()).collect())),
            (Value::Dict(items), "keys", []) => Some(Value::List(items.iter().map(|item| item.0.clone()).collect())),
            (Value::List(_) | Value::Dict(_), "copy", []) => Some(value),
            (Value::List(list), "append", [argument]) => {
                let more = Value::List([self.value(argument)].into());
                self.extended(owner, &Value::List(Arc::clone(list)), &more)
            }
            (Value::List(list), "extend", [argument]) => {
                let more = self.value(argument);
                self.extended(owner, &Value::List(Arc::clone(list)), &more)
            }
            (Value::List(_) | Value::Dict(_), _, _) if is_change => {
                self.spoil(owner);
                Some(Value::Unknown)
            }
            _ => None,
        }
    }

    fn extended(&mut self, owner: &Term, list: &Value, more: &Value) -> Option<Value> {
        let whole = super::values::sum(list, more);
        self.change_of(owner, list);
        match self.place_of(owner) {
            Some(place) => self.put(place, whole),
            None => self.spoil(owner),
        }
        Some(Value::None)
    }
}

/// Which instance a method is bound to.
const fn number_of(me: Option<&Value>) -> Option<usize> {
    match me {
        Some(Value::Object(Object::Instance(_, number))) => *number,
        _ => None,
    }
}

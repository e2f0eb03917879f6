//! What expressions come to.

use std::sync::Arc;

use super::{Place, Runner};
use crate::routes::facts::{Code, Key, Reference, Router, Text, Thing, Variable};
use crate::routes::link::{Object, Value};
use crate::routes::steps::{Call, Term};

/// How many modules are run at most.
const MAX_MODULES: usize = 128;

/// How long a list may become.
const MAX_LIST: usize = 1_024;

/// How deep lists are in lists, how much is looked at to know that, and how long a text is.
const MAX_DEPTH: usize = 8;
const MAX_PARTS: usize = 4_096;
const MAX_TEXT: usize = 1_024;

impl Value {
    /// Whether two are the same, if that can be told.
    pub(super) fn is_same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Unknown | Self::Maybe(_), _) | (_, Self::Unknown | Self::Maybe(_)) => None,
            (Self::None, Self::None) => Some(true),
            (Self::Flag(one), Self::Flag(other)) => Some(one == other),
            (Self::Text(one), Self::Text(other)) => Some(one == other),
            (Self::Number(one), Self::Number(other)) => Some(one == other),
            (Self::Object(one), Self::Object(other)) => match (one, other) {
                (Object::Router(one), Object::Router(other))
                | (Object::Function(one), Object::Function(other))
                | (Object::Class(one), Object::Class(other)) => Some(one == other),
                (Object::Instance(_, Some(one)), Object::Instance(_, Some(other))) => Some(one == other),
                _ => None,
            },
            (Self::None, _) | (_, Self::None) => Some(false),
            (Self::Text(_), Self::Flag(_) | Self::Number(_)) | (Self::Flag(_) | Self::Number(_), Self::Text(_)) => {
                Some(false)
            }
            _ => None,
        }
    }

    /// What is there if it is one of two. Of a router all is told, and marked: it is better than nothing.
    pub(super) fn or(self, other: Self) -> Self {
        if self.is_same(&other) == Some(true) {
            return self;
        }
        match (self, other) {
            (Self::Object(Object::Router(router)) | Self::Maybe(router), _)
            | (_, Self::Object(Object::Router(router)) | Self::Maybe(router)) => Self::Maybe(router),
            _ => Self::Unknown,
        }
    }
}

impl Runner<'_, '_> {
    /// Whether a value counts as true.
    pub(super) fn truth(&mut self, value: &Value) -> Option<bool> {
        match value {
            Value::None => Some(false),
            Value::Flag(flag) => Some(*flag),
            Value::Text(text) => Some(!text.is_empty()),
            Value::Number(number) => Some(*number != 0),
            Value::List(list) => Some(!list.is_empty()),
            Value::Dict(items) => Some(!items.is_empty()),
            Value::Method(..) | Value::Object(Object::Router(_) | Object::Function(_) | Object::Class(_)) => Some(true),
            Value::Object(Object::Instance(class, _)) => {
                let is_plain = ["__bool__", "__len__"].iter().all(|name| self.linker.member(class, name).is_none());
                (is_plain && self.is_known_class(class)).then_some(true)
            }
            Value::Object(_) | Value::Unknown | Value::Maybe(_) => None,
        }
    }

    pub(super) fn value(&mut self, term: &Term) -> Value {
        match term {
            Term::None => Value::None,
            Term::Flag(flag) => Value::Flag(*flag),
            Term::Text(text) => self.text(text),
            Term::Code(code) => self.code(code),
            Term::Name(reference) => self.named(reference),
            Term::Attribute(term, name) => {
                let value = self.value(term);
                self.attribute(&value, name)
            }
            Term::Super(name) => self.above(name),
            Term::Router(router) => self.made_router(router, "router"),
            Term::Call(call) => self.call(call),
            Term::List(terms) => shallow(Value::List(terms.iter().map(|term| self.value(term)).collect())),
            Term::Dict(items) => {
                shallow(Value::Dict(items.iter().map(|(key, value)| (self.value(key), self.value(value))).collect()))
            }
            Term::Not(term) => {
                let value = self.value(term);
                self.truth(&value).map_or(Value::Unknown, |truth| Value::Flag(!truth))
            }
            Term::All(terms) => self.first(terms, false),
            Term::Any(terms) => self.first(terms, true),
            Term::Same(terms) => {
                let (one, other) = (self.value(&terms.0), self.value(&terms.1));
                one.is_same(&other).map_or(Value::Unknown, Value::Flag)
            }
            Term::Choice(terms) => {
                let test = self.value(&terms.0);
                match self.truth(&test) {
                    Some(true) => self.value(&terms.1),
                    Some(false) => self.value(&terms.2),
                    None => Value::Unknown,
                }
            }
            Term::Sum(terms) => {
                let (one, other) = (self.value(&terms.0), self.value(&terms.1));
                sum(&one, &other)
            }
            Term::Unknown => Value::Unknown,
        }
    }

    /// The first value that is true, or that is false; or else the last.
    fn first(&mut self, terms: &[Term], wanted: bool) -> Value {
        let mut last = Value::None;
        for (index, term) in terms.iter().enumerate() {
            last = self.value(term);
            match self.truth(&last) {
                Some(truth) if truth == wanted => return last,
                Some(_) => {}
                // It is of use all the same to know that one of the rest decides.
                None => {
                    let decides = terms[index + 1..].iter().any(|term| {
                        let value = self.value(term);
                        self.truth(&value) == Some(wanted)
                    });
                    return if decides { Value::Flag(wanted) } else { Value::Unknown };
                }
            }
        }
        last
    }

    fn text(&mut self, text: &Text) -> Value {
        let text = self.settled_text(text);
        match self.linker.text(&text) {
            Ok(text) if text.len() <= MAX_TEXT => Value::Text(text.into()),
            _ => Value::Unknown,
        }
    }

    fn code(&mut self, code: &Code) -> Value {
        match &self.linker.codes(code)[..] {
            [Ok(code)] => Value::Number(*code),
            _ => Value::Unknown,
        }
    }

    /// What a name stands for.
    pub(super) fn named(&mut self, reference: &Reference) -> Value {
        let is_new = reference.key.as_ref().is_some_and(|key| self.linker.held(key).is_none());
        if let Some(key) = reference.key.as_ref().filter(|_| is_new)
            && self.is_worth_a_module(key)
        {
            self.module(&key.0);
        }
        self.called(reference)
    }

    /// Likewise of what is called: for that no other module is run.
    pub(super) fn called(&mut self, reference: &Reference) -> Value {
        let Some(key) = &reference.key else {
            return Value::Unknown;
        };
        if self.linker.held(key).is_none() && self.needs.has_file(&key.0) {
            self.module(&key.0);
        }
        let mut value = match self.linker.held(key) {
            Some(value) => {
                let value = value.clone();
                self.unshared(value)
            }
            None => {
                let first = Reference { rest: Vec::new(), ..reference.clone() };
                match self.linker.object(&Thing::Name(first.clone())) {
                    Some(object) => Value::Object(object),
                    None if !self.is_fixed(key) => Value::Unknown,
                    None => match self.text(&Text::Name(first.clone())) {
                        text @ Value::Text(_) => text,
                        _ => self.code(&Code::Name(first)),
                    },
                }
            }
        };
        for name in &reference.rest {
            value = self.attribute(&value, name);
        }
        value
    }

    /// Whether what the facts tell of a variable holds: that of a class may be set elsewhere, or be a member of an enum.
    fn is_fixed(&mut self, key: &Key) -> bool {
        let Some((class, name)) = key.1.rsplit_once('.') else {
            return true;
        };
        let class = (Arc::clone(&key.0), Arc::from(class));
        let is_class = self.linker.module(&key.0).is_some_and(|module| module.classes.contains_key(&class.1));
        !is_class || (!self.resets.contains(name) && self.is_known_class(&class))
    }

    /// Whether a variable of another module may be a list or an instance: of those the facts tell nothing.
    fn is_worth_a_module(&mut self, key: &Key) -> bool {
        let is_full = self.modules.len() >= MAX_MODULES;
        let Some(module) = self.linker.module(&key.0).filter(|_| !is_full && !key.1.contains('.')) else {
            return false;
        };
        let is_told = module.functions.contains_key(&key.1) || module.classes.contains_key(&key.1);
        !is_told
            && matches!(module.variables.get(&key.1), None | Some(Variable::Other | Variable::Thing(Thing::Made(_))))
    }

    /// A router of its own for every time that it is made; what is made once keeps the name that it has in the facts.
    pub(super) fn made_router(&mut self, router: &Router, name: &str) -> Value {
        let Some(frame) = self.frames.last() else {
            return Value::None;
        };
        let (file, function) = frame.function.clone();
        let label = if function.is_empty() { String::new() } else { format!("{function}.") };
        let mut key = (Arc::clone(&file), Arc::from(format!("{label}{name}")));
        let is_own = self.linker.module(&file).is_some_and(
            |module| matches!(module.variables.get(&key.1), Some(Variable::Router(own)) if own.line == router.line),
        );
        let is_called = self.frames.last().is_some_and(|frame| frame.call.is_some());
        if !is_own || is_called || self.linker.routers.contains_key(&key) || self.is_passing {
            self.count += 1;
            key = (file, format!("{label}#{}.{name}", self.count).into());
        }
        let scene = self.linker.scene.clone();
        let router = self.settled_router(router);
        self.linker.routers.insert(key.clone(), (router, scene));
        if let Some(condition) = self.condition {
            self.made_under.insert(key.clone(), condition.number);
        }
        Value::Object(Object::Router(key))
    }

    /// The variable or attribute that an expression names.
    pub(super) fn place_of(&mut self, term: &Term) -> Option<Place> {
        let (owner, name) = match term {
            Term::Name(reference) => {
                let Some((name, rest)) = reference.rest.split_last() else {
                    return reference.key.clone().map(Place::Variable);
                };
                let owner = Reference { rest: rest.to_vec(), ..reference.clone() };
                (self.named(&owner), name)
            }
            Term::Attribute(owner, name) => (self.value(owner), name),
            _ => return None,
        };
        match owner {
            Value::Object(Object::Instance(_, Some(number))) => Some(Place::Attribute(number, (&**name).into())),
            _ => None,
        }
    }
}

/// A list or a dictionary, unless it is too deep: it is dropped by recursion.
fn shallow(value: Value) -> Value {
    let mut todo = vec![(&value, 0)];
    let mut parts = 0;
    while let Some((value, depth)) = todo.pop() {
        parts += 1;
        if depth > MAX_DEPTH || parts > MAX_PARTS {
            return Value::Unknown;
        }
        match value {
            Value::List(list) => todo.extend(list.iter().map(|value| (value, depth + 1))),
            Value::Dict(items) => todo.extend(items.iter().map(|(_, value)| (value, depth + 1))),
            _ => {}
        }
    }
    value
}

/// `+`, also of a text and a text, a list and a list.
pub(super) fn sum(one: &Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) if one.len() + other.len() <= MAX_TEXT => {
            Value::Text(format!("{one}{other}").into())
        }
        (Value::List(one), Value::List(other)) if one.len() + other.len() <= MAX_LIST => {
            shallow(Value::List(one.iter().chain(&**other).cloned().collect()))
        }
        _ => Value::Unknown,
    }
}

/// Where the first call in an expression stands.
pub(super) fn offset_of(term: &Term) -> Option<u32> {
    let of_call = |call: &Call| offset_of(&call.callee).or(Some(call.offset));
    match term {
        Term::Call(call) => of_call(call),
        Term::Attribute(term, _) | Term::Not(term) => offset_of(term),
        Term::List(terms) | Term::All(terms) | Term::Any(terms) => terms.iter().find_map(offset_of),
        _ => None,
    }
}

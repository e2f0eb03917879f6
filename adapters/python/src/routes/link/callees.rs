//! What a call may lead to: each of the functions and classes, where there are several.

use std::rc::Rc;
use std::sync::Arc;

use super::objects::{MAX_LOOKUPS, Object};
use super::{Linker, Value};
use crate::routes::facts::{CALL, Class, Dependency, Depends, Form, Key, Reference, SUPER, Thing, Variable};

/// How many are told apart.
pub(super) const MAX_CALLEES: usize = 32;

/// What may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Callee {
    /// A function; of a method, the class of the instance, which may derive from the one that has the method.
    Function(Key, Option<Key>),
    Class(Key),
    Instance(Key),
}

/// A class and all that it derives from, the nearest first.
pub(super) type Line = Rc<[(Key, Class)]>;

impl Callee {
    fn of(object: Object) -> Option<Self> {
        match object {
            Object::Function(key) => Some(Self::Function(key, None)),
            Object::Class(key) => Some(Self::Class(key)),
            Object::Instance(key, _) => Some(Self::Instance(key)),
            Object::Router(_) | Object::Scheme(..) | Object::Form(..) => None,
        }
    }

    /// What code that was run has made.
    fn held(value: Value) -> Option<Self> {
        match value {
            Value::Object(object) => Self::of(object),
            Value::Method(owner, key) => {
                let class = match *owner {
                    Value::Object(Object::Class(class) | Object::Instance(class, _)) => Some(class),
                    _ => None,
                };
                Some(Self::Function(key, class))
            }
            _ => None,
        }
    }
}

impl Linker<'_> {
    /// All that a name may lead to, as far as it is known.
    pub(super) fn callees(&mut self, name: &Reference) -> Vec<Callee> {
        self.budget = MAX_LOOKUPS;
        self.all_named(name)
    }

    /// Does something as in a method of an instance of this class.
    pub(super) fn as_in<R>(&mut self, class: Option<&Key>, look: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.receiver, class.cloned());
        let result = look(self);
        self.receiver = outer;
        result
    }

    fn all_of(&mut self, thing: &Thing) -> Vec<Callee> {
        match thing {
            Thing::Name(name) => self.all_named(name),
            Thing::Made(name) => self.all_named(name).into_iter().flat_map(|callee| self.all_made(&callee)).collect(),
            Thing::Of(class) => {
                // `Annotated[Store, Depends(get_store)]`
                if let Some(Object::Form(form, inner)) = self.named(class) {
                    let made = match &form {
                        Form::Depends(depends) => made_by(depends),
                        _ => None,
                    };
                    return self.each(&[made], inner.as_ref());
                }
                let instance = |callee| match callee {
                    Callee::Class(key) => Some(Callee::Instance(key)),
                    _ => None,
                };
                self.all_named(class).into_iter().filter_map(instance).collect()
            }
        }
    }

    fn all_named(&mut self, name: &Reference) -> Vec<Callee> {
        let (Some(key), Some(budget)) = (&name.key, self.budget.checked_sub(1)) else {
            return Vec::new();
        };
        self.budget = budget;
        if let Some(callee) = self.value(name).and_then(Callee::held) {
            return vec![callee];
        }
        let (mut all, rest) = match &name.rest[..] {
            [first, method, rest @ ..] if &**first == SUPER => {
                let class = self.receiver.clone().unwrap_or_else(|| key.clone());
                (self.all_members(&class, method, Some(key), true), rest)
            }
            rest => (self.all_at(key).unwrap_or_default(), rest),
        };
        for name in rest {
            let mut next = Vec::new();
            for callee in all {
                let found = match &callee {
                    _ if &**name == CALL => self.all_made(&callee),
                    Callee::Function(..) => Vec::new(),
                    Callee::Class(class) => self.all_members(class, name, None, false),
                    Callee::Instance(class) => self.all_members(class, name, None, true),
                };
                for callee in found {
                    if next.len() < MAX_CALLEES && !next.contains(&callee) {
                        next.push(callee);
                    }
                }
            }
            all = next;
        }
        all
    }

    /// What has this name in full; `None` if nothing has that could be called or looked into.
    fn all_at(&mut self, key: &Key) -> Option<Vec<Callee>> {
        let module = self.module(&key.0)?;
        if let Some(several) = module.several.get(&key.1) {
            let all = several.iter().take(MAX_CALLEES);
            return Some(all.filter_map(|one| self.all_at(&(Arc::clone(&key.0), Arc::clone(one)))).flatten().collect());
        }
        if module.functions.contains_key(&key.1) {
            let class = self.receiver.clone().filter(|_| module.is_in_a_method(&key.1));
            return Some(vec![Callee::Function(key.clone(), class)]);
        }
        if module.classes.contains_key(&key.1) {
            return Some(vec![Callee::Class(key.clone())]);
        }
        let holder = module.holders.get(&key.1);
        let mut values = holder.map(|holder| holder.values.clone()).unwrap_or_default();
        let mut class = holder.and_then(|holder| holder.class.as_ref());
        match module.variables.get(&key.1) {
            Some(Variable::Thing(Thing::Of(of))) => class = Some(of),
            Some(Variable::Thing(thing)) => values.push(Some(thing.clone())),
            Some(Variable::Form(Form::Depends(depends), _)) => values.extend(made_by(depends).map(Some)),
            _ if holder.is_none() => return Some(vec![Callee::of(self.own_instance(key)?)?]),
            _ => {}
        }
        // `query = query.where(…)` holds nothing more than what was assigned before.
        if self.open.contains(key) {
            return Some(Vec::new());
        }
        self.open.push(key.clone());
        let all = self.each(&values, class);
        self.open.pop();
        Some(all)
    }

    /// Each of what is known; and if one is not, an instance of this class.
    fn each(&mut self, values: &[Option<Thing>], class: Option<&Reference>) -> Vec<Callee> {
        let mut all = Vec::new();
        let mut is_known = !values.is_empty() && values.len() <= MAX_CALLEES;
        for value in values.iter().take(MAX_CALLEES) {
            let found = value.as_ref().map(|value| self.all_of(value)).unwrap_or_default();
            is_known &= !found.is_empty();
            all.extend(found);
        }
        if let Some(class) = class.filter(|_| !is_known) {
            all.extend(self.all_of(&Thing::Of(class.clone())));
        }
        all
    }

    /// `self` or `cls` in a method.
    pub(super) fn own_instance(&mut self, key: &Key) -> Option<Object> {
        let (method, name) = key.1.rsplit_once('.').filter(|(_, name)| matches!(*name, "self" | "cls"))?;
        let class = self.module(&key.0)?.functions.get(method)?.class.clone()?;
        let class = self.receiver.clone().unwrap_or_else(|| (Arc::clone(&key.0), class));
        Some(if name == "self" { Object::Instance(class, None) } else { Object::Class(class) })
    }

    /// What a class or its instance has by this name: itself or by the nearest class that it derives from; or only by
    /// those behind another class.
    fn all_members(&mut self, class: &Key, name: &str, behind: Option<&Key>, is_instance: bool) -> Vec<Callee> {
        let Some(budget) = self.budget.checked_sub(1) else {
            return Vec::new();
        };
        self.budget = budget;
        let line = self.line(class);
        let mut classes = line.iter();
        if let Some(behind) = behind {
            classes.find(|(key, _)| key == behind);
        }
        for (key, facts) in classes {
            let full = (Arc::clone(&key.0), Arc::from(format!("{}.{name}", key.1)));
            if let Some(found) = self.as_in(Some(class), |linker| linker.all_at(&full)) {
                return found.into_iter().flat_map(|callee| self.bound(callee, class, is_instance)).collect();
            }
            // Of the bases of which there are several, each may be the one.
            let several: Vec<Key> = facts.bases.iter().flat_map(|base| self.several_of(base)).collect();
            let found = several.iter().flat_map(|base| self.all_members(base, name, None, is_instance));
            let found: Vec<Callee> = found.collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The classes of which a name means one, if it does not mean the only one.
    fn several_of(&mut self, name: &Reference) -> Vec<Key> {
        let several = self.meant(name).into_iter().filter(|one| one.rest.is_empty() && one.key != name.key);
        several.filter_map(|one| one.key).collect()
    }

    /// A class and all that it derives from; worked out once, unless that differs from scene to scene.
    fn line(&mut self, class: &Key) -> Line {
        if let Some(known) = self.lines.get(class) {
            return Rc::clone(known);
        }
        let line: Line = self.classes(class).into();
        if self.scene.is_empty() && self.budget > 0 {
            self.lines.insert(class.clone(), Rc::clone(&line));
        }
        line
    }

    /// A member, as of an instance of this class: of a property, what it returns.
    fn bound(&mut self, member: Callee, class: &Key, is_instance: bool) -> Vec<Callee> {
        let Callee::Function(key, None) = member else {
            return vec![member];
        };
        let is_read = is_instance && self.is_property(&key);
        let method = Callee::Function(key, Some(class.clone()));
        if is_read { self.all_made(&method) } else { vec![method] }
    }

    /// Those of an instance's attributes that are properties.
    pub(super) fn properties(&mut self, class: &Key, names: &[Box<str>]) -> Vec<Key> {
        let mut found = Vec::new();
        let mut left: Vec<&str> = names.iter().map(|name| &**name).collect();
        for (key, _) in &*self.line(class) {
            let Some(module) = self.module(&key.0) else {
                continue;
            };
            left.retain(|name| {
                let full = format!("{}.{name}", key.1);
                let Some((full, function)) = module.functions.get_key_value(full.as_str()) else {
                    return !module.variables.contains_key(full.as_str());
                };
                if function.is_property {
                    found.push((Arc::clone(&key.0), Arc::clone(full)));
                }
                false
            });
        }
        found
    }

    fn is_property(&mut self, key: &Key) -> bool {
        let module = self.module(&key.0);
        module.and_then(|module| Some(module.functions.get(&key.1)?.is_property)) == Some(true)
    }

    /// All that a call may return.
    fn all_made(&mut self, callee: &Callee) -> Vec<Callee> {
        match callee {
            Callee::Class(key) => vec![Callee::Instance(key.clone())],
            Callee::Function(key, class) => {
                let module = self.module(&key.0);
                let Some(function) = module.as_ref().and_then(|module| module.functions.get(&key.1)) else {
                    return Vec::new();
                };
                let given = if function.yields.is_empty() { &function.returns } else { &function.yields };
                self.as_in(class.as_ref(), |linker| linker.each(given, function.result.as_ref()))
            }
            Callee::Instance(class) => {
                let calls = self.all_members(class, "__call__", None, true);
                let calls = calls.into_iter().filter(|call| matches!(call, Callee::Function(..)));
                calls.flat_map(|call| self.all_made(&call)).collect()
            }
        }
    }
}

/// What `Depends(…)` gives.
fn made_by(depends: &Depends) -> Option<Thing> {
    match &depends.on {
        Dependency::Thing(Thing::Name(made)) => Some(Thing::Made(made.clone())),
        _ => None,
    }
}

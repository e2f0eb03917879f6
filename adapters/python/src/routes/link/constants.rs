//! The attributes of classes: one of them may be a status.

use super::Linker;
use super::objects::Object;
use crate::routes::facts::{ANY, Class, Code, Reference, Thing, Variable, Way};

impl Linker<'_> {
    /// The status that a class of exceptions has as an attribute, if nothing sets another.
    pub(super) fn constant(&mut self, reference: &Reference) -> Option<Code> {
        let (name, owner) = reference.rest.split_last()?;
        let owner = Reference { rest: owner.to_vec(), ..reference.clone() };
        let Some(Object::Class(class)) = self.object(&Thing::Name(owner)) else {
            return None;
        };
        // Such a name is another one in each class.
        let is_private = name.starts_with("__");
        if is_private || [name, ANY].iter().any(|name| self.resets.contains(*name)) {
            return None;
        }
        let classes = self.classes(&class);
        if !classes.iter().all(|(_, class)| class.way == Some(Way::Raise)) {
            return None;
        }
        let is_odd = |(set, code): &(Box<str>, Option<Code>)| match code {
            Some(_) => &**set == "__getattribute__",
            None => set == name || &**set == ANY,
        };
        if classes.iter().any(|(_, class)| class.constants.iter().any(is_odd)) {
            return None;
        }
        for ((file, key), class) in classes {
            if class.is_decorated || self.module(&file).is_none_or(|module| module.resets.contains(&key)) {
                return None;
            }
            if let Some((_, code)) = class.constants.into_iter().find(|(other, _)| other == name) {
                return code;
            }
            if class.stranger.is_some() {
                return None;
            }
        }
        None
    }

    /// The status that `self.name` is in a method: an attribute of the class, where no method sets it.
    pub(super) fn own_constant(&mut self, reference: &Reference) -> Option<Code> {
        let (Some(me), [name]) = (&reference.key, &reference.rest[..]) else {
            return None;
        };
        let Some(Object::Instance(class, _)) = self.own_instance(me) else {
            return None;
        };
        let classes = self.classes(&class);
        // What an exception hands on is that of its own class, wherever it is made.
        let is_plain = |class: &Class| class.way.is_none() && class.stranger.is_none() && !class.is_decorated;
        let is_of_these = classes.iter().any(|(key, _)| key.0 == me.0 && is_within(&me.1, &key.1));
        let is_reset = [name, ANY].iter().any(|name| self.resets.contains(*name));
        if is_reset || !is_of_these || !classes.iter().all(|(_, class)| is_plain(class)) {
            return None;
        }
        let mut found = None;
        for (key, _) in classes {
            let full = format!("{}.{name}", key.1);
            let module = self.module(&key.0)?;
            if module.holders.contains_key(full.as_str()) || module.resets.contains(&key.1) {
                return None;
            }
            found = found.or_else(|| module.variables.get(full.as_str()).cloned());
        }
        match found {
            Some(Variable::Code(code)) => Some(code),
            _ => None,
        }
    }
}

fn is_within(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

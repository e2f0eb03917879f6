//! The attributes of the classes of exceptions: one of them may be the status.

use super::Linker;
use super::objects::Object;
use crate::routes::facts::{ANY, Code, Reference, Thing, Way};

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
}

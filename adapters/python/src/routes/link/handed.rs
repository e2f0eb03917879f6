//! What is called without a call that can be seen: what is handed on.

use std::sync::Arc;

use super::Linker;
use super::answers::{INSIDE, Node};
use super::objects::Object;
use crate::routes::facts::{Key, Reference, Thing};

impl Linker<'_> {
    /// A function or a class that is handed on, and called there. An exception or a response is not made by that.
    pub(super) fn handed(&mut self, what: &Reference, node: &mut Node) {
        for what in self.meant(what) {
            match self.object(&Thing::Name(what)) {
                Some(Object::Function(key)) => node.calls.push(self.index(key)),
                Some(Object::Class(key)) if !self.is_an_answer(&key) => {
                    for name in ["__init__", "__call__"] {
                        if let Some(Object::Function(key)) = self.member(&key, name) {
                            node.calls.push(self.index(key));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A decorator: what stands in it is called in place of the function, or beside it.
    pub(super) fn decorated(&mut self, decorator: &Reference, node: &mut Node) {
        for decorator in self.meant(decorator) {
            let (class, methods): (_, &[&str]) = match self.object(&Thing::Name(decorator)) {
                Some(Object::Function(key)) => {
                    node.calls.push(self.index_inside(&key));
                    continue;
                }
                Some(Object::Class(key)) => (key, &["__init__", "__call__"]),
                Some(Object::Instance(key, _)) => (key, &["__call__"]),
                _ => continue,
            };
            for name in methods {
                if let Some(Object::Function(key)) = self.member(&class, name) {
                    node.calls.push(self.index_inside(&key));
                }
            }
        }
    }

    /// A function together with all that stand in it: what its calls may lead to.
    fn index_inside(&mut self, function: &Key) -> usize {
        self.index((Arc::clone(&function.0), format!("{}{INSIDE}", function.1).into()))
    }

    pub(super) fn inside(&mut self, function: &Key, node: &mut Node) {
        node.calls.push(self.index(function.clone()));
        let module = self.module(&function.0);
        for inner in module.iter().filter_map(|module| module.functions.get(&function.1)).flat_map(|it| &it.inner) {
            node.calls.push(self.index_inside(&(Arc::clone(&function.0), Arc::clone(inner))));
        }
    }

    fn is_an_answer(&mut self, class: &Key) -> bool {
        self.module(&class.0)
            .is_some_and(|module| module.classes.get(&class.1).is_some_and(|class| class.way.is_some()))
    }
}

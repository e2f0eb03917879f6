//! What is called without a call that can be seen: what is handed on.

use super::Linker;
use super::answers::Node;
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

    fn is_an_answer(&mut self, class: &Key) -> bool {
        self.module(&class.0)
            .is_some_and(|module| module.classes.get(&class.1).is_some_and(|class| class.way.is_some()))
    }
}

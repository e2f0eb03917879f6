//! What is called without a call that can be seen: what is handed on.

use std::sync::Arc;

use super::Linker;
use super::answers::{INSIDE, Node};
use super::callees::Callee;
use super::objects::Object;
use crate::routes::facts::{Key, Reference, Thing};

impl Linker<'_> {
    /// A function or a class that is handed on, and called there. An exception or a response is not made by that.
    pub(super) fn handed(&mut self, what: &Reference, calls: &mut Vec<usize>) {
        calls.extend(self.made_with(what));
        for callee in self.callees(what) {
            match callee {
                Callee::Function(key, class) => calls.push(self.index(key, class)),
                Callee::Class(key) if !self.is_an_answer(&key) => {
                    self.constructed(&key, calls);
                    self.method_called(&key, "__call__", calls);
                }
                _ => {}
            }
        }
    }

    /// What a variable was made with, and may call.
    pub(super) fn made_with(&mut self, variable: &Reference) -> Option<usize> {
        let key = variable.key.as_ref()?;
        let has_more = self.module(&key.0)?.made_with.contains_key(&key.1);
        has_more.then(|| self.index_inside(key))
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

    /// A function together with all that stand in it, or what a variable was made with.
    fn index_inside(&mut self, function: &Key) -> usize {
        self.index((Arc::clone(&function.0), format!("{}{INSIDE}", function.1).into()), None)
    }

    pub(super) fn inside(&mut self, function: &Key, node: &mut Node) {
        let Some(module) = self.module(&function.0) else {
            return;
        };
        for what in module.made_with.get(&function.1).into_iter().flatten() {
            self.handed(what, &mut node.calls);
        }
        if let Some(facts) = module.functions.get(&function.1) {
            node.calls.push(self.index(function.clone(), None));
            for inner in &facts.inner {
                node.calls.push(self.index_inside(&(Arc::clone(&function.0), Arc::clone(inner))));
            }
        }
    }

    fn is_an_answer(&mut self, class: &Key) -> bool {
        self.module(&class.0)
            .is_some_and(|module| module.classes.get(&class.1).is_some_and(|class| class.way.is_some()))
    }
}

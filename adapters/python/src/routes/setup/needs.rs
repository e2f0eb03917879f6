//! Which code has to be run.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use crate::routes::facts::{Key, Module, Reference, Thing};
use crate::routes::link::{Linker, Object};

/// The functions and classes that have to be run; a module's own code is the function with no name.
#[derive(Debug, Default)]
pub(super) struct Needs {
    keys: HashSet<Key>,
    files: HashSet<Arc<Path>>,
    /// Those that something here calls.
    called: HashSet<Key>,
}

/// Something that calls, or derives from, what goes by some name.
struct User<'m> {
    file: &'m Arc<Path>,
    name: &'m Arc<str>,
    module: &'m Module,
    used: &'m Reference,
}

impl Needs {
    pub(super) fn of(linker: &mut Linker<'_>, files: &[Arc<Path>]) -> Self {
        let mut needs = Self::default();
        let modules: Vec<_> = files.iter().filter_map(|file| Some((file, linker.module(file)?))).collect();
        let mut todo = Vec::new();
        for (file, module) in &modules {
            for name in &module.needs {
                needs.add(file, name, module, &mut todo);
            }
        }
        if todo.is_empty() {
            return needs;
        }
        let own: Arc<str> = "".into();
        let users = users(&modules, &own);
        while let Some(key) = todo.pop() {
            for user in users.get(last_of(&key.1)).into_iter().flatten() {
                let found = linker.object(&Thing::Name(user.used.clone()));
                let Some(Object::Function(found) | Object::Class(found)) = found else {
                    continue;
                };
                if found == key {
                    needs.called.insert(found);
                    needs.add(user.file, user.name, user.module, &mut todo);
                }
            }
        }
        needs
    }

    fn add(&mut self, file: &Arc<Path>, name: &Arc<str>, module: &Module, todo: &mut Vec<Key>) {
        let class = module.functions.get(name).and_then(|function| function.class.clone());
        for name in [Some(Arc::clone(name)), class].into_iter().flatten() {
            let key = (Arc::clone(file), name);
            if self.keys.insert(key.clone()) {
                todo.push(key);
            }
        }
        self.files.insert(Arc::clone(file));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn has(&self, key: &Key) -> bool {
        self.keys.contains(key)
    }

    pub(super) fn has_file(&self, file: &Arc<Path>) -> bool {
        self.files.contains(file)
    }

    /// All of them: those first that nothing here calls.
    pub(super) fn functions(&self) -> Vec<Key> {
        let mut functions: Vec<Key> = self.keys.iter().filter(|key| !key.1.is_empty()).cloned().collect();
        functions.sort_by_key(|key| (self.called.contains(key), key.clone()));
        functions
    }
}

/// What calls and what derives, by the last name of what it uses.
fn users<'m>(modules: &'m [(&'m Arc<Path>, Rc<Module>)], own: &'m Arc<str>) -> HashMap<&'m str, Vec<User<'m>>> {
    let mut users: HashMap<&str, Vec<User<'_>>> = HashMap::new();
    for (file, module) in modules {
        let mut add = |name: &'m Arc<str>, used: &'m Reference| {
            let last = match (used.rest.last(), &used.key) {
                (Some(name), _) => name,
                (None, Some(key)) => last_of(&key.1),
                (None, None) => return,
            };
            users.entry(last).or_default().push(User { file, name, module, used });
        };
        for (name, class) in &module.classes {
            class.bases.iter().for_each(|base| add(name, base));
        }
        for (name, function) in &module.functions {
            function.calls.iter().for_each(|call| add(name, &call.callee));
        }
        module.calls.iter().for_each(|call| add(own, &call.callee));
    }
    users
}

fn last_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

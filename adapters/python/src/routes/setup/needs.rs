//! Which code has to be run.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::routes::facts::{Call, Key, Module, Reference, Thing};
use crate::routes::link::{Linker, Object};

/// How often it is looked for what calls what was found.
const MAX_ROUNDS: usize = 12;

/// The functions and classes that have to be run; a module's own code is the function with no name.
#[derive(Debug, Default)]
pub(super) struct Needs {
    keys: HashSet<Key>,
    files: HashSet<Arc<Path>>,
    /// Those that something here calls.
    called: HashSet<Key>,
    /// The names of all of these: most calls are told by it that they lead elsewhere.
    names: HashMap<Arc<str>, ()>,
}

impl Needs {
    pub(super) fn of(linker: &mut Linker<'_>, files: &[Arc<Path>]) -> Self {
        let mut needs = Self::default();
        let modules: Vec<_> = files.iter().filter_map(|file| Some((file, linker.module(file)?))).collect();
        for (file, module) in &modules {
            for name in &module.needs {
                needs.add(file, name, module);
            }
        }
        for _ in 0..MAX_ROUNDS {
            let mut more = Vec::new();
            if needs.keys.is_empty() {
                break;
            }
            for (file, module) in &modules {
                for (name, class) in &module.classes {
                    let is_new = !needs.keys.contains(&((*file).clone(), name.clone()));
                    if is_new && class.bases.iter().any(|base| needs.leads_here(linker, base).is_some()) {
                        more.push((*file, Arc::clone(name), module));
                    }
                }
                let functions = module.functions.iter().map(|(name, function)| (name, &function.calls));
                for (name, calls) in functions.chain([(&"".into(), &module.calls)]) {
                    if needs.calls(linker, calls) && !needs.keys.contains(&((*file).clone(), name.clone())) {
                        more.push((*file, Arc::clone(name), module));
                    }
                }
            }
            if more.is_empty() {
                break;
            }
            for (file, name, module) in more {
                needs.add(file, &name, module);
            }
        }
        needs
    }

    fn add(&mut self, file: &Arc<Path>, name: &Arc<str>, module: &Module) {
        let class = module.functions.get(name).and_then(|function| function.class.clone());
        for name in [Some(Arc::clone(name)), class].into_iter().flatten() {
            let last = name.rsplit('.').next().unwrap_or_default().into();
            self.names.insert(last, ());
            self.keys.insert((Arc::clone(file), name));
        }
        self.files.insert(Arc::clone(file));
    }

    /// Whether one of the calls leads to what has to be run.
    fn calls(&mut self, linker: &mut Linker<'_>, calls: &[Call]) -> bool {
        let mut is_one = false;
        for call in calls {
            if let Some(key) = self.leads_here(linker, &call.callee) {
                self.called.insert(key);
                is_one = true;
            }
        }
        is_one
    }

    fn leads_here(&self, linker: &mut Linker<'_>, reference: &Reference) -> Option<Key> {
        let key = reference.key.as_ref()?;
        let name = match reference.rest.last() {
            Some(name) => name,
            None => key.1.rsplit('.').next().unwrap_or_default(),
        };
        if !self.names.contains_key(name) {
            return None;
        }
        match linker.object(&Thing::Name(reference.clone()))? {
            Object::Function(key) | Object::Class(key) if self.keys.contains(&key) => Some(key),
            _ => None,
        }
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

//! What a module hands to those that import from it.

use std::path::Path;
use std::sync::Arc;

use ruff_python_ast::Stmt;
use rustc_hash::FxHashMap;

use crate::scope::{Scope, Value};
use crate::tree::Target;
use crate::{imports, python};

/// What a name of a module is.
#[derive(Clone, Debug)]
pub(crate) enum Export {
    /// It has it from elsewhere.
    Import(Target),
    /// It makes it itself.
    Own,
}

/// The names of a module, compact: nothing of its syntax tree is kept.
#[derive(Debug)]
pub(crate) struct Exports {
    names: FxHashMap<String, Export>,
    stars: Vec<Target>,
    /// `None` where the module was not parsed.
    classes: Option<FxHashMap<String, Class>>,
}

/// A class of a module's top level.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// The names of its bases, as the module means them.
    pub(crate) bases: Vec<Vec<String>>,
    /// Whether it has an `__init__` of its own.
    pub(crate) has_init: bool,
}

impl Exports {
    pub(crate) fn of(body: &[Stmt], folder: &Arc<Path>) -> Self {
        let scope = Scope::module(body);
        let target = |level, module: &str, name: &str| Target {
            folder: Arc::clone(folder),
            level,
            names: module.split('.').chain([name]).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            modules: module.split('.').filter(|part| !part.is_empty()).count(),
        };
        let mut names = FxHashMap::default();
        let mut classes = FxHashMap::default();
        for name in scope.names() {
            let Some(binding) = scope.get(name, None) else {
                continue;
            };
            let export = match binding.value {
                Value::Module(module) => Export::Import(target(0, module, "")),
                Value::Member { level, module, name } => Export::Import(target(level, module, name)),
                Value::Class(class) => {
                    let bases = class.bases().iter().filter_map(python::dotted);
                    let bases = bases.map(|base| base.into_iter().map(str::to_owned).collect()).collect();
                    let has_init = has_init(class);
                    classes.insert(name.to_owned(), Class { bases, has_init });
                    Export::Own
                }
                Value::Assigned(value) => match python::dotted(value) {
                    // `NotFound = HTTPException`, `codes = status`.
                    Some(chain) => alias(&scope, &chain, &target).unwrap_or(Export::Own),
                    None => Export::Own,
                },
                Value::Function | Value::Part | Value::Caught | Value::Unknown => Export::Own,
            };
            names.insert(name.to_owned(), export);
        }
        let stars = scope.stars.iter().map(|star| target(star.level, star.module, "")).collect();
        Self { names, stars, classes: Some(classes) }
    }

    /// The imports of a module, from its text alone.
    pub(crate) fn imports_of(text: &str, folder: &Arc<Path>) -> Self {
        let mut names = FxHashMap::default();
        let mut stars = Vec::new();
        for import in imports::in_text(text) {
            let parts = import.module.split('.').chain(import.name.as_deref().filter(|&name| name != "*"));
            let names_in: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
            let modules = import.module.split('.').filter(|part| !part.is_empty()).count();
            let target = Target { folder: Arc::clone(folder), level: import.level, names: names_in, modules };
            if import.name.as_deref() == Some("*") {
                stars.push(target);
            } else {
                names.insert(import.bound, Export::Import(target));
            }
        }
        Self { names, stars, classes: None }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Export> {
        self.names.get(name)
    }

    pub(crate) fn stars(&self) -> &[Target] {
        &self.stars
    }

    pub(crate) fn class(&self, name: &str) -> Option<&Class> {
        self.classes.as_ref()?.get(name)
    }

    /// Whether the module was parsed: if not, only its imports are known.
    pub(crate) const fn is_parsed(&self) -> bool {
        self.classes.is_some()
    }
}

/// Whether a class has an `__init__` of its own, which takes other arguments than that of its base.
pub(crate) fn has_init(class: &ruff_python_ast::StmtClassDef) -> bool {
    let mut functions = class.body.iter().filter_map(Stmt::as_function_def_stmt);
    functions.any(|function| function.name.as_str() == "__init__" && !python::hands_on(function))
}

/// `a.b` where `a` was imported.
fn alias(scope: &Scope<'_>, chain: &[&str], target: &dyn Fn(u32, &str, &str) -> Target) -> Option<Export> {
    let mut found = match scope.get(chain.first()?, None)?.value {
        Value::Module(module) => target(0, module, ""),
        Value::Member { level, module, name } => target(level, module, name),
        _ => return None,
    };
    found.names.extend(chain[1..].iter().map(|&name| name.to_owned()));
    Some(Export::Import(found))
}

//! What the names of a file stand for, at the place where they stand.

use std::path::Path;
use std::sync::Arc;

use ruff_python_ast::{Expr, StmtClassDef};
use ruff_text_size::{Ranged, TextSize};

use crate::exports::has_init;
use crate::python;
use crate::scope::{Binding, Kind, Scope, Value};
use crate::symbol::Symbol;
use crate::tree::{Meaning, Target, Tree, is_exported};

/// How often a name is followed from assignment to assignment.
const MAX_STEPS: usize = 8;

/// How many classes of a file are looked at for what one derives from.
const MAX_CLASSES: usize = 64;

/// The scopes around the place that is looked at, and the modules around the file.
pub(crate) struct Names<'a> {
    tree: &'a Tree,
    folder: Arc<Path>,
    pub(crate) scopes: Vec<Scope<'a>>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(tree: &'a Tree, folder: Arc<Path>, module: Scope<'a>) -> Self {
        Self { tree, folder, scopes: vec![module] }
    }

    /// What a name is bound to, as Python looks for it: inside out, and past the classes around a function.
    pub(crate) fn binding(&self, name: &str, at: TextSize) -> Option<Binding<'a>> {
        self.place_of(name, at).map(|(_, binding)| binding)
    }

    /// Likewise, with the place of the scope in [`scopes`](Self::scopes).
    pub(crate) fn place_of(&self, name: &str, at: TextSize) -> Option<(usize, Binding<'a>)> {
        let mut at = Some(at);
        for (depth, scope) in self.scopes.iter().rev().enumerate() {
            let is_visible = scope.kind != Kind::Class || depth == 0;
            if is_visible
                && !scope.is_outward(name)
                && let Some(binding) = scope.get(name, at)
            {
                return Some((self.scopes.len() - 1 - depth, *binding));
            }
            if scope.kind == Kind::Function {
                // By the time that a function runs, what is around it is done.
                at = None;
            }
        }
        None
    }

    /// What `rest` means behind a name that is bound to this.
    fn behind(&self, value: Value<'_>, rest: &[&str]) -> Meaning {
        match value {
            Value::Module(module) => self.resolve(0, module, "", rest),
            Value::Member { level, module, name } => self.resolve(level, module, name, rest),
            _ => Meaning::Unknown,
        }
    }

    /// What `module.name.rest` means.
    fn resolve(&self, level: u32, module: &str, name: &str, rest: &[&str]) -> Meaning {
        if level == 0 && Tree::has_framework(module) {
            // No module of the tree has a say.
            let mut full = module.to_owned();
            for name in [name].iter().chain(rest).filter(|name| !name.is_empty()) {
                full.push('.');
                full.push_str(name);
            }
            return Meaning::Framework(full);
        }
        self.tree.resolve(&self.import(level, module, name, rest))
    }

    fn import(&self, level: u32, module: &str, name: &str, rest: &[&str]) -> Target {
        let names = module.split('.').chain([name]).chain(rest.iter().copied()).filter(|part| !part.is_empty());
        let modules = module.split('.').filter(|part| !part.is_empty()).count();
        Target { folder: Arc::clone(&self.folder), level, names: names.map(str::to_owned).collect(), modules }
    }

    /// The file that `from .module import …` reads, if it is one of the tree.
    pub(crate) fn provider(&self, level: u32, module: &str) -> Option<std::path::PathBuf> {
        self.tree.file_of(&self.import(level, module, "", &[]))
    }

    /// The files that an `import` runs, as far as they are of the tree: those of the packages, and of the module.
    pub(crate) fn run_by(&self, level: u32, module: &str, names: &[&str]) -> Vec<std::path::PathBuf> {
        let ends = module.match_indices('.').map(|(end, _)| end).chain([module.len()]);
        let mut files: Vec<_> = ends.filter_map(|end| self.provider(level, &module[..end])).collect();
        let package = files.last().cloned().filter(|_| level > 0 || !module.is_empty());
        files.extend(
            package.iter().flat_map(|package| names.iter().filter_map(|name| self.tree.submodule(package, name))),
        );
        files
    }

    /// Whether the folder of the file has a module of this name.
    pub(crate) fn has_sibling(&self, name: &str) -> bool {
        self.tree.has_module(&self.folder, name)
    }

    /// What `from .module import name` imports.
    pub(crate) fn imported(&self, level: u32, module: &str, name: &str) -> Meaning {
        self.resolve(level, module, name, &[])
    }

    /// What `a.b.c` means. A variable is followed if it holds nothing but another such name.
    pub(crate) fn meaning(&self, chain: &[&str], at: TextSize) -> Meaning {
        self.meaning_in(chain, at, MAX_STEPS)
    }

    fn meaning_in(&self, chain: &[&str], at: TextSize, steps: usize) -> Meaning {
        let (Some((first, rest)), Some(steps)) = (chain.split_first(), steps.checked_sub(1)) else {
            return Meaning::Unknown;
        };
        match self.binding(first, at) {
            Some(Binding { value: Value::Assigned(value), .. }) => match python::dotted(value) {
                Some(mut chain) if chain.first() != Some(first) => {
                    chain.extend(rest);
                    self.meaning_in(&chain, value.start(), steps)
                }
                _ => Meaning::Unknown,
            },
            Some(binding) => self.behind(binding.value, rest),
            None => {
                let stars = self.scopes.iter().flat_map(|scope| &scope.stars);
                let mut meanings = stars.map(|star| self.resolve(star.level, star.module, "", chain));
                meanings.find(is_exported).unwrap_or(Meaning::Unknown)
            }
        }
    }

    /// What FastAPI's an expression names.
    pub(crate) fn symbol(&self, expr: &Expr) -> Option<Symbol> {
        match self.meaning(&python::dotted(expr)?, expr.start()) {
            Meaning::Framework(name) => Some(Symbol::of(&name)),
            _ => None,
        }
    }

    /// What FastAPI's a class is, or derives from, and whether a class on the way has an `__init__` of its own.
    pub(crate) fn class(&self, expr: &Expr) -> Option<(Symbol, bool)> {
        self.class_in(expr, MAX_STEPS)
    }

    fn class_in(&self, expr: &Expr, steps: usize) -> Option<(Symbol, bool)> {
        let steps = steps.checked_sub(1)?;
        let chain = python::dotted(expr)?;
        if let [name] = chain[..] {
            match self.binding(name, expr.start()).map(|binding| binding.value) {
                Some(Value::Class(class)) => return self.ancestor(class, &mut Vec::new()),
                // Another name for a class.
                Some(Value::Assigned(value @ Expr::Name(_))) => return self.class_in(value, steps),
                _ => {}
            }
        }
        self.tree.ancestor(self.meaning(&chain, expr.start()))
    }

    /// Whether an expression may name a class, by how that is written: where it is defined, if that is known.
    pub(crate) fn may_be_a_class(&self, expr: &Expr) -> bool {
        python::is_capital(expr) || self.is_another_name(expr, MAX_STEPS)
    }

    fn is_another_name(&self, expr: &Expr, steps: usize) -> bool {
        let (Some(chain), Some(steps)) = (python::dotted(expr), steps.checked_sub(1)) else {
            return false;
        };
        match self.binding(chain[0], expr.start()).map(|binding| binding.value) {
            Some(Value::Assigned(value)) if chain.len() == 1 => {
                python::is_capital(value) || self.is_another_name(value, steps)
            }
            Some(value) if value.is_import() => match self.behind(value, &chain[1..]) {
                Meaning::Framework(name) => name.rsplit('.').next().is_some_and(python::is_capital_name),
                Meaning::Local { name, rest, .. } => python::is_capital_name(rest.last().unwrap_or(&name)),
                Meaning::Module(_) | Meaning::Unknown => false,
            },
            _ => false,
        }
    }

    /// Whether an expression names a class of this file.
    pub(crate) fn class_here(&self, expr: &Expr) -> bool {
        let binding = expr.as_name_expr().and_then(|name| self.binding(name.id.as_str(), expr.start()));
        matches!(binding, Some(Binding { value: Value::Class(_), .. }))
    }

    /// What FastAPI's `super()` is in a class of this file, and whether a class on the way has an `__init__`.
    pub(crate) fn parent(&self, class: &StmtClassDef) -> Option<(Symbol, bool)> {
        class.bases().iter().find_map(|base| self.class(base))
    }

    /// What FastAPI's a class of this file derives from.
    fn ancestor(&self, class: &StmtClassDef, seen: &mut Vec<TextSize>) -> Option<(Symbol, bool)> {
        // Classes may derive from each other in circles.
        if seen.len() >= MAX_CLASSES || seen.contains(&class.start()) {
            return None;
        }
        seen.push(class.start());
        class.bases().iter().find_map(|base| {
            let chain = python::dotted(base)?;
            let found = match self.binding(chain[0], class.start()) {
                Some(Binding { value: Value::Class(base), .. }) if chain.len() == 1 => self.ancestor(base, seen),
                _ => self.tree.ancestor(self.meaning(&chain, class.start())),
            };
            found.map(|(symbol, has)| (symbol, has || has_init(class)))
        })
    }
}

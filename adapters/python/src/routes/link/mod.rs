//! Follows names from module to module: to routers, to texts and statuses, and into functions.

mod answers;
mod bound;
mod callees;
mod classes;
mod constants;
mod handed;
mod inits;
mod keywords;
mod objects;
mod parameters;
mod raises;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::collect;
use super::facts::{Code, Key, Module, Reference, Router, Text, Thing, Variable};
use super::place;
use super::steps::Setups;
use crate::python;
use crate::source::Source;
use crate::tree::Tree;

pub(super) use answers::Answers;
pub(super) use bound::{Globals, Instance, Scene, Value};
pub(super) use objects::Object;

/// How far a name is followed.
const MAX_STEPS: usize = 32;

/// How many parts of a text are looked up, and how long it may become: thirty names, each the one before it twice, would
/// make a text of gigabytes.
const MAX_PARTS: usize = 256;
const MAX_TEXT: usize = 16_384;

/// A value, or the Python that it depends on.
pub(super) type Known<T> = Result<T, String>;

/// The facts of all modules. Those outside the folders that were named are read when a name leads there.
pub(super) struct Linker<'t> {
    tree: &'t Tree,
    modules: FxHashMap<Arc<Path>, Option<Rc<Module>>>,
    /// The names of files as they are shown.
    shown: HashMap<PathBuf, String>,
    graph: answers::Graph,
    setups: HashMap<Arc<Path>, Rc<Setups>>,
    /// What code that was run has made of variables.
    pub(super) globals: Globals,
    /// Variables whose lists and dictionaries are changed in ways that are not followed.
    pub(super) spoiled: HashSet<Key>,
    pub(super) scene: Scene,
    pub(super) instances: Arc<Vec<Arc<Instance>>>,
    /// What classes derive from, once that is looked up.
    lines: FxHashMap<Key, callees::Line>,
    /// Was a variable looked up that the scene alone has?
    is_of_the_scene: Cell<bool>,
    /// The attributes and variables that are being looked up.
    open: Vec<Key>,
    /// The class of the instance in whose method names are looked up.
    receiver: Option<Key>,
    /// Attributes that are set on classes, wherever.
    resets: HashSet<Arc<str>>,
    /// The apps and routers that it has made, and where.
    pub(super) routers: HashMap<Key, (Router, Scene)>,
    /// How many more names are looked up for what was asked.
    budget: usize,
}

impl<'t> Linker<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            modules: FxHashMap::default(),
            shown: HashMap::new(),
            graph: answers::Graph::default(),
            setups: HashMap::new(),
            globals: Globals::default(),
            spoiled: HashSet::new(),
            scene: Scene::default(),
            instances: Arc::default(),
            lines: FxHashMap::default(),
            is_of_the_scene: Cell::new(false),
            open: Vec::new(),
            receiver: None,
            resets: HashSet::new(),
            routers: HashMap::new(),
            budget: 0,
        }
    }

    pub(super) fn add(&mut self, path: &Arc<Path>, shown: &str, module: Module) {
        self.shown.insert(path.to_path_buf(), shown.to_owned());
        self.resets.extend(module.resets.iter().cloned());
        self.modules.insert(Arc::clone(path), Some(Rc::new(module)));
    }

    /// Keeps how a file is shown that may be read later.
    pub(super) fn name(&mut self, path: PathBuf, shown: &str) {
        self.shown.insert(path, shown.to_owned());
    }

    pub(super) fn place(&self, path: &Path, line: usize) -> String {
        match self.shown.get(path) {
            Some(shown) => place(shown, line),
            None => place(&path.to_string_lossy(), line),
        }
    }

    pub(super) fn module(&mut self, path: &Arc<Path>) -> Option<Rc<Module>> {
        if let Some(known) = self.modules.get(path) {
            return known.clone();
        }
        let module = Source::read(path).ok().and_then(|source| {
            let module = python::parse(&source).ok()?;
            Some(Rc::new(collect::collect(&module, &source, path, self.tree)))
        });
        self.resets.extend(module.iter().flat_map(|module| module.resets.iter().cloned()));
        self.modules.insert(Arc::clone(path), module.clone());
        module
    }

    /// The code of a module that sets routers up; the file is read a second time for it.
    pub(super) fn setups(&mut self, path: &Arc<Path>) -> Rc<Setups> {
        if let Some(known) = self.setups.get(path) {
            return Rc::clone(known);
        }
        let setups = Source::read(path).ok().and_then(|source| {
            let module = python::parse(&source).ok()?;
            Some(collect::setups(&module, &source, path, self.tree))
        });
        let setups = Rc::new(setups.unwrap_or_default());
        self.setups.insert(Arc::clone(path), Rc::clone(&setups));
        setups
    }

    /// Once all of it has been run.
    pub(super) fn drop_setups(&mut self) {
        self.setups = HashMap::new();
    }

    fn variable(&mut self, key: &Key) -> Option<Variable> {
        self.module(&key.0)?.variables.get(&key.1).cloned()
    }

    pub(super) fn text(&mut self, text: &Text) -> Known<String> {
        self.budget = MAX_PARTS;
        self.text_in(text, MAX_STEPS)
    }

    fn text_in(&mut self, text: &Text, steps: usize) -> Known<String> {
        let steps = steps.checked_sub(1).ok_or("a name that leads to itself")?;
        self.budget = self.budget.checked_sub(1).ok_or("a text of many parts")?;
        match text {
            Text::Known(text) => Ok(text.clone()),
            Text::Unknown(python) => Err(python.clone()),
            Text::Spread => Err("**".to_owned()),
            Text::Joined(parts) => {
                let mut whole = String::new();
                for part in parts {
                    whole.push_str(&self.text_in(part, steps)?);
                    if whole.len() > MAX_TEXT {
                        return Err("a long text".to_owned());
                    }
                }
                Ok(whole)
            }
            Text::Name(reference) => match self.text_variable(reference) {
                Some(Variable::Text(text)) => self.text_in(&text, steps),
                Some(Variable::Thing(Thing::Name(reference))) => self.text_in(&Text::Name(reference), steps),
                _ => Err(reference.text.to_string()),
            },
        }
    }

    pub(super) fn codes(&mut self, code: &Code) -> Vec<Known<u16>> {
        self.codes_in(code, MAX_STEPS)
    }

    fn codes_in(&mut self, code: &Code, steps: usize) -> Vec<Known<u16>> {
        let Some(steps) = steps.checked_sub(1) else {
            return vec![Err("a name that leads to itself".to_owned())];
        };
        match code {
            Code::Known(code) => vec![Ok(*code)],
            Code::Unknown(python) => vec![Err(python.clone())],
            Code::Either(codes) => {
                let mut all = self.codes_in(&codes.0, steps);
                all.extend(self.codes_in(&codes.1, steps));
                all
            }
            Code::Name(reference) => match self.code_variable(reference) {
                Some(Variable::Code(code)) => self.codes_in(&code, steps),
                Some(Variable::Thing(Thing::Name(reference))) => self.codes_in(&Code::Name(reference), steps),
                _ => vec![Err(reference.text.to_string())],
            },
        }
    }

    /// A variable that may hold a text; one that code was run for holds just that.
    fn text_variable(&mut self, reference: &Reference) -> Option<Variable> {
        match self.value(reference) {
            Some(Value::Text(text)) => Some(Variable::Text(Text::Known(text.to_string()))),
            Some(Value::Number(number)) => Some(Variable::Text(Text::Known(number.to_string()))),
            Some(_) => None,
            None => self.plain_variable(reference),
        }
    }

    fn code_variable(&mut self, reference: &Reference) -> Option<Variable> {
        match self.value(reference) {
            Some(Value::Number(number)) => Some(Variable::Code(Code::Known(number))),
            Some(_) => None,
            None => {
                let constant = |it: &mut Self| it.constant(reference).or_else(|| it.own_constant(reference));
                self.plain_variable(reference).or_else(|| constant(self).map(Variable::Code))
            }
        }
    }

    fn plain_variable(&mut self, reference: &Reference) -> Option<Variable> {
        self.variable(reference.key.as_ref().filter(|_| reference.rest.is_empty())?)
    }
}

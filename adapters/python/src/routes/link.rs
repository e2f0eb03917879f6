//! Follows names from module to module: to routers, to texts and statuses, and into functions.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::collect;
use super::facts::{Code, Function, Key, Module, Reference, Text, Variable};
use super::{Raised, place};
use crate::python;
use crate::source::Source;
use crate::tree::Tree;

/// How far a name is followed.
const MAX_STEPS: usize = 32;

/// A value, or the Python that it depends on.
pub(super) type Known<T> = Result<T, String>;

/// The facts of all modules. Those outside the folders that were named are read when a name leads there.
pub(super) struct Linker<'t> {
    tree: &'t Tree,
    modules: HashMap<PathBuf, Option<Rc<Module>>>,
    /// The names of files as they are shown.
    shown: HashMap<PathBuf, String>,
    indices: HashMap<Key, usize>,
    nodes: Vec<(Key, Option<Rc<Node>>)>,
}

/// A function, as far as raising goes.
#[derive(Debug, Default)]
struct Node {
    raises: Vec<Raised>,
    next: Vec<usize>,
}

impl<'t> Linker<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self { tree, modules: HashMap::new(), shown: HashMap::new(), indices: HashMap::new(), nodes: Vec::new() }
    }

    pub(super) fn add(&mut self, path: PathBuf, shown: &str, module: Module) {
        self.shown.insert(path.clone(), shown.to_owned());
        self.modules.insert(path, Some(Rc::new(module)));
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

    pub(super) fn module(&mut self, path: &Path) -> Option<Rc<Module>> {
        if let Some(known) = self.modules.get(path) {
            return known.clone();
        }
        let module = Source::read(path).ok().and_then(|source| {
            let module = python::parse(&source).ok()?;
            Some(Rc::new(collect::collect(&module, &source, path, self.tree)))
        });
        self.modules.insert(path.to_owned(), module.clone());
        module
    }

    fn variable(&mut self, key: &Key) -> Option<Variable> {
        self.module(&key.0)?.variables.get(&key.1).cloned()
    }

    /// The router or app that a name stands for.
    pub(super) fn router(&mut self, reference: &Reference, is_made: bool) -> Option<Key> {
        self.router_in(reference, is_made, MAX_STEPS)
    }

    fn router_in(&mut self, reference: &Reference, is_made: bool, steps: usize) -> Option<Key> {
        let steps = steps.checked_sub(1)?;
        let key = reference.key.as_ref().filter(|_| reference.rest.is_empty())?;
        if is_made {
            let module = self.module(&key.0)?;
            let function = module.functions.get(&key.1)?;
            let [returned] = &function.returns[..] else {
                return None;
            };
            return self.router_in(returned, false, steps);
        }
        match self.variable(key)? {
            Variable::Router(_) => Some(key.clone()),
            Variable::Alias(reference) => self.router_in(&reference, false, steps),
            Variable::Made(reference) => self.router_in(&reference, true, steps),
            _ => None,
        }
    }

    pub(super) fn text(&mut self, text: &Text) -> Known<String> {
        self.text_in(text, MAX_STEPS)
    }

    fn text_in(&mut self, text: &Text, steps: usize) -> Known<String> {
        let steps = steps.checked_sub(1).ok_or("a name that leads to itself")?;
        match text {
            Text::Known(text) => Ok(text.clone()),
            Text::Unknown(python) => Err(python.clone()),
            Text::Joined(parts) => parts.iter().map(|part| self.text_in(part, steps)).collect(),
            Text::Name(reference) => {
                let key = reference.key.as_ref().filter(|_| reference.rest.is_empty());
                match key.and_then(|key| self.variable(key)) {
                    Some(Variable::Text(text)) => self.text_in(&text, steps),
                    Some(Variable::Alias(reference)) => self.text_in(&Text::Name(reference), steps),
                    _ => Err(reference.text.clone()),
                }
            }
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
            Code::Name(reference) => {
                let key = reference.key.as_ref().filter(|_| reference.rest.is_empty());
                match key.and_then(|key| self.variable(key)) {
                    Some(Variable::Code(code)) => self.codes_in(&code, steps),
                    Some(Variable::Alias(reference)) => self.codes_in(&Code::Name(reference), steps),
                    _ => vec![Err(reference.text.clone())],
                }
            }
        }
    }

    /// What functions can raise, directly and through what they call and depend on.
    pub(super) fn raises(&mut self, from: &[Reference]) -> BTreeSet<Raised> {
        let mut raised = BTreeSet::new();
        let mut seen = HashSet::new();
        let mut todo: Vec<usize> = from.iter().flat_map(|reference| self.nodes_of(reference)).collect();
        while let Some(index) = todo.pop() {
            if seen.insert(index) {
                let node = self.node(index);
                raised.extend(node.raises.iter().cloned());
                todo.extend(&node.next);
            }
        }
        raised
    }

    fn nodes_of(&mut self, reference: &Reference) -> Vec<usize> {
        let keys = self.functions(reference, MAX_STEPS);
        keys.into_iter().map(|key| self.index(key)).collect()
    }

    fn index(&mut self, key: Key) -> usize {
        let next = self.nodes.len();
        *self.indices.entry(key.clone()).or_insert_with(|| {
            self.nodes.push((key, None));
            next
        })
    }

    /// What a function raises itself, and what it leads to: looked up once.
    fn node(&mut self, index: usize) -> Rc<Node> {
        if let Some(node) = &self.nodes[index].1 {
            return Rc::clone(node);
        }
        let key = self.nodes[index].0.clone();
        let mut node = Node::default();
        if let Some(module) = self.module(&key.0)
            && let Some(function) = module.functions.get(&key.1)
        {
            self.look_into(&key.0, function, &mut node);
        }
        let node = Rc::new(node);
        self.nodes[index].1 = Some(Rc::clone(&node));
        node
    }

    fn look_into(&mut self, file: &Path, function: &Function, node: &mut Node) {
        for (code, line) in &function.raises {
            self.add_raised(code, file, *line, node);
        }
        for call in &function.calls {
            match self.exception(&call.callee, MAX_STEPS) {
                Some(code) => {
                    let code = call.code.clone().or(code).unwrap_or_else(|| Code::Unknown(call.callee.text.clone()));
                    self.add_raised(&code, file, call.line, node);
                }
                None => node.next.extend(self.nodes_of(&call.callee)),
            }
        }
        for depends in &function.depends {
            node.next.extend(self.nodes_of(depends));
        }
        for annotation in &function.annotations {
            for depends in self.annotated(annotation, MAX_STEPS) {
                node.next.extend(self.nodes_of(&depends));
            }
        }
    }

    fn add_raised(&mut self, code: &Code, file: &Path, line: usize, node: &mut Node) {
        for code in self.codes(code) {
            let place = self.place(file, line);
            node.raises.push(match code {
                Ok(code) => Raised { code: Some(code), python: None, place },
                Err(python) => Raised { code: None, python: Some(python), place },
            });
        }
    }

    /// For a class that derives from `HTTPException`: the status that it gives itself, if it does.
    fn exception(&mut self, reference: &Reference, steps: usize) -> Option<Option<Code>> {
        let steps = steps.checked_sub(1)?;
        let key = reference.key.as_ref().filter(|_| reference.rest.is_empty())?;
        let class = self.module(&key.0)?.classes.get(&key.1).filter(|class| class.is_exception)?.clone();
        if class.code.is_some() {
            return Some(class.code);
        }
        Some(class.bases.iter().find_map(|base| self.exception(base, steps)).flatten())
    }

    /// The functions that a name stands for: of a class, what makes it and what calls it.
    fn functions(&mut self, reference: &Reference, steps: usize) -> Vec<Key> {
        let (Some(key), Some(steps)) = (&reference.key, steps.checked_sub(1)) else {
            return Vec::new();
        };
        let Some(module) = self.module(&key.0) else {
            return Vec::new();
        };
        let inside = |name: &str| (key.0.clone(), format!("{}.{name}", key.1));
        if module.functions.contains_key(&key.1) && reference.rest.is_empty() {
            return vec![key.clone()];
        }
        if module.classes.contains_key(&key.1) {
            return match &reference.rest[..] {
                [] => vec![inside("__init__"), inside("__call__")],
                [method] => vec![inside(method)],
                _ => Vec::new(),
            };
        }
        match module.variables.get(&key.1) {
            Some(Variable::Alias(other) | Variable::Made(other)) => {
                let mut other = other.clone();
                other.rest.extend(reference.rest.iter().cloned());
                self.functions(&other, steps)
            }
            _ => Vec::new(),
        }
    }

    fn annotated(&mut self, reference: &Reference, steps: usize) -> Vec<Reference> {
        let (Some(key), Some(steps)) = (&reference.key, steps.checked_sub(1)) else {
            return Vec::new();
        };
        match self.variable(key) {
            Some(Variable::Annotated(depends)) => depends,
            Some(Variable::Alias(other)) => self.annotated(&other, steps),
            _ => Vec::new(),
        }
    }
}

//! What a handler can answer with, through all that it calls and depends on.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Linker;
use super::callees::Callee;
use super::objects::{MAX_LOOKUPS, Object};
use crate::routes::Answer;
use crate::routes::facts::{Arguments, Call, Class, Code, Depends, Function, Handler, Key, Reference, Thing, Way};

/// Behind a function's name, this stands for what it returns, where that is raised.
pub(super) const RETURNED: &str = "()";

/// Behind a function's name, this stands for it and all functions in it.
pub(super) const INSIDE: &str = ".*";

/// How often methods are looked into once more for a class that derives from theirs; others, as of their own class.
const MAX_DERIVED: usize = 65_536;

/// A function; and of a method, and what stands in one, the class of the instance.
pub(super) type Place = (Key, Option<Key>);

/// The functions, and what leads from one to another. Each is looked into once, a method once for each class that derives
/// from its own.
#[derive(Debug, Default)]
pub(super) struct Graph {
    indices: FxHashMap<Place, usize>,
    nodes: Vec<(Place, Option<Rc<Node>>)>,
    /// How many of them are of a class that derives from the one that has the method.
    derived: usize,
}

/// A function, as far as its answers go.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) answers: Vec<(Way, Arc<Answer>)>,
    pub(super) calls: Vec<usize>,
    pub(super) depends: Vec<usize>,
    /// What the security schemes answer, if it is a handler or a dependency.
    pub(super) guards: Vec<(Way, Arc<Answer>)>,
    /// What its dependencies are handed where they are made, and may call, likewise.
    pub(super) handed: Vec<usize>,
    /// The parameters that are checked then.
    pub(super) checks: Vec<Arc<Answer>>,
}

/// What a handler can answer with.
#[derive(Clone, Debug, Default)]
pub(in crate::routes) struct Answers {
    pub(in crate::routes) checks: Vec<Arc<Answer>>,
    pub(in crate::routes) raises: Vec<Arc<Answer>>,
    pub(in crate::routes) returns: Vec<Arc<Answer>>,
    pub(in crate::routes) closes: Vec<Arc<Answer>>,
}

impl Linker<'_> {
    /// What a handler, with what is depended on around it, can answer with.
    pub(in crate::routes) fn answers(
        &mut self,
        handler: &Handler,
        method: Option<&str>,
        depends: &[Depends],
        place: &str,
    ) -> Answers {
        let mut root = Node::default();
        for depends in depends {
            self.depends(depends, &mut root);
        }
        let unknown =
            |python: &str| Arc::new(Answer { code: None, python: Some(python.to_owned()), place: place.to_owned() });
        match handler {
            Handler::Unknown(python) => root.checks.push(unknown(python)),
            Handler::Class(class) => {
                for name in method.into_iter().chain((method == Some("head")).then_some("get")) {
                    let reference = Reference { rest: vec![name.into()], ..class.clone() };
                    if let Some(Object::Function(key)) = self.object(&Thing::Name(reference.clone())) {
                        root.calls.push(self.index_by(&reference, key));
                        break;
                    }
                }
            }
            Handler::Function(function) => match self.object(&Thing::Name(function.clone())) {
                Some(Object::Function(key)) => {
                    if self.is_unbound(function) {
                        root.checks.push(unknown(&function.text));
                    }
                    let module = self.module(&key.0);
                    let class = module.and_then(|module| module.functions.get(&key.1)?.class.clone());
                    if let Some(class) = class {
                        self.around(&(key.0.clone(), class), &mut root);
                    }
                    root.depends.push(self.index_by(function, key));
                }
                Some(Object::Class(key)) => root.depends.push(self.index(key, None)),
                Some(Object::Instance(key, _)) => match self.member(&key, "__call__") {
                    Some(Object::Function(method)) => root.depends.push(self.index(method, Some(key))),
                    _ => root.checks.push(unknown(&function.text)),
                },
                _ => root.checks.push(unknown(&function.text)),
            },
        }
        self.reach(root)
    }

    fn reach(&mut self, root: Node) -> Answers {
        let mut found: [BTreeSet<Arc<Answer>>; 3] = Default::default();
        let mut checks: BTreeSet<Arc<Answer>> = root.checks.iter().cloned().collect();
        let mut seen = HashSet::new();
        // First what is depended on: the parameters of those functions are checked, of others not.
        let mut todo = root.depends.clone();
        let mut nodes = vec![Rc::new(root)];
        while let Some(index) = todo.pop() {
            if seen.insert(index) {
                let node = self.node(index);
                checks.extend(node.checks.iter().cloned());
                todo.extend(&node.depends);
                nodes.push(node);
            }
        }
        for (way, answer) in nodes.iter().flat_map(|node| &node.guards) {
            found[*way as usize].insert(Arc::clone(answer));
        }
        let handed: Vec<usize> = nodes.iter().flat_map(|node| &node.handed).copied().collect();
        for index in handed {
            if seen.insert(index) {
                nodes.push(self.node(index));
            }
        }
        while let Some(node) = nodes.pop() {
            for (way, answer) in &node.answers {
                found[*way as usize].insert(Arc::clone(answer));
            }
            for &index in &node.calls {
                if seen.insert(index) {
                    nodes.push(self.node(index));
                }
            }
        }
        let [raises, returns, closes] = found.map(|answers| answers.into_iter().collect());
        Answers { checks: checks.into_iter().collect(), raises, returns, closes }
    }

    /// The node of a function, or of a class that is made; of a method, as of an instance of this class.
    pub(super) fn index(&mut self, key: Key, class: Option<Key>) -> usize {
        let name = key.1.strip_suffix(RETURNED).unwrap_or(&key.1);
        let own = self.module(&key.0).and_then(|module| module.functions.get(name)?.class_around.clone());
        let is_derived = |class: &Key| own.is_some_and(|own| own != class.1 || key.0 != class.0);
        let class = class.filter(is_derived).filter(|_| self.graph.derived < MAX_DERIVED);
        let place = (key, class);
        let next = self.graph.nodes.len();
        *self.graph.indices.entry(place.clone()).or_insert_with(|| {
            self.graph.derived += usize::from(place.1.is_some());
            self.graph.nodes.push((place, None));
            next
        })
    }

    /// Likewise of a function that goes by this name: `service.method`.
    pub(super) fn index_by(&mut self, name: &Reference, key: Key) -> usize {
        let class = match &self.callees(name)[..] {
            [Callee::Function(found, class)] if *found == key => class.clone(),
            _ => None,
        };
        self.index(key, class)
    }

    fn node(&mut self, index: usize) -> Rc<Node> {
        let (key, class) = self.graph.nodes[index].0.clone();
        let is_bound = self.scene.is_around(&key);
        if let Some(node) = &self.graph.nodes[index].1
            && !is_bound
        {
            return Rc::clone(node);
        }
        let mut node = Node::default();
        self.is_of_the_scene.set(false);
        let of = |mark| key.1.strip_suffix(mark).map(|name| (Arc::clone(&key.0), name.into()));
        if let Some(function) = of(INSIDE) {
            self.inside(&function, &mut node);
        } else if let Some(function) = of(RETURNED) {
            self.as_in(class.as_ref(), |linker| linker.raise_returned(&function, &mut node));
        } else if let Some(module) = self.module(&key.0) {
            match module.functions.get(&key.1) {
                Some(function) => {
                    self.as_in(class.as_ref(), |linker| linker.look_into(&key.0, function, &mut node));
                }
                None => self.construct(&key, &mut node),
            }
        }
        let node = Rc::new(node);
        // What depends on the variables of the functions that run is another thing each time.
        if !is_bound && !self.is_of_the_scene.get() {
            self.graph.nodes[index].1 = Some(Rc::clone(&node));
        }
        node
    }

    fn look_into(&mut self, file: &Arc<Path>, function: &Function, node: &mut Node) {
        self.parameters(file, function, node);
        for (way, code, line) in &function.answers {
            node.answers.extend(self.answers_of(*way, code, file, *line));
        }
        for call in &function.calls {
            node.calls.extend(self.made_with(&call.callee));
            for callee in self.callees(&call.callee) {
                self.called(call, callee, file, node);
            }
        }
        for what in &function.handed {
            self.handed(what, &mut node.calls);
        }
        for decorator in &function.decorators {
            self.decorated(decorator, node);
        }
        for (what, line) in &function.raises {
            self.raises(what, file, *line, node);
        }
        if let Some(own) = function.class_around.as_ref().filter(|_| !function.reads.is_empty()) {
            let class = self.receiver.clone().unwrap_or_else(|| (Arc::clone(file), Arc::clone(own)));
            self.budget = MAX_LOOKUPS;
            for property in self.properties(&class, &function.reads) {
                node.calls.push(self.index(property, Some(class.clone())));
            }
        }
    }

    fn called(&mut self, call: &Call, callee: Callee, file: &Path, node: &mut Node) {
        match callee {
            Callee::Function(key, class) => node.calls.push(self.index(key, class)),
            Callee::Class(key) => {
                if let Some((way, code)) = self.answer_of(&key, call.code.as_deref(), call.given.as_deref()) {
                    let name = name_of(&key);
                    let code = code.unwrap_or_else(|| Code::Unknown(name.to_owned()));
                    node.answers.extend(self.answers_of(way, &code, file, call.line));
                    return;
                }
                self.constructed(&key, &mut node.calls);
                self.method_called(&key, "__call__", &mut node.calls);
            }
            Callee::Instance(key) => self.method_called(&key, "__call__", &mut node.calls),
        }
    }

    /// What is called as an instance is made.
    pub(super) fn constructed(&mut self, class: &Key, calls: &mut Vec<usize>) {
        let classes = self.classes(class);
        self.method_called(class, "__init__", calls);
        if classes.iter().any(|(_, class)| class.is_decorated) {
            self.method_called(class, "__post_init__", calls);
        }
        if classes.iter().any(|(_, class)| class.is_derived) {
            self.method_called(class, "model_post_init", calls);
        }
    }

    /// A method of a class that is called without a call that can be seen.
    pub(super) fn method_called(&mut self, class: &Key, name: &str, calls: &mut Vec<usize>) {
        let methods = self.methods(class, name).into_iter();
        calls.extend(methods.map(|(key, class)| self.index(key, class)));
    }

    /// What a class has as a method of this name.
    pub(super) fn methods(&mut self, class: &Key, name: &str) -> Vec<Place> {
        let method = Reference { key: Some(class.clone()), rest: vec![name.into()], text: Box::default() };
        let callees = self.callees(&method).into_iter();
        let functions = callees.filter_map(|callee| match callee {
            Callee::Function(key, class) => Some((key, class)),
            _ => None,
        });
        functions.collect()
    }

    /// How a class answers, and with which status, as far as that is known: the one that an exception makes of all that
    /// it is given, or else the one that is given by name, or that the class gives itself.
    pub(super) fn answer_of(
        &mut self,
        class: &Key,
        code: Option<&Code>,
        given: Option<&Arguments>,
    ) -> Option<(Way, Option<Code>)> {
        let module = self.module(&class.0)?;
        let way = module.classes.get(&class.1)?.way?;
        let classes = self.classes(class);
        let is_known = |class: &Class| class.way == Some(Way::Raise) && class.stranger.is_none() && !class.is_decorated;
        match given {
            Some(given) if classes.iter().all(|(_, class)| is_known(class)) => {
                Some((way, self.code_raised(&classes, given)))
            }
            _ => {
                let own = || classes.into_iter().find_map(|(_, class)| class.code);
                Some((way, code.cloned().or_else(own)))
            }
        }
    }

    pub(super) fn answers_of(&mut self, way: Way, code: &Code, file: &Path, line: usize) -> Vec<(Way, Arc<Answer>)> {
        let place = self.place(file, line);
        let answer = |code| match code {
            Ok(code) => Answer { code: Some(code), python: None, place: place.clone() },
            Err(python) => Answer { code: None, python: Some(python), place: place.clone() },
        };
        self.codes(code).into_iter().map(|code| (way, Arc::new(answer(code)))).collect()
    }
}

/// The name of a class as it is written.
fn name_of(class: &Key) -> &str {
    class.1.rsplit('.').next().and_then(|name| name.split('@').next()).unwrap_or_default()
}

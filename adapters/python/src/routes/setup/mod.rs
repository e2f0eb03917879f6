//! Runs the code that sets routers up, as far as it can be known: functions that are handed a router or make one,
//! classes whose instances have one, and loops. What it adds has a router of its own for each call and each instance.

mod add;
mod calls;
mod instances;
mod needs;
mod places;
mod run;
mod settle;
mod values;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::facts::{Include, Key, Route};
use super::link::{Linker, Object, Scene, Value};
use needs::Needs;

/// How many steps are run in all, and how many calls deep.
const MAX_STEPS: usize = 400_000;
const MAX_CALLS: usize = 32;

/// How many variables are copied in all, for the routes to keep what they were at the time.
const MAX_COPIES: usize = 1_000_000;

/// How many routes are added in all.
const MAX_ADDED: usize = 20_000;

/// A route or an inclusion, as code that was run has added it.
#[derive(Debug)]
pub(super) struct Added<T> {
    pub(super) owner: Key,
    pub(super) file: Arc<Path>,
    /// Its condition, scope and place are those of the code that has led to it,
    pub(super) fact: Rc<T>,
    /// which is in this file.
    pub(super) root: Arc<Path>,
    /// What it was the how-many-th of all.
    pub(super) number: usize,
    pub(super) scene: Scene,
    /// The router that is included.
    pub(super) target: Option<Key>,
    /// The function that makes the router adds it, or what that calls.
    pub(super) is_of_the_maker: bool,
}

/// What the code adds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) routes: Vec<Added<Route>>,
    pub(super) includes: Vec<Added<Include>>,
    /// What is included only under a condition, by a router that may be there only then.
    pub(super) loose: HashSet<Key>,
    /// The routes that it has added somewhere, or passed by for certain: each by its place in its file's facts.
    pub(super) seen_routes: HashSet<(Arc<Path>, usize)>,
    pub(super) seen_includes: HashSet<(Arc<Path>, usize)>,
}

/// A function that runs.
#[derive(Debug)]
struct Frame {
    function: Key,
    class: Option<Key>,
    /// What it is a method of.
    me: Option<Value>,
    returned: Option<Value>,
    /// It may have returned already.
    has_leaked: bool,
    /// The places in the log at which a way may have led out of the block: by `return`, `break` or `continue`.
    leaks: Vec<usize>,
    /// Which call it is, if it is one of several.
    call: Option<usize>,
}

/// Where something can be put.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    Variable(Key),
    Attribute(usize, Arc<str>),
}

/// The place in the code that is not called by other code that runs: the order of routes goes by it.
#[derive(Clone, Debug)]
struct Root {
    file: Arc<Path>,
    scope: String,
    offset: u32,
    loops: usize,
    /// It stays where it is, until the loop is over.
    is_fixed: bool,
}

/// Why it is not certain that the code runs; each time another.
#[derive(Clone, Copy, Debug)]
struct Condition {
    why: &'static str,
    number: usize,
}

/// A class and all that it derives from in the tree, the nearest first.
#[derive(Debug)]
struct Family {
    classes: Vec<Key>,
    /// That is all that it derives from: what a library's class does to its attributes is not known.
    is_known: bool,
    /// It has its own way with attributes.
    is_odd: bool,
}

struct Runner<'l, 't> {
    linker: &'l mut Linker<'t>,
    needs: Needs,
    /// The modules whose own code has been run, and the functions.
    modules: HashSet<Arc<Path>>,
    ran: HashSet<Key>,
    /// The functions that were looked into without adding anything.
    passed: HashSet<Key>,
    /// What functions and classes that make an app have made: each is run once.
    apps: HashMap<(Key, Option<usize>), Value>,
    families: HashMap<Key, Rc<Family>>,
    /// The classes of the instances.
    classes: Vec<Key>,
    /// Attributes that are set on classes, wherever.
    resets: HashSet<Arc<str>>,
    /// Variables that other modules set.
    outside: HashSet<Key>,
    shared: places::Shared,
    frames: Vec<Frame>,
    condition: Option<Condition>,
    /// The condition under which a router was made: what is added to it there is there whenever it is.
    made_under: HashMap<Key, usize>,
    /// Nothing is added: the code is not reached.
    is_passing: bool,
    root: Root,
    steps: usize,
    copies: usize,
    /// There was more to run.
    is_cut: bool,
    /// How many routers and calls have been counted.
    count: usize,
    number: usize,
    /// What was where before it was overwritten.
    log: Vec<(Place, Option<Value>)>,
    found: Found,
}

/// What the code in these files adds to routers.
pub(super) fn run(linker: &mut Linker<'_>, files: &[Arc<Path>]) -> Found {
    let needs = Needs::of(linker, files);
    if needs.is_empty() {
        return Found::default();
    }
    let (mut resets, mut outside) = (HashSet::new(), HashSet::new());
    for file in files {
        let Some(module) = linker.module(file) else {
            continue;
        };
        resets.extend(module.resets.iter().cloned());
        for key in &module.outside {
            linker.globals.set(key, Some(Value::Unknown));
            outside.insert(key.clone());
        }
    }
    let root = Root::new(Path::new("").into(), String::new());
    let mut runner = Runner {
        linker,
        needs,
        modules: HashSet::new(),
        ran: HashSet::new(),
        passed: HashSet::new(),
        apps: HashMap::new(),
        families: HashMap::new(),
        classes: Vec::new(),
        resets,
        outside,
        shared: places::Shared::default(),
        frames: Vec::new(),
        condition: None,
        made_under: HashMap::new(),
        is_passing: false,
        root,
        steps: MAX_STEPS,
        copies: MAX_COPIES,
        is_cut: false,
        count: 0,
        number: 0,
        log: Vec::new(),
        found: Found::default(),
    };
    for file in files {
        if runner.needs.has(&(Arc::clone(file), "".into())) {
            runner.module(file);
        }
    }
    for function in runner.needs.functions() {
        if !runner.ran.contains(&function) && !runner.passed.contains(&function) {
            runner.start(&function);
        }
    }
    if runner.is_cut {
        runner.mark(files);
    }
    runner.linker.instances = std::mem::take(&mut runner.linker.scene).instances;
    runner.linker.drop_setups();
    runner.found
}

impl Runner<'_, '_> {
    /// A function that nothing is seen to call.
    fn start(&mut self, function: &Key) {
        let facts = self.linker.module(&function.0);
        let class = facts.and_then(|module| module.functions.get(&function.1)?.class.clone());
        let me = class.map(|class| Value::Object(Object::Instance((Arc::clone(&function.0), class), None)));
        let outer = self.root.clone();
        self.root = Root::new(Arc::clone(&function.0), format!("{}.", function.1));
        self.linker.scene.locals = Arc::default();
        self.linker.scene.functions = Arc::default();
        self.function(function, me, None);
        self.root = outer;
    }

    /// The code of a module outside functions, once.
    fn module(&mut self, file: &Arc<Path>) {
        if !self.modules.insert(Arc::clone(file)) {
            return;
        }
        let setups = self.linker.setups(file);
        let Some(setup) = setups.functions.get("") else {
            return;
        };
        let root = Root::new(Arc::clone(file), String::new());
        let outer = (
            std::mem::replace(&mut self.root, root),
            self.linker.scene.clone(),
            std::mem::take(&mut self.frames),
            self.condition.take(),
            std::mem::take(&mut self.is_passing),
            std::mem::take(&mut self.log),
        );
        (self.linker.scene.locals, self.linker.scene.functions) = Default::default();
        let function = (Arc::clone(file), Arc::from(""));
        self.frames.push(Frame::new(function, None, None));
        self.block(&setup.steps);
        self.forget_what_changes();
        let instances = Arc::clone(&self.linker.scene.instances);
        (self.root, self.linker.scene, self.frames, self.condition, self.is_passing, self.log) = outer;
        self.linker.scene.instances = instances;
    }

    /// A variable that is assigned more than once is not the same to all that read it.
    fn forget_what_changes(&mut self) {
        let mut seen = HashSet::new();
        for (place, _) in std::mem::take(&mut self.log) {
            if let Place::Variable(key) = place
                && !seen.insert(key.clone())
            {
                self.linker.globals.set(&key, None);
            }
        }
    }
}

impl<T> Added<T> {
    /// What was added to a router that is known without running anything.
    pub(super) fn plain(owner: &Key, file: &Arc<Path>, fact: T, scope: &str, target: Option<Key>) -> Self {
        let is_of_the_maker =
            *file == owner.0 && owner.1.rsplit_once('.').is_some_and(|(maker, _)| within(scope, maker));
        let (owner, file, root) = (owner.clone(), Arc::clone(file), Arc::clone(file));
        Self { owner, file, fact: Rc::new(fact), root, number: 0, scene: Scene::default(), target, is_of_the_maker }
    }

    /// The same with something else about it.
    pub(super) fn with(&self, fact: T) -> Self {
        let Self { owner, file, root, number, scene, target, is_of_the_maker, .. } = self;
        let (owner, file, root) = (owner.clone(), Arc::clone(file), Arc::clone(root));
        let (scene, target) = (scene.clone(), target.clone());
        let (number, is_of_the_maker) = (*number, *is_of_the_maker);
        Self { owner, file, fact: Rc::new(fact), root, number, scene, target, is_of_the_maker }
    }
}

/// Whether a scope, `create_app.add.`, is that of a function or in it.
fn within(scope: &str, function: &str) -> bool {
    scope.strip_prefix(function).is_some_and(|rest| rest.starts_with('.'))
}

impl Root {
    const fn new(file: Arc<Path>, scope: String) -> Self {
        Self { file, scope, offset: 0, loops: 0, is_fixed: false }
    }
}

impl Frame {
    fn new(function: Key, class: Option<Key>, me: Option<Value>) -> Self {
        Self { function, class, me, returned: None, has_leaked: false, leaks: Vec::new(), call: None }
    }
}

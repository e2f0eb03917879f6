//! Code that sets routers up, step by step, as it is run: read from the few files that need it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::facts::{Code, Reference, Router, Text};

/// What the functions and classes of a module do; the module's own code is the function with no name.
#[derive(Clone, Debug, Default)]
pub(super) struct Setups {
    pub(super) functions: HashMap<Arc<str>, Setup>,
    pub(super) classes: HashMap<Arc<str>, Vec<Field>>,
    /// Variables of the module that functions change.
    pub(super) changed: HashSet<Arc<str>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Setup {
    pub(super) parameters: Vec<Slot>,
    pub(super) steps: Vec<Step>,
    pub(super) kind: Kind,
    /// It makes an app itself.
    pub(super) makes_an_app: bool,
    /// A call alone does not run it: it is to be awaited, or looped over.
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
}

/// How a function is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A method of an instance.
    Plain,
    /// A function, or a `@staticmethod`.
    #[default]
    Static,
    /// `@classmethod`
    OfTheClass,
    /// `@property`
    Property,
}

/// A parameter of a function that is run.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) name: Arc<str>,
    /// The parameter's name in full.
    pub(super) key: Arc<str>,
    pub(super) default: Option<Term>,
    pub(super) is_keyword_only: bool,
    /// `*args`.
    pub(super) is_list: bool,
    /// `**kwargs`.
    pub(super) is_dict: bool,
}

/// A variable of a class.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: Arc<str>,
    pub(super) default: Option<Term>,
    /// A decorator such as `dataclass` makes a parameter of it.
    pub(super) is_parameter: bool,
    /// A call gives it a value, if not `field(init=False)`.
    pub(super) is_given: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Assign(Target, Term),
    /// A route: its place among those of the module.
    Route(usize),
    /// An inclusion: its place, and the router.
    Include(usize, Term),
    Do(Term),
    Return(Option<Term>),
    Break,
    Continue,
    If(Term, Vec<Step>, Vec<Step>),
    For(Target, Term, Vec<Step>),
    /// What may be run or not, and why.
    Perhaps(&'static str, Vec<Step>),
}

#[derive(Clone, Debug)]
pub(super) enum Target {
    /// A variable by its name in full.
    Name(Arc<str>),
    Attribute(Term, Box<str>),
    Several(Vec<Target>),
    /// What is in it cannot be followed: `things[0]`.
    Inside(Term),
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Term {
    None,
    Flag(bool),
    Text(Text),
    Code(Code),
    Name(Reference),
    Attribute(Box<Term>, Box<str>),
    /// A method of the class above.
    Super(Box<str>),
    Router(Box<Router>),
    Call(Box<Call>),
    List(Vec<Term>),
    Dict(Vec<(Term, Term)>),
    Not(Box<Term>),
    /// The first that is false, or else the last.
    All(Vec<Term>),
    /// The first that is true, or else the last.
    Any(Vec<Term>),
    /// Whether two are the same.
    Same(Box<(Term, Term)>),
    /// A condition, and what there is if it is true, and if not.
    Choice(Box<(Term, Term, Term)>),
    Sum(Box<(Term, Term)>),
    Unknown,
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) callee: Term,
    pub(super) arguments: Vec<Term>,
    pub(super) keywords: Vec<(Arc<str>, Term)>,
    /// It has `*more` or `**more`.
    pub(super) has_more: bool,
    pub(super) offset: u32,
}

//! What is kept of a module to know its routes: nothing of its syntax tree.

use std::collections::HashMap;
use std::path::PathBuf;

/// A variable, a function or a class: the module that makes it, and its name there. One in a function goes by the names
/// of both: `create_app.app`.
pub(super) type Key = (PathBuf, String);

/// A name as it is written, and what it leads to.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) key: Option<Key>,
    /// What follows the name: `.router` in `users.router`, where `users` is no module.
    pub(super) rest: Vec<String>,
    pub(super) text: String,
}

/// A text that is to be known.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Known(String),
    Name(Reference),
    Joined(Vec<Text>),
    /// The Python.
    Unknown(String),
}

/// A status that is to be known.
#[derive(Clone, Debug)]
pub(super) enum Code {
    Known(u16),
    Name(Reference),
    /// One of two.
    Either(Box<(Code, Code)>),
    /// The Python.
    Unknown(String),
}

/// `FastAPI(…)` or `APIRouter(…)`.
#[derive(Clone, Debug)]
pub(super) struct Router {
    pub(super) is_app: bool,
    pub(super) prefix: Text,
    pub(super) options: Options,
    pub(super) line: usize,
}

/// What an app, a router, an inclusion and a route have alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) responses: Vec<Code>,
    pub(super) depends: Vec<Reference>,
    pub(super) is_hidden: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Variable {
    Router(Router),
    /// Another name for something.
    Alias(Reference),
    /// What a function returned.
    Made(Reference),
    /// `Annotated[…, Depends(…)]`.
    Annotated(Vec<Reference>),
    Code(Code),
    Text(Text),
    /// It is assigned more than once, or not in a way that is understood.
    Other,
}

/// What handles a route.
#[derive(Clone, Debug)]
pub(super) enum Handler {
    Function(Reference),
    /// One that cannot be looked into.
    Unknown,
}

#[derive(Clone, Debug)]
pub(super) struct Route {
    pub(super) owner: Reference,
    /// `None` where they cannot be known.
    pub(super) methods: Option<Vec<String>>,
    pub(super) path: Text,
    /// `None`: the default.
    pub(super) status: Option<Code>,
    pub(super) options: Options,
    pub(super) handler: Handler,
    pub(super) line: usize,
    /// The scope in which it is added, and how far down.
    pub(super) scope: String,
    pub(super) offset: u32,
    /// Why it may not be there at all.
    pub(super) condition: Option<&'static str>,
}

/// `include_router(…)`, `mount(…)`.
#[derive(Clone, Debug)]
pub(super) struct Include {
    pub(super) owner: Reference,
    pub(super) router: Reference,
    /// It is called to make the router.
    pub(super) is_made: bool,
    pub(super) prefix: Text,
    pub(super) options: Options,
    pub(super) line: usize,
    pub(super) scope: String,
    pub(super) offset: u32,
    pub(super) condition: Option<&'static str>,
}

/// A call in a function.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) callee: Reference,
    /// The status that it is given.
    pub(super) code: Option<Code>,
    pub(super) line: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Function {
    /// The statuses of the `HTTPException`s that it makes.
    pub(super) raises: Vec<(Code, usize)>,
    pub(super) calls: Vec<Call>,
    pub(super) depends: Vec<Reference>,
    /// Annotations that may hold `Depends`.
    pub(super) annotations: Vec<Reference>,
    pub(super) returns: Vec<Reference>,
}

/// A class: what it derives from, and the status that it gives to `HTTPException`.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    pub(super) is_exception: bool,
    pub(super) bases: Vec<Reference>,
    pub(super) code: Option<Code>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Module {
    pub(super) variables: HashMap<String, Variable>,
    pub(super) functions: HashMap<String, Function>,
    pub(super) classes: HashMap<String, Class>,
    pub(super) routes: Vec<Route>,
    pub(super) includes: Vec<Include>,
}

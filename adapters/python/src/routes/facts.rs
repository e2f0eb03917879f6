//! What is kept of a module to know its routes: nothing of its syntax tree.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// A variable, a function or a class: the module that makes it, and its name there. One in a function goes by the names
/// of both: `create_app.app`.
pub(super) type Key = (Arc<Path>, Arc<str>);

/// Stands for all attributes that are not known by name.
pub(super) const ANY: &str = "*";

/// Stands for a call among the names that follow one: `Store().read` is `Store`, a call, and `read`.
pub(super) const CALL: &str = "()";

/// Stands for `super()` right behind a class: what comes next is looked for in the classes behind that one.
pub(super) const SUPER: &str = "super()";

/// A name as it is written, and what it leads to.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) key: Option<Key>,
    /// What follows the name: `.router` in `users.router`, where `users` is no module. In what is called, there may be a
    /// [`CALL`] on the way, or [`SUPER`] at the start.
    pub(super) rest: Vec<Box<str>>,
    pub(super) text: Box<str>,
}

/// What an expression stands for.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    /// What a name leads to.
    Name(Reference),
    /// What a call of it returns: an instance, for a class.
    Made(Reference),
    /// Something of this type.
    Of(Reference),
}

/// A text that is to be known.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Known(String),
    Name(Reference),
    Joined(Vec<Text>),
    /// It is in `**more`, if there is one.
    Spread,
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
    /// The class of the tree that it is made by.
    pub(super) class: Option<Reference>,
    /// What the class is given, if its `__init__` decides what becomes of it.
    pub(super) given: Option<Box<Arguments>>,
    pub(super) line: usize,
}

/// What a class of routers or exceptions is given.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) list: Vec<Argument>,
    pub(super) keywords: Vec<(Box<str>, Argument)>,
    /// What `**more` stands for; `None` for what is no name.
    pub(super) more: Vec<Option<Reference>>,
    /// It has `*more`.
    pub(super) has_more_in_list: bool,
}

/// An argument, read as all that an `__init__` may hand it on as.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) text: Text,
    pub(super) code: Code,
    pub(super) thing: Option<Thing>,
    /// As `responses`, as `dependencies`, and so on.
    pub(super) options: Options,
}

/// An `__init__` of a class of routers or exceptions, and what it hands on to that of the class above.
#[derive(Clone, Debug)]
pub(super) struct Init {
    /// The name of `self` in full.
    pub(super) instance: Arc<str>,
    pub(super) parameters: Vec<Taken>,
    /// Written with its parameters, but for `*args` and `**kwargs`:
    pub(super) handed: Arguments,
    /// whether what is left for those is handed on.
    pub(super) hands_on_list: bool,
    pub(super) hands_on_keywords: bool,
    /// It calls `HTTPException.__init__` by that name: the classes between are passed over.
    pub(super) is_last: bool,
}

/// A parameter of such an `__init__`.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) name: Box<str>,
    /// Its name in full.
    pub(super) key: Arc<str>,
    pub(super) default: Option<Argument>,
    pub(super) is_keyword_only: bool,
    pub(super) is_positional_only: bool,
    /// It is given another value on the way.
    pub(super) is_changed: bool,
}

/// What an app, a router, an inclusion and a route have alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) responses: Vec<Code>,
    pub(super) depends: Vec<Depends>,
    pub(super) is_hidden: bool,
    /// What its `default_response_class` makes of the status, if it may be another than 200.
    pub(super) class_status: Option<Code>,
    /// What `**more` stands for; `None` for what is no name.
    pub(super) more: Vec<Option<Reference>>,
}

/// A dictionary of arguments, for `**more`.
#[derive(Clone, Debug, Default)]
pub(super) struct Keywords {
    pub(super) methods: Option<Vec<String>>,
    pub(super) prefix: Option<Text>,
    pub(super) status: Option<Code>,
    /// The status that a route has by its response class.
    pub(super) class_status: Option<Code>,
    pub(super) options: Options,
}

/// `Depends(…)`, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Depends {
    pub(super) on: Dependency,
    /// What it is handed where it is made, and may call.
    pub(super) handed: Vec<Reference>,
    pub(super) file: Arc<Path>,
    pub(super) line: usize,
}

/// What is depended on.
#[derive(Clone, Debug)]
pub(super) enum Dependency {
    Thing(Thing),
    /// One of FastAPI's security schemes, made on the spot.
    Scheme(Scheme),
    /// `OAuth2PasswordRequestForm`, which reads a form.
    LoginForm,
    /// It takes no parameters and raises nothing that can be seen.
    Nothing,
    /// A type variable, for which an annotation puts in a type: the Python.
    Variable(Box<str>),
    /// The Python.
    Unknown(Box<str>),
}

/// `OAuth2PasswordBearer(…)` and the like.
#[derive(Clone, Debug)]
pub(super) struct Scheme {
    /// The status that is raised where there are no credentials; `None` with `auto_error=False`.
    pub(super) code: Option<Code>,
    pub(super) line: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Variable {
    Router(Router),
    /// Another name for something, or what a function returned.
    Thing(Thing),
    /// A security scheme of FastAPI's.
    Scheme(Scheme),
    /// What a parameter may be annotated with, or have as its default: `Annotated[…]`, `Depends(…)`, `Query(…)`; and
    /// the class of what it holds then.
    Form(Form, Option<Reference>),
    Code(Code),
    Text(Text),
    Keywords(Box<Keywords>),
    /// It is assigned more than once, or not in a way that is understood.
    Other,
}

/// A parameter of a function.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: Box<str>,
    pub(super) form: Form,
    pub(super) line: usize,
}

/// What FastAPI makes of a parameter.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// It is read from the request, and checked.
    Checked,
    /// It is handed over as it is: `Request`, `Response`, `BackgroundTasks`.
    Given,
    Depends(Box<Depends>),
    /// Its type is a name of the tree.
    Type(Reference),
    /// Its type is a name of the tree with a type in brackets: what that is as a dependency.
    Filled(Reference, Box<Dependency>),
    /// It has a name of the tree as its default or in its `Annotated`: what that stands for, or else the other.
    Either(Reference, Box<Form>),
    /// The Python.
    Unknown(Box<str>),
}

/// What handles a route.
#[derive(Clone, Debug)]
pub(super) enum Handler {
    Function(Reference),
    /// A class with a function for each method: `HTTPEndpoint`.
    Class(Reference),
    /// One that cannot be looked into: the Python.
    Unknown(String),
}

#[derive(Clone, Debug)]
pub(super) struct Route {
    pub(super) owner: Reference,
    /// `None` where they cannot be known.
    pub(super) methods: Option<Vec<String>>,
    /// It is given none, and has GET unless `**more` tells others.
    pub(super) has_default_method: bool,
    pub(super) path: Text,
    /// `None`: the default.
    pub(super) status: Option<Code>,
    /// The default that it has by its response class.
    pub(super) class_status: Option<Code>,
    pub(super) options: Options,
    pub(super) handler: Handler,
    /// It is Starlette's own (`add_route`, `route`): FastAPI adds nothing to it, and its OpenAPI document has it not.
    pub(super) is_plain: bool,
    pub(super) line: usize,
    /// The scope in which it is added, and how far down.
    pub(super) scope: String,
    pub(super) offset: u32,
    /// How far down its decorators have run, or its call.
    pub(super) order: u32,
    /// Why it may not be there at all.
    pub(super) condition: Option<&'static str>,
}

/// `include_router(…)`, `mount(…)`.
#[derive(Clone, Debug)]
pub(super) struct Include {
    pub(super) owner: Reference,
    pub(super) router: Thing,
    /// The router as it is written.
    pub(super) text: String,
    pub(super) prefix: Text,
    pub(super) options: Options,
    pub(super) line: usize,
    pub(super) scope: String,
    pub(super) offset: u32,
    pub(super) condition: Option<&'static str>,
}

/// How a status is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By an `HTTPException`.
    Raise,
    /// By a response, or what is put on one.
    Return,
    /// By closing a WebSocket.
    Close,
}

/// An exception that a variable holds.
#[derive(Clone, Debug)]
pub(super) enum Exception {
    /// One that counts as an answer, and the call that makes it.
    Answer(Way, Call),
    /// One of a class from elsewhere, which is not FastAPI's.
    Stranger,
}

/// A call in a function.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) callee: Reference,
    /// The status that it is given by name.
    pub(super) code: Option<Box<Code>>,
    /// All that it is given, if it is a class of exceptions whose `__init__` decides the status.
    pub(super) given: Option<Box<Arguments>>,
    pub(super) line: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Function {
    /// The statuses of the exceptions and responses that it makes, and of the WebSockets that it closes.
    pub(super) answers: Vec<(Way, Code, usize)>,
    pub(super) calls: Vec<Call>,
    /// What is handed to what it calls and to its decorators, its `lambda`s, and the methods that its `with` calls.
    pub(super) handed: Vec<Reference>,
    /// Its decorators that may call more than it.
    pub(super) decorators: Vec<Reference>,
    /// The functions that stand in it.
    pub(super) inner: Vec<Arc<str>>,
    /// What is raised by its name, and where.
    pub(super) raises: Vec<(Reference, usize)>,
    /// What it returns, as if that were raised.
    pub(super) returned: Vec<(Reference, usize)>,
    pub(super) parameters: Vec<Parameter>,
    /// What it returns; `None` for what is no name and no call.
    pub(super) returns: Vec<Option<Thing>>,
    /// Of a generator, what it hands over to what depends on it.
    pub(super) yields: Vec<Option<Thing>>,
    /// The class of what it returns, by its annotation.
    pub(super) result: Option<Reference>,
    /// The attributes of `self` that it reads: some may be properties.
    pub(super) reads: Vec<Box<str>>,
    /// It is called where its name is read.
    pub(super) is_property: bool,
    /// The class around it, if it is a method.
    pub(super) class: Option<Arc<str>>,
    /// That class; of what stands in a method, the class of that.
    pub(super) class_around: Option<Arc<str>>,
    /// It is a `@classmethod` or a `@staticmethod`.
    pub(super) is_of_the_class: bool,
    /// By `@wraps(…)`: it has the parameters of that one.
    pub(super) wraps: Option<Reference>,
    /// What may change its parameters: a decorator, or a `__signature__`.
    pub(super) changed_by: Option<Box<str>>,
    /// What it hands on as the `__init__` of a class of routers or exceptions, if that can be told.
    pub(super) init: Option<Box<Init>>,
    pub(super) line: usize,
}

/// What an attribute of instances may hold, or a variable that is assigned more than once or under a condition.
#[derive(Clone, Debug, Default)]
pub(super) struct Holder {
    /// All that is assigned to it; `None` for what is no name and no call.
    pub(super) values: Vec<Option<Thing>>,
    /// The class that it is annotated with.
    pub(super) class: Option<Reference>,
}

/// A class: what it derives from, and what it is to FastAPI.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    pub(super) bases: Vec<Reference>,
    /// For an exception or a response.
    pub(super) way: Option<Way>,
    /// The status that it gives itself.
    pub(super) code: Option<Code>,
    /// What derives from a security scheme.
    pub(super) scheme: Option<Scheme>,
    /// `Request` and the like: not for FastAPI to check.
    pub(super) is_given: bool,
    pub(super) is_derived: bool,
    /// A base that is in none of the modules that are known.
    pub(super) stranger: Option<Box<str>>,
    /// Its annotated variables, which are parameters of a model's or a dataclass's `__init__`.
    pub(super) fields: Vec<Parameter>,
    pub(super) is_decorated: bool,
    /// Of an exception, what its attributes hold; `None` for those that its methods set.
    pub(super) constants: Vec<(Box<str>, Option<Code>)>,
    /// Its methods add routes to the instance, as if that were a router.
    pub(super) adds_routes: bool,
    pub(super) line: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Module {
    pub(super) variables: HashMap<Arc<str>, Variable>,
    /// Of the variables, those that hold an exception, and nothing else.
    pub(super) exceptions: HashMap<Arc<str>, Exception>,
    /// What the variables that stand outside functions were made with, and may call.
    pub(super) made_with: HashMap<Arc<str>, Vec<Reference>>,
    /// The name of an attribute follows that of its class: `Store.session`.
    pub(super) holders: HashMap<Arc<str>, Holder>,
    pub(super) functions: HashMap<Arc<str>, Function>,
    pub(super) classes: HashMap<Arc<str>, Class>,
    pub(super) routes: Vec<Route>,
    pub(super) includes: Vec<Include>,
    /// The modules of the tree that it imports outside functions, and where.
    pub(super) imports: Vec<(u32, Arc<Path>)>,
    /// What is called outside functions.
    pub(super) calls: Vec<Call>,
    /// Names of functions and classes that are defined more than once: which one is meant is not known. What each goes by.
    pub(super) several: HashMap<Arc<str>, Vec<Arc<str>>>,
    /// The functions and classes that have to be run to know what they add to which router; the module's own code has
    /// no name.
    pub(super) needs: HashSet<Arc<str>>,
    /// Attributes that are set on classes, and the module's classes that others may change.
    pub(super) resets: HashSet<Arc<str>>,
    /// Variables of other modules that are set here.
    pub(super) outside: HashSet<Key>,
}

impl Module {
    /// Whether a function stands in a method, whose `self` it has then.
    pub(super) fn is_in_a_method(&self, function: &str) -> bool {
        self.functions.get(function).is_some_and(|function| function.class.is_none() && function.class_around.is_some())
    }
}

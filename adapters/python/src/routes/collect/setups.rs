//! The code that sets routers up, as steps; and which functions and classes have such code.

use std::sync::Arc;

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Expr, ExprCall, Operator, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::Collector;
use crate::python;
use crate::routes::steps::{Field, Kind, Setup, Setups, Slot, Step, Target, Term};
use crate::routes::values::{Reader, callee};

/// Methods that change a list or a dictionary.
pub(in crate::routes) const CHANGES: [&str; 11] =
    ["append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"];

/// What is read so far.
#[derive(Debug)]
pub(super) struct Builder {
    setups: Setups,
    /// The blocks around the place, the module's own first.
    blocks: Vec<Vec<Step>>,
    /// The place is in a function that handles a route: code that sets routers up does not call it.
    is_idle: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self { setups: Setups::default(), blocks: vec![Vec::new()], is_idle: false }
    }
}

impl Builder {
    pub(super) fn finish(mut self) -> Setups {
        let steps = self.blocks.pop().unwrap_or_default();
        let setup = Setup { makes_an_app: makes_an_app(&steps), steps, ..Setup::default() };
        self.setups.functions.insert("".into(), setup);
        self.setups
    }
}

impl<'a> Collector<'a> {
    /// Notes that the code around a route has to be run: it depends on a parameter, or stands in a loop.
    pub(super) fn need_of_a_route(&mut self) {
        if self.loops > 0 || self.functions.iter().any(|open| open.has_parameters) {
            let key = self.functions.last().map_or_else(|| "".into(), |open| Arc::clone(&open.key));
            self.facts.needs.insert(key);
        }
    }

    /// Likewise for a router that is made by a function with parameters: each call may make another.
    pub(super) fn need_of_a_router(&mut self, call: &ExprCall) {
        let is_likely = python::last_name(callee(call)).is_some_and(is_a_routers_name);
        if is_likely && self.functions.iter().any(|open| open.has_parameters) && self.reader.router(call).is_some() {
            self.need_of_a_route();
        }
    }

    pub(super) fn step(&mut self, step: impl FnOnce(&Reader<'a>) -> Step) {
        if let Some(builder) = self.setups.as_mut().filter(|builder| !builder.is_idle)
            && let Some(block) = builder.blocks.last_mut()
        {
            block.push(step(&self.reader));
        }
    }

    pub(super) fn is_building(&self) -> bool {
        self.setups.as_ref().is_some_and(|builder| !builder.is_idle)
    }

    /// Leaves the steps out that follow, or not; tells what it was before.
    pub(super) fn idle(&mut self, is_idle: bool) -> bool {
        self.setups.as_mut().is_some_and(|builder| std::mem::replace(&mut builder.is_idle, is_idle))
    }

    pub(super) fn open_block(&mut self) {
        if let Some(builder) = &mut self.setups {
            builder.blocks.push(Vec::new());
        }
    }

    pub(super) fn close_block(&mut self) -> Vec<Step> {
        self.setups.as_mut().and_then(|builder| builder.blocks.pop()).unwrap_or_default()
    }

    pub(super) fn block(&mut self, body: &'a [Stmt]) -> Vec<Step> {
        self.open_block();
        self.visit_body(body);
        self.close_block()
    }

    /// The routes since a place: of several decorators the last one is the first to run.
    pub(super) fn decorated_steps(&mut self, before: usize) {
        for place in (before..self.facts.routes.len()).rev() {
            self.step(|_| Step::Route(place));
        }
    }

    pub(super) fn function_setup(&mut self, function: &StmtFunctionDef, key: &Arc<str>, is_method: bool) {
        let steps = self.close_block();
        let Some(builder) = &mut self.setups else {
            return;
        };
        let named = |name: &str| python::is_decorated(function, name);
        let kind = if named("property") || named("cached_property") {
            Kind::Property
        } else if named("staticmethod") || !is_method {
            Kind::Static
        } else if named("classmethod") {
            Kind::OfTheClass
        } else {
            Kind::Plain
        };
        let parameters = function.parameters.iter().map(|parameter| Slot {
            name: parameter.name().as_str().into(),
            key: self.reader.key(&format!("{key}.{}", parameter.name())),
            default: parameter.default().map(|default| self.reader.term(default)),
            is_keyword_only: function.parameters.kwonlyargs.iter().any(|only| only.name() == parameter.name()),
            is_list: function.parameters.vararg.as_deref().is_some_and(|list| list.name() == parameter.name()),
            is_dict: function.parameters.kwarg.as_deref().is_some_and(|dict| dict.name() == parameter.name()),
        });
        let (is_async, is_generator) = (function.is_async, super::effects::is_generator(function));
        let (parameters, makes_an_app) = (parameters.collect(), makes_an_app(&steps));
        let setup = Setup { parameters, makes_an_app, steps, kind, is_async, is_generator };
        builder.setups.functions.insert(Arc::clone(key), setup);
    }

    /// The variables of a class.
    pub(super) fn class_setup(&mut self, class: &StmtClassDef, key: &Arc<str>) {
        let makes_a_router = |value: &Expr| match value {
            Expr::Call(call) => ["factory", "default_factory"].iter().any(|name| {
                let factory = call.arguments.find_keyword(name).map(|keyword| &keyword.value);
                factory.and_then(python::last_name).is_some_and(is_a_routers_name)
            }),
            _ => false,
        };
        let mut fields = Vec::new();
        for stmt in &class.body {
            let (target, value, is_parameter) = match stmt {
                Stmt::AnnAssign(assign) => {
                    let is_parameter = !python::is_class_variable(&assign.annotation);
                    (Some(&*assign.target), assign.value.as_deref(), is_parameter)
                }
                Stmt::Assign(assign) => (assign.targets.first(), Some(&*assign.value), false),
                _ => continue,
            };
            let Some(Expr::Name(name)) = target else {
                continue;
            };
            if value.is_some_and(makes_a_router) {
                self.facts.needs.insert(Arc::clone(key));
            }
            if self.setups.is_some() {
                let default = value.and_then(|value| self.reader.field_default(value));
                let is_given = !value.is_some_and(python::is_not_for_init);
                fields.push(Field { name: name.id.as_str().into(), default, is_parameter, is_given });
            }
        }
        if let Some(builder) = &mut self.setups {
            builder.setups.classes.insert(Arc::clone(key), fields);
        }
    }

    pub(super) fn assign_step(&mut self, target: &Expr, value: &Expr) {
        if self.is_building() && !self.is_in_a_class() {
            let (target, term) = (self.target(target), self.reader.term(value));
            self.step(|_| Step::Assign(target, term));
        }
    }

    /// Whether the place is right in the body of a class, whose variables are read apart.
    fn is_in_a_class(&self) -> bool {
        self.classes.last().is_some_and(|(_, name)| self.label().len() == name.len() + 1)
    }

    pub(super) fn target(&mut self, target: &Expr) -> Target {
        match target {
            Expr::Name(name) if self.reader.names.scopes.last().is_some_and(|scope| scope.is_outward(&name.id)) => {
                self.changed(name.id.as_str());
                Target::Inside(Term::None)
            }
            Expr::Name(name) => Target::Name(self.full_name(name.id.as_str())),
            Expr::Attribute(attribute) => {
                if self.reader.names.class_here(&attribute.value) {
                    let name = self.reader.reference(target).key.map(|key| format!("{}.{}", key.1, attribute.attr));
                    self.changed(&name.unwrap_or_default());
                }
                Target::Attribute(self.reader.term(&attribute.value), attribute.attr.as_str().into())
            }
            Expr::Tuple(tuple) => Target::Several(tuple.elts.iter().map(|target| self.target(target)).collect()),
            Expr::List(list) => Target::Several(list.elts.iter().map(|target| self.target(target)).collect()),
            Expr::Subscript(subscript) => {
                self.change_of_a_global(&subscript.value);
                Target::Inside(self.reader.term(&subscript.value))
            }
            Expr::Starred(starred) => match self.target(&starred.value) {
                Target::Name(key) => Target::Inside(Term::Name(self.own(&key, ""))),
                other => other,
            },
            _ => Target::Inside(Term::None),
        }
    }

    pub(super) fn changed(&mut self, name: &str) {
        if let Some(builder) = &mut self.setups {
            builder.setups.changed.insert(name.into());
        }
    }

    /// A function that changes a variable of the module does so at a time that is not known.
    fn change_of_a_global(&mut self, expr: &Expr) {
        if let Expr::Name(name) = expr
            && !self.functions.is_empty()
            && self.reader.names.place_of(name.id.as_str(), name.start()).is_some_and(|(depth, _)| depth == 0)
        {
            self.changed(name.id.as_str());
        }
    }

    /// Statements that nothing else is read from.
    pub(super) fn other_step(&mut self, stmt: &Stmt) {
        if !self.is_building() {
            return;
        }
        match stmt {
            Stmt::Expr(stmt) => {
                let Expr::Call(call) = &*stmt.value else {
                    return;
                };
                if let Expr::Attribute(method) = &*call.func {
                    if CHANGES.contains(&method.attr.as_str()) {
                        self.change_of_a_global(&method.value);
                    }
                    if is_an_addition(method.attr.as_str()) {
                        return;
                    }
                }
                self.step(|reader| Step::Do(reader.term(&stmt.value)));
            }
            Stmt::AugAssign(assign) => {
                let target = self.target(&assign.target);
                let is_sum = assign.op == Operator::Add;
                if let Expr::Name(_) = &*assign.target {
                    self.change_of_a_global(&assign.target);
                }
                self.step(|reader| {
                    let (left, right) = (reader.term(&assign.target), reader.term(&assign.value));
                    let sum = Term::Sum(Box::new((left, right)));
                    Step::Assign(target, if is_sum { sum } else { Term::Unknown })
                });
            }
            Stmt::Delete(stmt) => {
                for target in &stmt.targets {
                    let target = self.target(target);
                    self.step(|_| Step::Assign(target, Term::Unknown));
                }
            }
            Stmt::With(stmt) => {
                for target in stmt.items.iter().filter_map(|item| item.optional_vars.as_deref()) {
                    let target = self.target(target);
                    self.step(|_| Step::Assign(target, Term::Unknown));
                }
            }
            Stmt::Break(_) => self.step(|_| Step::Break),
            Stmt::Continue(_) => self.step(|_| Step::Continue),
            Stmt::Global(stmt) => stmt.names.iter().for_each(|name| self.changed(name.as_str())),
            _ => {}
        }
    }
}

/// Whether a class of this name may be a router.
fn is_a_routers_name(name: &str) -> bool {
    name.ends_with("Router") || name.ends_with("API") || name.ends_with("App") || name == "Starlette"
}

/// Whether a method adds to a router, and is a step of its own.
fn is_an_addition(method: &str) -> bool {
    matches!(
        method,
        "include_router" | "mount" | "add_api_route" | "add_route" | "add_api_websocket_route" | "add_websocket_route"
    )
}

fn makes_an_app(steps: &[Step]) -> bool {
    steps.iter().any(|step| match step {
        Step::Assign(_, Term::Router(router)) | Step::Return(Some(Term::Router(router))) => router.is_app,
        Step::If(_, body, orelse) => makes_an_app(body) || makes_an_app(orelse),
        Step::For(_, _, body) | Step::Perhaps(_, body) => makes_an_app(body),
        _ => false,
    })
}

//! Reads the facts from a module.

mod bodies;
mod constants;
mod effects;
mod flow;
mod functions;
mod handed;
mod holders;
mod inits;
mod raises;
mod register;
mod setups;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ModModule, Stmt, StmtClassDef};
use ruff_text_size::Ranged;

use super::facts::{Code, Function, Handler, Module, Reference, Text, Thing, Variable};
use super::handed::is_no_caller;
use super::steps::{Setups, Step};
use super::values::{Reader, callee};
use crate::names::Names;
use crate::python;
use crate::scope::Scope;
use crate::source::Source;
use crate::symbol::Symbol;
use crate::tree::{Tree, folder_of};
pub(super) use register::adders;
use setups::Builder;
pub(super) use setups::CHANGES;

/// Why a route may not be there.
pub(super) const CONDITION: &str = "only under a condition";
pub(super) const LOOP: &str = "added in a loop";
/// What is added by such a function keeps this whatever runs it.
pub(super) const SEVERAL: &str = "added by one of several functions of a name";
const ERROR: &str = "added where an error may come first";

const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "options", "head", "trace"];

/// Whether a method that decorates is one of a router's.
pub(super) fn is_of_a_router(method: &str) -> bool {
    METHODS.contains(&method) || matches!(method, "api_route" | "route" | "websocket" | "websocket_route")
}

pub(super) fn collect(module: &ModModule, source: &Source, path: &Path, tree: &Tree) -> Module {
    let mut facts = collected(module, source, path, tree, None).facts;
    // What leads nowhere is as good as not there.
    let is_of_use = |variable: &Variable| match variable {
        Variable::Thing(Thing::Made(reference) | Thing::Of(reference)) => reference.key.is_some(),
        Variable::Other => false,
        _ => true,
    };
    facts.variables.retain(|_, variable| is_of_use(variable));
    facts.variables.shrink_to_fit();
    facts
}

/// The code of a module that sets routers up.
pub(super) fn setups(module: &ModModule, source: &Source, path: &Path, tree: &Tree) -> Setups {
    let collector = collected(module, source, path, tree, Some(Builder::default()));
    collector.setups.map(Builder::finish).unwrap_or_default()
}

fn collected<'a>(
    module: &'a ModModule,
    source: &'a Source,
    path: &Path,
    tree: &'a Tree,
    setups: Option<Builder>,
) -> Collector<'a> {
    let names = Names::new(tree, folder_of(path), Scope::module(&module.body));
    let reader = Reader::new(names, source, path);
    let (facts, functions, classes) = (Module::default(), Vec::new(), Vec::new());
    let mut collector =
        Collector { reader, facts, functions, classes, condition: None, loops: 0, is_in_a_lambda: false, setups };
    collector.visit_body(&module.body);
    collector
}

/// A function around the place.
struct Open<'a> {
    key: Arc<str>,
    facts: Function,
    /// Its parameters that hold a response or a WebSocket.
    given: Vec<(&'a str, Symbol)>,
    has_parameters: bool,
    /// The variables that it returns, of those that were looked at.
    returned: HashSet<String>,
}

struct Collector<'a> {
    reader: Reader<'a>,
    facts: Module,
    functions: Vec<Open<'a>>,
    /// The classes around the place, each with its name in full.
    classes: Vec<(&'a StmtClassDef, Arc<str>)>,
    condition: Option<&'static str>,
    /// How many loops of the function are around the place.
    loops: usize,
    is_in_a_lambda: bool,
    /// The code that sets routers up, if that is asked for.
    setups: Option<Builder>,
}

impl<'a> Collector<'a> {
    fn label(&self) -> &str {
        self.reader.labels.last().map_or("", String::as_str)
    }

    /// The name in full of what is made in this scope.
    fn full_name(&self, name: &str) -> Arc<str> {
        self.reader.key(&format!("{}{name}", self.label()))
    }

    fn own(&self, name: &Arc<str>, text: &str) -> Reference {
        Reference { key: Some((Arc::clone(&self.reader.file), Arc::clone(name))), rest: Vec::new(), text: text.into() }
    }

    fn under(&mut self, condition: &'static str, visit: impl FnOnce(&mut Self)) {
        let outer = self.condition;
        self.condition = outer.or(Some(condition));
        visit(self);
        self.condition = outer;
    }

    fn within(&mut self, scope: Scope<'a>, name: &str, visit: impl FnOnce(&mut Self)) {
        let label = format!("{}{name}.", self.label());
        self.reader.labels.push(label);
        self.reader.names.scopes.push(scope);
        visit(self);
        self.reader.names.scopes.pop();
        self.reader.labels.pop();
    }

    fn assign(&mut self, target: &Expr, value: &Expr) {
        let name = match target {
            Expr::Name(name) => name,
            Expr::Subscript(subscript) => return self.changed_keywords(&subscript.value),
            _ => return,
        };
        if self.reader.names.scopes.last().is_some_and(|scope| scope.is_outward(name.id.as_str())) {
            return self.holds_outward(name, value);
        }
        let key = self.full_name(name.id.as_str());
        let variable = match (self.condition, self.facts.variables.get(&key)) {
            (None, None) => self.variable(value),
            // The same constant once more.
            (None, Some(Variable::Text(Text::Known(known)))) if python::string(value) == Some(known) => return,
            _ => Variable::Other,
        };
        self.exception(&key, value);
        self.made_with(&key, value);
        self.holds(key, variable, value);
    }

    /// Notes the modules that are run where they are imported.
    fn imports(&mut self, stmt: &Stmt, level: u32, module: &str, names: &[&str]) {
        if self.setups.is_none() && !Tree::has_framework(module) {
            let files = self.reader.names.run_by(level, module, names);
            let place = stmt.start().to_u32();
            self.facts.imports.extend(files.into_iter().map(|file| (place, self.reader.file(file))));
        }
    }

    /// `function.__signature__ = …`: its parameters are others to FastAPI.
    fn signature(&mut self, target: &Expr) {
        if let Expr::Attribute(attribute) = target
            && attribute.attr.as_str() == "__signature__"
            && let Some(key) = self.reader.reference(&attribute.value).key.filter(|key| key.0 == self.reader.file)
            && let Some(function) = self.facts.functions.get_mut(&key.1)
        {
            function.parameters.clear();
            function.wraps = None;
            function.changed_by = Some(self.reader.written(target).into());
        }
    }

    /// A dictionary of arguments that is changed is not known.
    fn changed_keywords(&mut self, expr: &Expr) {
        if let Expr::Name(_) = expr
            && let Some(key) = self.reader.reference(expr).key.filter(|key| key.0 == self.reader.file)
            && let Some(Variable::Keywords(_)) = self.facts.variables.get(&key.1)
        {
            self.facts.variables.insert(key.1, Variable::Other);
        }
    }

    fn variable(&self, value: &Expr) -> Variable {
        if let Some(keywords) = self.reader.keywords(value) {
            return Variable::Keywords(Box::new(keywords));
        }
        if let Some(form) = self.reader.marked(value) {
            return Variable::Form(form, self.reader.class_in(value));
        }
        match value {
            Expr::Call(call) => {
                if let Some(scheme) = self.reader.scheme(call) {
                    return Variable::Scheme(scheme);
                }
                match self.reader.router(call) {
                    Some(router) => Variable::Router(router),
                    None => Variable::Thing(Thing::Made(self.reader.reference(callee(call)))),
                }
            }
            Expr::StringLiteral(_) | Expr::FString(_) | Expr::BinOp(_) => Variable::Text(self.reader.text(value)),
            Expr::NumberLiteral(_) => Variable::Code(self.reader.code(value)),
            Expr::Lambda(lambda) => Variable::Thing(Thing::Name(self.reader.lambda(lambda))),
            Expr::Name(_) | Expr::Attribute(_) => match self.reader.code(value) {
                code @ Code::Known(_) => Variable::Code(code),
                _ => Variable::Thing(Thing::Name(self.reader.reference(value))),
            },
            _ => Variable::Other,
        }
    }

    fn class(&mut self, class: &'a StmtClassDef) {
        let (name, _) = self.name_of(class.name.as_str(), class.start(), false);
        let key = self.full_name(&name);
        let handler = Handler::Class(self.own(&key, class.name.as_str()));
        let before = self.facts.routes.len();
        for decorator in &class.decorator_list {
            self.decorated(&decorator.expression, &handler, Some(class), class.name.start());
        }
        self.decorated_steps(before);
        let facts = self.reader.class(class);
        self.facts.classes.insert(Arc::clone(&key), facts);
        self.class_setup(class, &key);
        self.reset_class(class, &key);
        self.classes.push((class, Arc::clone(&key)));
        self.within(Scope::class(class), &name, |collector| {
            collector.visit_body(&class.body);
            collector.constants(class, &key);
        });
        self.classes.pop();
    }
}

impl<'a> Visitor<'a> for Collector<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::With(with) = stmt {
            self.enters(with);
            self.entered(with);
        }
        match stmt {
            Stmt::FunctionDef(function) => return self.function(function),
            Stmt::ClassDef(class) => return self.class(class),
            Stmt::Assign(assign) => {
                for (index, target) in assign.targets.iter().enumerate() {
                    // `a = b = APIRouter()` is one router.
                    let first = assign.targets.first().filter(|first| index > 0 && first.is_name_expr());
                    self.assign(target, first.unwrap_or(&assign.value));
                    self.attribute(target, &assign.value);
                    self.status_of_a_response(target, &assign.value);
                    self.assign_step(target, first.unwrap_or(&assign.value));
                    self.reset(target);
                    self.signature(target);
                }
            }
            Stmt::AnnAssign(assign) => {
                self.annotated(&assign.target, &assign.annotation);
                if let Some(value) = &assign.value {
                    self.assign(&assign.target, value);
                    self.attribute(&assign.target, value);
                    self.assign_step(&assign.target, value);
                    self.reset(&assign.target);
                }
            }
            Stmt::AugAssign(assign) => {
                self.reset(&assign.target);
                self.other_step(stmt);
            }
            Stmt::TypeAlias(alias) => {
                if let Expr::Name(name) = &*alias.name {
                    let form = self.reader.type_form(&alias.value);
                    let variable = Variable::Form(form, self.reader.class_in(&alias.value));
                    self.facts.variables.insert(self.full_name(name.id.as_str()), variable);
                }
                self.lambdas_in(|finder| finder.visit_expr(&alias.value));
                return;
            }
            Stmt::Return(stmt) => {
                let returned = stmt.value.as_deref().map(|value| self.reader.thing(value));
                if let Some(open) = self.functions.last_mut() {
                    open.facts.returns.extend(returned);
                }
                if self.setups.is_none()
                    && let Some(returned) = &stmt.value
                {
                    self.returned(returned);
                }
                self.step(|reader| Step::Return(stmt.value.as_deref().map(|value| reader.term(value))));
            }
            Stmt::Raise(raise) => {
                if self.setups.is_none()
                    && let Some(raised) = &raise.exc
                {
                    self.raise(raised);
                }
                self.other_step(stmt);
            }
            Stmt::Import(import) if self.functions.is_empty() => {
                import.names.iter().for_each(|alias| self.imports(stmt, 0, alias.name.as_str(), &[]));
            }
            Stmt::ImportFrom(import) if self.functions.is_empty() => {
                let names: Vec<&str> = import.names.iter().map(|alias| alias.name.as_str()).collect();
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                self.imports(stmt, import.level, module, &names);
            }
            Stmt::If(test) if python::is_type_checking(stmt) => {
                self.visit_expr(&test.test);
                return;
            }
            Stmt::If(test) => return self.under(CONDITION, |it| it.choice(test)),
            Stmt::Match(_) => return self.under(CONDITION, |it| it.perhaps(CONDITION, stmt)),
            Stmt::For(stmt) => {
                self.need_of_a_loop(stmt);
                self.loops += 1;
                self.under(LOOP, |it| it.each(stmt));
                self.loops -= 1;
                return;
            }
            Stmt::While(_) => {
                self.loops += 1;
                self.under(LOOP, |it| it.perhaps(LOOP, stmt));
                self.loops -= 1;
                return;
            }
            Stmt::With(with) if flow::suppresses(with) => {
                with.items.iter().for_each(|item| self.visit_expr(&item.context_expr));
                self.other_step(stmt);
                return self.under(ERROR, |it| it.perhaps(ERROR, stmt));
            }
            Stmt::Try(_) => return self.under(ERROR, |it| it.perhaps(ERROR, stmt)),
            other => self.other_step(other),
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(call) if self.is_in_a_lambda => {
                self.call(call);
                self.hands(call);
            }
            Expr::Call(call) => {
                self.method_call(call);
                self.adds_to_itself(call);
                self.reset_by_call(call);
                if let Expr::Attribute(method) = &*call.func
                    && CHANGES.contains(&method.attr.as_str())
                {
                    self.changed_keywords(&method.value);
                }
                if self.setups.is_none() {
                    self.call(call);
                    self.hands(call);
                    self.need_of_a_router(call);
                }
            }
            Expr::Attribute(attribute) => self.read(attribute),
            Expr::Yield(stmt) => {
                let yielded = stmt.value.as_deref().map(|value| self.reader.thing(value));
                if let Some(open) = self.functions.last_mut() {
                    open.facts.yields.extend(yielded);
                }
            }
            Expr::Lambda(lambda) => return self.lambda_here(lambda),
            Expr::If(_) | Expr::BoolOp(_) => return self.branches(expr),
            Expr::ListComp(list) => return self.comprehension(&list.generators, &[&list.elt]),
            Expr::SetComp(set) => return self.comprehension(&set.generators, &[&set.elt]),
            Expr::Generator(elements) => return self.comprehension(&elements.generators, &[&elements.elt]),
            Expr::DictComp(dict) => {
                let elements: Vec<&Expr> = dict.key.as_deref().into_iter().chain([&*dict.value]).collect();
                return self.comprehension(&dict.generators, &elements);
            }
            _ => {}
        }
        match expr {
            Expr::Call(call) if is_no_caller(call) => self.left_alone(call),
            other => visitor::walk_expr(self, other),
        }
    }
}

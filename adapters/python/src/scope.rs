//! The names that one scope of a file binds, and what each was bound to.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, Parameters, Pattern, Stmt, StmtClassDef, StmtFunctionDef, TypeParams};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::FxHashMap;

use crate::python;

/// What a name was bound to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// `import a.b`, which binds `a`, and `import a.b as c`: the dotted name that it stands for.
    Module(&'a str),
    /// `from .a import b`: the dots, `a` (empty for `from . import`), and `b`.
    Member {
        level: u32,
        module: &'a str,
        name: &'a str,
    },
    Class(&'a StmtClassDef),
    Function,
    /// Of a function: an `@overload`, or the setter of a property.
    Part,
    /// `name = value`.
    Assigned(&'a Expr),
    /// The name behind `except … as`.
    Caught,
    /// Anything else: a parameter, a loop's variable, a part of an unpacked tuple.
    Unknown,
}

impl Value<'_> {
    pub(crate) const fn is_import(&self) -> bool {
        matches!(self, Self::Module(_) | Self::Member { .. })
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) value: Value<'a>,
    /// From where on it holds.
    pub(crate) from: TextSize,
    /// It stands in a branch that makes up for a failed import, or for a test that failed.
    is_fallback: bool,
    /// It stands in such a branch, for an older release: that of a `try`, or of a test for a release.
    is_for_older: bool,
    /// It stands under `if TYPE_CHECKING`, and is not there when the program runs.
    pub(crate) is_for_typing: bool,
}

/// The bindings of a name, from the first one on.
#[derive(Debug, Default)]
struct Bindings<'a> {
    all: Vec<Binding<'a>>,
    /// Those without the fallbacks of an import or a name; empty if none is to be left out.
    certain: Vec<Binding<'a>>,
}

/// `from .a import *`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Star<'a> {
    pub(crate) level: u32,
    pub(crate) module: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Module,
    Class,
    /// Functions and lambdas.
    Function,
    Comprehension,
}

/// A scope. A name is its own wherever in it the name is bound, as in Python.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) kind: Kind,
    bindings: FxHashMap<&'a str, Bindings<'a>>,
    /// Names that `global` or `nonlocal` sends outwards.
    outward: Vec<&'a str>,
    pub(crate) stars: Vec<Star<'a>>,
}

impl<'a> Scope<'a> {
    fn new(kind: Kind) -> Self {
        Self { kind, bindings: FxHashMap::default(), outward: Vec::new(), stars: Vec::new() }
    }

    pub(crate) fn module(body: &'a [Stmt]) -> Self {
        let mut collector = Collector::new(Kind::Module);
        collector.visit_body(body);
        collector.scope()
    }

    pub(crate) fn class(class: &'a StmtClassDef) -> Self {
        let mut collector = Collector::new(Kind::Class);
        collector.type_params(class.type_params.as_deref());
        collector.visit_body(&class.body);
        collector.scope()
    }

    pub(crate) fn function(function: &'a StmtFunctionDef) -> Self {
        let mut collector = Collector::new(Kind::Function);
        collector.type_params(function.type_params.as_deref());
        collector.parameters(&function.parameters);
        collector.visit_body(&function.body);
        collector.scope()
    }

    pub(crate) fn lambda(parameters: Option<&'a Parameters>, body: &'a Expr) -> Self {
        let mut collector = Collector::new(Kind::Function);
        if let Some(parameters) = parameters {
            collector.parameters(parameters);
        }
        collector.visit_expr(body);
        collector.scope()
    }

    /// A comprehension; its `:=` belongs to the function around it.
    pub(crate) fn comprehension(generators: &'a [ruff_python_ast::Comprehension]) -> Self {
        let mut collector = Collector::new(Kind::Comprehension);
        for generator in generators {
            collector.target(&generator.target);
        }
        collector.scope()
    }

    pub(crate) fn is_outward(&self, name: &str) -> bool {
        self.outward.contains(&name)
    }

    /// What a name stands for at a place of this scope; with no place, what it stands for in the end.
    pub(crate) fn get(&self, name: &str, at: Option<TextSize>) -> Option<&Binding<'a>> {
        let bindings = self.bindings.get(name)?;
        let bindings = if bindings.certain.is_empty() { &bindings.all } else { &bindings.certain };
        let before = match at {
            Some(at) => bindings.partition_point(|binding| binding.from <= at),
            None => bindings.len(),
        };
        bindings.get(before.saturating_sub(1))
    }

    /// Every binding of a name.
    pub(crate) fn all(&self, name: &str) -> &[Binding<'a>] {
        self.bindings.get(name).map_or(&[], |bindings| &bindings.all)
    }

    /// Whether a name is defined more than once: which one it stands for is seen only when the program runs.
    pub(crate) fn has_several(&self, name: &str) -> bool {
        let own = self.all(name).iter().filter(|binding| !binding.is_for_typing && !binding.value.is_import());
        own.filter(|binding| !matches!(binding.value, Value::Part)).nth(1).is_some()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.bindings.keys().copied()
    }
}

struct Collector<'a> {
    scope: Scope<'a>,
    is_fallback: bool,
    is_for_older: bool,
    is_for_typing: bool,
}

impl<'a> Collector<'a> {
    fn new(kind: Kind) -> Self {
        Self { scope: Scope::new(kind), is_fallback: false, is_for_older: false, is_for_typing: false }
    }

    /// The scope, with the bindings of each name in order.
    fn scope(mut self) -> Scope<'a> {
        for Bindings { all, certain } in self.scope.bindings.values_mut() {
            all.sort_by_key(|binding| binding.from);
            // `try: from fastapi import status` with `except ImportError: status = None` is an import all the same.
            let is_left_out = |binding: &Binding<'_>| binding.is_fallback && !binding.value.is_import();
            if all.iter().any(is_left_out) && all.iter().any(|binding| binding.value.is_import()) {
                certain.extend(all.iter().filter(|binding| !is_left_out(binding)));
            }
            // `CONTENT = status.HTTP_422_UNPROCESSABLE_CONTENT`, and the old name where that is missing.
            let is_name = |binding: &Binding<'_>| matches!(binding.value, Value::Assigned(value) if python::dotted(value).is_some());
            let is_older = |binding: &Binding<'_>| binding.is_for_older;
            if all.iter().any(is_older) && !all.iter().all(is_older) && all.iter().all(is_name) {
                certain.extend(all.iter().filter(|binding| !binding.is_for_older));
            }
        }
        self.scope
    }

    fn bind(&mut self, name: &'a str, from: TextSize, value: Value<'a>) {
        let Self { is_fallback, is_for_older, is_for_typing, .. } = *self;
        let binding = Binding { value, from, is_fallback, is_for_older, is_for_typing };
        self.scope.bindings.entry(name).or_default().all.push(binding);
    }

    fn type_params(&mut self, type_params: Option<&'a TypeParams>) {
        for type_param in type_params.into_iter().flat_map(|params| params.type_params.iter()) {
            self.bind(type_param.name().as_str(), type_param.start(), Value::Unknown);
        }
    }

    fn parameters(&mut self, parameters: &'a Parameters) {
        for parameter in parameters {
            self.bind(parameter.name().as_str(), parameter.name().start(), Value::Unknown);
        }
    }

    /// Binds every name in the target of a loop, a `with`, or an unpacking.
    fn target(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), name.start(), Value::Unknown),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.target(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.target(target)),
            Expr::Starred(starred) => self.target(&starred.value),
            _ => {}
        }
    }

    fn assigned(&mut self, target: &'a Expr, value: &'a Expr) {
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), value.end(), Value::Assigned(value)),
            _ => self.target(target),
        }
    }

    fn blocks(&mut self, stmt: &'a Stmt) {
        for (block, is_fallback) in python::blocks(stmt) {
            let outer = (self.is_fallback, self.is_for_older, self.is_for_typing);
            self.is_fallback |= is_fallback;
            self.is_for_older |= is_fallback && python::is_for_releases(stmt);
            self.is_for_typing |= python::is_type_checking(stmt) && !is_fallback;
            self.visit_body(block);
            (self.is_fallback, self.is_for_older, self.is_for_typing) = outer;
        }
    }
}

impl<'a> Visitor<'a> for Collector<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => {
                let value = if python::is_part(function) { Value::Part } else { Value::Function };
                self.bind(function.name.as_str(), function.start(), value);
                function.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                for parameter in function.parameters.iter_non_variadic_params() {
                    parameter.default.iter().for_each(|default| self.visit_expr(default));
                }
            }
            Stmt::ClassDef(class) => {
                self.bind(class.name.as_str(), class.start(), Value::Class(class));
                class.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                class.arguments.iter().for_each(|arguments| self.visit_arguments(arguments));
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let module = alias.name.as_str();
                    match &alias.asname {
                        Some(name) => self.bind(name.as_str(), alias.start(), Value::Module(module)),
                        None => {
                            let top = module.split('.').next().unwrap_or(module);
                            self.bind(top, alias.start(), Value::Module(top));
                        }
                    }
                }
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                for alias in &import.names {
                    let name = alias.name.as_str();
                    if name == "*" {
                        self.scope.stars.push(Star { level: import.level, module });
                    } else {
                        let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                        self.bind(bound, alias.start(), Value::Member { level: import.level, module, name });
                    }
                }
            }
            Stmt::Global(stmt) => self.scope.outward.extend(stmt.names.iter().map(ruff_python_ast::Identifier::as_str)),
            Stmt::Nonlocal(stmt) => {
                self.scope.outward.extend(stmt.names.iter().map(ruff_python_ast::Identifier::as_str));
            }
            Stmt::Assign(assign) => {
                self.visit_expr(&assign.value);
                assign.targets.iter().for_each(|target| self.assigned(target, &assign.value));
            }
            Stmt::AnnAssign(assign) => match &assign.value {
                Some(value) => {
                    self.visit_expr(value);
                    self.assigned(&assign.target, value);
                }
                None => self.target(&assign.target),
            },
            Stmt::AugAssign(assign) => {
                self.visit_expr(&assign.value);
                self.target(&assign.target);
            }
            Stmt::TypeAlias(alias) => self.target(&alias.name),
            // From here on the name stands for nothing.
            Stmt::Delete(stmt) => stmt.targets.iter().for_each(|target| self.target(target)),
            Stmt::For(stmt) => {
                self.visit_expr(&stmt.iter);
                self.target(&stmt.target);
            }
            Stmt::While(stmt) => self.visit_expr(&stmt.test),
            Stmt::If(stmt) => {
                self.visit_expr(&stmt.test);
                let tests = stmt.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
                tests.for_each(|test| self.visit_expr(test));
            }
            Stmt::With(stmt) => {
                for item in &stmt.items {
                    self.visit_expr(&item.context_expr);
                    item.optional_vars.iter().for_each(|target| self.target(target));
                }
            }
            Stmt::Match(stmt) => {
                self.visit_expr(&stmt.subject);
                for case in &stmt.cases {
                    self.visit_pattern(&case.pattern);
                    case.guard.iter().for_each(|guard| self.visit_expr(guard));
                }
            }
            Stmt::Try(stmt) => {
                for ExceptHandler::ExceptHandler(handler) in &stmt.handlers {
                    if let Some(name) = &handler.name {
                        self.bind(name.as_str(), name.start(), Value::Caught);
                    }
                }
            }
            _ => visitor::walk_stmt(self, stmt),
        }
        self.blocks(stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Named(named) => {
                self.assigned(&named.target, &named.value);
                self.visit_expr(&named.value);
            }
            Expr::Lambda(_) => {}
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(pattern) => pattern.name.as_ref(),
            Pattern::MatchStar(pattern) => pattern.name.as_ref(),
            Pattern::MatchMapping(pattern) => pattern.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name.as_str(), name.start(), Value::Unknown);
        }
        visitor::walk_pattern(self, pattern);
    }
}

//! What the `__init__` of a class of routers hands on to that of the class above.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::{CHANGES, Collector};
use crate::python;
use crate::routes::facts::{Arguments, Init, Taken};
use crate::symbol::Symbol;

impl<'a> Collector<'a> {
    /// The parameters of such an `__init__`, as they are read around it.
    pub(super) fn taken(&self, function: &StmtFunctionDef) -> Option<Vec<Taken>> {
        let (class, name) = self.classes.last().filter(|_| self.setups.is_none())?;
        let is_init = function.name.as_str() == "__init__" && self.label().strip_suffix('.') == Some(&**name);
        let is_of_a_router = |(symbol, _)| matches!(symbol, Symbol::App | Symbol::Router);
        if !is_init || !self.reader.names.parent(class).is_some_and(is_of_a_router) {
            return None;
        }
        let parameters = function.parameters.iter_non_variadic_params().skip(1).map(|parameter| {
            let name = parameter.name().as_str();
            Taken {
                name: name.into(),
                key: self.full_name(&format!("__init__.{name}")),
                default: parameter.default().map(|default| self.reader.argument(default)),
                is_keyword_only: function.parameters.kwonlyargs.iter().any(|only| only.name().as_str() == name),
                is_changed: false,
            }
        });
        Some(parameters.collect())
    }

    /// Notes what it hands on, if that can be told.
    pub(super) fn init(&mut self, function: &'a StmtFunctionDef, taken: Option<Vec<Taken>>) {
        let init = taken.and_then(|taken| self.init_with(function, taken));
        if let Some(open) = self.functions.last_mut() {
            open.facts.init = init.map(Box::new);
        }
    }

    fn init_with(&self, function: &StmtFunctionDef, mut parameters: Vec<Taken>) -> Option<Init> {
        let call = only_super_init(function)?;
        let rest = function.parameters.kwarg.as_deref().map(|rest| rest.name.as_str());
        if rest.is_some_and(|rest| !python::keeps_rest(function, rest)) {
            return None;
        }
        let is_bound_again =
            |name: &str| self.reader.names.scopes.last().is_some_and(|scope| scope.all(name).len() > 1);
        for parameter in &mut parameters {
            parameter.is_changed = is_bound_again(&parameter.name) || is_changed(function, &parameter.name);
        }
        let list = function.parameters.vararg.as_deref().map(|list| list.name.as_str());
        let is_list = |argument: &Expr| match argument {
            Expr::Starred(starred) => starred.value.as_name_expr().map(|name| name.id.as_str()) == list,
            _ => false,
        };
        let is_rest = |value: &Expr| value.as_name_expr().is_some_and(|name| Some(name.id.as_str()) == rest);
        let is_handed = |keyword: &ruff_python_ast::Keyword| keyword.arg.is_none() && is_rest(&keyword.value);
        let handed = self.reader.arguments(call);
        let more = call.arguments.keywords.iter().filter(|keyword| keyword.arg.is_none());
        let more = handed.more.into_iter().zip(more).filter(|(_, keyword)| !is_handed(keyword)).map(|(more, _)| more);
        let mut starred = call.arguments.args.iter().filter(|argument| argument.is_starred_expr());
        Some(Init {
            parameters,
            hands_on_list: list.is_some() && call.arguments.args.iter().any(is_list),
            hands_on_keywords: call.arguments.keywords.iter().any(is_handed),
            handed: Arguments {
                more: more.collect(),
                has_more_in_list: starred.any(|argument| list.is_none() || !is_list(argument)),
                ..handed
            },
        })
    }
}

/// `super().__init__(…)`, if a function calls it once and for certain, and sets nothing by itself that tells.
fn only_super_init(function: &StmtFunctionDef) -> Option<&ExprCall> {
    let me = function.parameters.iter_non_variadic_params().next()?.name().as_str();
    let mut deeds = Deeds { me, inits: 0, is_odd: false };
    deeds.visit_body(&function.body);
    if deeds.inits != 1 || deeds.is_odd {
        return None;
    }
    let mut calls = function.body.iter().filter_map(Stmt::as_expr_stmt).filter_map(|stmt| stmt.value.as_call_expr());
    calls.find(|call| python::is_super_init(&call.func))
}

/// What an `__init__` does.
struct Deeds<'a> {
    /// `self`
    me: &'a str,
    /// How often it calls an `__init__`.
    inits: usize,
    /// It has to do with what the `__init__` above sets.
    is_odd: bool,
}

impl<'a> Visitor<'a> for Deeds<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(call) => self.inits += usize::from(python::last_name(&call.func) == Some("__init__")),
            Expr::Attribute(attribute) => {
                let is_own = attribute.value.as_name_expr().is_some_and(|name| name.id.as_str() == self.me);
                self.is_odd |= is_own && python::TELLING.contains(&attribute.attr.as_str());
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

/// Whether a function changes in place what a parameter holds, or gives it another name.
fn is_changed(function: &StmtFunctionDef, name: &str) -> bool {
    let mut changes = Changes { name, is_changed: false };
    changes.visit_body(&function.body);
    changes.is_changed
}

struct Changes<'a> {
    name: &'a str,
    is_changed: bool,
}

impl Changes<'_> {
    fn is_it(&self, expr: &Expr) -> bool {
        expr.as_name_expr().is_some_and(|name| name.id.as_str() == self.name)
    }
}

impl<'a> Visitor<'a> for Changes<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::Assign(assign) = stmt {
            self.is_changed |= self.is_it(&assign.value) && assign.targets.iter().any(Expr::is_name_expr);
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.is_changed |= match expr {
            Expr::Attribute(method) => CHANGES.contains(&method.attr.as_str()) && self.is_it(&method.value),
            Expr::Subscript(part) => !part.ctx.is_load() && self.is_it(&part.value),
            _ => false,
        };
        visitor::walk_expr(self, expr);
    }
}

//! What code changes elsewhere: the attributes of classes, the variables of other modules; and when functions run.

use std::sync::Arc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtClassDef, StmtFor, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::Collector;
use crate::python;
use crate::routes::facts::{ANY, Key, Reference};
use crate::routes::steps::{Call, Step, Term};
use crate::routes::values::callee;

/// Decorators and metaclasses that leave the variables of a class as they are.
const KEEPERS: [&str; 13] = [
    "ABCMeta",
    "attributes",
    "attrs",
    "dataclass",
    "define",
    "deprecated",
    "final",
    "frozen",
    "mutable",
    "runtime_checkable",
    "s",
    "total_ordering",
    "unique",
];

impl<'a> Collector<'a> {
    /// Notes an attribute that is set on a class, or a variable that is set in another module.
    pub(super) fn reset(&mut self, target: &Expr) {
        match target {
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.reset(target)),
            Expr::Attribute(attribute) => {
                if is_like_a_class(&attribute.value) || self.reader.names.may_be_a_class(&attribute.value) {
                    self.facts.resets.insert(attribute.attr.as_str().into());
                }
                let reference = self.reader.reference(target);
                let is_outside = |key: &Key| key.0 != self.reader.file;
                if let Some(key) = reference.key.filter(|key| reference.rest.is_empty() && is_outside(key)) {
                    self.facts.outside.insert(key);
                }
            }
            _ => {}
        }
    }

    /// Likewise by `setattr(…)`.
    pub(super) fn reset_by_call(&mut self, call: &ExprCall) {
        if let Some("setattr" | "__setattr__") = python::last_name(&call.func)
            && call.arguments.args.first().is_some_and(is_like_a_class)
        {
            let name = match call.arguments.args.get(1) {
                Some(Expr::StringLiteral(name)) => name.value.to_str(),
                _ => ANY,
            };
            self.facts.resets.insert(name.into());
        }
    }

    /// Notes a class that a decorator or a metaclass of the tree may change.
    pub(super) fn reset_class(&mut self, class: &StmtClassDef, key: &Arc<str>) {
        let decorators = class.decorator_list.iter().map(|decorator| &decorator.expression);
        let decorators = decorators.map(|decorator| match decorator {
            Expr::Call(call) => callee(call),
            other => other,
        });
        let keywords = class.arguments.iter().flat_map(|arguments| &arguments.keywords);
        let mut all = decorators.chain(keywords.map(|keyword| &keyword.value));
        let is_known = |expr: &Expr| python::last_name(expr).is_some_and(|name| KEEPERS.contains(&name));
        // What a member is as a text is not always its value.
        let is_enum = class.bases().iter().any(|base| python::last_name(base) == Some("Enum"));
        if is_enum || all.any(|expr| !is_known(expr) && self.reader.reference(expr).key.is_some()) {
            self.facts.resets.insert(Arc::clone(key));
        }
    }

    /// The decorators that may do anything to a function: they are called with it.
    pub(super) fn decorator_steps(&mut self, function: &StmtFunctionDef, reference: &Reference) {
        if self.reader.changing_decorator(function).is_none() {
            return;
        }
        for decorator in function.decorator_list.iter().rev() {
            self.step(|reader| {
                Step::Do(Term::Call(Box::new(Call {
                    callee: reader.term(&decorator.expression),
                    arguments: vec![Term::Name(reference.clone())],
                    keywords: Vec::new(),
                    has_more: false,
                    offset: decorator.start().to_u32(),
                })))
            });
        }
    }

    /// Notes that a loop has to be run which hands an app or a router to what it loops over.
    pub(super) fn need_of_a_loop(&mut self, stmt: &StmtFor) {
        if self.setups.is_some() || !matches!(&*stmt.iter, Expr::Name(_) | Expr::Tuple(_) | Expr::List(_)) {
            return;
        }
        let mut finder = HandOver { target: &stmt.target, is_found: false };
        finder.visit_body(&stmt.body);
        if finder.is_found {
            let key = self.functions.last().map_or_else(|| "".into(), |open| Arc::clone(&open.key));
            self.facts.needs.insert(key);
        }
    }
}

/// Whether an expression may be a class, by its name.
fn is_like_a_class(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => python::last_name(&call.func) == Some("type"),
        _ => python::last_name(expr).is_some_and(|name| {
            let first = name.trim_start_matches('_').chars().next();
            matches!(name, "cls" | "klass" | "__class__") || first.is_some_and(char::is_uppercase)
        }),
    }
}

/// Whether a call of a function does not run it: it has a `yield`.
pub(super) fn is_generator(function: &StmtFunctionDef) -> bool {
    let mut finder = Finder(false);
    finder.visit_body(&function.body);
    finder.0
}

struct Finder(bool);

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if !matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            visitor::walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Yield(_) | Expr::YieldFrom(_) => self.0 = true,
            Expr::Lambda(_) => {}
            _ => visitor::walk_expr(self, expr),
        }
    }
}

/// Looks for calls of the variable of a loop, or of its methods, that are given an app or a router.
struct HandOver<'a> {
    target: &'a Expr,
    is_found: bool,
}

impl<'a> Visitor<'a> for HandOver<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Call(call) = expr {
            let called = match &*call.func {
                Expr::Attribute(method) => &method.value,
                func => func,
            };
            let is_it = matches!((called, self.target), (Expr::Name(one), Expr::Name(other)) if one.id == other.id);
            self.is_found |= is_it && call.arguments.args.iter().any(is_like_an_app);
            self.is_found |= is_it && call.arguments.keywords.iter().any(|keyword| is_like_an_app(&keyword.value));
        }
        visitor::walk_expr(self, expr);
    }
}

fn is_like_an_app(expr: &Expr) -> bool {
    python::last_name(expr).is_some_and(|name| {
        let last = name.rsplit('_').next().unwrap_or_default();
        matches!(last, "api" | "app" | "application" | "router")
    })
}

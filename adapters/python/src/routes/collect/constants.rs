//! The attributes of the classes of exceptions: one of them may be the status.

use std::sync::Arc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt, StmtClassDef};

use super::Collector;
use crate::python;
use crate::routes::facts::{ANY, Code, Way};

impl<'a> Collector<'a> {
    /// Notes what they hold, in the scope of the class: all that is assigned more than once, or under a condition, is not
    /// known.
    pub(super) fn constants(&mut self, class: &'a StmtClassDef, key: &Arc<str>) {
        let Some(scope) = self.reader.names.scopes.last().filter(|_| self.setups.is_none()) else {
            return;
        };
        let Some(facts) = self.facts.classes.get_mut(key).filter(|facts| facts.way == Some(Way::Raise)) else {
            return;
        };
        for name in scope.names() {
            let value = class.body.iter().find_map(|stmt| assigned(stmt, name)).filter(|_| scope.all(name).len() == 1);
            let code = value.map_or_else(|| Code::Unknown(name.to_owned()), |value| self.reader.code(value));
            facts.constants.push((name.into(), Some(code)));
        }
        let mut changes = Changes { names: Vec::new(), in_init_of: None };
        for stmt in &class.body {
            let init = stmt.as_function_def_stmt().filter(|method| method.name.as_str() == "__init__");
            let me = init.and_then(|init| init.parameters.iter_non_variadic_params().next());
            changes.in_init_of = me.map(|me| me.name().as_str());
            changes.visit_stmt(stmt);
        }
        facts.constants.extend(changes.names.into_iter().map(|name| (name.into(), None)));
    }
}

/// What a statement assigns to a name.
fn assigned<'a>(stmt: &'a Stmt, name: &str) -> Option<&'a Expr> {
    let is_it = |target: &Expr| target.as_name_expr().is_some_and(|target| target.id.as_str() == name);
    match stmt {
        Stmt::Assign(assign) if assign.targets.iter().any(is_it) => Some(&assign.value),
        Stmt::AnnAssign(assign) if is_it(&assign.target) => assign.value.as_deref(),
        _ => None,
    }
}

/// The attributes that methods set, of whatever.
struct Changes<'a> {
    names: Vec<&'a str>,
    /// The name of `self` in `__init__`: what that does to `self.status_code` shows in what it hands on.
    in_init_of: Option<&'a str>,
}

impl<'a> Visitor<'a> for Changes<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Attribute(attribute) => match attribute.attr.as_str() {
                "__dict__" => self.names.push(ANY),
                // Once more than when it is made.
                "__init__" if self.in_init_of.is_none() => self.names.push("__init__"),
                "status_code"
                    if self.in_init_of.is_some() && python::last_name(&attribute.value) == self.in_init_of => {}
                name if !attribute.ctx.is_load() => self.names.push(name),
                _ => {}
            },
            Expr::Call(call) => match python::last_name(&call.func) {
                Some("setattr") => self.names.push(call.arguments.args.get(1).and_then(python::string).unwrap_or(ANY)),
                Some("__setattr__" | "vars") => self.names.push(ANY),
                _ => {}
            },
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

//! The functions and classes of the tree that a function hands to what it calls.

use std::sync::Arc;

use ruff_python_ast::{Expr, ExprCall, StmtFunctionDef, StmtWith};
use ruff_text_size::Ranged;

use super::Collector;
use crate::routes::facts::Reference;
use crate::routes::handed::handed;
use crate::routes::parameters::changing_decorators;
use crate::routes::values::callee;
use crate::scope::Value;

impl Collector<'_> {
    /// `run_in_threadpool(find, id)`: `find` is called, too.
    pub(super) fn hands(&mut self, call: &ExprCall) {
        if self.functions.is_empty() {
            return;
        }
        for name in handed(call) {
            if !self.may_be_called(name) {
                continue;
            }
            let what = Reference { text: Box::default(), ..self.callee(name) };
            if let Some(open) = self.functions.last_mut().filter(|_| what.key.is_some()) {
                open.facts.handed.push(what);
            }
        }
    }

    /// `with Guard():`, which calls two methods of what it is given.
    pub(super) fn enters(&mut self, with: &StmtWith) {
        if self.setups.is_some() {
            return;
        }
        let methods = if with.is_async { ["__aenter__", "__aexit__"] } else { ["__enter__", "__exit__"] };
        for item in &with.items {
            let context = self.callee(&item.context_expr);
            let Some(open) = self.functions.last_mut().filter(|_| context.key.is_some()) else {
                continue;
            };
            for name in methods {
                let mut method = Reference { text: Box::default(), ..context.clone() };
                method.rest.push(name.into());
                open.facts.handed.push(method);
            }
        }
    }

    /// The decorators of the tree that a function is called through.
    pub(super) fn decorators(&self, function: &StmtFunctionDef) -> Vec<Reference> {
        let name = |decorator: &Expr| self.reader.reference(decorator.as_call_expr().map_or(decorator, callee));
        changing_decorators(function).map(name).filter(|decorator| decorator.key.is_some()).collect()
    }

    /// What they are handed.
    pub(super) fn handed_to_decorators(&self, function: &StmtFunctionDef) -> Vec<Reference> {
        let calls = changing_decorators(function).filter_map(Expr::as_call_expr);
        calls.flat_map(|call| self.reader.handed(call)).collect()
    }

    /// Notes what a variable outside functions is made with: `allowed = Allowed([Owner])`, `find = partial(get, 1)`.
    pub(super) fn made_with(&mut self, variable: &Arc<str>, value: &Expr) {
        let call = value.as_call_expr().filter(|_| self.functions.is_empty() && self.setups.is_none());
        let Some(call) = call.filter(|call| self.reader.router(call).is_none()) else {
            return;
        };
        let handed = self.reader.handed(call);
        if !handed.is_empty() {
            self.facts.made_with.entry(Arc::clone(variable)).or_default().extend(handed);
        }
    }

    /// Whether a name may be that of a function or a class: what a parameter or a call has given is another matter.
    fn may_be_called(&self, name: &Expr) -> bool {
        let Expr::Name(name) = name else {
            return name.is_attribute_expr();
        };
        match self.reader.names.place_of(name.id.as_str(), name.start()).map(|(depth, binding)| (depth, binding.value))
        {
            Some((depth, Value::Assigned(value))) => depth == 0 || value.is_name_expr() || value.is_attribute_expr(),
            Some((_, value)) => !matches!(value, Value::Module(_) | Value::Caught | Value::Unknown),
            None => true,
        }
    }
}

//! What attributes, parameters and variables may hold: the class of it tells which methods are called by way of them.

use std::sync::Arc;

use ruff_python_ast::{Expr, ExprAttribute, ExprName, StmtWith};
use ruff_text_size::Ranged;

use super::Collector;
use crate::routes::facts::{Dependency, Form, Parameter, Reference, Thing, Variable};
use crate::routes::values::callee;

/// How many values are kept of one attribute or variable: one more than are told apart.
const MAX_VALUES: usize = 33;

impl Collector<'_> {
    /// Notes what a variable holds; of one that is assigned more than once, or under a condition, all that it may hold.
    pub(super) fn holds(&mut self, key: Arc<str>, variable: Variable, value: &Expr) {
        let is_other = matches!(variable, Variable::Other);
        let before = self.facts.variables.insert(Arc::clone(&key), variable);
        if is_other {
            let before = match before {
                Some(Variable::Thing(thing)) => known(thing),
                _ => None,
            };
            let values = self.values(value).into_iter().chain([before]).filter(Option::is_some);
            self.may_hold(key, values.collect(), None);
        }
    }

    /// Notes what is assigned to `self.name` or `cls.name`.
    pub(super) fn attribute(&mut self, target: &Expr, value: &Expr) {
        if let Some(key) = self.own_attribute(target) {
            self.may_hold(key, self.values(value), None);
        }
    }

    /// Notes the class that a variable, or such an attribute, is annotated with.
    pub(super) fn annotated(&mut self, target: &Expr, annotation: &Expr) {
        let key = match target {
            Expr::Name(name) => Some(self.full_name(name.id.as_str())),
            target => self.own_attribute(target),
        };
        if let Some(key) = key {
            self.may_hold(key, Vec::new(), self.reader.class_in(annotation));
        }
    }

    fn own_attribute(&self, target: &Expr) -> Option<Arc<str>> {
        let attribute = target.as_attribute_expr()?;
        let owner = attribute.value.as_name_expr().filter(|owner| matches!(owner.id.as_str(), "self" | "cls"));
        let (_, class) = self.classes.last().filter(|_| owner.is_some())?;
        Some(self.reader.key(&format!("{class}.{}", attribute.attr)))
    }

    /// Notes what a function sets of a variable around it: `global store`.
    pub(super) fn holds_outward(&mut self, name: &ExprName, value: &Expr) {
        if let Some((depth, _)) = self.reader.names.place_of(name.id.as_str(), name.start()) {
            let key = self.reader.key(&format!("{}{}", self.reader.labels[depth], name.id));
            self.facts.exceptions.remove(&key);
            if let Some(known @ (Variable::Code(_) | Variable::Text(_))) = self.facts.variables.get_mut(&key) {
                *known = Variable::Other;
            }
            self.may_hold(key, self.values(value), None);
        }
    }

    /// Notes that a method, or what stands in it, reads an attribute of its instance.
    pub(super) fn read(&mut self, attribute: &ExprAttribute) {
        if !attribute.ctx.is_load() || !is_self(&attribute.value) {
            return;
        }
        let method = self.functions.iter().rev().find(|open| open.facts.class.is_some());
        let own = method.map(|method| format!("{}.self", method.key));
        let me = self.reader.reference(&attribute.value).key.filter(|me| Some(&*me.1) == own.as_deref());
        if let Some(open) = self.functions.last_mut().filter(|_| me.is_some()) {
            open.facts.reads.push(attribute.attr.as_str().into());
        }
    }

    fn may_hold(&mut self, key: Arc<str>, values: Vec<Option<Thing>>, class: Option<Reference>) {
        if values.is_empty() && class.is_none() {
            return;
        }
        let holder = self.facts.holders.entry(key).or_default();
        for value in values {
            let is_new = value.is_some() || !holder.values.iter().any(Option::is_none);
            if is_new && holder.values.len() < MAX_VALUES {
                holder.values.push(value);
            }
        }
        holder.class = holder.class.take().or(class);
    }

    /// What an expression may be.
    fn values(&self, value: &Expr) -> Vec<Option<Thing>> {
        match value {
            Expr::If(choice) => [&choice.body, &choice.orelse].iter().flat_map(|value| self.values(value)).collect(),
            Expr::BoolOp(choice) => choice.values.iter().flat_map(|value| self.values(value)).collect(),
            Expr::Await(wait) => self.values(&wait.value),
            Expr::Call(call) => vec![known(Thing::Made(self.callee(callee(call))))],
            _ => vec![self.reader.thing(value).and_then(known)],
        }
    }

    /// Notes what FastAPI gives a parameter by a `Depends(…)`; that counts before the class that it is annotated with.
    pub(super) fn depended(&mut self, function: &str, parameter: &Parameter) {
        if let Form::Depends(depends) = &parameter.form
            && let Dependency::Thing(Thing::Name(made)) = &depends.on
        {
            let key = self.reader.key(&format!("{function}.{}", parameter.name));
            self.may_hold(key, vec![Some(Thing::Made(made.clone()))], None);
        }
    }

    /// `with expression as name`: what `__enter__` returns.
    pub(super) fn entered(&mut self, with: &StmtWith) {
        let enter = if with.is_async { "__aenter__" } else { "__enter__" };
        for item in &with.items {
            if let Some(Expr::Name(name)) = item.optional_vars.as_deref() {
                let mut entered = self.callee(&item.context_expr);
                entered.rest.push(enter.into());
                let key = self.full_name(name.id.as_str());
                let values = known(Thing::Made(entered)).into_iter().map(Some);
                self.may_hold(key, values.collect(), None);
            }
        }
    }
}

/// What leads somewhere.
fn known(thing: Thing) -> Option<Thing> {
    let (Thing::Name(name) | Thing::Made(name) | Thing::Of(name)) = &thing;
    name.key.is_some().then_some(thing)
}

fn is_self(expr: &Expr) -> bool {
    expr.as_name_expr().is_some_and(|name| name.id.as_str() == "self")
}

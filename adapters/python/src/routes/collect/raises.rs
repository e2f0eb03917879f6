//! What is raised, or may be raised by who is given it.

use std::collections::HashSet;
use std::sync::Arc;

use ruff_python_ast::{Expr, ExprCall, ExprName};
use ruff_text_size::Ranged;

use super::Collector;
use crate::python;
use crate::routes::facts::{CALL, Call, Exception, Reference, Way};
use crate::routes::parameters::way;
use crate::routes::values::callee;
use crate::scope::{Kind, Value};

impl Collector<'_> {
    /// Notes the exception that a variable holds; one that is assigned more than once holds what is not known.
    pub(super) fn exception(&mut self, variable: &Arc<str>, value: &Expr) {
        let is_first = self.condition.is_none() && !self.facts.variables.contains_key(variable);
        match value.as_call_expr().filter(|_| is_first).and_then(|call| self.made_by(call)) {
            Some(exception) => self.facts.exceptions.insert(Arc::clone(variable), exception),
            None => self.facts.exceptions.remove(variable),
        };
    }

    fn made_by(&self, call: &ExprCall) -> Option<Exception> {
        let class = callee(call);
        let line = self.reader.line(call.start());
        match self.reader.made(class).map(|(symbol, has_init)| (way(&symbol), symbol, has_init)) {
            Some((Some(way @ (Way::Raise | Way::Close)), symbol, has_init)) => {
                let given = has_init.then(|| Box::new(self.reader.arguments(call)));
                let made = || Some(Box::new(self.code_made(call, &symbol)));
                let code = if has_init { self.code_by_name(call) } else { made() };
                Some(Exception::Answer(way, Call { callee: self.reader.reference(class), code, given, line }))
            }
            Some(_) => None,
            None => self.is_from_elsewhere(class).then_some(Exception::Stranger),
        }
    }

    /// Whether an expression names a class of none of the modules that are known, or a method of such a class.
    fn is_from_elsewhere(&self, class: &Expr) -> bool {
        let is_such = |class: &Expr| python::is_exception_class(&self.reader.written(class));
        let is_method = |class: &Expr| class.as_attribute_expr().is_some_and(|method| is_such(&method.value));
        self.reader.reference(class).key.is_none() && (is_such(class) || is_method(class))
    }

    /// `raise NotFound`, which is `raise NotFound()`, and `raise error`. What a call makes is noted where that stands, if
    /// it is known what that is.
    pub(super) fn raise(&mut self, raised: &Expr) {
        let found = self.raised(raised);
        if let Some(open) = self.functions.last_mut() {
            open.facts.raises.extend(found);
        }
    }

    /// `return NotFound`, for who raises what the function returns.
    pub(super) fn returned(&mut self, returned: &Expr) {
        if let Expr::Name(name) = returned
            && let Some(open) = self.functions.last_mut()
            && !open.returned.insert(name.id.to_string())
        {
            // Once is all that it may hold.
            return;
        }
        let found = self.raised(returned);
        if let Some(open) = self.functions.last_mut() {
            open.facts.returned.extend(found);
        }
    }

    /// What an expression leads to where it is raised, but for what has its own place.
    fn raised(&self, raised: &Expr) -> Vec<(Reference, usize)> {
        let mut found = Found { line: self.reader.line(raised.start()), names: Vec::new(), seen: HashSet::new() };
        self.raise_value(raised, &mut found);
        let Found { line, names, .. } = found;
        names.into_iter().map(|name| (name, line)).collect()
    }

    fn raise_value(&self, raised: &Expr, found: &mut Found) {
        match raised {
            Expr::If(choice) => {
                self.raise_value(&choice.body, found);
                self.raise_value(&choice.orelse, found);
            }
            Expr::BoolOp(choice) => choice.values.iter().for_each(|value| self.raise_value(value, found)),
            Expr::Await(awaited) => self.raise_value(&awaited.value, found),
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(method) if method.attr.as_str() == "with_traceback" => {
                    self.raise_value(&method.value, found);
                }
                _ => self.raise_made(call, found),
            },
            // Who made it has noted it.
            Expr::Name(name) if name.id.as_str() == "self" => {}
            Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => self.raise_name(raised, found),
            _ => {}
        }
    }

    fn raise_name(&self, raised: &Expr, found: &mut Found) {
        match self.reader.made(raised) {
            Some(_) => found.names.push(self.reference_to(raised)),
            None if self.is_of_what_was_caught(raised) || self.reader.names.symbol(raised).is_some() => {}
            None => match raised {
                Expr::Name(name) => self.raise_variable(name, raised, found),
                _ => found.names.push(self.reference_to(raised)),
            },
        }
    }

    /// `error`, `error.__cause__` and `type(error)` in `except … as error`: what was raised before is noted where that was.
    pub(super) fn is_of_what_was_caught(&self, mut expr: &Expr) -> bool {
        loop {
            expr = match expr {
                Expr::Attribute(attribute) => &attribute.value,
                Expr::Subscript(subscript) => &subscript.value,
                Expr::Call(call) => match (python::last_name(&call.func), &*call.arguments.args) {
                    (Some("type"), [of]) => of,
                    _ => &call.func,
                },
                Expr::Name(name) => {
                    let binding = self.reader.names.binding(name.id.as_str(), name.start());
                    return matches!(binding.map(|binding| binding.value), Some(Value::Caught));
                }
                _ => return false,
            }
        }
    }

    /// A variable of the function holds one of all that is assigned to it there.
    fn raise_variable(&self, name: &ExprName, raised: &Expr, found: &mut Found) {
        let scopes = &self.reader.names.scopes;
        let innermost = scopes.iter().rposition(|scope| scope.kind == Kind::Function);
        let own = self.reader.names.place_of(name.id.as_str(), name.start()).map(|(depth, _)| depth);
        let Some(scope) = own.filter(|_| own == innermost).and_then(|depth| scopes.get(depth)) else {
            return found.names.push(self.reference_to(raised));
        };
        // `error = error or NotFound()` holds nothing more than what was assigned before.
        if !found.seen.insert(name.id.to_string()) {
            return;
        }
        let mut is_known = true;
        for binding in scope.all(name.id.as_str()) {
            match binding.value {
                Value::Assigned(Expr::NoneLiteral(_)) | Value::Caught => {}
                Value::Class(_) | Value::Function | Value::Part => {}
                Value::Assigned(Expr::Call(call)) => self.raise_made(call, found),
                Value::Assigned(value @ (Expr::If(_) | Expr::BoolOp(_) | Expr::Name(_) | Expr::Attribute(_))) => {
                    self.raise_value(value, found);
                }
                Value::Assigned(value) => found.names.push(self.reference_to(value)),
                Value::Module(_) | Value::Member { .. } | Value::Unknown => is_known = false,
            }
        }
        if !is_known {
            found.names.push(self.reference_to(raised));
        }
    }

    /// The call that made it has its own place, if it is known what it makes.
    fn raise_made(&self, call: &ExprCall, found: &mut Found) {
        let class = callee(call);
        if self.reader.made(class).is_some()
            || self.is_from_elsewhere(class)
            || self.is_of_what_was_caught(class)
            || self.way_of_own_class(class).is_some()
        {
            return;
        }
        let mut made = self.reference_to(&call.func);
        made.rest.push(CALL.into());
        found.names.push(made);
    }

    /// What an expression leads to, with the Python that is shown where that is not known.
    fn reference_to(&self, expr: &Expr) -> Reference {
        Reference { text: self.reader.written(expr).into(), ..self.callee(expr) }
    }
}

/// What is found behind `raise`.
struct Found {
    line: usize,
    names: Vec<Reference>,
    /// The variables that were followed on the way.
    seen: HashSet<String>,
}

//! What is raised by its name, with no call.

use std::sync::Arc;

use ruff_python_ast::{Expr, ExprCall, ExprName};
use ruff_text_size::Ranged;

use super::Collector;
use crate::python;
use crate::routes::facts::{CALL, Call, Code, Exception, Reference, Way};
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
        let line = self.reader.line(raised.start());
        self.raise_value(raised, line, &mut Vec::new());
    }

    /// `seen` are the variables that were followed on the way.
    fn raise_value(&mut self, raised: &Expr, line: usize, seen: &mut Vec<String>) {
        match raised {
            Expr::If(choice) => {
                self.raise_value(&choice.body, line, seen);
                self.raise_value(&choice.orelse, line, seen);
            }
            Expr::BoolOp(choice) => choice.values.iter().for_each(|value| self.raise_value(value, line, seen)),
            Expr::Await(awaited) => self.raise_value(&awaited.value, line, seen),
            Expr::Call(call) => match &*call.func {
                Expr::Attribute(method) if method.attr.as_str() == "with_traceback" => {
                    self.raise_value(&method.value, line, seen);
                }
                _ => self.raise_made(call, line),
            },
            Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => self.raise_name(raised, line, seen),
            _ => {}
        }
    }

    fn raise_name(&mut self, raised: &Expr, line: usize, seen: &mut Vec<String>) {
        match self.reader.made(raised) {
            Some((symbol, false)) => {
                if let Some(way @ (Way::Raise | Way::Close)) = way(&symbol) {
                    self.answer(way, Code::Unknown(self.reader.written(raised)), line);
                }
            }
            Some((_, true)) => self.calls(raised, None, Some(Box::default()), line),
            None if self.is_of_what_was_caught(raised) || self.reader.names.symbol(raised).is_some() => {}
            None => match raised {
                Expr::Name(name) => self.raise_variable(name, raised, line, seen),
                Expr::Subscript(_) => self.raise_unknown(raised, line),
                _ => self.raise_reference(raised, line),
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
    fn raise_variable(&mut self, name: &ExprName, raised: &Expr, line: usize, seen: &mut Vec<String>) {
        let scopes = &self.reader.names.scopes;
        let innermost = scopes.iter().rposition(|scope| scope.kind == Kind::Function);
        let own = self.reader.names.place_of(name.id.as_str(), name.start()).map(|(depth, _)| depth);
        let Some(scope) = own.filter(|_| own == innermost).and_then(|depth| scopes.get(depth)) else {
            return self.raise_reference(raised, line);
        };
        // `error = error or NotFound()` holds nothing more than what was assigned before.
        if seen.iter().any(|name_seen| name_seen == name.id.as_str()) {
            return;
        }
        seen.push(name.id.to_string());
        let values: Vec<Value<'_>> = scope.all(name.id.as_str()).iter().map(|binding| binding.value).collect();
        let mut is_known = true;
        for value in values {
            match value {
                Value::Assigned(Expr::NoneLiteral(_)) | Value::Caught => {}
                Value::Class(_) | Value::Function | Value::Part => {}
                Value::Assigned(Expr::Call(call)) => self.raise_made(call, line),
                Value::Assigned(value @ (Expr::If(_) | Expr::BoolOp(_) | Expr::Name(_) | Expr::Attribute(_))) => {
                    self.raise_value(value, line, seen);
                }
                Value::Assigned(value) => self.raise_unknown(value, line),
                Value::Module(_) | Value::Member { .. } | Value::Unknown => is_known = false,
            }
        }
        if !is_known {
            self.raise_reference(raised, line);
        }
    }

    /// The call that made it has its own place, if it is known what it makes.
    fn raise_made(&mut self, call: &ExprCall, line: usize) {
        let class = callee(call);
        if self.reader.made(class).is_some()
            || self.is_from_elsewhere(class)
            || self.is_of_what_was_caught(class)
            || self.way_of_cls(class).is_some()
        {
            return;
        }
        let mut made = self.callee(class);
        made.rest.push(CALL.into());
        made.text = self.reader.written(&call.func).into();
        if let Some(open) = self.functions.last_mut() {
            open.facts.raises.push((made, line));
        }
    }

    fn raise_reference(&mut self, raised: &Expr, line: usize) {
        let text = self.reader.written(raised).into();
        let what = Reference { text, ..self.callee(raised) };
        if let Some(open) = self.functions.last_mut() {
            open.facts.raises.push((what, line));
        }
    }

    fn raise_unknown(&mut self, raised: &Expr, line: usize) {
        self.answer(Way::Raise, Code::Unknown(self.reader.written(raised)), line);
    }
}

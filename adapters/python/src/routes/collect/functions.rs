//! What is kept of a function; and `lambda`s, of which each is a function of its own.

use std::collections::HashSet;
use std::sync::Arc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprCall, ExprLambda, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Collector, Open, SEVERAL};
use crate::python;
use crate::routes::facts::{Call, Function, Handler, Reference, Thing, Variable};
use crate::scope::Scope;

impl<'a> Collector<'a> {
    pub(super) fn function(&mut self, function: &'a StmtFunctionDef) {
        let (name, is_one) = self.name_of(function.name.as_str(), function.start(), python::is_part(function));
        let key = self.full_name(&name);
        let reference = self.own(&key, function.name.as_str());
        let before = self.facts.routes.len();
        for decorator in &function.decorator_list {
            decorator.expression.as_call_expr().into_iter().for_each(|call| self.adds_to_itself(call));
            self.decorated(&decorator.expression, &Handler::Function(reference.clone()), None, function.name.start());
        }
        self.decorated_steps(before);
        self.decorator_steps(function, &reference);
        self.lambdas_around(function);
        let class = self.classes.last().map(|(_, name)| Arc::clone(name));
        let class = class.filter(|class| class.len() + 1 == self.label().len() && self.label().starts_with(&**class));
        let facts = Function {
            parameters: self.reader.parameters(function, class.is_some()),
            wraps: self.reader.wrapped(function),
            decorators: self.decorators(function),
            handed: self.handed_to_decorators(function),
            changed_by: self.reader.changing_decorator(function).map(|decorator| format!("@{decorator}").into()),
            class_around: class.clone().or_else(|| self.class_around()),
            class,
            result: function.returns.as_deref().and_then(|annotation| self.reader.class_in(annotation)),
            is_property: ["property", "cached_property"].iter().any(|name| python::is_decorated(function, name)),
            is_of_the_class: ["classmethod", "staticmethod"].iter().any(|name| python::is_decorated(function, name)),
            line: self.reader.line(function.name.start()),
            ..Function::default()
        };
        for parameter in &*function.parameters {
            if let Some(class) = parameter.annotation().and_then(|annotation| self.reader.class_in(annotation)) {
                let name = format!("{key}.{}", parameter.name()).into();
                self.facts.variables.insert(name, Variable::Thing(Thing::Of(class)));
            }
        }
        facts.parameters.iter().for_each(|parameter| self.depended(&key, parameter));
        let taken = self.taken(function);
        let given = self.given(function);
        let has_parameters = !function.parameters.is_empty();
        self.functions.push(Open { key, facts, given, has_parameters, returned: HashSet::new() });
        // What stands in a function is there once it is called: its own conditions count, not those around it.
        let outer = (self.condition.take(), std::mem::take(&mut self.loops));
        self.condition = (!is_one).then_some(SEVERAL);
        self.open_block();
        let is_idle = self.idle(self.facts.routes.len() > before);
        self.within(Scope::function(function), &name, |collector| {
            collector.visit_body(&function.body);
            collector.init(function, taken);
        });
        self.idle(is_idle);
        (self.condition, self.loops) = outer;
        if let Some(open) = self.functions.last() {
            let (key, is_method) = (Arc::clone(&open.key), open.facts.class.is_some());
            self.function_setup(function, &key, is_method);
        }
        self.close_function();
    }

    /// The class whose method is around the place.
    fn class_around(&self) -> Option<Arc<str>> {
        self.functions.last()?.facts.class_around.clone()
    }

    /// Keeps what was read of the innermost function.
    pub(super) fn close_function(&mut self) {
        if let Some(mut open) = self.functions.pop() {
            keep_once(&mut open.facts.calls);
            open.facts.reads.sort_unstable();
            open.facts.reads.dedup();
            keep_each_once(&mut open.facts.handed);
            if let Some(outer) = self.functions.last_mut() {
                outer.facts.inner.push(Arc::clone(&open.key));
            }
            self.facts.functions.insert(open.key, open.facts);
        }
    }

    /// Notes what it answers and calls, and what it goes by. Routes that it adds are not seen.
    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) -> Option<Reference> {
        if self.setups.is_some() {
            return None;
        }
        let reference = self.reader.lambda(lambda);
        let (_, key) = reference.key.clone()?;
        let parameters = lambda.parameters.as_deref();
        parameters.into_iter().for_each(|parameters| self.visit_parameters(parameters));
        let facts = Function {
            parameters: self.reader.lambda_parameters(lambda),
            class_around: self.class_around(),
            line: self.reader.line(lambda.start()),
            ..Function::default()
        };
        self.functions.push(Open {
            key,
            facts,
            given: Vec::new(),
            has_parameters: parameters.is_some(),
            returned: HashSet::new(),
        });
        let is_around = std::mem::replace(&mut self.is_in_a_lambda, true);
        self.within(Scope::lambda(parameters, &lambda.body), "lambda", |it| {
            it.visit_expr(&lambda.body);
            let returned = it.reader.thing(&lambda.body);
            if let Some(open) = it.functions.last_mut() {
                open.facts.returns.push(returned);
            }
            it.returned(&lambda.body);
        });
        self.is_in_a_lambda = is_around;
        self.close_function();
        Some(reference)
    }

    /// One in a function counts as called there, wherever it goes.
    pub(super) fn lambda_here(&mut self, lambda: &'a ExprLambda) {
        let reference = self.lambda(lambda);
        if let Some(open) = self.functions.last_mut() {
            open.facts.handed.extend(reference);
        }
    }

    /// The arguments of a call that leaves alone what it is handed, by `partial(…)`, too.
    pub(super) fn left_alone(&mut self, call: &'a ExprCall) {
        self.visit_expr(&call.func);
        let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
        for argument in call.arguments.args.iter().chain(keywords) {
            match argument {
                Expr::Lambda(lambda) => _ = self.lambda(lambda),
                Expr::Call(call) if python::last_name(&call.func) == Some("partial") => self.left_alone(call),
                other => self.visit_expr(other),
            }
        }
    }

    /// Those in the decorators, the annotations and the defaults of a function.
    pub(super) fn lambdas_around(&mut self, function: &'a StmtFunctionDef) {
        self.lambdas_in(|finder| {
            finder.visit_parameters(&function.parameters);
            function.decorator_list.iter().for_each(|decorator| finder.visit_decorator(decorator));
        });
    }

    pub(super) fn lambdas_in(&mut self, visit: impl FnOnce(&mut Finder<'a>)) {
        let mut finder = Finder(Vec::new());
        visit(&mut finder);
        finder.0.into_iter().for_each(|lambda| _ = self.lambda(lambda));
    }
}

/// A function that is called more than once is kept once, and a class wherever it is called: it may be an exception. So
/// may what is given a status.
fn keep_once(calls: &mut Vec<Call>) {
    let mut seen = HashSet::new();
    calls.retain(|call| {
        let name = call.callee.rest.last().map(|name| &**name).or(call.callee.key.as_ref().map(|key| &*key.1));
        let name = name.and_then(|name| name.rsplit('.').next()).unwrap_or_default();
        let is_class = name.trim_start_matches('_').starts_with(|first: char| first.is_ascii_uppercase());
        is_class
            || call.code.is_some()
            || call.given.is_some()
            || seen.insert((call.callee.key.clone(), call.callee.rest.clone()))
    });
    calls.shrink_to_fit();
}

/// Likewise what is handed on.
fn keep_each_once(handed: &mut Vec<Reference>) {
    let mut seen = HashSet::new();
    handed.retain(|what| seen.insert((what.key.clone(), what.rest.clone())));
    handed.shrink_to_fit();
}

/// Finds lambdas, but for those in others.
pub(super) struct Finder<'a>(Vec<&'a ExprLambda>);

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Lambda(lambda) => self.0.push(lambda),
            other => visitor::walk_expr(self, other),
        }
    }
}

//! The walk over a file's syntax tree: what is expected where, and which names are in sight.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Comprehension, Decorator, ExceptHandler, Expr, Parameters, Pattern, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Context, Scanner, is_framework};
use crate::scope::Scope;
use crate::usage::{Family, Form, Kind, Origin, Written};
use crate::{calls, python};

impl<'a> Scanner<'a> {
    /// `{404: …}`, also `{404: …} | more` and `{**more, 404: …}`.
    pub(super) fn responses(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Dict(dict) => {
                for item in &dict.items {
                    match &item.key {
                        Some(key) => {
                            self.visit_with(Context::of(Kind::Responses, Family::Http), key);
                            self.visit_with(Context::NONE, &item.value);
                        }
                        None => self.responses(&item.value),
                    }
                }
            }
            Expr::BinOp(operation) => {
                self.responses(&operation.left);
                self.responses(&operation.right);
            }
            Expr::DictComp(_) => self.visit_with(Context::of(Kind::Responses, Family::Http), expr),
            _ => self.visit_with(Context::names(Kind::Responses), expr),
        }
    }

    fn compare(&mut self, compare: &'a ruff_python_ast::ExprCompare) {
        let sides = || std::iter::once(&*compare.left).chain(&compare.comparators);
        let is_status = sides().any(calls::is_status);
        let has_attribute = sides().any(calls::is_status_attribute);
        for (index, side) in sides().enumerate() {
            // The operators before it and behind it.
            let is_bound = [index.checked_sub(1), Some(index)].into_iter().flatten().any(|operator| {
                compare.ops.get(operator).is_some_and(|operator| {
                    use ruff_python_ast::CmpOp::{Gt, GtE, Lt, LtE};
                    matches!(operator, Gt | GtE | Lt | LtE)
                })
            });
            let family = is_status.then_some(Family::Http);
            let is_guess = is_bound || !has_attribute;
            self.visit_with(Context { kind: Kind::Compare, family, is_bound, is_guess }, side);
        }
    }

    /// `name = value`, `a.name = value` and `name: int = value`.
    fn assigned(&mut self, target: &'a Expr, value: &'a Expr) {
        match target {
            Expr::Attribute(attribute) if attribute.attr.as_str() == "status_code" => {
                self.visit_with(Context::of(Kind::Response, Family::Http), value);
            }
            Expr::Name(name) if name.id.as_str() == "status_code" => {
                self.visit_with(Context::VARIABLE, value);
            }
            Expr::Name(name) if name.id.to_ascii_lowercase().ends_with("responses") && value.is_dict_expr() => {
                self.responses(value);
            }
            _ => self.visit_with(Context::NONE, value),
        }
    }

    fn function(&mut self, function: &'a StmtFunctionDef) {
        function.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
        self.parameters(&function.parameters);
        function.returns.iter().for_each(|returns| self.visit_with(Context::NONE, returns));
        self.within(Scope::function(function), |scanner| scanner.visit_body(&function.body));
    }

    /// Annotations and defaults, which belong to the scope around the function.
    fn parameters(&mut self, parameters: &'a Parameters) {
        for parameter in parameters {
            parameter.annotation().into_iter().for_each(|annotation| self.visit_with(Context::NONE, annotation));
            if let Some(default) = parameter.default() {
                let context = match parameter.name().as_str() {
                    "status_code" => Context::VARIABLE,
                    _ => Context::NONE,
                };
                self.visit_with(context, default);
            }
        }
    }

    fn comprehension(&mut self, generators: &'a [Comprehension], elements: &[&'a Expr], value: Option<&'a Expr>) {
        let outer = self.context;
        if let Some(first) = generators.first() {
            self.visit_with(Context::NONE, &first.iter);
        }
        self.within(Scope::comprehension(generators), |scanner| {
            for (index, generator) in generators.iter().enumerate() {
                if index > 0 {
                    scanner.visit_expr(&generator.iter);
                }
                generator.ifs.iter().for_each(|test| scanner.visit_expr(test));
            }
            elements.iter().for_each(|element| scanner.visit_with(outer, element));
            value.into_iter().for_each(|value| scanner.visit_expr(value));
        });
    }
}

impl<'a> Visitor<'a> for Scanner<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => {
                class.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                class.arguments.iter().for_each(|arguments| self.visit_arguments(arguments));
                self.classes.push(class);
                self.within(Scope::class(class), |scanner| scanner.visit_body(&class.body));
                self.classes.pop();
            }
            Stmt::Import(import) => {
                let mut names = import.names.iter().map(|alias| alias.name.as_str());
                self.is_service |= names.any(is_framework);
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                self.is_service |= import.level == 0 && is_framework(module);
                import.names.iter().for_each(|alias| self.import_from(import.level, module, alias));
            }
            Stmt::Assign(assign) => {
                if let Some(target) = assign.targets.first() {
                    self.assigned(target, &assign.value);
                }
                assign.targets.iter().for_each(|target| self.visit_with(Context::NONE, target));
            }
            Stmt::AnnAssign(assign) => {
                self.visit_with(Context::NONE, &assign.annotation);
                assign.value.iter().for_each(|value| self.assigned(&assign.target, value));
                self.visit_with(Context::NONE, &assign.target);
            }
            Stmt::Match(stmt) => {
                self.visit_expr(&stmt.subject);
                let family = calls::is_status(&stmt.subject).then_some(Family::Http);
                let is_guess = !calls::is_status_attribute(&stmt.subject);
                for case in &stmt.cases {
                    self.context = Context { kind: Kind::Compare, family, is_bound: false, is_guess };
                    self.visit_pattern(&case.pattern);
                    self.context = Context::NONE;
                    case.guard.iter().for_each(|guard| self.visit_expr(guard));
                    self.visit_body(&case.body);
                }
            }
            Stmt::If(test) => {
                self.guarded(python::asks_for_a_release(&test.test), |scanner| visitor::walk_stmt(scanner, stmt));
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(branch) = handler;
        self.guarded(python::catches_a_missing_name(branch), |scanner| {
            visitor::walk_except_handler(scanner, handler);
        });
    }

    fn visit_decorator(&mut self, decorator: &'a Decorator) {
        match &decorator.expression {
            Expr::Call(call) => self.call(call, true),
            expression => self.visit_expr(expression),
        }
    }

    fn visit_annotation(&mut self, expr: &'a Expr) {
        self.visit_with(Context::NONE, expr);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let outer = self.context;
        // Only alternatives of the whole are compared with the subject itself.
        if !matches!(pattern, Pattern::MatchValue(_) | Pattern::MatchOr(_) | Pattern::MatchAs(_)) {
            self.context.family = None;
        }
        visitor::walk_pattern(self, pattern);
        self.context = outer;
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let context = self.context;
        match expr {
            Expr::Name(_) => {
                self.is_status(expr);
            }
            Expr::Attribute(attribute) => {
                if !self.is_status(expr) {
                    self.visit_with(Context::NONE, &attribute.value);
                }
            }
            Expr::NumberLiteral(_) => {
                if context.family.is_some()
                    && let Some(number) = python::integer(expr)
                {
                    self.number(number, expr.range());
                }
            }
            Expr::StringLiteral(literal) => {
                // FastAPI takes `"404"` as a key of `responses` too.
                if context.kind == Kind::Responses
                    && context.family.is_some()
                    && let Ok(number @ 100..=999) = literal.value.to_str().parse()
                {
                    let range = [expr.range(); 2];
                    self.found(Written::Number(Some(number)), Kind::Responses, Form::Text, range, Origin::Framework);
                }
            }
            Expr::Call(call) => self.call(call, false),
            Expr::Compare(compare) => self.compare(compare),
            Expr::If(choice) => {
                self.visit_with(Context::NONE, &choice.test);
                self.guarded(python::asks_for_a_release(&choice.test), |scanner| {
                    scanner.visit_expr(&choice.body);
                    scanner.visit_expr(&choice.orelse);
                });
            }
            Expr::BoolOp(_) | Expr::Starred(_) => visitor::walk_expr(self, expr),
            Expr::Tuple(_) | Expr::List(_) | Expr::Set(_) if context.kind == Kind::Compare => {
                visitor::walk_expr(self, expr);
            }
            Expr::Named(named) => {
                self.visit_expr(&named.value);
            }
            Expr::Lambda(lambda) => {
                lambda.parameters.iter().for_each(|parameters| self.parameters(parameters));
                let scope = Scope::lambda(lambda.parameters.as_deref(), &lambda.body);
                self.within(scope, |scanner| scanner.visit_expr(&lambda.body));
            }
            Expr::ListComp(comp) => self.comprehension(&comp.generators, &[&comp.elt], None),
            Expr::SetComp(comp) => self.comprehension(&comp.generators, &[&comp.elt], None),
            Expr::Generator(comp) => self.comprehension(&comp.generators, &[&comp.elt], None),
            Expr::DictComp(comp) => {
                let keys: Vec<&Expr> = comp.key.iter().map(|key| &**key).collect();
                self.comprehension(&comp.generators, &keys, Some(&comp.value));
            }
            _ => {
                self.context = Context::names(context.kind);
                visitor::walk_expr(self, expr);
                self.context = context;
            }
        }
    }
}

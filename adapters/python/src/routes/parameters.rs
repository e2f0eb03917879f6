//! What FastAPI makes of a function's parameters: what it reads from the request and checks, hands over, or depends on.

use ruff_python_ast::{Expr, ExprCall, ExprLambda, Operator, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::facts::{Class, Code, Dependency, Depends, Form, Parameter, Reference, Scheme, Thing, Way};
use super::values::{Reader, callee};
use crate::python;
use crate::scope::Value;
use crate::symbol::Symbol;

/// Modules whose classes are none of Starlette's.
const PLAIN_MODULES: [&str; 26] = [
    "abc",
    "annotated_types",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "decimal",
    "email_validator",
    "enum",
    "fractions",
    "functools",
    "http",
    "ipaddress",
    "numbers",
    "os",
    "pathlib",
    "pydantic",
    "pydantic_extra_types",
    "random",
    "re",
    "secrets",
    "sqlmodel",
    "time",
    "typing",
    "typing_extensions",
    "uuid",
];

/// Python's own classes that a parameter may have.
const BUILTINS: [&str; 13] =
    ["bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "set", "str", "tuple", "type"];

/// Decorators that leave the parameters as they are.
const KEEPERS: [&str; 12] = [
    "abstractmethod",
    "asynccontextmanager",
    "cache",
    "cached",
    "classmethod",
    "contextmanager",
    "deprecated",
    "exception_handler",
    "lru_cache",
    "override",
    "staticmethod",
    "wraps",
];

impl Reader<'_> {
    /// The parameters that FastAPI sees; a method's first one is bound by then.
    pub(super) fn parameters(&self, function: &StmtFunctionDef, is_method: bool) -> Vec<Parameter> {
        let is_static = |decorator: &ruff_python_ast::Decorator| {
            python::last_name(&decorator.expression).is_some_and(|name| name == "staticmethod")
        };
        let is_bound = is_method && !function.decorator_list.iter().any(is_static);
        let is_wrapped = self.changing_decorator(function).is_some();
        let parameters = function.parameters.iter().skip(usize::from(is_bound));
        // Under a decorator, `*args` and `**kwargs` may be other parameters to FastAPI.
        let parameters = parameters.filter(|parameter| !(is_wrapped && parameter.is_variadic()));
        let parameter = |parameter: ruff_python_ast::AnyParameterRef<'_>| Parameter {
            name: parameter.name().as_str().into(),
            form: self.form(parameter.annotation(), parameter.default()),
            line: self.line(parameter.name().start()),
        };
        parameters.map(parameter).collect()
    }

    /// Those of a `lambda`, which have no annotations.
    pub(super) fn lambda_parameters(&self, lambda: &ExprLambda) -> Vec<Parameter> {
        let parameters = lambda.parameters.iter().flat_map(|parameters| parameters.iter());
        let parameter = |parameter: ruff_python_ast::AnyParameterRef<'_>| Parameter {
            name: parameter.name().as_str().into(),
            form: self.form(None, parameter.default()),
            line: self.line(parameter.name().start()),
        };
        parameters.map(parameter).collect()
    }

    /// What `@wraps(…)` over a function names.
    pub(super) fn wrapped(&self, function: &StmtFunctionDef) -> Option<Reference> {
        let mut calls = function.decorator_list.iter().filter_map(|decorator| decorator.expression.as_call_expr());
        let wraps = calls.find(|call| python::last_name(&call.func) == Some("wraps"))?;
        wraps.arguments.find_positional(0).map(|wrapped| self.reference(wrapped))
    }

    /// A decorator, not of a router, that may change the parameters.
    pub(super) fn changing_decorator(&self, function: &StmtFunctionDef) -> Option<Box<str>> {
        changing_decorators(function).next().map(|decorator| self.written(decorator).into())
    }

    fn form(&self, annotation: Option<&Expr>, default: Option<&Expr>) -> Form {
        let kind = annotation.map_or(Form::Checked, |annotation| self.type_form(annotation));
        match default {
            Some(Expr::Call(call)) => self.marker(call, annotation).unwrap_or_else(|| self.called(call, kind)),
            Some(name @ (Expr::Name(_) | Expr::Attribute(_))) => self.either(name, kind),
            _ => kind,
        }
    }

    /// What a name stands for, if it may be a `Depends(…)` or `Query(…)`.
    fn either(&self, name: &Expr, other: Form) -> Form {
        let reference = self.reference(name);
        if reference.key.is_some() {
            return Form::Either(reference, Box::new(other));
        }
        // A constant, or an attribute of settings, is a default as others are.
        let is_variable = |name: &str| name.contains(|c: char| c.is_ascii_lowercase());
        match name {
            Expr::Name(variable) if is_variable(&variable.id) && !python::is_capital(name) && !self.is_plain(name) => {
                Form::Unknown(reference.text)
            }
            _ => other,
        }
    }

    /// What a call gives that is no `Depends(…)` itself: a function may return one, a class makes something else.
    fn called(&self, call: &ExprCall, other: Form) -> Form {
        if python::is_capital(callee(call)) || self.is_plain(callee(call)) {
            other
        } else {
            Form::Unknown(self.written(&call.func).into())
        }
    }

    /// `Depends(…)`, `Query(…)`.
    fn marker(&self, call: &ExprCall, annotation: Option<&Expr>) -> Option<Form> {
        match self.names.symbol(&call.func)? {
            Symbol::Depends => Some(Form::Depends(Box::new(self.depends(call, annotation)))),
            Symbol::Parameter => Some(Form::Checked),
            _ => None,
        }
    }

    /// What an annotation makes of a parameter.
    pub(super) fn type_form(&self, annotation: &Expr) -> Form {
        match annotation {
            Expr::Subscript(subscript) if python::last_name(&subscript.value) == Some("Annotated") => {
                let Expr::Tuple(parts) = &*subscript.slice else {
                    return Form::Unknown(self.written(annotation).into());
                };
                let Some((first, more)) = parts.elts.split_first() else {
                    return Form::Unknown(self.written(annotation).into());
                };
                // The last one counts.
                more.iter().fold(self.type_form(first), |form, part| match part {
                    Expr::Call(call) => self.marker(call, Some(first)).unwrap_or_else(|| self.called(call, form)),
                    Expr::Name(_) | Expr::Attribute(_) => self.either(part, form),
                    _ => form,
                })
            }
            Expr::Subscript(subscript) if python::last_name(&subscript.value).is_some() => {
                match self.class_form(&subscript.value) {
                    Form::Type(reference) => Form::Filled(reference, Box::new(self.on_type(&subscript.slice))),
                    form => form,
                }
            }
            Expr::Name(_) | Expr::Attribute(_) => self.class_form(annotation),
            Expr::StringLiteral(_) => Form::Unknown(self.written(annotation).into()),
            _ => Form::Checked,
        }
    }

    fn class_form(&self, class: &Expr) -> Form {
        match self.names.class(class) {
            Some((symbol, _)) if is_given(&symbol) => return Form::Given,
            // A framework's other classes, and what derives from them: `UploadFile`.
            Some(_) => return Form::Checked,
            None => {}
        }
        let reference = self.reference(class);
        if reference.key.is_some() {
            Form::Type(reference)
        } else if self.is_plain(class) {
            Form::Checked
        } else {
            Form::Unknown(reference.text)
        }
    }

    /// Whether a name is one of Python's own, or of a library that has no class of Starlette's.
    fn is_plain(&self, expr: &Expr) -> bool {
        let Some(chain) = python::dotted(expr) else {
            return false;
        };
        let module = match self.names.binding(chain[0], expr.start()).map(|binding| binding.value) {
            None => return BUILTINS.contains(&chain[0]),
            Some(Value::Module(module)) => module,
            Some(Value::Member { level: 0, module, .. }) => module,
            Some(_) => return false,
        };
        module.split('.').next().is_some_and(|top| PLAIN_MODULES.contains(&top))
    }

    /// `Depends(…)`; with nothing in it, it is on the type that the parameter is annotated with.
    pub(super) fn depends(&self, call: &ExprCall, annotation: Option<&Expr>) -> Depends {
        let named = call.arguments.find_keyword("dependency").map(|keyword| &keyword.value);
        let on = call.arguments.args.first().or(named);
        let handed = on.and_then(Expr::as_call_expr).map(|on| self.handed(on)).unwrap_or_default();
        let on = match (on, annotation) {
            (Some(on), _) => self.on(on),
            (None, Some(annotation)) => self.on_type(annotation),
            (None, None) => Dependency::Unknown("Depends()".into()),
        };
        Depends { on, handed, file: std::sync::Arc::clone(&self.file), line: self.line(call.start()) }
    }

    /// What `Depends()` is on where the type is this.
    fn on_type(&self, annotation: &Expr) -> Dependency {
        match bare(annotation) {
            Some(class) if self.is_type_variable(class) => Dependency::Variable(self.written(class).into()),
            Some(class) => self.on(class),
            None => Dependency::Unknown("Depends()".into()),
        }
    }

    /// Whether a name is that of a `TypeVar(…)` of this file.
    fn is_type_variable(&self, expr: &Expr) -> bool {
        let binding = expr.as_name_expr().and_then(|name| self.names.binding(name.id.as_str(), expr.start()));
        match binding.map(|binding| binding.value) {
            Some(Value::Assigned(Expr::Call(call))) => python::last_name(&call.func) == Some("TypeVar"),
            _ => false,
        }
    }

    fn on(&self, on: &Expr) -> Dependency {
        if let Expr::Call(call) = on
            && let Some(scheme) = self.scheme(call)
        {
            return Dependency::Scheme(scheme);
        }
        match self.thing(on) {
            Some(Thing::Name(reference)) if reference.key.is_none() => match self.names.symbol(on) {
                Some(Symbol::LoginForm) => Dependency::LoginForm,
                Some(symbol) if is_given(&symbol) => Dependency::Nothing,
                _ => Dependency::Unknown(reference.text),
            },
            Some(thing) => Dependency::Thing(thing),
            _ => Dependency::Unknown(self.written(on).into()),
        }
    }

    /// An element of `dependencies=[…]`.
    pub(super) fn dependency(&self, element: &Expr) -> Depends {
        match element {
            Expr::Call(call) if self.names.symbol(&call.func) == Some(Symbol::Depends) => self.depends(call, None),
            Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) => {
                let on = self.thing(element).map_or(Dependency::Nothing, Dependency::Thing);
                Depends { on, ..self.unknown_dependency(element) }
            }
            _ => self.unknown_dependency(element),
        }
    }

    pub(super) fn unknown_dependency(&self, expr: &Expr) -> Depends {
        let on = Dependency::Unknown(self.written(expr).into());
        let (file, line) = (std::sync::Arc::clone(&self.file), self.line(expr.start()));
        Depends { on, handed: Vec::new(), file, line }
    }

    /// One of FastAPI's security schemes.
    pub(super) fn scheme(&self, call: &ExprCall) -> Option<Scheme> {
        match self.names.symbol(&call.func)? {
            Symbol::Scheme { always_raises } => {
                Some(Scheme { code: self.scheme_code(call, always_raises), line: self.line(call.start()) })
            }
            _ => None,
        }
    }

    /// The status that a scheme raises: 401, unless `auto_error` is off.
    pub(super) fn scheme_code(&self, call: &ExprCall, always_raises: bool) -> Option<Code> {
        match call.arguments.find_keyword("auto_error").map(|keyword| &keyword.value) {
            _ if always_raises => Some(Code::Known(401)),
            None => Some(Code::Known(401)),
            Some(Expr::BooleanLiteral(literal)) => literal.value.then_some(Code::Known(401)),
            Some(setting) => Some(Code::Unknown(format!("auto_error={}", self.written(setting)))),
        }
    }

    /// What an assigned value is as an annotation or a default.
    pub(super) fn marked(&self, value: &Expr) -> Option<Form> {
        match value {
            Expr::Call(call) => self.marker(call, None),
            Expr::Subscript(_) => Some(self.type_form(value)),
            Expr::BinOp(operation) if operation.op == Operator::BitOr => Some(Form::Checked),
            _ => None,
        }
    }

    /// The class of the tree that an annotation names.
    pub(super) fn class_in(&self, annotation: &Expr) -> Option<Reference> {
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => Some(self.reference(annotation)).filter(|class| class.key.is_some()),
            Expr::BinOp(operation) if operation.op == Operator::BitOr => self.class_in(&operation.left),
            Expr::Subscript(subscript) => match (python::last_name(&subscript.value)?, &*subscript.slice) {
                ("Annotated", Expr::Tuple(parts)) => self.class_in(parts.elts.first()?),
                ("Optional", class) => self.class_in(class),
                _ => self.class_in(&subscript.value),
            },
            Expr::StringLiteral(text) => {
                let text = text.value.to_str();
                let chain: Vec<&str> = text.split('|').next().unwrap_or_default().trim().split('.').collect();
                Some(self.reference_of(&chain, annotation.start(), text.into())).filter(|class| class.key.is_some())
            }
            _ => None,
        }
    }

    /// What a class is to FastAPI.
    pub(super) fn class(&self, class: &StmtClassDef) -> Class {
        let parent = self.names.parent(class).map(|(symbol, _)| symbol);
        let line = self.line(class.start());
        let bases = || {
            class.bases().iter().map(|base| match base {
                Expr::Subscript(subscript) => &*subscript.value,
                base => base,
            })
        };
        let stranger = bases().find(|base| {
            let is_known = self.names.class(base).is_some() || self.reference(base).key.is_some();
            !is_known && (!self.is_plain(base) || python::last_name(base) == Some("BaseSettings"))
        });
        Class {
            bases: bases().map(|base| self.reference(base)).filter(|base: &Reference| base.key.is_some()).collect(),
            way: parent.as_ref().and_then(way),
            code: None,
            scheme: match parent {
                Some(Symbol::Scheme { .. }) => Some(Scheme { code: Some(Code::Known(401)), line }),
                _ => None,
            },
            is_given: parent.as_ref().is_some_and(is_given),
            is_derived: !class.bases().is_empty(),
            stranger: stranger.map(|base| self.written(base).into()),
            fields: class.body.iter().filter_map(|stmt| self.field(stmt)).collect(),
            is_decorated: !class.decorator_list.is_empty(),
            constants: Vec::new(),
            adds_routes: false,
            line,
        }
    }

    /// `name: type = default` in a class.
    fn field(&self, stmt: &Stmt) -> Option<Parameter> {
        let (name, annotation, default) = match stmt {
            Stmt::AnnAssign(assign) => (&*assign.target, Some(&*assign.annotation), assign.value.as_deref()),
            Stmt::Assign(assign) => (assign.targets.first()?, None, Some(&*assign.value)),
            _ => return None,
        };
        let Expr::Name(name) = name else {
            return None;
        };
        let is_class_variable = annotation.is_some_and(python::is_class_variable);
        let is_class_variable = is_class_variable || default.is_some_and(python::is_not_for_init);
        let form = self.form(annotation, default);
        let is_field = !is_class_variable && (annotation.is_some() || matches!(form, Form::Depends(_)));
        is_field.then(|| Parameter { name: name.id.as_str().into(), form, line: self.line(name.start()) })
    }

    /// The framework's class that a class is or derives from, if it makes an exception or a response.
    pub(super) fn made(&self, class: &Expr) -> Option<(Symbol, bool)> {
        self.names.class(class).filter(|(symbol, _)| way(symbol).is_some())
    }
}

/// The decorators that may change the parameters of a function, or what it does.
pub(super) fn changing_decorators(function: &StmtFunctionDef) -> impl Iterator<Item = &Expr> {
    let is_known = |expr: &Expr| match expr {
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) => {
                KEEPERS.contains(&method.attr.as_str()) || super::collect::is_of_a_router(method.attr.as_str())
            }
            name => python::last_name(name).is_some_and(|name| KEEPERS.contains(&name)),
        },
        _ => python::last_name(expr).is_some_and(|name| KEEPERS.contains(&name)),
    };
    let decorators = function.decorator_list.iter().map(|decorator| &decorator.expression);
    decorators.filter(move |decorator| !is_known(decorator))
}

/// The class of an annotation, without what is in its brackets.
fn bare(annotation: &Expr) -> Option<&Expr> {
    match annotation {
        Expr::Subscript(subscript) if python::last_name(&subscript.value) == Some("Annotated") => {
            match &*subscript.slice {
                Expr::Tuple(parts) => bare(parts.elts.first()?),
                _ => None,
            }
        }
        Expr::Subscript(subscript) => bare(&subscript.value),
        Expr::Name(_) | Expr::Attribute(_) => Some(annotation),
        _ => None,
    }
}

/// How a class of the framework's answers.
pub(super) const fn way(symbol: &Symbol) -> Option<Way> {
    match symbol {
        Symbol::HttpException => Some(Way::Raise),
        Symbol::WebSocketException => Some(Way::Close),
        Symbol::Response | Symbol::Redirect => Some(Way::Return),
        _ => None,
    }
}

const fn is_given(symbol: &Symbol) -> bool {
    matches!(symbol, Symbol::Given | Symbol::WebSocket | Symbol::Response | Symbol::Redirect)
}

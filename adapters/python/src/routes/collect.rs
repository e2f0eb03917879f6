//! Reads the facts from a module.

use std::path::Path;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprCall, ModModule, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::facts::{
    Call, Class, Code, Function, Handler, Include, Module, Options, Reference, Route, Router, Text, Variable,
};
use super::values::Reader;
use crate::names::Names;
use crate::python;
use crate::scope::Scope;
use crate::source::{Lines, Source};
use crate::symbol::Symbol;
use crate::tree::{Tree, folder_of};

const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "options", "head", "trace"];

pub(super) fn collect(module: &ModModule, source: &Source, path: &Path, tree: &Tree) -> Module {
    let names = Names::new(tree, folder_of(path), Scope::module(&module.body));
    let lines = Lines::of(source);
    let reader = Reader { names, source, lines, file: path.to_owned(), labels: vec![String::new()] };
    let mut collector =
        Collector { reader, facts: Module::default(), functions: Vec::new(), classes: Vec::new(), condition: None };
    collector.visit_body(&module.body);
    collector.facts
}

struct Collector<'a> {
    reader: Reader<'a>,
    facts: Module,
    /// The functions around the place.
    functions: Vec<(String, Function)>,
    classes: Vec<&'a StmtClassDef>,
    condition: Option<&'static str>,
}

impl<'a> Collector<'a> {
    fn label(&self) -> &str {
        self.reader.labels.last().map_or("", String::as_str)
    }

    fn under(&mut self, condition: &'static str, visit: impl FnOnce(&mut Self)) {
        let outer = self.condition;
        self.condition = outer.or(Some(condition));
        visit(self);
        self.condition = outer;
    }

    fn within(&mut self, scope: Scope<'a>, name: &str, visit: impl FnOnce(&mut Self)) {
        let label = format!("{}{name}.", self.label());
        self.reader.labels.push(label);
        self.reader.names.scopes.push(scope);
        visit(self);
        self.reader.names.scopes.pop();
        self.reader.labels.pop();
    }

    fn assign(&mut self, target: &Expr, value: &Expr) {
        let Expr::Name(name) = target else {
            return;
        };
        let key = format!("{}{}", self.label(), name.id);
        let variable = if self.condition.is_some() || self.facts.variables.contains_key(&key) {
            Variable::Other
        } else {
            self.variable(value)
        };
        self.facts.variables.insert(key, variable);
    }

    fn variable(&self, value: &Expr) -> Variable {
        match value {
            Expr::Call(call) => match self.reader.names.class(&call.func) {
                Some((symbol @ (Symbol::App | Symbol::Router), has_init)) => {
                    let prefix = match call.arguments.find_keyword("prefix") {
                        _ if has_init => Text::Unknown(self.reader.written(&call.func)),
                        Some(prefix) => self.reader.text(&prefix.value),
                        None if call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none()) => {
                            Text::Unknown("**".to_owned())
                        }
                        None => Text::Known(String::new()),
                    };
                    let line = self.reader.line(call.start());
                    let options = self.reader.options(call);
                    Variable::Router(Router { is_app: symbol == Symbol::App, prefix, options, line })
                }
                _ => Variable::Made(self.reader.reference(&call.func)),
            },
            Expr::Subscript(_) => self.reader.annotated(value).map_or(Variable::Other, Variable::Annotated),
            Expr::StringLiteral(_) | Expr::FString(_) | Expr::BinOp(_) => Variable::Text(self.reader.text(value)),
            Expr::NumberLiteral(_) => Variable::Code(self.reader.code(value)),
            Expr::Name(_) | Expr::Attribute(_) => match self.reader.code(value) {
                code @ Code::Known(_) => Variable::Code(code),
                _ => Variable::Alias(self.reader.reference(value)),
            },
            _ => Variable::Other,
        }
    }

    /// `@router.get("/")` over a function or a class.
    fn decorated(&mut self, decorator: &Expr, handler: &Handler, is_class: Option<&StmtClassDef>) {
        let Expr::Call(call) = decorator else {
            return;
        };
        let Expr::Attribute(method) = &*call.func else {
            return;
        };
        let name = method.attr.as_str();
        let methods = match name {
            _ if METHODS.contains(&name) => Some(vec![name.to_ascii_uppercase()]),
            "api_route" | "route" => self.methods(call, is_class),
            "websocket" | "websocket_route" => Some(vec!["WEBSOCKET".to_owned()]),
            _ => return,
        };
        self.route(call, &method.value, methods, 0, handler.clone());
    }

    fn route(&mut self, call: &ExprCall, owner: &Expr, methods: Option<Vec<String>>, first: usize, handler: Handler) {
        let argument = |name: &str, place: usize| {
            let keyword = call.arguments.find_keyword(name).map(|keyword| &keyword.value);
            keyword.or_else(|| call.arguments.args.get(place))
        };
        let Some(path) = argument("path", first) else {
            return;
        };
        let has_spread = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        let status = match call.arguments.find_keyword("status_code").map(|keyword| &keyword.value) {
            Some(Expr::NoneLiteral(_)) => self.default_status(call),
            Some(status) => Some(self.reader.code(status)),
            None if has_spread => Some(Code::Unknown("**".to_owned())),
            None => self.default_status(call),
        };
        self.facts.routes.push(Route {
            owner: self.reader.reference(owner),
            methods,
            path: self.reader.text(path),
            status,
            options: self.reader.options(call),
            handler,
            line: self.reader.line(call.start()),
            scope: self.label().to_owned(),
            offset: call.start().to_u32(),
            condition: self.condition,
        });
    }

    /// The status that a route has by its response class: a redirect's is 307.
    fn default_status(&self, call: &ExprCall) -> Option<Code> {
        let class = &call.arguments.find_keyword("response_class")?.value;
        match self.reader.names.class(class) {
            Some((Symbol::Response, false)) => {
                let is_redirect = python::last_name(class) == Some("RedirectResponse");
                is_redirect.then_some(Code::Known(307))
            }
            _ => Some(Code::Unknown(self.reader.written(class))),
        }
    }

    fn methods(&self, call: &ExprCall, class: Option<&StmtClassDef>) -> Option<Vec<String>> {
        let Some(keyword) = call.arguments.find_keyword("methods") else {
            return match class {
                None => Some(vec!["GET".to_owned()]),
                Some(class) => {
                    let functions = class.body.iter().filter_map(Stmt::as_function_def_stmt);
                    let names = functions.map(|function| function.name.as_str()).filter(|name| METHODS.contains(name));
                    Some(names.map(str::to_ascii_uppercase).collect())
                }
            };
        };
        let elements = match &keyword.value {
            Expr::List(list) => &list.elts,
            Expr::Tuple(tuple) => &tuple.elts,
            Expr::Set(set) => &set.elts,
            Expr::NoneLiteral(_) => return Some(vec!["GET".to_owned()]),
            _ => return None,
        };
        elements.iter().map(|element| python::string(element).map(str::to_ascii_uppercase)).collect()
    }

    /// `app.include_router(…)`, `app.mount(…)`, `router.add_api_route(…)`.
    fn method_call(&mut self, call: &ExprCall) {
        let Expr::Attribute(method) = &*call.func else {
            return;
        };
        let argument = |name: &str, place: usize| {
            let keyword = call.arguments.find_keyword(name).map(|keyword| &keyword.value);
            keyword.or_else(|| call.arguments.args.get(place))
        };
        let (router, prefix) = match method.attr.as_str() {
            "include_router" => {
                let has_spread = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
                let prefix = match call.arguments.find_keyword("prefix") {
                    Some(prefix) => self.reader.text(&prefix.value),
                    None if has_spread => Text::Unknown("**".to_owned()),
                    None => Text::Known(String::new()),
                };
                (argument("router", 0), prefix)
            }
            "mount" => match argument("path", 0) {
                Some(path) => (argument("app", 1), self.reader.text(path)),
                None => return,
            },
            name @ ("add_api_route" | "add_route" | "add_api_websocket_route" | "add_websocket_route") => {
                let handler = match argument("endpoint", 1).or_else(|| argument("route", 1)) {
                    Some(endpoint @ (Expr::Name(_) | Expr::Attribute(_))) => {
                        Handler::Function(self.reader.reference(endpoint))
                    }
                    Some(_) => Handler::Unknown,
                    None => return,
                };
                let is_socket = name.contains("websocket");
                let methods = if is_socket { Some(vec!["WEBSOCKET".to_owned()]) } else { self.methods(call, None) };
                return self.route(call, &method.value, methods, 0, handler);
            }
            _ => return,
        };
        let Some(router) = router else {
            return;
        };
        let (router, is_made) = match router {
            Expr::Call(call) => {
                (Reference { text: self.reader.written(router), ..self.reader.reference(&call.func) }, true)
            }
            _ => (self.reader.reference(router), false),
        };
        self.facts.includes.push(Include {
            owner: self.reader.reference(&method.value),
            router,
            is_made,
            prefix,
            options: Options { is_hidden: method.attr.as_str() == "mount", ..self.reader.options(call) },
            line: self.reader.line(call.start()),
            scope: self.label().to_owned(),
            offset: call.start().to_u32(),
            condition: self.condition,
        });
    }

    fn function(&mut self, function: &'a StmtFunctionDef) {
        let key = format!("{}{}", self.label(), function.name);
        let reference = Reference {
            key: Some((self.reader.file.clone(), key.clone())),
            rest: Vec::new(),
            text: function.name.to_string(),
        };
        for decorator in &function.decorator_list {
            self.decorated(&decorator.expression, &Handler::Function(reference.clone()), None);
        }
        let mut facts = Function::default();
        for parameter in &*function.parameters {
            if let Some(annotation) = parameter.annotation() {
                match self.reader.annotated(annotation) {
                    Some(depends) => facts.depends.extend(depends),
                    None if matches!(annotation, Expr::Name(_) | Expr::Attribute(_)) => {
                        facts.annotations.push(self.reader.reference(annotation));
                    }
                    None => {}
                }
            }
            facts.depends.extend(parameter.default().and_then(|default| self.reader.depends(default)));
        }
        self.functions.push((key, facts));
        // What stands in a function is there once it is called: its own conditions count, not those around it.
        let outer = self.condition.take();
        self.within(Scope::function(function), function.name.as_str(), |collector| {
            collector.visit_body(&function.body);
        });
        self.condition = outer;
        if let Some((key, facts)) = self.functions.pop() {
            self.facts.functions.insert(key, facts);
        }
    }

    fn class(&mut self, class: &'a StmtClassDef) {
        let key = format!("{}{}", self.label(), class.name);
        for decorator in &class.decorator_list {
            let handler = Handler::Unknown;
            self.decorated(&decorator.expression, &handler, Some(class));
        }
        let is_exception = matches!(self.reader.names.parent(class), Some((Symbol::HttpException, _)));
        let mut facts = Class { is_exception, ..Class::default() };
        facts.bases = class.bases().iter().map(|base| self.reader.reference(base)).collect();
        self.facts.classes.insert(key, facts);
        self.classes.push(class);
        self.within(Scope::class(class), class.name.as_str(), |collector| collector.visit_body(&class.body));
        self.classes.pop();
    }

    /// A call in a function: a status that is raised, or a function to look into.
    fn call(&mut self, call: &ExprCall) {
        let line = self.reader.line(call.start());
        let keyword = call.arguments.find_keyword("status_code").map(|keyword| &keyword.value);
        let code = keyword.or_else(|| call.arguments.args.first());
        if python::is_super_init(&call.func) {
            let label = self.label().trim_end_matches("__init__.").trim_end_matches('.').to_owned();
            // Where the parent has an `__init__` of its own, what comes first there is not the status.
            let parent = self.classes.last().and_then(|class| self.reader.names.parent(class));
            let is_first = matches!(parent, Some((Symbol::HttpException, false)));
            let code = if is_first { code } else { keyword }.map(|code| self.reader.code(code));
            if let Some(class) = self.facts.classes.get_mut(&label).filter(|class| class.is_exception) {
                class.code = code;
            }
            return;
        }
        let is_capital = python::last_name(&call.func)
            .is_some_and(|name| name.trim_start_matches('_').starts_with(|first: char| first.is_ascii_uppercase()));
        if is_capital && let Some((Symbol::HttpException, false)) = self.reader.names.class(&call.func) {
            let code =
                code.map_or_else(|| Code::Unknown(self.reader.written(&call.func)), |code| self.reader.code(code));
            if let Some((_, function)) = self.functions.last_mut() {
                function.raises.push((code, line));
            }
            return;
        }
        let callee = self.callee(&call.func);
        let code = keyword.map(|code| self.reader.code(code));
        if let Some((_, function)) = self.functions.last_mut().filter(|_| callee.key.is_some()) {
            function.calls.push(Call { callee, code, line });
        }
    }

    /// What is called; `self.method` is looked for in the class around it.
    fn callee(&self, expr: &Expr) -> Reference {
        let reference = self.reader.reference(expr);
        match (&reference.rest[..], self.classes.last()) {
            ([method], Some(class)) if reference.text.starts_with("self.") || reference.text.starts_with("cls.") => {
                let key = (self.reader.file.clone(), format!("{}.{method}", class.name));
                Reference { key: Some(key), rest: Vec::new(), text: reference.text }
            }
            _ => reference,
        }
    }
}

impl<'a> Visitor<'a> for Collector<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => return self.function(function),
            Stmt::ClassDef(class) => return self.class(class),
            Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.assign(target, &assign.value)),
            Stmt::AnnAssign(assign) => assign.value.iter().for_each(|value| self.assign(&assign.target, value)),
            Stmt::Return(stmt) => {
                let returned = stmt.value.as_deref().map(|value| self.reader.reference(value));
                if let Some((_, function)) = self.functions.last_mut() {
                    function.returns.extend(returned);
                }
            }
            Stmt::If(test) if python::is_type_checking(stmt) => {
                self.visit_expr(&test.test);
                return;
            }
            Stmt::If(_) | Stmt::Match(_) => {
                return self.under("only under a condition", |it| visitor::walk_stmt(it, stmt));
            }
            Stmt::For(_) | Stmt::While(_) => return self.under("added in a loop", |it| visitor::walk_stmt(it, stmt)),
            Stmt::Try(_) => {
                return self.under("added where an error may come first", |it| visitor::walk_stmt(it, stmt));
            }
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(call) => {
                self.method_call(call);
                self.call(call);
            }
            // Their own scopes hold nothing that is looked for.
            Expr::Lambda(_) => return,
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

//! Routes and inclusions, as they are added to routers.

use ruff_python_ast::{Expr, ExprCall, Stmt, StmtClassDef};
use ruff_text_size::{Ranged, TextSize};

use super::{Collector, METHODS};
use crate::python;
use crate::routes::facts::{Handler, Include, Options, Reference, Route, Thing};
use crate::routes::steps::Step;
use crate::scope::Value;

/// Starlette's own ways to add a route.
const PLAIN: [&str; 4] = ["route", "add_route", "websocket_route", "add_websocket_route"];

/// A router's methods that add routes and are no decorators.
const ADDERS: [&str; 6] =
    ["include_router", "mount", "add_api_route", "add_route", "add_api_websocket_route", "add_websocket_route"];

/// All of a router's methods that add routes.
pub(in crate::routes) fn adders() -> impl Iterator<Item = &'static str> {
    let more = ["api_route", "route", "websocket", "websocket_route"];
    METHODS.into_iter().chain(more).chain(ADDERS)
}

impl<'a> Collector<'a> {
    /// `@router.get("/")` over a function or a class.
    ///
    /// `name` is the place of the function's or the class's name.
    pub(super) fn decorated(
        &mut self,
        decorator: &Expr,
        handler: &Handler,
        class: Option<&StmtClassDef>,
        name: TextSize,
    ) {
        let order = name.to_u32();
        let Expr::Call(call) = decorator else {
            return;
        };
        let Expr::Attribute(method) = &*call.func else {
            return;
        };
        let name = method.attr.as_str();
        let methods = match name {
            _ if METHODS.contains(&name) => Some(vec![name.to_ascii_uppercase()]),
            "api_route" | "route" => self.methods(call, class),
            "websocket" | "websocket_route" => Some(vec!["WEBSOCKET".to_owned()]),
            _ => return,
        };
        self.route(call, &method.value, methods, order, handler.clone());
    }

    fn route(&mut self, call: &ExprCall, owner: &Expr, methods: Option<Vec<String>>, order: u32, handler: Handler) {
        let argument = |name: &str, place: usize| {
            let keyword = call.arguments.find_keyword(name).map(|keyword| &keyword.value);
            keyword.or_else(|| call.arguments.args.get(place))
        };
        let Some(path) = argument("path", 0) else {
            return;
        };
        let status = call.arguments.find_keyword("status_code").map(|keyword| &keyword.value);
        let status = status.filter(|status| !status.is_none_literal_expr()).map(|status| self.reader.code(status));
        let class = call.arguments.find_keyword("response_class").map(|keyword| &keyword.value);
        let class_status = class.and_then(|class| self.reader.class_status(class));
        let name = python::last_name(&call.func).unwrap_or_default();
        let is_plain = PLAIN.contains(&name);
        let mut methods = methods;
        if is_plain && let Some(methods) = &mut methods {
            // Starlette answers HEAD wherever it answers GET; FastAPI does not.
            if methods.iter().any(|method| method == "GET") && !methods.iter().any(|method| method == "HEAD") {
                methods.push("HEAD".to_owned());
            }
        }
        self.need_of_a_route();
        self.facts.routes.push(Route {
            is_plain,
            owner: self.reader.reference(owner),
            methods,
            has_default_method: ["api_route", "add_api_route"].contains(&name)
                && call.arguments.find_keyword("methods").is_none(),
            path: self.reader.text(path),
            status,
            class_status,
            options: self.reader.options(call),
            handler,
            line: self.reader.line(call.start()),
            scope: self.label().to_owned(),
            offset: call.start().to_u32(),
            order,
            condition: self.condition,
        });
    }

    fn methods(&self, call: &ExprCall, class: Option<&StmtClassDef>) -> Option<Vec<String>> {
        let Some(keyword) = call.arguments.find_keyword("methods") else {
            return match class {
                None => Some(vec!["GET".to_owned()]),
                Some(class) => {
                    let functions = class.body.iter().filter_map(Stmt::as_function_def_stmt);
                    let names = functions.map(|function| function.name.as_str()).filter(|name| METHODS.contains(name));
                    let names: Vec<_> = names.map(str::to_ascii_uppercase).collect();
                    (!names.is_empty()).then_some(names)
                }
            };
        };
        match &keyword.value {
            Expr::NoneLiteral(_) => Some(vec!["GET".to_owned()]),
            methods => self.reader.methods(methods),
        }
    }

    /// `app.include_router(…)`, `app.mount(…)`, `router.add_api_route(…)`.
    pub(super) fn method_call(&mut self, call: &ExprCall) {
        let Expr::Attribute(method) = &*call.func else {
            return self.decorated_by_hand(call);
        };
        let argument = |name: &str, place: usize| {
            let keyword = call.arguments.find_keyword(name).map(|keyword| &keyword.value);
            keyword.or_else(|| call.arguments.args.get(place))
        };
        let (router, prefix) = match method.attr.as_str() {
            "include_router" => (argument("router", 0), self.reader.prefix(call)),
            "mount" => match argument("path", 0) {
                Some(path) => (argument("app", 1), self.reader.text(path)),
                None => return,
            },
            name @ ("add_api_route" | "add_route" | "add_api_websocket_route" | "add_websocket_route") => {
                let endpoint = argument("endpoint", 1).or_else(|| argument("route", 1));
                let class = endpoint.filter(|_| name == "add_route").and_then(|endpoint| self.class_of(endpoint));
                let handler = match endpoint {
                    Some(endpoint) if class.is_some() => Handler::Class(self.reader.reference(endpoint)),
                    Some(endpoint) => self.handler(endpoint),
                    None => return,
                };
                let is_socket = name.contains("websocket");
                // A class that is made elsewhere has methods of its own.
                let is_elsewhere = name == "add_route"
                    && class.is_none()
                    && call.arguments.find_keyword("methods").is_none()
                    && endpoint.is_some_and(python::is_capital);
                let methods = match is_socket {
                    true => Some(vec!["WEBSOCKET".to_owned()]),
                    false if is_elsewhere => None,
                    false => self.methods(call, class),
                };
                let before = self.facts.routes.len();
                self.route(call, &method.value, methods, call.start().to_u32(), handler);
                return self.decorated_steps(before);
            }
            _ => return,
        };
        let Some(router) = router else {
            return;
        };
        let text = self.reader.written(router);
        self.need_of_a_route();
        let place = self.facts.includes.len();
        self.step(|reader| Step::Include(place, reader.term(router)));
        let unknown = || Thing::Name(Reference { key: None, rest: Vec::new(), text: text.clone().into() });
        self.facts.includes.push(Include {
            owner: self.reader.reference(&method.value),
            router: self.reader.thing(router).unwrap_or_else(unknown),
            text,
            prefix,
            options: Options { is_hidden: method.attr.as_str() == "mount", ..self.reader.options(call) },
            line: self.reader.line(call.start()),
            scope: self.label().to_owned(),
            offset: call.start().to_u32(),
            condition: self.condition,
        });
    }

    /// `router.get("/")(handler)`
    fn decorated_by_hand(&mut self, call: &ExprCall) {
        let named = call.arguments.find_keyword("func").map(|keyword| &keyword.value);
        if let (Expr::Call(_), Some(handler)) = (&*call.func, call.arguments.args.first().or(named)) {
            let before = self.facts.routes.len();
            let handler = self.handler(handler);
            self.decorated(&call.func, &handler, None, call.start());
            self.decorated_steps(before);
        }
    }

    /// What handles a route that is not added by a decorator.
    fn handler(&self, endpoint: &Expr) -> Handler {
        match endpoint {
            Expr::Name(_) | Expr::Attribute(_) => Handler::Function(self.reader.reference(endpoint)),
            Expr::Lambda(lambda) => Handler::Function(self.reader.lambda(lambda)),
            other => Handler::Unknown(self.reader.written(other)),
        }
    }

    /// A class of this file.
    fn class_of(&self, expr: &Expr) -> Option<&'a StmtClassDef> {
        match (expr, self.reader.names.binding(python::last_name(expr)?, expr.start())?.value) {
            (Expr::Name(_), Value::Class(class)) => Some(class),
            _ => None,
        }
    }
}

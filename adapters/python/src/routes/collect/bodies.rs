//! What the body of a function answers with, and what it calls.

use std::sync::Arc;

use ruff_python_ast::{Expr, ExprCall, StmtFunctionDef};
use ruff_text_size::{Ranged, TextSize};

use super::{CHANGES, Collector, adders};
use crate::python;
use crate::routes::facts::{Arguments, CALL, Call, Code, Reference, SUPER, Way};
use crate::routes::parameters::way;
use crate::routes::values::callee;
use crate::scope::Value;
use crate::symbol::Symbol;

/// What is handed an instance, and adds nothing to it.
const HARMLESS: [&str; 10] =
    ["super", "isinstance", "getattr", "hasattr", "setattr", "type", "id", "repr", "str", "__init__"];

impl<'a> Collector<'a> {
    /// What a function or a class goes by, and whether it is the only one of its name. If not, each goes by its place,
    /// and the name leads to none of them.
    pub(super) fn name_of(&mut self, name: &str, place: TextSize, is_part: bool) -> (String, bool) {
        let is_one = !self.reader.names.scopes.last().is_some_and(|scope| scope.has_several(name));
        if is_one && !is_part {
            return (name.to_owned(), true);
        }
        let own = format!("{name}@{}", place.to_u32());
        if !is_one {
            let (key, one) = (self.full_name(name), self.full_name(&own));
            self.changed(&key);
            self.facts.several.entry(key).or_default().push(one);
        }
        (own, is_one)
    }

    /// Notes that a method adds routes to its own instance, or hands that to what may do so.
    pub(super) fn adds_to_itself(&mut self, call: &ExprCall) {
        let Some((_, class)) = self.classes.last().filter(|_| !self.functions.is_empty()) else {
            return;
        };
        let is_self = |expr: &Expr| matches!(expr, Expr::Name(name) if name.id.as_str() == "self");
        let is_of_self = |expr: &Expr, name: &str| match expr {
            Expr::Attribute(attribute) => attribute.attr.as_str() == name && is_self(&attribute.value),
            _ => false,
        };
        let is_super = |expr: &Expr| match expr {
            Expr::Call(call) => python::last_name(&call.func) == Some("super"),
            _ => false,
        };
        let is_an_adder = |name: &str| adders().any(|adder| adder == name);
        let adds = match &*call.func {
            Expr::Attribute(method) if is_an_adder(method.attr.as_str()) => {
                let owner = &*method.value;
                // A method that overrides one of the router's is another matter.
                let is_in_one = || self.functions.iter().any(|open| is_an_adder(last_of(&open.key)));
                is_self(owner) || is_of_self(owner, "router") || (is_super(owner) && !is_in_one())
            }
            Expr::Attribute(method) => CHANGES.contains(&method.attr.as_str()) && is_of_self(&method.value, "routes"),
            _ => false,
        };
        let is_plain = python::last_name(&call.func).is_some_and(|name| HARMLESS.contains(&name));
        let mut given = call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|keyword| &keyword.value));
        if adds || (!is_plain && given.any(is_self)) {
            let class = Arc::clone(class);
            if let Some(class) = self.facts.classes.get_mut(&class) {
                class.adds_routes = true;
            }
        }
    }

    /// The parameters that hold a response or a WebSocket.
    pub(super) fn given(&self, function: &'a StmtFunctionDef) -> Vec<(&'a str, Symbol)> {
        let parameters = function.parameters.iter();
        let given = parameters.filter_map(|parameter| {
            let annotation = match parameter.annotation()? {
                // `Response | None`
                Expr::BinOp(operation) => &*operation.left,
                annotation => annotation,
            };
            match self.reader.names.class(annotation)? {
                (symbol @ (Symbol::WebSocket | Symbol::Response | Symbol::Redirect), _) => {
                    Some((parameter.name().as_str(), symbol))
                }
                _ => None,
            }
        });
        given.collect()
    }

    /// What a variable holds, if it is a response or a WebSocket.
    fn held(&self, expr: &Expr) -> Option<Symbol> {
        let Expr::Name(name) = expr else {
            return None;
        };
        match self.reader.names.binding(name.id.as_str(), expr.start())?.value {
            Value::Assigned(Expr::Call(call)) => Some(self.reader.made(callee(call))?.0),
            Value::Unknown => {
                let mut given = self.functions.iter().rev().flat_map(|open| &open.given);
                given.find(|(given, _)| *given == name.id.as_str()).map(|(_, symbol)| symbol.clone())
            }
            _ => None,
        }
    }

    pub(super) fn answer(&mut self, way: Way, code: Code, line: usize) {
        if let Some(open) = self.functions.last_mut() {
            open.facts.answers.push((way, code, line));
        }
    }

    /// `response.status_code = …`, also of an exception.
    pub(super) fn status_of_a_response(&mut self, target: &Expr, value: &Expr) {
        let Some(attribute) = target.as_attribute_expr().filter(|attribute| attribute.attr.as_str() == "status_code")
        else {
            return;
        };
        let way = match self.held(&attribute.value).as_ref().and_then(way) {
            Some(way @ (Way::Return | Way::Raise)) => way,
            // `except … as error`
            None if self.is_of_what_was_caught(&attribute.value) => Way::Raise,
            _ => return,
        };
        let (code, line) = (self.reader.code(value), self.reader.line(attribute.attr.start()));
        self.answer(way, code, line);
    }

    /// A call in a function: a status that is answered, or a function to look into.
    pub(super) fn call(&mut self, call: &ExprCall) {
        if python::is_super_init(&call.func) {
            self.super_init(call);
            return self.calls(&call.func, None, None, self.reader.line(call.start()));
        }
        let line = self.reader.line(call.start());
        let class = Some(callee(call)).filter(|class| self.reader.names.may_be_a_class(class));
        let made = class.and_then(|class| self.reader.made(class));
        if let Some((symbol, false)) = &made
            && let Some(way) = way(symbol)
        {
            let code = self.code_made(call, symbol);
            return self.answer(way, code, line);
        }
        if let Expr::Attribute(method) = &*call.func {
            match method.attr.as_str() {
                "close" => self.close(call, &method.value),
                "TemplateResponse" => {
                    let code = self.code_at(call, "status_code", self.status_of_a_template(call));
                    self.answer(Way::Return, code.unwrap_or(Code::Known(200)), line);
                }
                "__call__" if self.is_super_of_a_scheme(&method.value) => {
                    self.answer(Way::Raise, Code::Known(401), line);
                }
                _ => {}
            }
        }
        if let Some(way) = self.way_of_own_class(callee(call)) {
            let code = Code::Unknown(self.reader.written(&call.func));
            return self.answer(way, code, line);
        }
        let has_own_init = matches!(made, Some((Symbol::HttpException, true)));
        let given = has_own_init.then(|| Box::new(self.reader.arguments(call)));
        self.calls(callee(call), self.code_by_name(call), given, line);
    }

    /// How `cls` answers in a method of a class of exceptions: as that class, or as any that derives from it.
    pub(super) fn way_of_own_class(&self, callee: &Expr) -> Option<Way> {
        let (_, class) = self.classes.last().filter(|_| !self.functions.is_empty())?;
        let is = |expr: &Expr, text: &str| expr.as_name_expr().is_some_and(|name| name.id.as_str() == text);
        let is_own_class = match callee {
            Expr::Attribute(attribute) => attribute.attr.as_str() == "__class__" && is(&attribute.value, "self"),
            Expr::Call(call) => is(&call.func, "type") && call.arguments.args.iter().all(|of| is(of, "self")),
            _ => is(callee, "cls"),
        };
        self.facts.classes.get(class).filter(|_| is_own_class)?.way
    }

    /// The status that a call is given by name.
    pub(super) fn code_by_name(&self, call: &ExprCall) -> Option<Box<Code>> {
        let keyword = call.arguments.find_keyword("status_code").or_else(|| call.arguments.find_keyword("code"));
        keyword.map(|keyword| Box::new(self.reader.code(&keyword.value)))
    }

    /// Notes that something of the tree is called.
    pub(super) fn calls(&mut self, callee: &Expr, code: Option<Box<Code>>, given: Option<Box<Arguments>>, line: usize) {
        let callee = Reference { text: Box::default(), ..self.callee(callee) };
        if callee.key.is_none() {
            return;
        }
        let call = Call { callee, code, given, line };
        match self.functions.last_mut() {
            Some(open) => open.facts.calls.push(call),
            None => self.facts.calls.push(call),
        }
    }

    /// The status of an exception or a response of the framework, as far as it is known.
    pub(super) fn code_made(&self, call: &ExprCall, symbol: &Symbol) -> Code {
        let code = self.code_of(call, symbol).or_else(|| default_code(symbol));
        code.unwrap_or_else(|| Code::Unknown(self.reader.written(&call.func)))
    }

    /// The status that an exception or a response of the framework is given.
    fn code_of(&self, call: &ExprCall, symbol: &Symbol) -> Option<Code> {
        let (name, place) = match symbol {
            Symbol::WebSocketException => ("code", 0),
            Symbol::HttpException => ("status_code", 0),
            _ => ("status_code", 1),
        };
        self.code_at(call, name, place)
    }

    /// The status that a call is given by this name or in this place.
    fn code_at(&self, call: &ExprCall, name: &str, place: usize) -> Option<Code> {
        let arguments = &call.arguments;
        let is_plain = |expr: &&Expr| !expr.is_starred_expr();
        let before = arguments.args.iter().take(place + 1).take_while(is_plain).nth(place);
        match arguments.find_keyword(name).map(|keyword| &keyword.value).or(before) {
            Some(code) => Some(self.reader.code(code)),
            None => {
                let has_spread = arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
                    || arguments.args.iter().take(place + 1).any(Expr::is_starred_expr);
                has_spread.then(|| Code::Unknown(self.reader.written(&call.func)))
            }
        }
    }

    /// Where `TemplateResponse(…)` has its status: behind request, name and context, or formerly name and context.
    fn status_of_a_template(&self, call: &ExprCall) -> usize {
        let arguments = &call.arguments.args;
        let is_text = |expr: &Expr| expr.is_string_literal_expr() || expr.is_f_string_expr();
        let is_former = arguments.first().is_some_and(is_text)
            || arguments.get(1).is_some_and(Expr::is_dict_expr)
            || arguments.get(2).is_some_and(|third| matches!(self.reader.code(third), Code::Known(_)));
        if is_former { 2 } else { 3 }
    }

    /// `super().__init__(…)`: the status that a class gives itself.
    fn super_init(&mut self, call: &ExprCall) {
        let Some((class, name)) = self.classes.last() else {
            return;
        };
        let parent = self.reader.names.parent(class);
        let keyword = |name| call.arguments.find_keyword(name).map(|keyword| self.reader.code(&keyword.value));
        let code = match &parent {
            Some((symbol, false)) => self.code_of(call, symbol).or_else(|| default_code(symbol)),
            // Where the parent has an `__init__` of its own, what comes first there is not the status.
            Some((Symbol::WebSocketException, true)) => keyword("code"),
            Some((_, true)) => keyword("status_code"),
            None => return,
        };
        let name = Arc::clone(name);
        let scheme = match parent {
            Some((Symbol::Scheme { always_raises }, _)) => self.reader.scheme_code(call, always_raises),
            _ => None,
        };
        if let Some(class) = self.facts.classes.get_mut(&name) {
            if class.way.is_some() {
                class.code = code;
            }
            if let Some(own) = &mut class.scheme {
                // Where the setting is handed on, it is on if nobody turns it off.
                own.code = scheme.map(|_| Code::Known(401));
            }
        }
    }

    /// `super()` in a class that derives from a security scheme, and may raise.
    fn is_super_of_a_scheme(&self, expr: &Expr) -> bool {
        let is_super = matches!(expr, Expr::Call(call) if python::last_name(&call.func) == Some("super"));
        let class = self.classes.last().and_then(|(_, name)| self.facts.classes.get(name));
        is_super && class.and_then(|class| class.scheme.as_ref()).is_some_and(|scheme| scheme.code.is_some())
    }

    /// `websocket.close(…)`.
    fn close(&mut self, call: &ExprCall, socket: &Expr) {
        let keyword = call.arguments.find_keyword("code").map(|keyword| &keyword.value);
        let code = keyword.or_else(|| call.arguments.args.first()).map(|code| self.reader.code(code));
        let is_socket = self.held(socket) == Some(Symbol::WebSocket);
        let code = match code {
            None if is_socket => Code::Known(1000),
            // Other things are closed too, by other numbers: `os.close(3)`.
            Some(Code::Known(code)) if is_socket || (1000..5000).contains(&code) => Code::Known(code),
            Some(code @ (Code::Either(_) | Code::Name(_) | Code::Unknown(_))) if is_socket || keyword.is_some() => code,
            _ => return,
        };
        self.answer(Way::Close, code, self.reader.line(call.start()));
    }

    /// What is called; a method of what a call returns is looked for behind that call, one of `super()` behind the class.
    pub(super) fn callee(&self, expr: &Expr) -> Reference {
        match expr {
            Expr::Attribute(method) if python::dotted(expr).is_none() => {
                let mut owner = self.callee(&method.value);
                owner.rest.push(method.attr.as_str().into());
                owner
            }
            Expr::Call(call) => {
                if let Some(class) = self.class_of_super(call) {
                    return Reference { rest: vec![SUPER.into()], ..class };
                }
                let mut made = self.callee(callee(call));
                made.rest.push(CALL.into());
                made
            }
            Expr::Await(wait) => self.callee(&wait.value),
            _ => self.reader.reference(expr),
        }
    }

    /// The class behind which `super()` looks: the one around it, or the one that it is given.
    fn class_of_super(&self, call: &ExprCall) -> Option<Reference> {
        let is_super = matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super");
        let (_, class) = self.classes.last().filter(|_| is_super)?;
        Some(call.arguments.args.first().map_or_else(|| self.own(class, ""), |class| self.reader.reference(class)))
    }
}

/// The status of what is given none.
const fn default_code(symbol: &Symbol) -> Option<Code> {
    match symbol {
        Symbol::Response => Some(Code::Known(200)),
        Symbol::Redirect => Some(Code::Known(307)),
        _ => None,
    }
}

fn last_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default().split('@').next().unwrap_or_default()
}

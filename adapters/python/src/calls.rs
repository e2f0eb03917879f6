//! Where in a call a status is expected, and what for.

use ruff_python_ast::{Expr, ExprCall, StmtClassDef, StringLiteral};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::names::Names;
use crate::python;
use crate::scan::Context;
use crate::symbol::Symbol;
use crate::usage::{Family, Kind};

/// The methods of a router that are used as decorators.
const DECORATORS: [&str; 12] = [
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "options",
    "head",
    "trace",
    "api_route",
    "route",
    "websocket",
    "websocket_route",
];

/// The methods of a router that take a route, or routes, as they are.
const ADDERS: [&str; 4] = ["add_api_route", "add_route", "add_websocket_route", "add_api_websocket_route"];

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callee {
    Route,
    /// `HTTPException`, or a class that derives from it; whether it takes the status first.
    HttpException {
        is_first: bool,
    },
    WebSocketException {
        is_first: bool,
    },
    /// A response class; whether it takes the status second.
    Response {
        is_second: bool,
    },
    /// A method `close`.
    Close,
    /// `HTTPStatus(…)`, `int(…)`: what is expected of the whole is expected of the argument.
    Conversion,
    Other,
}

/// What a keyword argument is to hold.
pub(crate) enum Expected {
    Status(Context),
    /// The keys of a dictionary are statuses.
    Keys,
    Nothing,
}

impl Callee {
    pub(crate) fn of(call: &ExprCall, is_decorator: bool, names: &Names<'_>, class: Option<&StmtClassDef>) -> Self {
        let method = match &*call.func {
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => "",
        };
        if (is_decorator && DECORATORS.contains(&method)) || ADDERS.contains(&method) {
            return Self::Route;
        }
        if method == "close" {
            return Self::Close;
        }
        if !may_hold_a_status(call) {
            return Self::Other;
        }
        let found = if python::is_super_init(&call.func) {
            class.and_then(|class| names.parent(class))
        } else {
            names.class(&call.func)
        };
        match found {
            Some((Symbol::HttpException, has_init)) => Self::HttpException { is_first: !has_init },
            Some((Symbol::WebSocketException, has_init)) => Self::WebSocketException { is_first: !has_init },
            Some((Symbol::Response | Symbol::Redirect, has_init)) => Self::Response { is_second: !has_init },
            Some((Symbol::HttpStatus, _)) => Self::Conversion,
            _ => match python::last_name(&call.func) {
                Some("int") => Self::Conversion,
                // A class that cannot be found is taken at its name.
                Some(name) if name.ends_with("HTTPException") => Self::HttpException { is_first: false },
                Some(name) if name.ends_with("Response") => Self::Response { is_second: false },
                _ => Self::Other,
            },
        }
    }

    pub(crate) fn positional(self, index: usize, argument: &Expr, outer: Context) -> Option<Context> {
        match (self, index) {
            (Self::HttpException { is_first: true }, 0) => Some(Context::of(Kind::Raise, Family::Http)),
            (Self::WebSocketException { is_first: true }, 0) => Some(Context::of(Kind::Close, Family::WebSocket)),
            (Self::Response { is_second: true }, 1) => Some(Context::of(Kind::Response, Family::Http)),
            (Self::Close, 0) => {
                // Other things are closed too, by other numbers: `os.close(3)`.
                let is_code =
                    python::integer(argument).is_none_or(|number| number.is_some_and(|number| number >= 1000));
                Some(if is_code { Context::of(Kind::Close, Family::WebSocket) } else { Context::names(Kind::Close) })
            }
            (Self::Conversion, 0) => Some(outer),
            _ => None,
        }
    }

    pub(crate) fn keyword(self, name: &str) -> Expected {
        match (self, name) {
            (Self::Close | Self::WebSocketException { .. }, "code") => {
                Expected::Status(Context::of(Kind::Close, Family::WebSocket))
            }
            (_, "status_code") => Expected::Status(Context::of(self.kind(), Family::Http)),
            (_, "responses") => Expected::Keys,
            _ => Expected::Nothing,
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Route => Kind::Route,
            Self::HttpException { .. } => Kind::Raise,
            Self::WebSocketException { .. } => Kind::Close,
            Self::Response { .. } => Kind::Response,
            Self::Close | Self::Conversion | Self::Other => Kind::Other,
        }
    }
}

/// Whether it pays to look up what is called.
fn may_hold_a_status(call: &ExprCall) -> bool {
    let has_keyword = call
        .arguments
        .keywords
        .iter()
        .any(|keyword| keyword.arg.as_ref().is_some_and(|name| matches!(name.as_str(), "status_code" | "code")));
    has_keyword || call.arguments.args.iter().take(2).any(may_be_a_status)
}

fn may_be_a_status(expr: &Expr) -> bool {
    match expr {
        Expr::NumberLiteral(_) => true,
        Expr::If(choice) => may_be_a_status(&choice.body) || may_be_a_status(&choice.orelse),
        Expr::Attribute(attribute) if attribute.attr.as_str() == "value" => may_be_a_status(&attribute.value),
        Expr::Call(call) => call.arguments.args.first().is_some_and(may_be_a_status),
        _ => python::last_name(expr).is_some_and(|name| name.starts_with(|first: char| first.is_ascii_uppercase())),
    }
}

/// `answer.status_code`, or a variable `status_code`.
pub(crate) fn is_status(expr: &Expr) -> bool {
    match expr {
        Expr::Named(named) => is_status(&named.value),
        _ => python::last_name(expr) == Some("status_code"),
    }
}

/// `answer.status_code`, also as `(code := answer.status_code)`.
pub(crate) fn is_status_attribute(expr: &Expr) -> bool {
    match expr {
        Expr::Named(named) => is_status_attribute(&named.value),
        _ => expr.is_attribute_expr() && is_status(expr),
    }
}

/// The second argument of `getattr(status, "HTTP_404_NOT_FOUND")`.
pub(crate) fn text_of_getattr<'a>(call: &'a ExprCall, names: &Names<'_>) -> Option<&'a StringLiteral> {
    match (&*call.func, &*call.arguments.args) {
        (Expr::Name(name), [module, Expr::StringLiteral(text), ..])
            if name.id.as_str() == "getattr" && names.symbol(module) == Some(Symbol::Status) =>
        {
            text.as_single_part_string()
        }
        _ => None,
    }
}

/// A string literal without its quotes.
pub(crate) fn inside(literal: &StringLiteral) -> TextRange {
    use ruff_python_ast::StringFlags;
    let (opener, closer): (TextSize, TextSize) = (literal.flags.opener_len(), literal.flags.closer_len());
    literal.range().add_start(opener).sub_end(closer)
}

//! Small questions about syntax trees.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Keyword, ModModule, Number, Stmt, StmtFunctionDef};

use crate::nesting;
use crate::source::{Source, Unreadable};

/// Parses a file.
pub(crate) fn parse(source: &Source) -> Result<ModModule, Unreadable> {
    match nesting::parse(source)? {
        Ok(module) => Ok(module),
        Err(error) => {
            let position = source.position(error.location.start());
            let message = error.error.to_string().replace(['\n', '\r'], " ");
            Err(Unreadable::NotPython { message, line: position.line, column: position.column })
        }
    }
}

/// The names of `a.b.c`, the first one first; `None` for any other expression.
pub(crate) fn dotted(expr: &Expr) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut expr = expr;
    loop {
        match expr {
            Expr::Attribute(attribute) => {
                names.push(attribute.attr.as_str());
                expr = &attribute.value;
            }
            Expr::Name(name) => {
                names.push(name.id.as_str());
                names.reverse();
                return Some(names);
            }
            _ => return None,
        }
    }
}

/// The first name of `a.b.c`.
pub(crate) fn first_name(mut expr: &Expr) -> Option<&str> {
    loop {
        match expr {
            Expr::Attribute(attribute) => expr = &attribute.value,
            Expr::Name(name) => return Some(name.id.as_str()),
            _ => return None,
        }
    }
}

/// The last name of `a.b.c` or of `f().c`.
pub(crate) fn last_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Name(name) => Some(name.id.as_str()),
        _ => None,
    }
}

/// Whether a name is written as a class's.
pub(crate) fn is_capital(expr: &Expr) -> bool {
    last_name(expr).is_some_and(is_capital_name)
}

pub(crate) fn is_capital_name(name: &str) -> bool {
    name.trim_start_matches('_').starts_with(|first: char| first.is_ascii_uppercase())
}

/// Whether a name, with what is before it, is written as a class's of exceptions other than FastAPI's: `sqlite3.Error`.
pub(crate) fn is_exception_class(name: &str) -> bool {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let name = name.rsplit('.').next().unwrap_or_default();
    let has_lower = name.contains(|c: char| c.is_ascii_lowercase());
    is_plain && is_capital_name(name) && has_lower && !name.ends_with("HTTPException")
}

/// The value of an integer literal; `None` for anything else, `Some(None)` for one that is out of all bounds.
pub(crate) fn integer(expr: &Expr) -> Option<Option<u32>> {
    match expr {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(number) => Some(number.as_i64().and_then(|number| u32::try_from(number).ok())),
            _ => None,
        },
        _ => None,
    }
}

/// The text of a string literal.
pub(crate) fn string(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::StringLiteral(literal) => Some(literal.value.to_str()),
        _ => None,
    }
}

/// Whether it is a call of `super().__init__`.
pub(crate) fn is_super_init(callee: &Expr) -> bool {
    match callee {
        Expr::Attribute(attribute) if attribute.attr.as_str() == "__init__" => match &*attribute.value {
            Expr::Call(call) => matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super"),
            _ => false,
        },
        _ => false,
    }
}

/// Arguments on which a status, a path or what is checked depends.
pub(crate) const TELLING: [&str; 8] = [
    "code",
    "default_response_class",
    "dependencies",
    "include_in_schema",
    "prefix",
    "response_class",
    "responses",
    "status_code",
];

/// Whether an `__init__` hands on what it is given: `super().__init__(**kwargs)`, and changes nothing of it that tells.
pub(crate) fn hands_on(init: &StmtFunctionDef) -> bool {
    let parameters = &init.parameters;
    let Some(rest) = &parameters.kwarg else {
        return false;
    };
    let is_plain = parameters.posonlyargs.len() + parameters.args.len() == 1 && parameters.kwonlyargs.is_empty();
    let more = parameters.vararg.as_ref().map(|more| more.name.as_str());
    let mut handed = Handed { more, ..Handed::of(rest.name.as_str()) };
    handed.visit_body(&init.body);
    is_plain && handed.is_handed_on && handed.all == handed.harmless
}

/// Whether an `__init__` changes nothing that tells of its `**kwargs`, whatever else it hands on with them.
pub(crate) fn keeps_rest(init: &StmtFunctionDef, rest: &str) -> bool {
    let mut handed = Handed { takes_more: true, ..Handed::of(rest) };
    handed.visit_body(&init.body);
    handed.all == handed.harmless
}

/// Counts what is done with `**kwargs`.
struct Handed<'a> {
    rest: &'a str,
    /// `*args`.
    more: Option<&'a str>,
    /// There may be other arguments beside them.
    takes_more: bool,
    all: usize,
    harmless: usize,
    is_handed_on: bool,
}

impl<'a> Handed<'a> {
    const fn of(rest: &'a str) -> Self {
        Self { rest, more: None, takes_more: false, all: 0, harmless: 0, is_handed_on: false }
    }

    fn is_rest(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Name(name) if name.id.as_str() == self.rest)
    }

    fn is_more(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Starred(starred) if starred.value.as_name_expr().map(|name| name.id.as_str()) == self.more)
    }
}

impl<'a> Visitor<'a> for Handed<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        let tells = |name: Option<&Expr>| name.and_then(string).is_none_or(|name| TELLING.contains(&name));
        match expr {
            Expr::Name(_) => self.all += usize::from(self.is_rest(expr)),
            Expr::Subscript(subscript) if self.is_rest(&subscript.value) => {
                self.harmless += usize::from(!tells(Some(&subscript.slice)));
            }
            Expr::Call(call) if is_super_init(&call.func) => {
                let (arguments, keywords) = (&call.arguments.args, &call.arguments.keywords);
                let is_rest = |keyword: &Keyword| keyword.arg.is_none() && self.is_rest(&keyword.value);
                let is_all = if self.takes_more {
                    keywords.iter().any(is_rest)
                } else {
                    arguments.len() == usize::from(self.more.is_some())
                        && arguments.iter().all(|argument| self.is_more(argument))
                        && matches!(&**keywords, [rest] if is_rest(rest))
                };
                self.harmless += usize::from(is_all);
                self.is_handed_on |= is_all;
            }
            Expr::Call(call) => {
                if let Expr::Attribute(method) = &*call.func
                    && self.is_rest(&method.value)
                    && matches!(method.attr.as_str(), "get" | "pop" | "setdefault")
                {
                    self.harmless += usize::from(!tells(call.arguments.args.first()));
                }
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

/// The blocks of a statement that belong to its own scope, each with whether it is a fallback: an `except` branch, or
/// what runs when a test fails.
pub(crate) fn blocks(stmt: &Stmt) -> Vec<(&[Stmt], bool)> {
    match stmt {
        Stmt::If(stmt) => {
            let mut blocks = vec![(&*stmt.body, false)];
            blocks.extend(stmt.elif_else_clauses.iter().map(|clause| (&*clause.body, true)));
            blocks
        }
        Stmt::For(stmt) => vec![(&stmt.body, false), (&stmt.orelse, false)],
        Stmt::While(stmt) => vec![(&stmt.body, false), (&stmt.orelse, false)],
        Stmt::With(stmt) => vec![(&stmt.body, false)],
        Stmt::Match(stmt) => stmt.cases.iter().map(|case| (&*case.body, false)).collect(),
        Stmt::Try(stmt) => {
            let mut blocks = vec![(&*stmt.body, false)];
            for handler in &stmt.handlers {
                let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                blocks.push((&handler.body, true));
            }
            blocks.push((&stmt.orelse, false));
            blocks.push((&stmt.finalbody, false));
            blocks
        }
        _ => Vec::new(),
    }
}

/// Whether a function is only a part of one: an `@overload`, or the setter of a property.
pub(crate) fn is_part(function: &StmtFunctionDef) -> bool {
    let mut decorators = function.decorator_list.iter().map(|decorator| &decorator.expression);
    decorators.any(|decorator| match last_name(decorator) {
        Some("overload") => true,
        Some("setter" | "deleter" | "getter") => decorator.is_attribute_expr(),
        _ => false,
    })
}

/// `ClassVar[…]`, also as a text.
pub(crate) fn is_class_variable(annotation: &Expr) -> bool {
    match annotation {
        Expr::Subscript(subscript) => last_name(&subscript.value) == Some("ClassVar"),
        Expr::StringLiteral(text) => text.value.to_str().contains("ClassVar"),
        annotation => last_name(annotation) == Some("ClassVar"),
    }
}

/// `field(init=False)`
pub(crate) fn is_not_for_init(default: &Expr) -> bool {
    let init = default.as_call_expr().and_then(|call| call.arguments.find_keyword("init"));
    init.is_some_and(|init| matches!(&init.value, Expr::BooleanLiteral(init) if !init.value))
}

/// Whether a function has a decorator of this name, with no call.
pub(crate) fn is_decorated(function: &StmtFunctionDef, name: &str) -> bool {
    function.decorator_list.iter().any(|decorator| last_name(&decorator.expression) == Some(name))
}

/// `if TYPE_CHECKING:`.
pub(crate) fn is_type_checking(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::If(stmt) if last_name(&stmt.test) == Some("TYPE_CHECKING"))
}

/// Whether a test asks which release it runs on: `hasattr(status, "HTTP_422_UNPROCESSABLE_CONTENT")`, or a version.
pub(crate) fn asks_for_a_release(test: &Expr) -> bool {
    let is_version = |name: &str| name.to_ascii_lowercase().contains("version");
    ruff_python_ast::helpers::any_over_expr(test, |expr| match expr {
        Expr::Call(call) => last_name(&call.func) == Some("hasattr"),
        _ => last_name(expr).is_some_and(is_version),
    })
}

/// Whether the branches of a statement are for different releases: a `try`, or a test for one.
pub(crate) fn is_for_releases(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Try(_) => true,
        Stmt::If(stmt) => asks_for_a_release(&stmt.test),
        _ => false,
    }
}

/// Whether a handler catches what a missing name raises.
pub(crate) fn catches_a_missing_name(handler: &ruff_python_ast::ExceptHandlerExceptHandler) -> bool {
    const ERRORS: [&str; 5] = ["ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "BaseException"];
    let is_one = |expr: &Expr| last_name(expr).is_some_and(|name| ERRORS.contains(&name));
    match handler.type_.as_deref() {
        None => true,
        Some(Expr::Tuple(types)) => types.elts.iter().any(is_one),
        Some(error) => is_one(error),
    }
}

//! What a call is handed by its bare name: a function or a class that it may call in turn.

use ruff_python_ast::{Expr, ExprCall};

use super::facts::Reference;
use super::values::Reader;
use crate::python;

/// What is handed a function or a class, and does not call it, or where nothing of it is answered: once the response is
/// sent, in a thread or process of its own. What is depended on has its own place.
const NO_CALLERS: [&str; 34] = [
    "BackgroundTask",
    "Depends",
    "Process",
    "Security",
    "Thread",
    "Timer",
    "add_done_callback",
    "add_job",
    "add_task",
    "call_at",
    "call_later",
    "call_soon",
    "call_soon_threadsafe",
    "callable",
    "cast",
    "debug",
    "enqueue",
    "getattr",
    "hasattr",
    "id",
    "info",
    "iscoroutinefunction",
    "isinstance",
    "issubclass",
    "print",
    "raises",
    "repr",
    "setattr",
    "signature",
    "str",
    "super",
    "suppress",
    "type",
    "warning",
];

/// Whether a call leaves alone what it is handed.
pub(super) fn is_no_caller(call: &ExprCall) -> bool {
    python::last_name(&call.func).is_some_and(|name| NO_CALLERS.contains(&name))
}

/// The names that a call is handed, also in lists; and the calls.
pub(super) fn handed(call: &ExprCall) -> Vec<&Expr> {
    if is_no_caller(call) {
        return Vec::new();
    }
    let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
    let mut todo: Vec<&Expr> = call.arguments.args.iter().chain(keywords).collect();
    let mut found = Vec::new();
    while let Some(expr) = todo.pop() {
        match expr {
            Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) => found.push(expr),
            Expr::List(list) => todo.extend(&list.elts),
            Expr::Tuple(list) => todo.extend(&list.elts),
            _ => {}
        }
    }
    found
}

impl Reader<'_> {
    /// What a call is handed, and what the calls in it are: `Allowed([Owner, either(Admin, Reader)])`.
    pub(super) fn handed(&self, call: &ExprCall) -> Vec<Reference> {
        let mut todo = handed(call);
        let mut found = Vec::new();
        while let Some(expr) = todo.pop() {
            match expr {
                Expr::Call(call) => todo.extend(handed(call)),
                name => found.extend(Some(self.reference(name)).filter(|name| name.key.is_some())),
            }
        }
        found
    }
}

//! What a call is handed by its bare name: a function or a class that it may call in turn.

use ruff_python_ast::{Expr, ExprCall, ExprName};

use super::facts::Reference;
use super::values::Reader;
use crate::python;

/// What is handed a function or a class, and does not call it, or where nothing of it is answered: later, once the response
/// is sent, in a thread or process of its own. What is depended on has its own place.
const NO_CALLERS: [&str; 25] = [
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
    "cast",
    "enqueue",
    "getattr",
    "hasattr",
    "iscoroutinefunction",
    "isinstance",
    "issubclass",
    "raises",
    "setattr",
    "signature",
    "super",
    "suppress",
];

/// Functions of Python's own that only look at what they are handed.
const LOOKERS: [&str; 5] = ["callable", "id", "print", "repr", "type"];

/// Whether a call leaves alone what it is handed.
pub(super) fn is_no_caller(call: &ExprCall) -> bool {
    let is_built_in = |name: &ExprName| LOOKERS.contains(&name.id.as_str());
    call.func.as_name_expr().is_some_and(is_built_in)
        || python::last_name(&call.func).is_some_and(|name| NO_CALLERS.contains(&name))
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

//! Which deprecated names become current ones.

use std::path::Path;

use fastapi_status::Entry;
use ruff_python_ast::{Expr, ModModule, Stmt, StringLiteral};

use super::HandedOn;
use super::edit::Plan;
use crate::calls;
use crate::scan::Scan;
use crate::scope::Value;
use crate::source::Source;
use crate::usage::{Form, Origin, Standing, Use};

/// Plans the renaming, and tells how many names it renames.
pub(super) fn plan(
    plan: &mut Plan,
    scan: &Scan<'_>,
    module: &ModModule,
    source: &Source,
    path: &Path,
    handed_on: &HandedOn,
) -> usize {
    let exported = strings_of_all(module);
    let mut count = 0;
    for entry in Entry::all().filter(|entry| entry.is_deprecated()) {
        let Some(new) = entry.replacement() else {
            continue;
        };
        let uses = || {
            scan.uses.iter().filter(|found| found.standing == Standing::Deprecated && found.name == Some(entry.name()))
        };
        if uses().next().is_none() {
            continue;
        }
        let in_all = exported.iter().find(|text| text.as_str() == entry.name());
        if let Some(text) = in_all {
            plan.leave(&calls::inside(text), "it is a string in `__all__`, and part of what this module offers");
        }
        let is_offered = in_all.is_some()
            || path.ends_with("__init__.py")
            || handed_on.contains(&(path.to_owned(), entry.name().to_owned()));
        let obstacle = obstacle(scan, entry.name(), new, is_offered);
        for found in uses() {
            match decide(found, source.slice(found.range), entry.name(), obstacle.as_deref()) {
                Decision::Rename => {
                    plan.replace(found.range, new);
                    count += 1;
                }
                Decision::Leave(reason) => plan.leave(&found.range, reason),
                Decision::Nothing => {}
            }
        }
    }
    count
}

enum Decision<'a> {
    Rename,
    Leave(&'a str),
    /// It stands there under another name.
    Nothing,
}

fn decide<'a>(found: &Use, text: &str, old: &str, obstacle: Option<&'a str>) -> Decision<'a> {
    if found.form == Form::Text {
        return Decision::Leave("it is in a string");
    }
    if text != old {
        return Decision::Nothing;
    }
    if found.is_guarded {
        return Decision::Leave("it provides for older releases");
    }
    if found.origin == Origin::Tree {
        return Decision::Leave("another module of this project hands it on under this name");
    }
    match (found.form, obstacle) {
        (Form::Attribute | Form::Import { has_alias: true }, _) => Decision::Rename,
        (_, Some(obstacle)) => Decision::Leave(obstacle),
        (_, None) => Decision::Rename,
    }
}

/// Why a name that is imported as it is cannot be renamed in this file.
fn obstacle(scan: &Scan<'_>, old: &str, new: &str, is_offered: bool) -> Option<String> {
    let bindings = |name| scan.scopes.iter().flat_map(move |scope| scope.all(name));
    let is_import_of = |value: &Value<'_>, wanted: &str| matches!(value, Value::Member { level: 0, module: "fastapi.status" | "starlette.status", name } if *name == wanted);
    let is_explicit = scan.uses.iter().any(|found| {
        found.name == Some(old)
            && found.form == Form::Import { has_alias: true }
            && bindings(old).any(|binding| binding.from == found.range.start())
    });
    let has_guard = || {
        let mut imports = scan.uses.iter().filter(|found| found.name == Some(old));
        imports.any(|found| found.is_guarded && matches!(found.form, Form::Import { .. }))
    };
    if is_offered || is_explicit {
        Some("other modules may import it from here under this name".to_owned())
    } else if bindings(old).any(|binding| !is_import_of(&binding.value, old)) {
        Some(format!("`{old}` is something else too in this file"))
    } else if bindings(new).any(|binding| !is_import_of(&binding.value, new)) {
        Some(format!("`{new}` is something else in this file"))
    } else if has_guard() {
        Some("it provides for older releases".to_owned())
    } else {
        None
    }
}

/// The strings of `__all__ = […]` and `__all__ += […]`.
fn strings_of_all(module: &ModModule) -> Vec<&StringLiteral> {
    let is_all = |target: &Expr| matches!(target, Expr::Name(name) if name.id.as_str() == "__all__");
    let mut strings = Vec::new();
    for stmt in &module.body {
        let value = match stmt {
            Stmt::Assign(assign) if assign.targets.iter().any(is_all) => Some(&assign.value),
            Stmt::AugAssign(assign) if is_all(&assign.target) => Some(&assign.value),
            Stmt::AnnAssign(assign) if is_all(&assign.target) => assign.value.as_ref(),
            _ => None,
        };
        let elements = match value.map(|value| &**value) {
            Some(Expr::List(list)) => &list.elts,
            Some(Expr::Tuple(tuple)) => &tuple.elts,
            _ => continue,
        };
        strings.extend(elements.iter().filter_map(|element| match element {
            Expr::StringLiteral(text) => text.as_single_part_string(),
            _ => None,
        }));
    }
    strings
}

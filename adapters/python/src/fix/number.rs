//! Which numbers become names, and the import that those need.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ModModule, Stmt, StmtImportFrom};
use ruff_text_size::{Ranged, TextLen, TextRange, TextSize};

use super::edit::Plan;
use crate::scan::Scan;
use crate::source::Source;
use crate::usage::{Access, Form};

/// Plans the replacement, and tells how many numbers it replaces.
pub(super) fn plan(plan: &mut Plan, scan: &Scan<'_>, module: &ModModule, source: &Source) -> usize {
    let mut count = 0;
    let mut free: Vec<(TextRange, &str)> = Vec::new();
    for found in &scan.uses {
        let (Form::Number(access), Some(name)) = (found.form, found.name) else {
            continue;
        };
        if found.is_bound {
            // `< 300` means no `Multiple Choices`.
            continue;
        }
        let way = match access {
            Access::Unasked => continue,
            Access::Through(index) => scan.access[index].as_str(),
            Access::Free => "",
            Access::Taken => {
                plan.leave(&found.range, "`status` is, or may be, something else here");
                continue;
            }
            Access::Typing => {
                plan.leave(&found.range, "`status` is imported for type checkers only");
                continue;
            }
        };
        let after = source.text()[found.range.end().to_usize()..].chars().next();
        let before = source.text()[..found.range.start().to_usize()].chars().next_back();
        if [before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_') {
            // `404if`, which Python takes for now.
            plan.leave(&found.range, "there is no space beside it");
            continue;
        }
        if access == Access::Free {
            free.push((found.range, name));
            continue;
        }
        plan.replace(found.range, format!("{way}.{name}"));
        count += 1;
    }
    let Some(first) = free.iter().map(|(range, _)| range.start()).min() else {
        return count;
    };
    if is_optional(module) {
        let why = "FastAPI is imported only in a function, or under a condition";
        free.iter().for_each(|(range, _)| plan.leave(range, why));
        return count;
    }
    if is_in_use(module) {
        free.iter().for_each(|(range, _)| plan.leave(range, "`status` is, or may be, something else here"));
        return count;
    }
    let (place, text) = import(module, source, first);
    if place > first {
        free.iter().for_each(|(range, _)| plan.leave(range, "there is no line for the import before it"));
        return count;
    }
    plan.replace(TextRange::empty(place), text);
    for (range, name) in &free {
        plan.replace(*range, format!("status.{name}"));
    }
    count + free.len()
}

/// Whether `status` stands for something without an import: as a variable of the module (`global status`), or in a name
/// (`status.HTTP_200_OK`) that an import would give a meaning to.
fn is_in_use(module: &ModModule) -> bool {
    struct Finder(bool);
    impl<'a> Visitor<'a> for Finder {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            if let Stmt::Global(global) = stmt {
                self.0 |= global.names.iter().any(|name| name.as_str() == "status");
            }
            visitor::walk_stmt(self, stmt);
        }

        fn visit_expr(&mut self, expr: &'a Expr) {
            if let Expr::Attribute(name) = expr {
                let is_status = name.value.as_name_expr().is_some_and(|value| value.id.as_str() == "status");
                self.0 |= is_status && (name.attr.starts_with("HTTP_") || name.attr.starts_with("WS_"));
            }
            visitor::walk_expr(self, expr);
        }
    }
    let mut finder = Finder(false);
    finder.visit_body(&module.body);
    finder.0
}

/// Where to import `status`, and how: beside what is imported already, unless `first`, the first use, comes before.
fn import(module: &ModModule, source: &Source, first: TextSize) -> (TextSize, String) {
    let imports = module.body.iter().filter_map(Stmt::as_import_from_stmt).filter(|import| import.end() <= first);
    let of = |package: &str| {
        imports.clone().find(|import| {
            import.level == 0
                && import.module.as_ref().is_some_and(|module| module.as_str() == package)
                && import.names.iter().all(|alias| alias.name.as_str() != "*")
        })
    };
    if let Some(import) = of("fastapi").or_else(|| of("starlette")) {
        return beside(import, source);
    }
    let newline = newline(source.text());
    let package = if names_fastapi(module) { "fastapi" } else { "starlette" };
    let line = format!("from {package} import status{newline}");
    let is_import = |stmt: &&Stmt| matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_));
    let is_future = |stmt: &Stmt| matches!(stmt, Stmt::ImportFrom(import) if import.module.as_ref().is_some_and(|module| module.as_str() == "__future__"));
    let is_docstring = |stmt: &Stmt| matches!(stmt, Stmt::Expr(stmt) if stmt.value.is_string_literal_expr());
    let last_of_head = module
        .body
        .iter()
        .enumerate()
        .take_while(|(index, stmt)| is_future(stmt) || (*index == 0 && is_docstring(stmt)))
        .last();
    let rest = last_of_head.map_or(0, |(index, _)| index + 1);
    match module.body[rest..].iter().find(is_import).filter(|stmt| is_first_in_line(stmt.start(), source)) {
        Some(stmt) => (stmt.start(), line),
        None => match last_of_head {
            Some((_, stmt)) => match source.text()[stmt.end().to_usize()..].find(newline) {
                Some(end) => (stmt.end() + TextSize::try_from(end + newline.len()).unwrap_or_default(), line),
                None => (source.text().text_len(), format!("{newline}{line}")),
            },
            None => (module.body.first().map_or(TextSize::new(0), Ranged::start), line),
        },
    }
}

/// Adds `status` to what is imported already.
fn beside(import: &StmtImportFrom, source: &Source) -> (TextSize, String) {
    let Some(last) = import.names.last() else {
        return (import.end(), String::new());
    };
    let line_start = source.text()[..last.start().to_usize()].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent = &source.text()[line_start..last.start().to_usize()];
    let is_in_parentheses = source.text()[import.range()].ends_with(')');
    if is_in_parentheses && indent.chars().all(|c| c == ' ' || c == '\t') && line_start > import.start().to_usize() {
        // One name a line.
        return (last.end(), format!(",{}{indent}status", newline(source.text())));
    }
    (last.end(), ", status".to_owned())
}

/// Whether the module can do without the framework, which it imports only later, or perhaps.
fn is_optional(module: &ModModule) -> bool {
    struct Finder(bool);
    impl<'a> Visitor<'a> for Finder {
        fn visit_stmt(&mut self, stmt: &'a Stmt) {
            self.0 |= imports(stmt, &["fastapi", "starlette"]);
            visitor::walk_stmt(self, stmt);
        }
    }
    let mut finder = Finder(false);
    finder.visit_body(&module.body);
    finder.0 && !module.body.iter().any(|stmt| imports(stmt, &["fastapi", "starlette"]))
}

fn names_fastapi(module: &ModModule) -> bool {
    let any = |package| module.body.iter().any(|stmt| imports(stmt, &[package]));
    any("fastapi") || !any("starlette")
}

/// Whether a statement imports one of these packages, or from it.
fn imports(stmt: &Stmt, packages: &[&str]) -> bool {
    let is_one = |module: &str| module.split('.').next().is_some_and(|top| packages.contains(&top));
    match stmt {
        Stmt::Import(import) => import.names.iter().any(|alias| is_one(alias.name.as_str())),
        Stmt::ImportFrom(import) => {
            import.level == 0 && import.module.as_ref().is_some_and(|module| is_one(module.as_str()))
        }
        _ => false,
    }
}

fn is_first_in_line(place: TextSize, source: &Source) -> bool {
    let before = &source.text()[..place.to_usize()];
    before.is_empty() || before.ends_with(['\n', '\r'])
}

/// How the first line ends.
fn newline(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(end) if text[end..].starts_with("\r\n") => "\r\n",
        Some(end) if text[end..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

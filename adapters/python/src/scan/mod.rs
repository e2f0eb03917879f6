//! Finds the uses of statuses in one file.

mod visit;

use std::path::{Path, PathBuf};

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Alias, Expr, ModModule, StmtClassDef};
use ruff_text_size::{Ranged, TextRange};

use crate::names::Names;
use crate::scope::{Binding, Scope, Value};
use crate::source::{Cursor, Source, Unreadable};
use crate::symbol::Symbol;
use crate::tree::{Meaning, Tree, folder_of};
use crate::usage::{Access, Family, Form, Kind, Origin, Use, Written, judge};
use crate::{access, calls, prefilter, python};

/// The uses in a file, in the order they stand.
pub(crate) fn scan(source: &Source, path: &Path, tree: &Tree) -> Result<Vec<Use>, Unreadable> {
    if !prefilter::has_to_be_parsed(source.text(), path, tree) {
        return Ok(Vec::new());
    }
    let module = python::parse(source)?;
    Ok(scan_module(&module, source, path, tree, false).uses)
}

/// What is found in a file.
pub(crate) struct Scan<'a> {
    pub(crate) uses: Vec<Use>,
    /// How the `status` module is written in the file: [`Access::Through`] points here.
    pub(crate) access: Vec<String>,
    /// Every scope of the file that was entered, if all were asked for: the module's first.
    pub(crate) scopes: Vec<Scope<'a>>,
    /// The modules of the tree that a deprecated name is taken from, and the name.
    pub(crate) providers: Vec<(PathBuf, String)>,
}

/// Scans a file that is parsed; `for_fix` asks for what only `fix` needs.
pub(crate) fn scan_module<'a>(
    module: &'a ModModule,
    source: &'a Source,
    path: &Path,
    tree: &'a Tree,
    for_fix: bool,
) -> Scan<'a> {
    let names = Names::new(tree, folder_of(path), Scope::module(&module.body));
    let access = if for_fix { access::ways(&names) } else { Vec::new() };
    let mut scanner = Scanner {
        names,
        source,
        context: Context::NONE,
        is_service: false,
        imports: Vec::new(),
        classes: Vec::new(),
        guards: 0,
        for_fix,
        is_package: path.ends_with("__init__.py"),
        scan: Scan { uses: Vec::new(), access, scopes: Vec::new(), providers: Vec::new() },
    };
    scanner.visit_body(&module.body);
    scanner.finish()
}

/// What is expected of the expression that is visited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    kind: Kind,
    /// Whether a number is a status here.
    family: Option<Family>,
    /// Whether it is a bound: `< 300`.
    is_bound: bool,
    /// Whether a number counts only if it has a name: a bound need not be a status, nor need what a variable holds.
    is_guess: bool,
}

impl Context {
    const NONE: Self = Self { kind: Kind::Other, family: None, is_bound: false, is_guess: false };

    pub(crate) const fn of(kind: Kind, family: Family) -> Self {
        Self { kind, family: Some(family), ..Self::NONE }
    }

    /// A variable `status_code`, which holds a status by its name only.
    const VARIABLE: Self = Self { family: Some(Family::Http), is_guess: true, ..Self::NONE };

    /// Names are of this kind; numbers are just numbers.
    pub(crate) const fn names(kind: Kind) -> Self {
        Self { kind, ..Self::NONE }
    }
}

struct Scanner<'a> {
    names: Names<'a>,
    source: &'a Source,
    context: Context,
    /// It imports FastAPI or Starlette.
    is_service: bool,
    /// What it imports from elsewhere.
    imports: Vec<(u32, &'a str, &'a str)>,
    /// The classes around the place, outermost first.
    classes: Vec<&'a StmtClassDef>,
    /// How many constructs around the place provide for a missing name.
    guards: usize,
    for_fix: bool,
    is_package: bool,
    scan: Scan<'a>,
}

impl<'a> Scanner<'a> {
    fn finish(mut self) -> Scan<'a> {
        // Numbers, and members of `http.HTTPStatus`, are statuses where FastAPI is.
        let is_name = |found: &Use| matches!(found.written, Written::Name(_));
        if !self.is_service && !self.scan.uses.iter().all(is_name) {
            let has_framework = |&(level, module, name): &(u32, &str, &str)| matches!(self.names.imported(level, module, name), Meaning::Framework(name) if !name.starts_with("http."));
            self.is_service = self.imports.iter().any(has_framework);
        }
        if !self.is_service {
            self.scan.uses.retain(is_name);
        }
        self.scan.uses.sort_by_key(|found| found.range.start());
        let mut cursor = Cursor::new(self.source);
        for found in &mut self.scan.uses {
            found.position = cursor.position(found.range.start());
        }
        if self.for_fix {
            let module = self.names.scopes.swap_remove(0);
            self.scan.scopes.insert(0, module);
        }
        self.scan
    }

    fn found(&mut self, written: Written, kind: Kind, form: Form, [range, whole]: [TextRange; 2], origin: Origin) {
        let family = match &written {
            Written::Name(name) if name.starts_with("WS_") => Family::WebSocket,
            Written::Name(_) => Family::Http,
            _ => self.context.family.unwrap_or(Family::Http),
        };
        let (name, code, standing) = judge(&written, family);
        let Context { is_bound, is_guess, .. } = self.context;
        if is_guess && name.is_none() && matches!(written, Written::Number(_)) {
            return;
        }
        let mut python = self.source.slice(whole).to_owned();
        if python.contains(char::is_whitespace) {
            python = python.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
        }
        let position = crate::source::Position { line: 0, column: 0 };
        let is_guarded = self.guards > 0;
        self.scan.uses.push(Use {
            position,
            kind,
            python,
            name,
            code,
            standing,
            written,
            family,
            range,
            whole,
            is_bound,
            origin,
            form,
            is_guarded,
        });
    }

    fn visit_with(&mut self, context: Context, expr: &'a Expr) {
        let outer = std::mem::replace(&mut self.context, context);
        self.visit_expr(expr);
        self.context = outer;
    }

    fn within(&mut self, scope: Scope<'a>, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.context, Context::NONE);
        self.names.scopes.push(scope);
        visit(self);
        if let Some(scope) = self.names.scopes.pop()
            && self.for_fix
        {
            self.scan.scopes.push(scope);
        }
        self.context = outer;
    }

    fn guarded(&mut self, is_guard: bool, visit: impl FnOnce(&mut Self)) {
        self.guards += usize::from(is_guard);
        visit(self);
        self.guards -= usize::from(is_guard);
    }

    /// A name, or `a.b.c`: whether it was a status.
    fn is_status(&mut self, expr: &'a Expr) -> bool {
        if expr.as_name_expr().is_some_and(|name| name.ctx.is_store()) {
            return false;
        }
        let Some((written, origin)) = self.status(expr) else {
            return false;
        };
        let form = if expr.is_name_expr() { Form::Name } else { Form::Attribute };
        let name = match expr {
            Expr::Attribute(attribute) if attribute.attr.as_str() == "value" => match &*attribute.value {
                Expr::Attribute(member) => member.attr.range(),
                _ => attribute.attr.range(),
            },
            Expr::Attribute(attribute) => attribute.attr.range(),
            _ => expr.range(),
        };
        self.found(written, self.context.kind, form, [name, expr.range()], origin);
        true
    }

    fn status(&mut self, expr: &'a Expr) -> Option<(Written, Origin)> {
        let (first, last) = (python::first_name(expr)?, python::last_name(expr)?);
        let is_alone = expr.is_name_expr();
        let is_own = |name: &str| name.starts_with("HTTP_") || name.starts_with("WS_");
        let worth_it = match self.names.binding(first, expr.start()) {
            Some(Binding { value: Value::Member { name, .. }, .. }) if is_alone => {
                is_own(name) || is_own(first) || name.chars().all(|c| !c.is_ascii_lowercase())
            }
            Some(Binding { value: Value::Member { module, name, .. }, .. }) => {
                let is_near = ["fastapi", "starlette", "http"].iter().any(|near| module.starts_with(near));
                is_own(last) || is_near || name.to_ascii_lowercase().contains("status")
            }
            Some(Binding { value: Value::Module(_) | Value::Assigned(_), .. }) => !is_alone,
            Some(_) => false,
            None => is_own(last) || is_own(first),
        };
        if !worth_it {
            return None;
        }
        let chain = python::dotted(expr)?;
        let before = &chain[..chain.len() - 1];
        match self.names.meaning(&chain, expr.start()) {
            Meaning::Framework(name) => match Symbol::of(&name) {
                Symbol::StatusName(name) => {
                    let origin = if self.for_fix { self.origin(before, first, &name, expr) } else { Origin::Framework };
                    Some((Written::Name(name), origin))
                }
                Symbol::HttpStatusMember(member) if self.context.family.is_some() => {
                    Some((Written::Member(member), Origin::Framework))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// By what way a name came here; a module of the tree that handed it on is kept in mind.
    fn origin(&mut self, before: &[&str], first: &str, name: &str, expr: &Expr) -> Origin {
        if !before.is_empty() {
            return match self.names.meaning(before, expr.start()) {
                Meaning::Module(file) => {
                    self.scan.providers.push((file, name.to_owned()));
                    Origin::Tree
                }
                _ => Origin::Framework,
            };
        }
        match self.names.binding(first, expr.start()) {
            Some(Binding { value: Value::Member { level, module, .. }, .. }) => self.import_origin(level, module, name),
            Some(_) => Origin::Framework,
            None => {
                let stars: Vec<_> = self.names.scopes.iter().flat_map(|scope| &scope.stars).copied().collect();
                let origins: Vec<_> =
                    stars.iter().map(|star| self.import_origin(star.level, star.module, name)).collect();
                if origins.contains(&Origin::Tree) { Origin::Tree } else { Origin::Framework }
            }
        }
    }

    fn import_origin(&mut self, level: u32, module: &str, name: &str) -> Origin {
        if level == 0 && is_framework(module) {
            return Origin::Framework;
        }
        if let Some(file) = self.names.provider(level, module) {
            self.scan.providers.push((file, name.to_owned()));
        }
        Origin::Tree
    }

    /// A number where a status is expected.
    fn number(&mut self, number: Option<u32>, range: TextRange) {
        let access = match self.context.family {
            Some(family) if self.for_fix => access::at(
                &self.names,
                range.start(),
                &self.scan.access,
                self.is_package,
                judge(&Written::Number(number), family).0,
            ),
            _ => Access::Unasked,
        };
        self.found(Written::Number(number), self.context.kind, Form::Number(access), [range, range], Origin::Framework);
    }

    fn call(&mut self, call: &'a ruff_python_ast::ExprCall, is_decorator: bool) {
        let outer = self.context;
        self.visit_with(Context::NONE, &call.func);
        let class = self.classes.last().copied();
        let callee = calls::Callee::of(call, is_decorator, &self.names, class);
        let is_getattr = matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "getattr");
        for (index, argument) in call.arguments.args.iter().enumerate() {
            let context = callee.positional(index, argument, outer).unwrap_or(Context::NONE);
            self.guarded(is_getattr, |scanner| scanner.visit_with(context, argument));
        }
        for keyword in &call.arguments.keywords {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            match callee.keyword(name) {
                calls::Expected::Status(context) => self.visit_with(context, &keyword.value),
                calls::Expected::Keys => self.responses(&keyword.value),
                calls::Expected::Nothing => self.visit_with(Context::NONE, &keyword.value),
            }
        }
        if let Some(text) = calls::text_of_getattr(call, &self.names) {
            let inside = calls::inside(text);
            let name = self.source.slice(inside).to_owned();
            self.context = Context::NONE;
            self.found(Written::Name(name), Kind::Other, Form::Text, [inside, call.range()], Origin::Framework);
        }
    }

    fn import_from(&mut self, level: u32, module: &'a str, alias: &'a Alias) {
        let name = alias.name.as_str();
        if name == "*" {
            return;
        }
        if level == 0 && is_framework(module) {
            self.is_service = true;
        } else {
            self.imports.push((level, module, name));
        }
        if name.chars().all(|c| !c.is_ascii_lowercase())
            && let Meaning::Framework(full) = self.names.imported(level, module, name)
            && let Symbol::StatusName(name) = Symbol::of(&full)
        {
            let origin = if self.for_fix { self.import_origin(level, module, &name) } else { Origin::Framework };
            let form = Form::Import { has_alias: alias.asname.is_some() };
            self.found(Written::Name(name), Kind::Import, form, [alias.name.range(); 2], origin);
        }
    }
}

/// Whether a module is FastAPI's or Starlette's.
fn is_framework(module: &str) -> bool {
    matches!(module.split('.').next(), Some("fastapi" | "starlette"))
}

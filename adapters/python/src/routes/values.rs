//! Reads texts, statuses and names from expressions.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ruff_python_ast::{Expr, ExprCall, ExprLambda, FStringPart, InterpolatedStringElement, Keyword, Operator};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::facts::{Argument, Arguments, Code, Keywords, Options, Reference, Router, Text, Thing};
use crate::names::Names;
use crate::scope::{Kind, Value};
use crate::source::{Lines, Source};
use crate::symbol::{Symbol, member_entry};
use crate::tree::Meaning;
use crate::{python, usage};

/// The arguments of routes, routers and inclusions that a dictionary may hold; not `path`.
const ARGUMENTS: [&str; 22] = [
    "callbacks",
    "dependencies",
    "deprecated",
    "description",
    "include_in_schema",
    "methods",
    "name",
    "openapi_extra",
    "operation_id",
    "prefix",
    "response_class",
    "response_description",
    "response_model",
    "response_model_by_alias",
    "response_model_exclude",
    "response_model_exclude_none",
    "response_model_exclude_unset",
    "response_model_include",
    "responses",
    "status_code",
    "summary",
    "tags",
];

/// A file, and the scopes around the place in it that is looked at.
pub(super) struct Reader<'a> {
    pub(super) names: Names<'a>,
    source: &'a Source,
    lines: Lines,
    pub(super) file: Arc<Path>,
    /// The name of each scope, as it begins a [`Key`](super::facts::Key): `create_app.`.
    pub(super) labels: Vec<String>,
    /// Files that names lead to, so that each is kept once.
    files: RefCell<FxHashMap<PathBuf, Arc<Path>>>,
    /// Likewise for their names.
    keys: RefCell<FxHashSet<Arc<str>>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(names: Names<'a>, source: &'a Source, file: &Path) -> Self {
        let (lines, labels) = (Lines::of(source), vec![String::new()]);
        Self {
            names,
            source,
            lines,
            file: Arc::from(file),
            labels,
            files: RefCell::default(),
            keys: RefCell::default(),
        }
    }

    pub(super) fn line(&self, place: TextSize) -> usize {
        self.lines.line(place)
    }

    /// An expression as it is written, on one line, and not too long.
    pub(super) fn written(&self, expr: &Expr) -> String {
        let text = self.source.slice(expr.range());
        if text.len() <= 60 && !text.contains(char::is_whitespace) {
            return text.to_owned();
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= 60 { text } else { text.chars().take(57).chain("...".chars()).collect() }
    }

    /// What a name leads to.
    pub(super) fn reference(&self, expr: &Expr) -> Reference {
        let text: Box<str> = self.written(expr).into();
        match python::dotted(expr) {
            Some(chain) => self.reference_of(&chain, expr.start(), text),
            None => Reference { key: None, rest: Vec::new(), text },
        }
    }

    /// What `a.b.c` leads to at a place.
    pub(super) fn reference_of(&self, chain: &[&str], at: TextSize, text: Box<str>) -> Reference {
        match self.names.place_of(chain[0], at) {
            Some((depth, binding)) if !binding.value.is_import() => {
                let name = format!("{}{}", self.labels[depth], chain[0]);
                let rest = chain[1..].iter().map(|&name| name.into()).collect();
                Reference { key: Some((Arc::clone(&self.file), self.key(&name))), rest, text }
            }
            Some(_) | None => match self.names.meaning(chain, at) {
                Meaning::Local { module, name, rest } => {
                    let rest = rest.into_iter().map(Into::into).collect();
                    Reference { key: Some((self.file(module), self.key(&name))), rest, text }
                }
                _ => Reference { key: None, rest: Vec::new(), text },
            },
        }
    }

    pub(super) fn file(&self, path: PathBuf) -> Arc<Path> {
        let mut files = self.files.borrow_mut();
        Arc::clone(files.entry(path).or_insert_with_key(|path| Arc::from(path.as_path())))
    }

    pub(super) fn key(&self, name: &str) -> Arc<str> {
        let mut keys = self.keys.borrow_mut();
        if let Some(known) = keys.get(name) {
            return Arc::clone(known);
        }
        let key: Arc<str> = name.into();
        keys.insert(Arc::clone(&key));
        key
    }

    /// What a name, or a call, stands for.
    pub(super) fn thing(&self, expr: &Expr) -> Option<Thing> {
        match expr {
            Expr::Call(call) => Some(Thing::Made(self.reference(callee(call)))),
            Expr::Name(_) | Expr::Attribute(_) => Some(Thing::Name(self.reference(expr))),
            Expr::Await(wait) => self.thing(&wait.value),
            Expr::Lambda(lambda) => Some(Thing::Name(self.lambda(lambda))),
            _ => None,
        }
    }

    /// What a `lambda` goes by: its place, behind the function around it.
    pub(super) fn lambda(&self, lambda: &ExprLambda) -> Reference {
        let around = self.names.scopes.iter().rposition(|scope| scope.kind == Kind::Function);
        let label = around.map_or("", |depth| &self.labels[depth]);
        let key = self.key(&format!("{label}lambda@{}", lambda.start().to_u32()));
        Reference { key: Some((Arc::clone(&self.file), key)), rest: Vec::new(), text: "lambda".into() }
    }

    pub(super) fn text(&self, expr: &Expr) -> Text {
        match expr {
            Expr::StringLiteral(literal) => Text::Known(literal.value.to_str().to_owned()),
            Expr::BinOp(operation) if operation.op == Operator::Add => {
                Text::Joined(vec![self.text(&operation.left), self.text(&operation.right)])
            }
            Expr::FString(text) => {
                let parts = text.value.iter().flat_map(|part| match part {
                    FStringPart::Literal(literal) => vec![Text::Known(literal.as_str().to_owned())],
                    FStringPart::FString(text) => text.elements.iter().map(|element| self.element(element)).collect(),
                });
                Text::Joined(parts.collect())
            }
            Expr::Name(_) | Expr::Attribute(_) => Text::Name(self.reference(expr)),
            _ => Text::Unknown(self.written(expr)),
        }
    }

    fn element(&self, element: &InterpolatedStringElement) -> Text {
        match element {
            InterpolatedStringElement::Literal(literal) => Text::Known(literal.value.to_string()),
            InterpolatedStringElement::Interpolation(part)
                if part.format_spec.is_none() && part.conversion.is_none() =>
            {
                self.text(&part.expression)
            }
            InterpolatedStringElement::Interpolation(part) => Text::Unknown(self.written(&part.expression)),
        }
    }

    pub(super) fn code(&self, expr: &Expr) -> Code {
        let unknown = || Code::Unknown(self.written(expr));
        match expr {
            Expr::NumberLiteral(_) => match python::integer(expr).flatten().and_then(|code| u16::try_from(code).ok()) {
                Some(code) => Code::Known(code),
                None => unknown(),
            },
            Expr::If(choice) => Code::Either(Box::new((self.code(&choice.body), self.code(&choice.orelse)))),
            Expr::Call(call) if self.names.symbol(&call.func) == Some(Symbol::HttpStatus) => {
                call.arguments.args.first().map_or_else(unknown, |code| self.code(code))
            }
            Expr::StringLiteral(literal) => literal.value.to_str().parse().map_or_else(|_| unknown(), Code::Known),
            Expr::Name(_) | Expr::Attribute(_) => match self.names.symbol(expr) {
                Some(Symbol::StatusName(name)) => {
                    let (_, code, _) = usage::judge(&usage::Written::Name(name), usage::Family::Http);
                    code.and_then(|code| u16::try_from(code).ok()).map_or_else(unknown, Code::Known)
                }
                Some(Symbol::HttpStatusMember(member)) => {
                    member_entry(&member).map_or_else(unknown, |entry| Code::Known(entry.code()))
                }
                Some(_) => unknown(),
                None => Code::Name(self.of_its_type(expr).unwrap_or_else(|| self.reference(expr))),
            },
            _ => unknown(),
        }
    }

    /// `type(self).STATUS`, which is `self.__class__.STATUS`.
    fn of_its_type(&self, expr: &Expr) -> Option<Reference> {
        let attribute = expr.as_attribute_expr()?;
        let call = attribute.value.as_call_expr()?;
        match (&*call.func, &*call.arguments.args) {
            (Expr::Name(name), [instance @ Expr::Name(_)]) if name.id.as_str() == "type" => {
                let rest = vec!["__class__".into(), attribute.attr.as_str().into()];
                Some(Reference { rest, text: self.written(expr).into(), ..self.reference(instance) })
            }
            _ => None,
        }
    }

    /// The status that a route has by its response class: a redirect's is 307.
    pub(super) fn class_status(&self, class: &Expr) -> Option<Code> {
        match self.names.class(class) {
            Some((Symbol::Response, false)) => None,
            Some((Symbol::Redirect, false)) => Some(Code::Known(307)),
            _ => Some(Code::Unknown(self.written(class))),
        }
    }

    /// Likewise by a default, which is not known: a route may have another class. One of another library is no redirect.
    fn default_status(&self, class: &Expr) -> Option<Code> {
        let unknown = Code::Unknown(self.written(class));
        match self.names.class(class) {
            Some((Symbol::Response, false)) => None,
            Some(_) => Some(unknown),
            None => self.reference(class).key.map(|_| unknown),
        }
    }

    /// `FastAPI(…)` or `APIRouter(…)`.
    pub(super) fn router(&self, call: &ExprCall) -> Option<Router> {
        self.router_of(&call.func, Some(call))
    }

    /// What such a class makes; with no call, by itself.
    pub(super) fn router_of(&self, class: &Expr, call: Option<&ExprCall>) -> Option<Router> {
        let Some((symbol @ (Symbol::App | Symbol::Router), has_init)) = self.names.class(class) else {
            return None;
        };
        let prefix = match call {
            _ if has_init => Text::Unknown(self.written(class)),
            Some(call) => self.prefix(call),
            None => Text::Known(String::new()),
        };
        let line = self.line(call.map_or(class.start(), Ranged::start));
        let options = call.map(|call| self.options(call)).unwrap_or_default();
        let class = Some(self.reference(class)).filter(|class| class.key.is_some());
        let given = has_init.then(|| Box::new(call.map(|call| self.arguments(call)).unwrap_or_default()));
        Some(Router { is_app: symbol == Symbol::App, prefix, options, class, given, line })
    }

    /// All that a call is given.
    pub(super) fn arguments(&self, call: &ExprCall) -> Arguments {
        let (list, keywords) = (&call.arguments.args, &call.arguments.keywords);
        let plain = list.iter().take_while(|argument| !argument.is_starred_expr());
        let keyword = |keyword: &Keyword| Some((keyword.arg.as_ref()?.as_str().into(), self.argument(&keyword.value)));
        let spreads = keywords.iter().filter(|keyword| keyword.arg.is_none());
        Arguments {
            list: plain.map(|argument| self.argument(argument)).collect(),
            keywords: keywords.iter().filter_map(keyword).collect(),
            more: spreads.map(|keyword| self.spread(&keyword.value)).collect(),
            has_more_in_list: list.iter().any(Expr::is_starred_expr),
        }
    }

    pub(super) fn argument(&self, expr: &Expr) -> Argument {
        Argument {
            text: self.text(expr),
            code: self.code(expr),
            thing: self.thing(expr),
            options: self.options_of(|_| Some(expr)),
        }
    }

    /// What `prefix=` says in a call.
    pub(super) fn prefix(&self, call: &ExprCall) -> Text {
        match call.arguments.find_keyword("prefix") {
            Some(prefix) => self.text(&prefix.value),
            None if has_spread(call) => Text::Spread,
            None => Text::Known(String::new()),
        }
    }

    /// What `responses=`, `dependencies=` and `include_in_schema=` say in a call.
    pub(super) fn options(&self, call: &ExprCall) -> Options {
        let keyword = |name: &str| call.arguments.find_keyword(name).map(|keyword| &keyword.value);
        let mut options = self.options_of(keyword);
        let spreads = call.arguments.keywords.iter().filter(|keyword| keyword.arg.is_none());
        options.more = spreads.map(|keyword| self.spread(&keyword.value)).collect();
        options
    }

    fn spread(&self, expr: &Expr) -> Option<Reference> {
        Some(self.reference(expr)).filter(|reference| reference.key.is_some())
    }

    fn options_of<'e>(&self, keyword: impl Fn(&str) -> Option<&'e Expr>) -> Options {
        let mut options = Options::default();
        if let Some(responses) = keyword("responses") {
            self.keys(responses, &mut options.responses);
        }
        options.depends = match keyword("dependencies") {
            None | Some(Expr::NoneLiteral(_)) => Vec::new(),
            Some(Expr::List(list)) => list.elts.iter().map(|element| self.dependency(element)).collect(),
            Some(Expr::Tuple(list)) => list.elts.iter().map(|element| self.dependency(element)).collect(),
            Some(other) => vec![self.unknown_dependency(other)],
        };
        options.class_status = keyword("default_response_class").and_then(|class| self.default_status(class));
        options.is_hidden = matches!(keyword("include_in_schema"), Some(Expr::BooleanLiteral(value)) if !value.value);
        options
    }

    /// A dictionary that holds nothing but arguments of a route, a router or an inclusion.
    pub(super) fn keywords(&self, value: &Expr) -> Option<Keywords> {
        let mut items = Vec::new();
        let mut more = Vec::new();
        match value {
            Expr::Dict(dict) => {
                for item in &dict.items {
                    match &item.key {
                        Some(key) => items.push((python::string(key)?, &item.value)),
                        None => more.push(self.spread(&item.value)),
                    }
                }
            }
            Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "dict") => {
                if !call.arguments.args.is_empty() {
                    return None;
                }
                for keyword in &call.arguments.keywords {
                    match &keyword.arg {
                        Some(name) => items.push((name.as_str(), &keyword.value)),
                        None => more.push(self.spread(&keyword.value)),
                    }
                }
            }
            _ => return None,
        }
        if items.is_empty() || !items.iter().all(|(name, _)| ARGUMENTS.contains(name)) {
            return None;
        }
        let keyword = |name: &str| items.iter().rev().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let given = |name| keyword(name).filter(|value| !value.is_none_literal_expr());
        let methods = match given("methods") {
            Some(methods) => Some(self.methods(methods)?),
            None => None,
        };
        Some(Keywords {
            methods,
            prefix: given("prefix").map(|prefix| self.text(prefix)),
            status: given("status_code").map(|status| self.code(status)),
            class_status: keyword("response_class").and_then(|class| self.class_status(class)),
            options: Options { more, ..self.options_of(keyword) },
        })
    }

    /// The texts in `methods=[…]`, also by the name of a constant.
    pub(super) fn methods(&self, expr: &Expr) -> Option<Vec<String>> {
        let elements = match expr {
            Expr::List(list) => &list.elts,
            Expr::Tuple(tuple) => &tuple.elts,
            Expr::Set(set) => &set.elts,
            Expr::Name(name) => {
                let is_constant = !name.id.contains(|c: char| c.is_ascii_lowercase());
                let (depth, binding) = self.names.place_of(name.id.as_str(), name.start()).filter(|_| is_constant)?;
                return match binding.value {
                    Value::Assigned(value) if self.names.scopes[depth].all(name.id.as_str()).len() == 1 => {
                        self.methods(value)
                    }
                    _ => None,
                };
            }
            _ => return None,
        };
        elements.iter().map(|element| python::string(element).map(str::to_ascii_uppercase)).collect()
    }

    /// The keys of `{404: …}`, `{**more, 404: …}` and `{…} | {…}`; a name stands for all that it holds.
    fn keys(&self, expr: &Expr, codes: &mut Vec<Code>) {
        match expr {
            Expr::Dict(dict) => {
                for item in &dict.items {
                    match &item.key {
                        // `default` and `4XX` are no statuses.
                        Some(Expr::StringLiteral(text)) if text.value.to_str().parse::<u16>().is_err() => {}
                        Some(key) => codes.push(self.code(key)),
                        None => self.keys(&item.value, codes),
                    }
                }
            }
            Expr::BinOp(operation) => {
                self.keys(&operation.left, codes);
                self.keys(&operation.right, codes);
            }
            Expr::NoneLiteral(_) => {}
            Expr::Name(name) => {
                let binding = self.names.binding(name.id.as_str(), name.start());
                match binding.map(|binding| binding.value) {
                    Some(Value::Assigned(value)) if value.is_dict_expr() => self.keys(value, codes),
                    _ => codes.push(Code::Unknown(self.written(expr))),
                }
            }
            _ => codes.push(Code::Unknown(self.written(expr))),
        }
    }
}

/// Whether a call has `**more`.
pub(super) fn has_spread(call: &ExprCall) -> bool {
    call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
}

/// What is called: of `Store[Item]()`, the `Store`.
pub(super) fn callee(call: &ExprCall) -> &Expr {
    match &*call.func {
        Expr::Subscript(subscript) => &subscript.value,
        callee => callee,
    }
}

//! Reads expressions for code that is run.

use std::sync::Arc;

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprCall, Operator, UnaryOp};
use ruff_text_size::Ranged;

use super::facts::Code;
use super::steps::{Call, Term};
use super::values::Reader;
use crate::python;

/// How deep an expression is read.
const MAX_DEPTH: usize = 24;

/// How long a list is kept.
const MAX_ELEMENTS: usize = 256;

impl Reader<'_> {
    pub(super) fn term(&self, expr: &Expr) -> Term {
        self.term_in(expr, MAX_DEPTH)
    }

    fn term_in(&self, expr: &Expr, depth: usize) -> Term {
        let Some(depth) = depth.checked_sub(1) else {
            return Term::Unknown;
        };
        let boxed = |expr: &Expr| Box::new(self.term_in(expr, depth));
        match expr {
            Expr::NoneLiteral(_) => Term::None,
            Expr::BooleanLiteral(literal) => Term::Flag(literal.value),
            Expr::StringLiteral(_) | Expr::FString(_) => Term::Text(self.text(expr)),
            Expr::NumberLiteral(_) => Term::Code(self.code(expr)),
            Expr::Name(_) | Expr::Attribute(_) => self.named(expr, depth),
            Expr::Await(wait) => self.term_in(&wait.value, depth),
            Expr::Call(call) => self.call_term(expr, call, depth),
            Expr::List(list) => self.list(&list.elts, depth),
            Expr::Tuple(list) => self.list(&list.elts, depth),
            Expr::Dict(dict) if dict.items.len() <= MAX_ELEMENTS => {
                let item = |item: &ruff_python_ast::DictItem| {
                    Some((self.term_in(item.key.as_ref()?, depth), self.term_in(&item.value, depth)))
                };
                dict.items.iter().map(item).collect::<Option<_>>().map_or(Term::Unknown, Term::Dict)
            }
            Expr::UnaryOp(operation) if operation.op == UnaryOp::Not => Term::Not(boxed(&operation.operand)),
            Expr::BoolOp(operation) => {
                let terms = operation.values.iter().map(|value| self.term_in(value, depth)).collect();
                if operation.op == BoolOp::And { Term::All(terms) } else { Term::Any(terms) }
            }
            Expr::BinOp(operation) if operation.op == Operator::Add => {
                Term::Sum(Box::new((self.term_in(&operation.left, depth), self.term_in(&operation.right, depth))))
            }
            Expr::Compare(compare) => match (&*compare.ops, &*compare.comparators) {
                ([operator @ (CmpOp::Is | CmpOp::IsNot | CmpOp::Eq | CmpOp::NotEq)], [right]) => {
                    let same = Term::Same(Box::new((self.term_in(&compare.left, depth), self.term_in(right, depth))));
                    let is_same = matches!(operator, CmpOp::Is | CmpOp::Eq);
                    if is_same { same } else { Term::Not(Box::new(same)) }
                }
                _ => Term::Unknown,
            },
            Expr::If(choice) => Term::Choice(Box::new((
                self.term_in(&choice.test, depth),
                self.term_in(&choice.body, depth),
                self.term_in(&choice.orelse, depth),
            ))),
            _ => Term::Unknown,
        }
    }

    fn list(&self, elements: &[Expr], depth: usize) -> Term {
        if elements.len() > MAX_ELEMENTS || elements.iter().any(Expr::is_starred_expr) {
            return Term::Unknown;
        }
        Term::List(elements.iter().map(|element| self.term_in(element, depth)).collect())
    }

    fn named(&self, expr: &Expr, depth: usize) -> Term {
        match (self.code(expr), expr) {
            (code @ Code::Known(_), _) => Term::Code(code),
            (_, Expr::Attribute(attribute)) if python::dotted(expr).is_none() => {
                let name = attribute.attr.as_str().into();
                if is_super(&attribute.value) {
                    Term::Super(name)
                } else {
                    Term::Attribute(Box::new(self.term_in(&attribute.value, depth)), name)
                }
            }
            _ => Term::Name(self.reference(expr)),
        }
    }

    fn call_term(&self, expr: &Expr, call: &ExprCall, depth: usize) -> Term {
        if let Some(router) = self.router(call) {
            return Term::Router(Box::new(router));
        }
        if self.marked(expr).is_some() || self.scheme(call).is_some() {
            return Term::Unknown;
        }
        let arguments = call.arguments.args.iter().filter(|argument| !argument.is_starred_expr());
        let keywords = call.arguments.keywords.iter();
        let has_more = call.arguments.args.iter().any(Expr::is_starred_expr)
            || call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        let keyword = |keyword: &ruff_python_ast::Keyword| {
            let name = Arc::from(keyword.arg.as_ref()?.as_str());
            Some((name, self.term_in(&keyword.value, depth)))
        };
        Term::Call(Box::new(Call {
            callee: self.term_in(super::values::callee(call), depth),
            arguments: arguments.map(|argument| self.term_in(argument, depth)).collect(),
            keywords: keywords.filter_map(keyword).collect(),
            has_more,
            offset: call.start().to_u32(),
        }))
    }

    /// The default of a field of a class: what `field(default=…)`, `field(factory=…)` gives.
    pub(super) fn field_default(&self, value: &Expr) -> Option<Term> {
        const FIELDS: [&str; 5] = ["field", "Field", "ib", "attrib", "PrivateAttr"];
        let Expr::Call(call) = value else {
            return Some(self.term(value));
        };
        if !python::last_name(&call.func).is_some_and(|name| FIELDS.contains(&name)) {
            return Some(self.term(value));
        }
        let keyword = |name| call.arguments.find_keyword(name).map(|keyword| &keyword.value);
        if let Some(factory) = keyword("factory").or_else(|| keyword("default_factory")) {
            return Some(self.made_by(factory));
        }
        match keyword("default").or_else(|| call.arguments.args.first()) {
            Some(default) if !default.is_ellipsis_literal_expr() => Some(self.term(default)),
            _ => None,
        }
    }

    /// What a factory makes: `APIRouter`, `list`, `lambda: []`.
    fn made_by(&self, factory: &Expr) -> Term {
        match factory {
            Expr::Lambda(lambda) if lambda.parameters.is_none() => self.term(&lambda.body),
            Expr::Name(name) if matches!(name.id.as_str(), "list" | "tuple") => Term::List(Vec::new()),
            Expr::Name(name) if name.id.as_str() == "dict" => Term::Dict(Vec::new()),
            Expr::Name(_) | Expr::Attribute(_) => match self.router_of(factory, None) {
                Some(router) => Term::Router(Box::new(router)),
                None => Term::Call(Box::new(Call {
                    callee: self.term(factory),
                    arguments: Vec::new(),
                    keywords: Vec::new(),
                    has_more: false,
                    offset: factory.start().to_u32(),
                })),
            },
            _ => Term::Unknown,
        }
    }
}

/// `super()`, with or without arguments.
fn is_super(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super"))
}

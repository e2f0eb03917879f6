//! What the `__init__` of a class of routers or exceptions hands on to that of the class above.

use ruff_python_ast::comparable::ComparableExpr;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::{CHANGES, Collector};
use crate::python;
use crate::routes::facts::{Arguments, Init, Taken, Way};
use crate::symbol::Symbol;

impl<'a> Collector<'a> {
    /// The parameters of such an `__init__`, as they are read around it.
    pub(super) fn taken(&self, function: &StmtFunctionDef) -> Option<Vec<Taken>> {
        let (class, name) = self.classes.last().filter(|_| self.setups.is_none())?;
        let is_init = function.name.as_str() == "__init__" && self.label().strip_suffix('.') == Some(&**name);
        let is_followed = |(symbol, _)| matches!(symbol, Symbol::App | Symbol::Router | Symbol::HttpException);
        if !is_init || !self.reader.names.parent(class).is_some_and(is_followed) {
            return None;
        }
        let parameters = &function.parameters;
        let taken = parameters.iter_non_variadic_params().skip(1).map(|parameter| {
            let name = parameter.name().as_str();
            Taken {
                name: name.into(),
                key: self.full_name(&format!("__init__.{name}")),
                default: parameter.default().map(|default| self.reader.argument(default)),
                is_keyword_only: parameters.kwonlyargs.iter().any(|only| only.name().as_str() == name),
                is_positional_only: parameters.posonlyargs.iter().any(|only| only.name().as_str() == name),
                is_changed: false,
            }
        });
        Some(taken.collect())
    }

    /// Notes what it hands on, if that can be told.
    pub(super) fn init(&mut self, function: &'a StmtFunctionDef, taken: Option<Vec<Taken>>) {
        let init = taken.and_then(|taken| self.init_with(function, taken));
        if let Some(open) = self.functions.last_mut() {
            open.facts.init = init.map(Box::new);
        }
    }

    fn init_with(&self, function: &StmtFunctionDef, mut parameters: Vec<Taken>) -> Option<Init> {
        let is_exception = self.is_of_an_exception();
        let me = function.parameters.iter_non_variadic_params().next()?.name().as_str();
        let (call, is_last) = self.only_init(function, me)?;
        let rest = function.parameters.kwarg.as_deref().map(|rest| rest.name.as_str());
        let keeps_rest = rest.is_none_or(|rest| python::keeps_rest(function, rest));
        // An exception may well give its status by itself, whatever becomes of the rest.
        if !keeps_rest && !is_exception {
            return None;
        }
        let is_bound_again =
            |name: &str| self.reader.names.scopes.last().is_some_and(|scope| scope.all(name).len() > 1);
        for parameter in &mut parameters {
            parameter.is_changed = is_bound_again(&parameter.name) || is_changed(function, &parameter.name);
        }
        let list = function.parameters.vararg.as_deref().map(|list| list.name.as_str());
        let list = list.filter(|list| !is_bound_again(list));
        let is_list = |argument: &Expr| match argument {
            Expr::Starred(starred) => {
                list.is_some() && starred.value.as_name_expr().map(|name| name.id.as_str()) == list
            }
            _ => false,
        };
        let is_rest = |value: &Expr| value.as_name_expr().is_some_and(|name| Some(name.id.as_str()) == rest);
        let is_handed =
            |keyword: &ruff_python_ast::Keyword| keeps_rest && keyword.arg.is_none() && is_rest(&keyword.value);
        let mut handed = self.reader.arguments(call);
        if is_last {
            // `self`
            handed.list.remove(0);
        }
        let more = call.arguments.keywords.iter().filter(|keyword| keyword.arg.is_none());
        let more = handed.more.into_iter().zip(more).filter(|(_, keyword)| !is_handed(keyword)).map(|(more, _)| more);
        // The first of the starred, and what comes behind it.
        let mut unlisted = call.arguments.args.iter().skip_while(|argument| !argument.is_starred_expr());
        let hands_on_list = unlisted.next().map(is_list);
        Some(Init {
            instance: self.full_name(me),
            parameters,
            hands_on_list: hands_on_list == Some(true),
            hands_on_keywords: call.arguments.keywords.iter().any(is_handed),
            is_last,
            handed: Arguments {
                more: more.collect(),
                has_more_in_list: hands_on_list == Some(false) || unlisted.next().is_some(),
                ..handed
            },
        })
    }

    /// The call of the `__init__` above, if there is one, made for certain, and what that sets is left alone; and whether
    /// it is `HTTPException.__init__`, by that name.
    fn only_init<'f>(&self, function: &'f StmtFunctionDef, me: &str) -> Option<(&'f ExprCall, bool)> {
        let (class, _) = self.classes.last()?;
        let is_exception = self.is_of_an_exception();
        let is_by_name = |call: &ExprCall| is_exception && self.is_init_of_http_exception(call, me);
        let calls = function.body.iter().filter_map(Stmt::as_expr_stmt).filter_map(|stmt| stmt.value.as_call_expr());
        let mut inits = calls.filter(|call| is_own_super_init(call, class.name.as_str()) || is_by_name(call));
        let call = inits.next()?;
        let is_last = is_by_name(call);
        let takes_status = is_last || matches!(self.reader.names.parent(class), Some((_, false)));
        let first = call.arguments.args.get(usize::from(is_last)).filter(|_| takes_status);
        let status = call.arguments.find_keyword("status_code").map(|status| &status.value).or(first);
        let mut deeds = Deeds { me, status, is_exception, inits: 0, is_odd: false };
        deeds.visit_body(&function.body);
        (deeds.inits == 1 && !deeds.is_odd).then_some((call, is_last))
    }

    fn is_of_an_exception(&self) -> bool {
        let class = self.classes.last().and_then(|(_, name)| self.facts.classes.get(name));
        class.is_some_and(|class| class.way == Some(Way::Raise))
    }

    /// `HTTPException.__init__(self, …)`
    fn is_init_of_http_exception(&self, call: &ExprCall, me: &str) -> bool {
        match (&*call.func, call.arguments.args.first()) {
            (Expr::Attribute(init), Some(Expr::Name(first))) => {
                init.attr.as_str() == "__init__"
                    && first.id.as_str() == me
                    && self.reader.names.symbol(&init.value) == Some(Symbol::HttpException)
            }
            _ => false,
        }
    }
}

/// `super().__init__(…)`, or `super(Name, self).__init__(…)` in the class of that name.
fn is_own_super_init(call: &ExprCall, class: &str) -> bool {
    let first = match &*call.func {
        Expr::Attribute(init) => init.value.as_call_expr().and_then(|parent| parent.arguments.args.first()),
        _ => None,
    };
    python::is_super_init(&call.func) && first.is_none_or(|first| python::last_name(first) == Some(class))
}

/// What an `__init__` does.
struct Deeds<'a> {
    /// `self`
    me: &'a str,
    /// What it hands on as the status.
    status: Option<&'a Expr>,
    is_exception: bool,
    /// How often it calls an `__init__`.
    inits: usize,
    /// It has to do with what the `__init__` above sets.
    is_odd: bool,
}

impl Deeds<'_> {
    fn is_status(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Attribute(attribute) => attribute.attr.as_str() == "status_code" && self.is_own(&attribute.value),
            _ => false,
        }
    }

    fn is_own(&self, expr: &Expr) -> bool {
        expr.as_name_expr().is_some_and(|name| name.id.as_str() == self.me)
    }
}

impl<'a> Visitor<'a> for Deeds<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            // What it hands on as well.
            Stmt::Assign(assign)
                if self.is_exception
                    && matches!(&assign.targets[..], [target] if self.is_status(target))
                    && self.status.map(ComparableExpr::from) == Some(ComparableExpr::from(&*assign.value)) => {}
            Stmt::Nonlocal(_) => self.is_odd = true,
            stmt => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(call) => self.inits += usize::from(python::last_name(&call.func) == Some("__init__")),
            Expr::Attribute(attribute) if self.is_exception => {
                self.is_odd |= !attribute.ctx.is_load() && self.is_status(expr);
            }
            Expr::Attribute(attribute) => {
                self.is_odd |= self.is_own(&attribute.value) && python::TELLING.contains(&attribute.attr.as_str());
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}

/// Whether a function changes in place what a parameter holds, or gives it another name.
fn is_changed(function: &StmtFunctionDef, name: &str) -> bool {
    let mut changes = Changes { name, is_changed: false };
    changes.visit_body(&function.body);
    changes.is_changed
}

struct Changes<'a> {
    name: &'a str,
    is_changed: bool,
}

impl Changes<'_> {
    fn is_it(&self, expr: &Expr) -> bool {
        expr.as_name_expr().is_some_and(|name| name.id.as_str() == self.name)
    }
}

impl<'a> Visitor<'a> for Changes<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::Assign(assign) = stmt {
            self.is_changed |= self.is_it(&assign.value) && assign.targets.iter().any(Expr::is_name_expr);
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.is_changed |= match expr {
            Expr::Attribute(method) => CHANGES.contains(&method.attr.as_str()) && self.is_it(&method.value),
            Expr::Subscript(part) => !part.ctx.is_load() && self.is_it(&part.value),
            _ => false,
        };
        visitor::walk_expr(self, expr);
    }
}

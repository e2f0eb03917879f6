//! Code that is run under a condition, or more than once: blocks and parts of expressions.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{BoolOp, Comprehension, Expr, Stmt, StmtFor, StmtIf, StmtWith};

use super::{CONDITION, Collector, LOOP};
use crate::python;
use crate::routes::steps::{Step, Term};
use crate::scope::Scope;

impl<'a> Collector<'a> {
    pub(super) fn choice(&mut self, test: &'a StmtIf) {
        self.visit_expr(&test.test);
        let body = self.block(&test.body);
        let mut others = Vec::new();
        for clause in &test.elif_else_clauses {
            clause.test.iter().for_each(|test| self.visit_expr(test));
            others.push((clause.test.as_ref(), self.block(&clause.body)));
        }
        self.step(|reader| {
            let orelse = others.into_iter().rev().fold(Vec::new(), |orelse, (test, body)| match test {
                Some(test) => vec![Step::If(reader.term(test), body, orelse)],
                None => body,
            });
            Step::If(reader.term(&test.test), body, orelse)
        });
    }

    pub(super) fn each(&mut self, stmt: &'a StmtFor) {
        self.visit_expr(&stmt.iter);
        let body = self.block(&stmt.body);
        if self.is_building() {
            let (target, list) = (self.target(&stmt.target), self.reader.term(&stmt.iter));
            self.step(|_| Step::For(target, list, body));
        }
        if has_break(&stmt.body) {
            // It is passed by once the loop is broken out of.
            let steps = self.block(&stmt.orelse);
            return self.step(|_| Step::Perhaps(CONDITION, steps));
        }
        self.visit_body(&stmt.orelse);
    }

    /// Blocks of which each may be run or not.
    pub(super) fn perhaps(&mut self, condition: &'static str, stmt: &'a Stmt) {
        match stmt {
            Stmt::Match(stmt) => {
                self.visit_expr(&stmt.subject);
                stmt.cases.iter().filter_map(|case| case.guard.as_deref()).for_each(|guard| self.visit_expr(guard));
            }
            Stmt::While(stmt) => self.visit_expr(&stmt.test),
            _ => {}
        }
        for (block, _) in python::blocks(stmt) {
            let steps = self.block(block);
            self.step(|_| Step::Perhaps(condition, steps));
        }
    }

    /// `a if b else c`, `a and b`, `a or b`: what comes later is run or not.
    pub(super) fn branches(&mut self, expr: &'a Expr) {
        match expr {
            Expr::If(choice) => {
                self.visit_expr(&choice.test);
                let body = self.branch(&choice.body);
                let orelse = self.branch(&choice.orelse);
                if !body.is_empty() || !orelse.is_empty() {
                    self.step(|reader| Step::If(reader.term(&choice.test), body, orelse));
                }
            }
            Expr::BoolOp(operation) => {
                let Some((first, rest)) = operation.values.split_first() else {
                    return;
                };
                self.visit_expr(first);
                let blocks: Vec<_> = rest.iter().map(|value| self.branch(value)).collect();
                if blocks.iter().all(Vec::is_empty) {
                    return;
                }
                self.step(|reader| {
                    let test = if blocks.len() == 1 { reader.term(first) } else { Term::Unknown };
                    let blocks = blocks.into_iter().flatten().collect();
                    match operation.op {
                        BoolOp::And => Step::If(test, blocks, Vec::new()),
                        BoolOp::Or => Step::If(test, Vec::new(), blocks),
                    }
                });
            }
            other => visitor::walk_expr(self, other),
        }
    }

    fn branch(&mut self, expr: &'a Expr) -> Vec<Step> {
        self.open_block();
        self.under(CONDITION, |it| it.visit_expr(expr));
        self.close_block()
    }

    /// `[app.include_router(router) for router in routers]`
    pub(super) fn comprehension(&mut self, generators: &'a [Comprehension], elements: &[&'a Expr]) {
        let Some((first, more)) = generators.split_first() else {
            return;
        };
        self.visit_expr(&first.iter);
        let list = self.reader.term(&first.iter);
        self.loops += 1;
        self.within(Scope::comprehension(generators), "#", |it| {
            it.open_block();
            it.under(LOOP, |it| {
                first.ifs.iter().for_each(|test| it.visit_expr(test));
                for generator in more {
                    it.visit_expr(&generator.iter);
                    generator.ifs.iter().for_each(|test| it.visit_expr(test));
                }
                elements.iter().for_each(|element| it.visit_expr(element));
            });
            let steps = it.close_block();
            if steps.is_empty() {
                return;
            }
            let target = it.target(&first.target);
            let is_plain = more.is_empty() && first.ifs.is_empty() && !first.is_async;
            let body = if is_plain { steps } else { vec![Step::Perhaps(LOOP, steps)] };
            it.step(|_| Step::For(target, list, body));
        });
        self.loops -= 1;
    }
}

/// Whether a loop may be broken out of.
fn has_break(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| stmt.is_break_stmt() || python::blocks(stmt).iter().any(|(block, _)| has_break(block)))
}

/// `with suppress(…)`: an error leaves the block, and no more.
pub(super) fn suppresses(with: &StmtWith) -> bool {
    let mut contexts = with.items.iter().map(|item| &item.context_expr);
    contexts.any(|context| match context {
        Expr::Call(call) => python::last_name(&call.func) == Some("suppress"),
        _ => false,
    })
}

//! What is answered by an exception that is raised by its name, or by what a call returns.

use std::path::Path;
use std::sync::Arc;

use super::answers::{Node, Place, RETURNED};
use super::callees::Callee;
use super::objects::Object;
use super::{Linker, MAX_STEPS};
use crate::python;
use crate::routes::facts::{Arguments, CALL, Call, Code, Exception, Key, Reference, Thing, Variable, Way};

/// What is known of such an exception.
enum Raised {
    Answer(Way, Code),
    /// It is no `HTTPException`, or noted elsewhere.
    Nothing,
    /// What this calls has made it: a function or a class.
    By(Vec<Callee>),
    Unknown,
}

impl Linker<'_> {
    pub(super) fn raises(&mut self, what: &Reference, file: &Path, line: usize, node: &mut Node) {
        match self.raised(what, MAX_STEPS) {
            Raised::Answer(way, code) => node.answers.extend(self.answers_of(way, &code, file, line)),
            Raised::By(callees) => {
                let functions: Vec<Place> = callees.into_iter().flat_map(|callee| self.functions(callee)).collect();
                for (key, class) in functions {
                    let returned = (Arc::clone(&key.0), Arc::from(format!("{}{RETURNED}", key.1)));
                    node.calls.push(self.index(returned, class.clone()));
                    node.calls.push(self.index(key, class));
                }
            }
            Raised::Nothing => {}
            Raised::Unknown => {
                let code = Code::Unknown(what.text.to_string());
                node.answers.extend(self.answers_of(Way::Raise, &code, file, line));
            }
        }
    }

    fn raised(&mut self, what: &Reference, steps: usize) -> Raised {
        let Some(steps) = steps.checked_sub(1) else {
            return Raised::Unknown;
        };
        if what.key.is_none() {
            return if python::is_exception_class(&what.text) { Raised::Nothing } else { Raised::Unknown };
        }
        if what.rest.last().is_some_and(|last| &**last == CALL) {
            return self.raised_by_a_call(what, steps);
        }
        let (exception, variable) = self.kept(what);
        match (exception, variable) {
            (Some(Exception::Answer(way, call)), _) => return Raised::Answer(way, self.code_of(call)),
            (Some(Exception::Stranger), _) => return Raised::Nothing,
            (None, Some(Variable::Thing(Thing::Name(next)))) => return self.raised(&next, steps),
            (None, Some(Variable::Thing(Thing::Made(function)))) if self.is_a_function(&function) => {
                return Raised::By(self.callees(&function));
            }
            _ => {}
        }
        let (class, given) = match self.object(&Thing::Name(what.clone())) {
            Some(Object::Class(class)) => (class, Arguments::default()),
            Some(Object::Instance(class, _)) => (class, Arguments::unknown()),
            _ => return Raised::Unknown,
        };
        match self.answer_of(&class, None, Some(&given)) {
            Some((way, code)) => Raised::Answer(way, code.unwrap_or_else(|| Code::Unknown(what.text.to_string()))),
            None => Raised::Nothing,
        }
    }

    /// What it calls has to be known.
    fn raised_by_a_call(&mut self, what: &Reference, steps: usize) -> Raised {
        let callee = Reference { rest: what.rest[..what.rest.len() - 1].to_vec(), ..what.clone() };
        let callees = self.callees(&callee);
        if !callees.is_empty() {
            return Raised::By(callees);
        }
        // `Error = ValueError`
        match self.raised(&callee, steps) {
            Raised::Nothing => Raised::Nothing,
            _ => Raised::Unknown,
        }
    }

    /// The functions that a call goes to. What makes an instance has its own place.
    fn functions(&mut self, callee: Callee) -> Vec<Place> {
        match callee {
            Callee::Function(key, class) => vec![(key, class)],
            Callee::Instance(class) => self.methods(&class, "__call__"),
            Callee::Class(_) => Vec::new(),
        }
    }

    /// What a function returns, where that is raised.
    pub(super) fn raise_returned(&mut self, function: &Key, node: &mut Node) {
        let module = self.module(&function.0);
        for (what, line) in module.iter().filter_map(|it| it.functions.get(&function.1)).flat_map(|it| &it.returned) {
            self.raises(what, &function.0, *line, node);
        }
    }

    fn is_a_function(&mut self, reference: &Reference) -> bool {
        matches!(self.object(&Thing::Name(reference.clone())), Some(Object::Function(_)))
    }

    /// What is kept of a variable of a module or of a class.
    fn kept(&mut self, reference: &Reference) -> (Option<Exception>, Option<Variable>) {
        let Some(key) = &reference.key else {
            return (None, None);
        };
        let Some((name, owner)) = reference.rest.split_last() else {
            return self.kept_as(key);
        };
        let owner = Reference { rest: owner.to_vec(), ..reference.clone() };
        let Some(Object::Class(class) | Object::Instance(class, _)) = self.object(&Thing::Name(owner)) else {
            return (None, None);
        };
        let classes = self.classes(&class);
        let mut all = classes.into_iter().map(|(key, _)| (key.0, format!("{}.{name}", key.1).into()));
        let found = all.find_map(|key| Some(self.kept_as(&key)).filter(|kept| kept.0.is_some() || kept.1.is_some()));
        found.unwrap_or_default()
    }

    fn kept_as(&mut self, key: &Key) -> (Option<Exception>, Option<Variable>) {
        let exception = self.module(&key.0).and_then(|module| module.exceptions.get(&key.1).cloned());
        (exception, self.variable(key))
    }

    /// The status that an exception is given where it is made, or that its class gives itself.
    fn code_of(&mut self, call: Call) -> Code {
        let Call { callee, code, given, .. } = call;
        let text = callee.text.to_string();
        let code = match self.object(&Thing::Name(callee)) {
            Some(Object::Class(class)) => {
                self.answer_of(&class, code.as_deref(), given.as_deref()).and_then(|(_, code)| code)
            }
            _ => code.map(|code| *code),
        };
        code.unwrap_or(Code::Unknown(text))
    }
}

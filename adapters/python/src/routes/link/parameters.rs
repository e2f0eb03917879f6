//! What a function or a class takes as a handler or a dependency: what FastAPI checks, and what it depends on.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::Linker;
use super::answers::Node;
use super::objects::Object;
use crate::routes::Answer;
use crate::routes::facts::{
    Dependency, Depends, Form, Function, Key, Parameter, Reference, Scheme, Thing, Variable, Way,
};

/// How often one annotation leads to another.
const MAX_FORMS: usize = 16;

impl Linker<'_> {
    pub(super) fn parameters(&mut self, file: &Path, function: &Function, node: &mut Node) {
        let line = function.parameters.first().map_or(function.line, |parameter| parameter.line);
        match &function.wraps {
            None => function.parameters.iter().for_each(|parameter| self.parameter(file, parameter, node)),
            Some(wrapped) => match self.object(&Thing::Name(wrapped.clone())) {
                Some(Object::Function(key) | Object::Class(key)) => node.depends.push(self.index(key, None)),
                _ => self.unknown(&format!("@wraps({})", wrapped.text), file, line, node),
            },
        }
        if let Some(changed_by) = &function.changed_by {
            self.unknown(changed_by, file, line, node);
        }
    }

    pub(super) fn parameter(&mut self, file: &Path, parameter: &Parameter, node: &mut Node) {
        let mut form = parameter.form.clone();
        for _ in 0..MAX_FORMS {
            form = match form {
                Form::Checked => {
                    let place = self.place(file, parameter.line);
                    return node.checks.push(Arc::new(Answer {
                        code: Some(422),
                        python: Some(parameter.name.to_string()),
                        place,
                    }));
                }
                Form::Given => return,
                Form::Depends(depends) => return self.depends(&depends, node),
                Form::Unknown(python) => {
                    let python = format!("{}: {python}", parameter.name);
                    return self.unknown(&python, file, parameter.line, node);
                }
                Form::Type(class) => self.type_form(class),
                Form::Filled(alias, on) => match self.type_form(alias) {
                    Form::Depends(depends) if matches!(depends.on, Dependency::Variable(_)) => {
                        Form::Depends(Box::new(Depends { on: *on, ..*depends }))
                    }
                    form => form,
                },
                Form::Either(reference, other) => match self.object(&Thing::Name(reference.clone())) {
                    Some(Object::Form(form @ (Form::Depends(_) | Form::Checked), _)) => form,
                    None if self.is_returned(&reference) => Form::Unknown(reference.text),
                    _ => *other,
                },
            }
        }
    }

    /// Whether a variable holds what a function returned, which may be a `Depends(…)`.
    fn is_returned(&mut self, variable: &Reference) -> bool {
        let Some(Variable::Thing(Thing::Made(made))) = self.plain_variable(variable) else {
            return false;
        };
        let name = made.text.rsplit('.').next().unwrap_or_default();
        !name.trim_start_matches('_').starts_with(|first: char| first.is_ascii_uppercase())
    }

    fn type_form(&mut self, reference: Reference) -> Form {
        let text = reference.text.clone();
        match self.object(&Thing::Name(reference)) {
            Some(Object::Form(form, _)) => form,
            Some(Object::Class(key)) => {
                let classes = self.classes(&key);
                if classes.iter().any(|(_, class)| class.is_given) {
                    return Form::Given;
                }
                match classes.into_iter().find_map(|(_, class)| class.stranger) {
                    Some(stranger) => Form::Unknown(stranger),
                    None => Form::Checked,
                }
            }
            _ => Form::Unknown(text),
        }
    }

    fn unknown(&self, python: &str, file: &Path, line: usize, node: &mut Node) {
        node.checks.push(Arc::new(Answer {
            code: None,
            python: Some(python.to_owned()),
            place: self.place(file, line),
        }));
    }

    pub(super) fn depends(&mut self, depends: &Depends, node: &mut Node) {
        let mut depends = depends.clone();
        for _ in 0..MAX_FORMS {
            for what in &depends.handed {
                self.handed(what, &mut node.handed);
            }
            let (file, line) = (Arc::clone(&depends.file), depends.line);
            let thing = match &depends.on {
                Dependency::Nothing => return,
                Dependency::Scheme(scheme) => return self.scheme(&file, scheme, node),
                Dependency::LoginForm => {
                    let (python, place) = (Some("OAuth2PasswordRequestForm".to_owned()), self.place(&file, line));
                    return node.checks.push(Arc::new(Answer { code: Some(422), python, place }));
                }
                Dependency::Variable(python) | Dependency::Unknown(python) => {
                    return self.unknown(python, &file, line, node);
                }
                Dependency::Thing(thing) => thing,
            };
            if let Thing::Name(reference) = thing {
                node.handed.extend(self.made_with(reference));
                if self.is_unbound(reference) {
                    self.unknown(&reference.text, &file, line, node);
                }
            }
            match self.object(thing) {
                Some(Object::Function(key)) => {
                    let index = match thing {
                        Thing::Name(name) => self.index_by(name, key),
                        _ => self.index(key, None),
                    };
                    return node.depends.push(index);
                }
                Some(Object::Class(key)) => return node.depends.push(self.index(key, None)),
                Some(Object::Instance(key, _)) => return self.instance(&key, &depends, node),
                Some(Object::Scheme(scheme, key)) => return self.scheme(&key.0, &scheme, node),
                // `dependencies=[NAME]`, where the name holds a `Depends(…)`.
                Some(Object::Form(Form::Depends(inner), _)) => depends = *inner,
                Some(Object::Router(_) | Object::Form(..)) | None => {
                    return self.unknown(text_of(thing), &file, line, node);
                }
            }
        }
    }

    /// Whether a name is a method of a class, not of an instance: `self` is a parameter then.
    pub(super) fn is_unbound(&mut self, reference: &Reference) -> bool {
        let Some((_, rest)) = reference.rest.split_last() else {
            return false;
        };
        let owner = Reference { rest: rest.to_vec(), ..reference.clone() };
        let Some(Object::Class(_)) = self.object(&Thing::Name(owner)) else {
            return false;
        };
        let Some(Object::Function(key)) = self.object(&Thing::Name(reference.clone())) else {
            return false;
        };
        let module = self.module(&key.0);
        module.and_then(|module| module.functions.get(&key.1).map(|function| !function.is_of_the_class)) == Some(true)
    }

    /// What is called when an instance is depended on.
    fn instance(&mut self, class: &Key, depends: &Depends, node: &mut Node) {
        if let Some(Object::Function(key)) = self.member(class, "__call__") {
            return node.depends.push(self.index(key, Some(class.clone())));
        }
        match self.classes(class).into_iter().find_map(|(_, class)| class.scheme) {
            Some(scheme) => self.scheme(&depends.file, &Scheme { line: depends.line, ..scheme }, node),
            None => self.unknown(&class.1, &depends.file, depends.line, node),
        }
    }

    fn scheme(&mut self, file: &Path, scheme: &Scheme, node: &mut Node) {
        if let Some(code) = &scheme.code {
            node.guards.extend(self.answers_of(Way::Raise, code, file, scheme.line));
        }
    }

    /// What a class takes when it is made.
    pub(super) fn construct(&mut self, class: &Key, node: &mut Node) {
        if let Some(Object::Function(key)) = self.member(class, "__new__") {
            let line = self.module(&key.0).and_then(|module| Some(module.functions.get(&key.1)?.line));
            return self.unknown("__new__", &key.0, line.unwrap_or_default(), node);
        }
        if let Some(Object::Function(key)) = self.member(class, "__init__") {
            return node.depends.push(self.index(key, Some(class.clone())));
        }
        self.constructed(class, &mut node.calls);
        for (key, class) in self.classes(class) {
            if class.is_derived || class.is_decorated {
                for field in &class.fields {
                    self.parameter(&key.0, field, node);
                }
            }
            if let Some(stranger) = &class.stranger {
                self.unknown(stranger, &key.0, class.line, node);
            }
        }
    }

    /// What is depended on around a method that is a handler, in a class with a decorator such as `cbv`: that of its
    /// bases, too, of which the first with a name has it.
    pub(super) fn around(&mut self, class: &Key, node: &mut Node) {
        let classes = self.classes(class);
        if !classes.first().is_some_and(|(_, class)| class.is_decorated) {
            return;
        }
        let mut seen = HashSet::new();
        for (key, class) in &classes {
            // A field with another type and no default of its own has the `Depends(…)` of the base.
            let fields = class.fields.iter().filter(|field| matches!(field.form, Form::Depends(_) | Form::Either(..)));
            for field in fields.filter(|field| seen.insert(&field.name)) {
                self.parameter(&key.0, field, node);
            }
            if let Some(stranger) = &class.stranger {
                self.unknown(stranger, &key.0, class.line, node);
            }
        }
        if let Some(Object::Function(init)) = self.member(class, "__init__") {
            node.depends.push(self.index(init, Some(class.clone())));
        }
    }
}

fn text_of(thing: &Thing) -> &str {
    match thing {
        Thing::Name(reference) | Thing::Made(reference) | Thing::Of(reference) => &reference.text,
    }
}

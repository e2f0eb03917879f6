//! What `**more` stands for in a call.

use super::{Known, Linker, Value};
use crate::routes::facts::{Code, Keywords, Options, Reference, Text, Thing, Variable};

/// How many dictionaries are looked into for one call.
const MAX_SPREADS: usize = 16;

impl Linker<'_> {
    /// The dictionaries that a call is given by `**`, and those in them; `None` if one is not known.
    pub(in crate::routes) fn spread(&mut self, options: &Options) -> Option<Vec<Keywords>> {
        let mut todo: Vec<_> = options.more.iter().rev().cloned().collect();
        let mut found = Vec::new();
        while let Some(reference) = todo.pop() {
            let keywords = self.keywords(&reference?)?;
            todo.extend(keywords.options.more.iter().rev().cloned());
            found.push(keywords);
            if found.len() > MAX_SPREADS {
                return None;
            }
        }
        Some(found)
    }

    fn keywords(&mut self, reference: &Reference) -> Option<Keywords> {
        if reference.key.as_ref().is_some_and(|key| self.spoiled.contains(key)) {
            return None;
        }
        let mut named = reference.clone();
        for _ in 0..MAX_SPREADS {
            match self.plain_variable(&named) {
                Some(Variable::Keywords(keywords)) => return Some(*keywords),
                Some(Variable::Thing(Thing::Name(next))) => named = next,
                _ => break,
            }
        }
        self.value(reference).as_ref().and_then(given)
    }

    /// The prefix of a router or an inclusion, also where it is in `**more`.
    pub(in crate::routes) fn prefix(&mut self, prefix: &Text, options: &Options) -> Known<String> {
        match (prefix, self.spread(options)) {
            (Text::Spread, Some(more)) => match more.into_iter().find_map(|keywords| keywords.prefix) {
                Some(prefix) => self.text(&prefix),
                None => Ok(String::new()),
            },
            _ => self.text(prefix),
        }
    }
}

/// The arguments in a dictionary that code was run for.
fn given(value: &Value) -> Option<Keywords> {
    let Value::Dict(items) = value else {
        return None;
    };
    let mut keywords = Keywords::default();
    for (name, value) in &**items {
        let Value::Text(name) = name else {
            return None;
        };
        match (&**name, value) {
            ("status_code" | "prefix" | "responses" | "dependencies" | "response_class", Value::None) => {}
            ("status_code", Value::Number(code)) => keywords.status = Some(Code::Known(*code)),
            ("prefix", Value::Text(prefix)) => keywords.prefix = Some(Text::Known(prefix.to_string())),
            ("methods", Value::List(methods)) => {
                let method = |method: &Value| match method {
                    Value::Text(method) => Some(method.to_ascii_uppercase()),
                    _ => None,
                };
                keywords.methods = Some(methods.iter().map(method).collect::<Option<_>>()?);
            }
            ("include_in_schema", Value::Flag(is_shown)) => keywords.options.is_hidden = !is_shown,
            ("responses", Value::Dict(responses)) => {
                let codes = responses.iter().filter_map(|(code, _)| match code {
                    Value::Number(code) => Some(Code::Known(*code)),
                    _ => None,
                });
                keywords.options.responses = codes.collect();
            }
            (
                "status_code"
                | "prefix"
                | "include_in_schema"
                | "responses"
                | "dependencies"
                | "response_class"
                | "default_response_class"
                | "methods"
                | "path",
                _,
            ) => return None,
            _ => {}
        }
    }
    Some(keywords)
}

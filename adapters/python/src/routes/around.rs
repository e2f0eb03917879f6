//! What is around a router and a route.

use std::path::Path;
use std::sync::Arc;

use super::Route;
use super::facts::{Code, Dependency, Depends, Options};
use super::link::{Known, Linker, Scene};

/// What is around a router: all that it has from the app and the routers above it.
#[derive(Clone, Default)]
pub(super) struct Around {
    pub(super) app: Option<String>,
    pub(super) prefix: String,
    pub(super) options: Options,
    pub(super) unknown: Vec<String>,
}

impl Around {
    pub(super) fn extend(&mut self, text: Known<String>, what: &str) {
        match text {
            Ok(text) => self.prefix.push_str(&text),
            Err(python) => {
                self.prefix.push('\u{2026}');
                self.unknown.push(format!("{what} depends on `{python}`"));
            }
        }
    }

    /// Adds what a call says in a file and line.
    pub(super) fn add(
        &mut self,
        options: &Options,
        (file, line): (&Arc<Path>, usize),
        scene: &Scene,
        linker: &mut Linker<'_>,
    ) {
        linker.at(scene, |linker| {
            self.add_known(options, linker);
            match linker.spread(options) {
                Some(more) => more.iter().for_each(|more| self.add_known(&more.options, linker)),
                // There may be dependencies in it.
                None => self.options.depends.push(Depends {
                    on: Dependency::Unknown("**".into()),
                    handed: Vec::new(),
                    file: Arc::clone(file),
                    line,
                }),
            }
        });
    }

    /// Stands for routes that are not known.
    pub(super) fn rest(self, place: String) -> Route {
        Route {
            app: self.app,
            path: None,
            method: None,
            pattern: format!("{}\u{2026}", self.prefix),
            status: None,
            responses: Vec::new(),
            raises: Vec::new(),
            returns: Vec::new(),
            closes: Vec::new(),
            checks: Vec::new(),
            place,
            in_schema: !self.options.is_hidden,
            unknown: self.unknown,
        }
    }

    fn add_known(&mut self, options: &Options, linker: &mut Linker<'_>) {
        let codes = options.responses.iter().flat_map(|code| linker.codes(code));
        self.options.responses.extend(codes.map(|code| code.map_or_else(Code::Unknown, Code::Known)));
        self.options.depends.extend(options.depends.iter().map(|depends| linker.settled(depends)));
        self.options.is_hidden |= options.is_hidden;
        self.options.class_status = options.class_status.clone().or_else(|| self.options.class_status.take());
    }
}

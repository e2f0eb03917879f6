//! From every app down through the routers that it includes.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Route;
use super::facts::{Handler, Include, Key, Module, Options, Reference, Route as Fact, Variable};
use super::link::{Known, Linker};

/// What is around a router: all that it has from the app and the routers above it.
#[derive(Clone, Default)]
struct Around {
    app: Option<String>,
    prefix: String,
    options: Options,
    unknown: Vec<String>,
}

struct Walk<'l, 't> {
    linker: &'l mut Linker<'t>,
    modules: HashMap<PathBuf, Rc<Module>>,
    routes: HashMap<Key, Vec<(PathBuf, Fact)>>,
    includes: HashMap<Key, Vec<(PathBuf, Include)>>,
    reached: HashSet<Key>,
    rows: Vec<Route>,
}

/// The rows of all apps in these files, and of the routers that are in none.
pub(super) fn routes(linker: &mut Linker<'_>, files: &[PathBuf]) -> Vec<Route> {
    let modules = files.iter().filter_map(|file| Some((file.clone(), linker.module(file)?))).collect();
    let (routes, includes) = (HashMap::new(), HashMap::new());
    let mut walk = Walk { linker, modules, routes, includes, reached: HashSet::new(), rows: Vec::new() };
    let lost = walk.group(files);
    let (apps, routers) = walk.starts(files);
    for app in apps {
        walk.start(&app, true);
    }
    for router in routers {
        if !walk.reached.contains(&router) {
            walk.start(&router, false);
        }
    }
    for (file, route) in lost {
        let unknown = vec![format!("`{}` is not known", route.owner.text)];
        walk.row(&file, &route, &Around { unknown, ..Around::default() });
    }
    mark_doubles(&mut walk.rows);
    let mut rows = walk.rows;
    rows.sort();
    rows.dedup();
    rows
}

impl Walk<'_, '_> {
    /// Puts routes and inclusions under the routers that they belong to; hands back the routes whose router is not known.
    fn group(&mut self, files: &[PathBuf]) -> Vec<(PathBuf, Fact)> {
        let mut lost = Vec::new();
        for file in files {
            let Some(module) = self.modules.get(file).cloned() else {
                continue;
            };
            for route in &module.routes {
                match self.linker.router(&route.owner, false) {
                    Some(owner) => self.routes.entry(owner).or_default().push((file.clone(), route.clone())),
                    None if is_like_a_router(&route.owner) => lost.push((file.clone(), route.clone())),
                    None => {}
                }
            }
            for include in &module.includes {
                if let Some(owner) = self.linker.router(&include.owner, false) {
                    self.includes.entry(owner).or_default().push((file.clone(), include.clone()));
                }
            }
        }
        lost
    }

    /// The apps that no other app mounts, and all routers.
    fn starts(&mut self, files: &[PathBuf]) -> (Vec<Key>, Vec<Key>) {
        let (mut apps, mut routers) = (Vec::new(), Vec::new());
        let all: Vec<Include> = self.includes.values().flatten().map(|(_, include)| include.clone()).collect();
        let included: HashSet<Key> =
            all.iter().filter_map(|include| self.linker.router(&include.router, include.is_made)).collect();
        for file in files {
            let Some(module) = self.modules.get(file) else {
                continue;
            };
            for (name, variable) in &module.variables {
                if let Variable::Router(router) = variable {
                    let key = (file.clone(), name.clone());
                    match (router.is_app, included.contains(&key)) {
                        (true, false) => apps.push(key),
                        _ => routers.push(key),
                    }
                }
            }
        }
        apps.sort();
        // Routers that nothing includes first: what they include is reached from there.
        routers.sort_by_key(|key| (included.contains(key), key.clone()));
        (apps, routers)
    }

    fn start(&mut self, key: &Key, is_app: bool) {
        let line = match self.modules.get(&key.0).and_then(|module| module.variables.get(&key.1)) {
            Some(Variable::Router(router)) => router.line,
            _ => 0,
        };
        let around = if is_app {
            Around { app: Some(self.linker.place(&key.0, line)), ..Around::default() }
        } else {
            let name = key.1.rsplit('.').next().unwrap_or_default();
            let unknown = vec![format!("no app is seen to include `{name}`: the path may begin with more")];
            Around { unknown, prefix: "\u{2026}".to_owned(), ..Around::default() }
        };
        self.router(key, &around, &mut Vec::new());
    }

    fn router(&mut self, key: &Key, around: &Around, open: &mut Vec<Key>) {
        if open.contains(key) {
            return;
        }
        let Some(Variable::Router(router)) =
            self.linker.module(&key.0).and_then(|module| module.variables.get(&key.1).cloned())
        else {
            return;
        };
        self.reached.insert(key.clone());
        let mut around = around.clone();
        if !router.is_app {
            let prefix = self.linker.text(&router.prefix);
            around.extend(prefix, "the router's prefix");
        }
        around.add(&router.options);
        open.push(key.clone());
        for (file, route) in self.routes.get(key).cloned().unwrap_or_default() {
            self.row(&file, &route, &around);
        }
        for (file, include) in self.includes.get(key).cloned().unwrap_or_default() {
            self.include(&file, &include, &around, open);
        }
        open.pop();
    }

    fn include(&mut self, file: &Path, include: &Include, around: &Around, open: &mut Vec<Key>) {
        let mut around = around.clone();
        let prefix = self.linker.text(&include.prefix);
        around.extend(prefix, "the prefix");
        around.add(&include.options);
        around.unknown.extend(include.condition.map(|condition| format!("included {condition}")));
        let Some(key) = self.linker.router(&include.router, include.is_made) else {
            around.unknown.push(format!("the routes of `{}` are not known", include.router.text));
            self.rows.push(Route {
                app: around.app,
                path: None,
                method: None,
                pattern: format!("{}\u{2026}", around.prefix),
                status: None,
                responses: Vec::new(),
                raises: Vec::new(),
                place: self.linker.place(file, include.line),
                in_schema: !around.options.is_hidden,
                unknown: around.unknown,
            });
            return;
        };
        // Only what is there already is included.
        if let Some(routes) = self.routes.get_mut(&key) {
            let is_late =
                |at: &Path, route: &Fact| at == file && route.scope == include.scope && route.offset > include.offset;
            for (at, route) in routes {
                if is_late(at, route) {
                    route.condition = Some("added after its router is included");
                }
            }
        }
        self.router(&key, &around, open);
    }

    fn row(&mut self, file: &Path, route: &Fact, around: &Around) {
        let mut around = around.clone();
        let path = self.linker.text(&route.path);
        around.extend(path, "the path");
        around.add(&route.options);
        around.unknown.extend(route.condition.map(ToOwned::to_owned));
        let is_path_known = !around.prefix.contains('\u{2026}');
        let methods = route.methods.clone();
        if methods.is_none() {
            around.unknown.push("the methods are not known".to_owned());
        }
        let mut responses = Vec::new();
        for code in &around.options.responses {
            for code in self.linker.codes(code) {
                match code {
                    Ok(code) => responses.push(code),
                    Err(python) => around.unknown.push(format!("responses depend on `{python}`")),
                }
            }
        }
        responses.sort_unstable();
        responses.dedup();
        let mut from = around.options.depends.clone();
        if let Handler::Function(handler) = &route.handler {
            from.push(handler.clone());
        }
        let raises: Vec<_> = self.linker.raises(&from).into_iter().collect();
        for method in methods.map_or_else(|| vec![None], |methods| methods.into_iter().map(Some).collect()) {
            let mut unknown = around.unknown.clone();
            let is_socket = method.as_deref() == Some("WEBSOCKET");
            let status = match &route.status {
                _ if is_socket => Some(101),
                None => Some(200),
                Some(code) => match &self.linker.codes(code)[..] {
                    [Ok(code)] => Some(*code),
                    codes => {
                        let python = codes.iter().find_map(|code| code.as_ref().err());
                        let python = python.map_or("a condition", String::as_str);
                        unknown.push(format!("the status depends on `{python}`"));
                        None
                    }
                },
            };
            self.rows.push(Route {
                app: around.app.clone(),
                path: is_path_known.then(|| without_converters(&around.prefix)),
                method,
                pattern: around.prefix.clone(),
                status,
                responses: responses.clone(),
                raises: raises.clone(),
                place: self.linker.place(file, route.line),
                in_schema: !around.options.is_hidden && !is_socket,
                unknown,
            });
        }
    }
}

impl Around {
    fn extend(&mut self, text: Known<String>, what: &str) {
        match text {
            Ok(text) => self.prefix.push_str(&text),
            Err(python) => {
                self.prefix.push('\u{2026}');
                self.unknown.push(format!("{what} depends on `{python}`"));
            }
        }
    }

    fn add(&mut self, options: &Options) {
        self.options.responses.extend(options.responses.iter().cloned());
        self.options.depends.extend(options.depends.iter().cloned());
        self.options.is_hidden |= options.is_hidden;
    }
}

/// Whether a name that leads nowhere is likely one of a router: `self.router`, a parameter `app`.
fn is_like_a_router(owner: &Reference) -> bool {
    let name = owner.text.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ["router", "app", "api"].iter().any(|word| name == *word || name.ends_with(&format!("_{word}")))
}

/// `/files/{name:path}` as `/files/{name}`.
fn without_converters(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        let inside = &rest[open..open + close];
        plain.push_str(&rest[..open]);
        plain.push_str(inside.split(':').next().unwrap_or(inside));
        plain.push('}');
        rest = &rest[open + close + 1..];
    }
    plain.push_str(rest);
    plain
}

/// Where an app has a method and path twice, with two statuses, one of them is never answered.
fn mark_doubles(rows: &mut [Route]) {
    let key = |row: &Route| (row.app.clone(), row.method.clone(), row.pattern.clone());
    let mut statuses: HashMap<_, HashSet<Option<u16>>> = HashMap::new();
    for row in rows.iter() {
        statuses.entry(key(row)).or_default().insert(row.status);
    }
    for row in rows.iter_mut().filter(|row| row.app.is_some() && row.method.is_some()) {
        if statuses[&key(row)].len() > 1 {
            row.unknown.push("the same method and path are there twice: the first to be added answers".to_owned());
        }
    }
}

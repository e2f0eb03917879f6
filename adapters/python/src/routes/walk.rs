//! From every app down through the routers that it includes.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::Route;
use super::around::Around;
use super::facts::{Code, Include, Key, Keywords, Module, Options, Route as Fact, Thing, Variable};
use super::link::{Answers, Linker, Scene};
use super::order::Order;
use super::setup::{self, Added};

/// How many inclusions are followed: routers that include each other twice would double the rows with each.
const MAX_INCLUSIONS: usize = 20_000;

/// Why a route may not be there.
const LATE: &str = "added after its router is included";

/// What is added to a router.
enum Entry {
    Route(Rc<Added<Fact>>),
    Include(Rc<Added<Include>>),
}

pub(super) struct Walk<'l, 't> {
    pub(super) linker: &'l mut Linker<'t>,
    pub(super) modules: HashMap<Arc<Path>, Rc<Module>>,
    pub(super) routes: HashMap<Key, Vec<Rc<Added<Fact>>>>,
    pub(super) includes: HashMap<Key, Vec<Rc<Added<Include>>>>,
    reached: HashSet<Key>,
    /// What is included only under a condition, by a router that may be there only then.
    loose: HashSet<Key>,
    order: Order,
    /// How many inclusions were followed so far.
    inclusions: usize,
    rows: Vec<Route>,
}

/// The rows of all apps in these files, and of the routers that are in none.
pub(super) fn routes(linker: &mut Linker<'_>, files: &[Arc<Path>]) -> Vec<Route> {
    let modules = files.iter().filter_map(|file| Some((file.clone(), linker.module(file)?))).collect();
    let (routes, includes) = (HashMap::new(), HashMap::new());
    let (reached, loose) = (HashSet::new(), HashSet::new());
    let mut walk = Walk {
        linker,
        modules,
        routes,
        includes,
        reached,
        loose,
        order: Order::default(),
        inclusions: 0,
        rows: Vec::new(),
    };
    let lost = walk.group(files);
    let (apps, routers) = walk.starts(files);
    walk.order = Order::of(apps.iter().map(|app| &app.0).chain(files), &walk.modules);
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
        walk.row(&file, &route, &Scene::default(), &Around { unknown, ..Around::default() });
    }
    mark_doubles(&mut walk.rows);
    let mut rows = walk.rows;
    let mut seen = HashSet::new();
    let hasher = RandomState::new();
    rows.retain(|row| seen.insert(hasher.hash_one(row)));
    rows
}

impl Walk<'_, '_> {
    /// Puts routes and inclusions under the routers that they belong to; hands back the routes whose router is not known.
    fn group(&mut self, files: &[Arc<Path>]) -> Vec<(Arc<Path>, Rc<Fact>)> {
        let mut lost = Vec::new();
        let found = setup::run(self.linker, files);
        for file in files {
            let Some(module) = self.modules.get(file).cloned() else {
                continue;
            };
            for (place, route) in module.routes.iter().enumerate() {
                if found.seen_routes.contains(&(Arc::clone(file), place)) {
                    continue;
                }
                match self.linker.router(&Thing::Name(route.owner.clone())) {
                    Some(owner) => {
                        let added = Added::plain(&owner, file, route.clone(), &route.scope, None);
                        self.routes.entry(owner).or_default().push(Rc::new(added));
                    }
                    None if is_like_a_router(&route.owner) => lost.push((Arc::clone(file), Rc::new(route.clone()))),
                    None => {}
                }
            }
            for (place, include) in module.includes.iter().enumerate() {
                if !found.seen_includes.contains(&(Arc::clone(file), place))
                    && let Some(owner) = self.linker.router(&Thing::Name(include.owner.clone()))
                {
                    let target = self.linker.router(&include.router);
                    let added = Added::plain(&owner, file, include.clone(), &include.scope, target);
                    self.includes.entry(owner).or_default().push(Rc::new(added));
                }
            }
        }
        self.loose = found.loose;
        for route in found.routes {
            self.routes.entry(route.owner.clone()).or_default().push(Rc::new(route));
        }
        for include in found.includes {
            self.includes.entry(include.owner.clone()).or_default().push(Rc::new(include));
        }
        self.mark_what_is_not_shared();
        lost
    }

    /// The apps that no other app mounts, and all routers.
    fn starts(&mut self, files: &[Arc<Path>]) -> (Vec<Key>, Vec<Key>) {
        // An app that is mounted only under a condition may be one by itself.
        let includes = self.includes.values().flatten().filter_map(|include| Some((include.target.as_ref()?, include)));
        let is_certain =
            |target: &Key, include: &Added<Include>| include.fact.condition.is_none() && !self.loose.contains(target);
        let always = includes.clone().filter(|(target, include)| is_certain(target, include));
        let mounted: HashSet<Key> = always.map(|(target, _)| target.clone()).collect();
        let included: HashSet<Key> = includes.map(|(target, _)| target.clone()).collect();
        let mut all = HashMap::new();
        for file in files {
            let Some(module) = self.modules.get(file) else {
                continue;
            };
            for (name, variable) in &module.variables {
                if let Variable::Router(router) = variable {
                    all.insert((file.clone(), name.clone()), router.is_app);
                }
            }
        }
        all.extend(self.linker.routers.iter().map(|(key, (router, _))| (key.clone(), router.is_app)));
        let (mut apps, mut routers) = (Vec::new(), Vec::new());
        for (key, is_app) in all {
            match (is_app, mounted.contains(&key)) {
                (true, false) => apps.push(key),
                _ => routers.push(key),
            }
        }
        apps.sort();
        // Routers that nothing includes first: what they include is reached from there.
        routers.sort_by_key(|key| (included.contains(key), key.clone()));
        (apps, routers)
    }

    fn start(&mut self, key: &Key, is_app: bool) {
        let line = self.linker.router_at(key).map_or(0, |(router, _)| router.line);
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
        let Some((router, scene)) = self.linker.router_at(key) else {
            return;
        };
        self.reached.insert(key.clone());
        let outside = around;
        let mut around = around.clone();
        let (router, is_known) = self.linker.at(&scene, |linker| linker.as_made(router, &key.0));
        if !router.is_app {
            let prefix = self.linker.at(&scene, |linker| linker.prefix(&router.prefix, &router.options));
            around.extend(prefix, "the router's prefix");
        }
        around.add(&router.options, (&key.0, router.line), &scene, self.linker);
        if let Some(class) = &router.class {
            if !is_known {
                around.unknown.push(format!("the router's dependencies depend on `{}`", class.text));
            }
            let ways = self.linker.ways(class);
            if ways.are_own {
                around.unknown.push(format!("`{}` adds routes in a way of its own", class.text));
            }
            if ways.add_routes {
                let mut around = around.clone();
                around.unknown.push(format!("the routes of `{}` are not known", class.text));
                self.rows.push(around.rest(self.linker.place(&key.0, router.line)));
            }
        }
        open.push(key.clone());
        for entry in self.entries(key) {
            match entry {
                // Starlette's own way to add a route passes the router's prefix by.
                Entry::Route(route) => {
                    let around = if route.fact.is_plain { outside } else { &around };
                    self.row(&route.file, &route.fact, &route.scene, around);
                }
                Entry::Include(include) => self.include(&include, &around, open),
            }
        }
        open.pop();
    }

    /// What a router has, in the order in which it is tried: as the files run, and as it stands in them.
    fn entries(&self, key: &Key) -> Vec<Entry> {
        let routes = self.routes.get(key).into_iter().flatten().map(|route| Entry::Route(Rc::clone(route)));
        let includes = self.includes.get(key).into_iter().flatten();
        let mut entries: Vec<_> = routes.chain(includes.map(|include| Entry::Include(Rc::clone(include)))).collect();
        entries.sort_by_cached_key(|entry| {
            let (file, place) = match entry {
                // Of several decorators the last one is the first to run.
                Entry::Route(route) => (&route.root, (route.fact.order, route.number, Reverse(route.fact.offset))),
                Entry::Include(include) => {
                    let offset = include.fact.offset;
                    (&include.root, (offset, include.number, Reverse(offset)))
                }
            };
            (self.order.time(file, place.0), Arc::clone(file), place)
        });
        entries
    }

    fn include(&mut self, added: &Added<Include>, around: &Around, open: &mut Vec<Key>) {
        let (file, include, scene) = (&added.file, &added.fact, &added.scene);
        let mut around = around.clone();
        let prefix = self.linker.at(scene, |linker| linker.prefix(&include.prefix, &include.options));
        let prefix = prefix.map(|prefix| prefix.trim_end_matches('/').to_owned());
        around.extend(prefix, "the prefix");
        around.add(&include.options, (file, include.line), scene, self.linker);
        around.unknown.extend(include.condition.map(|condition| format!("included {condition}")));
        self.inclusions += 1;
        let Some(key) = added.target.clone().filter(|_| self.inclusions <= MAX_INCLUSIONS) else {
            around.unknown.push(match self.inclusions {
                ..=MAX_INCLUSIONS => format!("the routes of `{}` are not known", include.text),
                _ => "there are too many inclusions".to_owned(),
            });
            self.rows.push(around.rest(self.linker.place(file, include.line)));
            return;
        };
        // Only what is there already is included.
        for route in self.routes.get_mut(&key).into_iter().flatten() {
            let is_late = route.root == added.root
                && route.fact.scope == include.scope
                && (route.fact.offset, route.number) > (include.offset, added.number);
            if is_late && route.fact.condition != Some(LATE) {
                let fact = Fact { condition: Some(LATE), ..(*route.fact).clone() };
                *route = Rc::new(route.with(fact));
            }
        }
        let before = self.rows.len();
        self.router(&key, &around, open);
        if self.rows.len() == before && !open.contains(&key) {
            // Nobody includes a router without routes: something unseen has added them.
            around.unknown.push(format!("no routes of `{}` are seen", include.text));
            self.rows.push(around.rest(self.linker.place(file, include.line)));
        }
    }

    fn row(&mut self, file: &Arc<Path>, route: &Fact, scene: &Scene, around: &Around) {
        let mut around = around.clone();
        let path = self.linker.at(scene, |linker| linker.text(&route.path));
        around.extend(path, "the path");
        if route.is_plain {
            around.options = Options::default();
        } else {
            around.add(&route.options, (file, route.line), scene, self.linker);
        }
        around.unknown.extend(route.condition.map(ToOwned::to_owned));
        let is_path_known = !around.prefix.contains('\u{2026}');
        let more = self.linker.at(scene, |linker| linker.spread(&route.options));
        let methods = more.iter().flatten().find_map(|keywords| keywords.methods.clone());
        let may_have_others = route.has_default_method && more.is_none();
        let methods = methods.or_else(|| route.methods.clone()).filter(|_| !may_have_others);
        if methods.is_none() {
            around.unknown.push("the methods are not known".to_owned());
        }
        let declared = self.declared(&around.options);
        let place = self.linker.place(file, route.line);
        let by_default = || around.options.class_status.clone().filter(|_| !route.is_plain);
        let status = status(route, more.as_deref()).or_else(by_default);
        for method in methods.map_or_else(|| vec![None], |methods| methods.into_iter().map(Some).collect()) {
            let mut unknown = around.unknown.clone();
            let name = method.as_deref().map(str::to_ascii_lowercase);
            let depends = &around.options.depends;
            let answers =
                self.linker.at(scene, |linker| linker.answers(&route.handler, name.as_deref(), depends, &place));
            let is_socket = method.as_deref() == Some("WEBSOCKET");
            // What is declared around a WebSocket is for the other routes.
            let (responses, depend) = if is_socket { Default::default() } else { declared.clone() };
            unknown.extend(depend);
            let status = match &status {
                _ if is_socket => Some(101),
                None => Some(200),
                Some(code) => match &self.linker.at(scene, |linker| linker.codes(code))[..] {
                    [Ok(code)] => Some(*code),
                    codes => {
                        let python = codes.iter().find_map(|code| code.as_ref().err());
                        let python = python.map_or("a condition", String::as_str);
                        unknown.push(format!("the status depends on `{python}`"));
                        None
                    }
                },
            };
            let Answers { mut checks, raises, mut returns, mut closes } = answers;
            returns.retain(|answer| answer.code.is_none() || answer.code != status);
            if !is_socket {
                closes.clear();
            }
            if route.is_plain {
                checks.clear();
            } else if is_socket {
                let checked = checks.iter_mut().filter(|check| check.code.is_some());
                checked.for_each(|check| Arc::make_mut(check).code = Some(1008));
            }
            self.rows.push(Route {
                app: around.app.clone(),
                path: is_path_known.then(|| without_converters(&around.prefix)),
                method,
                pattern: around.prefix.clone(),
                status,
                responses,
                raises,
                returns,
                closes,
                checks,
                place: place.clone(),
                in_schema: !around.options.is_hidden && !is_socket && !route.is_plain,
                unknown,
            });
        }
    }

    /// The statuses that `responses=` declares, and what others depend on.
    fn declared(&mut self, options: &Options) -> (Vec<u16>, Vec<String>) {
        let (mut responses, mut depend) = (Vec::new(), Vec::new());
        for code in options.responses.iter().flat_map(|code| self.linker.codes(code)) {
            match code {
                Ok(code) => responses.push(code),
                Err(python) => depend.push(format!("responses depend on `{python}`")),
            }
        }
        responses.sort_unstable();
        responses.dedup();
        (responses, depend)
    }
}

/// The status of success as it is given, or as the response class has it; `None`: the default.
fn status(route: &Fact, more: Option<&[Keywords]>) -> Option<Code> {
    if route.status.is_some() {
        return route.status.clone();
    }
    let Some(more) = more else {
        return Some(Code::Unknown("**".to_owned()));
    };
    let given = more.iter().find_map(|keywords| keywords.status.clone());
    let by_class = || more.iter().find_map(|keywords| keywords.class_status.clone());
    given.or_else(by_class).or_else(|| route.class_status.clone())
}

/// Whether a name that leads nowhere is likely one of a router: `self.router`, a parameter `app`.
fn is_like_a_router(owner: &super::facts::Reference) -> bool {
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

//! The modules around a file: what a name stands for that a file has from another one.
//!
//! Modules are read when a name leads to them, and only what they export is kept, so that memory does not grow with the
//! tree. They are looked for on disk, wherever Python would look: a file that is scanned alone has its neighbours too.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use crate::exports::{Export, Exports};
use crate::folders::{Folders, Place};
use crate::source::Source;
use crate::symbol::Symbol;
use crate::{imports, prefilter, python};

/// How many names are followed from module to module for one.
const MAX_STEPS: usize = 128;

/// The names of modules that were looked up on the way: modules may import from each other in circles, and no name is
/// followed twice.
#[derive(Default)]
struct Trail(Vec<(PathBuf, Vec<String>)>);

impl Trail {
    /// Whether a name of a module is new.
    fn enter(&mut self, module: &Path, names: &[String]) -> bool {
        let is_new = self.0.len() < MAX_STEPS && !self.0.iter().any(|(file, known)| file == module && known == names);
        if is_new {
            self.0.push((module.to_owned(), names.to_vec()));
        }
        is_new
    }
}

/// A dotted name as one file means it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The folder of the file.
    pub(crate) folder: Arc<Path>,
    /// The dots of a relative import.
    pub(crate) level: u32,
    pub(crate) names: Vec<String>,
    /// How many of the names are modules for certain: those before the `import` of `from a.b import c`.
    pub(crate) modules: usize,
}

/// What a dotted name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A name of FastAPI's, Starlette's or `http`'s, in full: `fastapi.status.HTTP_404_NOT_FOUND`.
    Framework(String),
    /// A class, a function or a variable that a module of the tree makes itself, and what follows it.
    Local { module: PathBuf, name: String, rest: Vec<String> },
    /// A module of the tree.
    Module(PathBuf),
    /// Something else, or something that cannot be found.
    Unknown,
}

/// The modules that were met so far.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Folders that Python would have on its path.
    roots: Vec<PathBuf>,
    folders: Folders,
    search_paths: RwLock<FxHashMap<OsString, Arc<[PathBuf]>>>,
    modules: RwLock<FxHashMap<OsString, Option<Arc<Exports>>>>,
}

impl Tree {
    /// A tree whose modules are looked for in these folders, and in those above the file that imports them.
    pub(crate) fn new(roots: Vec<PathBuf>) -> Self {
        Self { roots, ..Self::default() }
    }

    /// Whether a module is FastAPI's, Starlette's, or Python's `http`.
    pub(crate) fn has_framework(module: &str) -> bool {
        matches!(module.split('.').next(), Some("fastapi" | "starlette" | "http"))
    }

    /// What a name stands for.
    pub(crate) fn resolve(&self, target: &Target) -> Meaning {
        self.resolve_in(target, &mut Trail::default())
    }

    fn resolve_in(&self, target: &Target, trail: &mut Trail) -> Meaning {
        if target.level > 0 {
            let mut folder = &*target.folder;
            for _ in 1..target.level {
                match folder.parent() {
                    Some(parent) => folder = parent,
                    None => return Meaning::Unknown,
                }
            }
            let place = self.folders.place(folder.to_owned());
            return self.walk(place, &target.names, target.modules, trail).unwrap_or(Meaning::Unknown);
        }
        match target.names.first().map(String::as_str) {
            Some(name) if Self::has_framework(name) => return Meaning::Framework(target.names.join(".")),
            Some(_) => {}
            None => return Meaning::Unknown,
        }
        self.search_path(&target.folder)
            .iter()
            .filter_map(|folder| self.folders.child(folder, &target.names[0]))
            .find_map(|place| self.walk(place, &target.names[1..], target.modules.saturating_sub(1), trail))
            .unwrap_or(Meaning::Unknown)
    }

    /// Goes down from a place by the names; `None` where the place has no such name.
    fn walk(&self, mut place: Place, names: &[String], modules: usize, trail: &mut Trail) -> Option<Meaning> {
        for (index, name) in names.iter().enumerate() {
            if index < modules
                && let Some(child) = self.child(&place, name)
            {
                place = child;
                continue;
            }
            let rest = &names[index + 1..];
            let exports = place.file.as_deref().and_then(|file| self.exports(file));
            if let (Some(exports), Some(file)) = (&exports, &place.file) {
                match exports.get(name) {
                    Some(Export::Import(target)) => {
                        let mut target = target.clone();
                        target.names.extend_from_slice(rest);
                        // `from . import routes` in a package names the module, not itself.
                        let is_itself = target.names == names && target.level == 1;
                        let is_new = !is_itself && trail.enter(file, &names[index..]);
                        let meaning = if is_new { self.resolve_in(&target, trail) } else { Meaning::Unknown };
                        match self.child(&place, name) {
                            Some(child) if meaning == Meaning::Unknown => {
                                place = child;
                                continue;
                            }
                            _ => return Some(meaning),
                        }
                    }
                    Some(Export::Own) => {
                        let module = place.file.clone()?;
                        return Some(Meaning::Local { module, name: name.clone(), rest: rest.to_vec() });
                    }
                    None => {}
                }
            }
            if let Some(child) = self.child(&place, name) {
                place = child;
                continue;
            }
            let exports = exports?;
            let has_stars = !exports.stars().is_empty();
            let is_new = has_stars && place.file.as_deref().is_some_and(|file| trail.enter(file, &names[index..]));
            let stars = exports.stars().iter().filter(|_| is_new);
            let starred = stars.into_iter().find_map(|star| {
                let mut target = star.clone();
                target.names.extend_from_slice(&names[index..]);
                Some(self.resolve_in(&target, trail)).filter(is_exported)
            });
            if starred.is_none() && !exports.is_parsed() {
                // It may well make the name itself.
                let module = place.file.clone()?;
                return Some(Meaning::Local { module, name: name.clone(), rest: rest.to_vec() });
            }
            return starred;
        }
        Some(place.file.map_or(Meaning::Unknown, Meaning::Module))
    }

    /// The file of a module.
    pub(crate) fn file_of(&self, target: &Target) -> Option<PathBuf> {
        match self.resolve(target) {
            Meaning::Module(file) => Some(file),
            _ => None,
        }
    }

    /// Whether a folder has a module or a package of this name.
    pub(crate) fn has_module(&self, folder: &Path, name: &str) -> bool {
        self.folders.child(folder, name).is_some()
    }

    /// The file of a module in a package, by that of the package.
    pub(crate) fn submodule(&self, package: &Path, name: &str) -> Option<PathBuf> {
        let folder = package.parent().filter(|_| package.ends_with("__init__.py"))?;
        self.folders.child(folder, name)?.file
    }

    /// What FastAPI's a class of the tree derives from, and whether a class on the way has an `__init__` of its own.
    pub(crate) fn ancestor(&self, meaning: Meaning) -> Option<(Symbol, bool)> {
        self.ancestor_in(meaning, &mut Trail::default())
    }

    fn ancestor_in(&self, meaning: Meaning, trail: &mut Trail) -> Option<(Symbol, bool)> {
        match meaning {
            Meaning::Framework(name) => Some((Symbol::of(&name), false)),
            Meaning::Local { module, name, rest } if rest.is_empty() => {
                let exports = self.all_exports(&module)?;
                let class = exports.class(&name)?;
                // Classes may derive from each other in circles.
                if !trail.enter(&module, &[name]) {
                    return None;
                }
                class.bases.iter().find_map(|base| {
                    let place = Place::module(module.clone());
                    let meaning = self.walk(place, base, 0, &mut Trail::default())?;
                    let (symbol, has_init) = self.ancestor_in(meaning, trail)?;
                    Some((symbol, has_init || class.has_init))
                })
            }
            _ => None,
        }
    }

    /// What a module exports; `None` if it cannot be read. It is parsed only if it names a framework itself.
    fn exports(&self, file: &Path) -> Option<Arc<Exports>> {
        self.known(file).unwrap_or_else(|| {
            let source = Source::read(file).ok();
            let exports = source.and_then(|source| {
                if prefilter::names_a_framework(source.text()) {
                    parsed_exports(&source, file)
                } else {
                    Some(Arc::new(Exports::imports_of(source.text(), &folder_of(file))))
                }
            });
            self.remember(file, exports)
        })
    }

    /// What a module exports, with its classes.
    fn all_exports(&self, file: &Path) -> Option<Arc<Exports>> {
        match self.known(file) {
            Some(Some(exports)) if exports.is_parsed() => Some(exports),
            Some(None) => None,
            _ => {
                let exports = Source::read(file).ok().and_then(|source| parsed_exports(&source, file));
                self.remember(file, exports)
            }
        }
    }

    fn known(&self, file: &Path) -> Option<Option<Arc<Exports>>> {
        self.modules.read().ok()?.get(file.as_os_str()).cloned()
    }

    fn remember(&self, file: &Path, exports: Option<Arc<Exports>>) -> Option<Arc<Exports>> {
        if let Ok(mut modules) = self.modules.write() {
            modules.insert(file.into(), exports.clone());
        }
        exports
    }

    /// Whether a file that names no framework itself may have a status from a module of its tree.
    pub(crate) fn may_bring_a_status(&self, text: &str, file: &Path) -> bool {
        let folder = folder_of(file);
        let imports = imports::in_text(text);
        // `app.http.status.HTTP_404_NOT_FOUND` needs no more than `import app`.
        let is_through_a_module = [".HTTP_", ".WS_1"].iter().any(|word| text.contains(word));
        (is_through_a_module && !imports.is_empty())
            || imports.iter().any(|import| {
                let name = import.name.as_deref().filter(|&name| name != "*");
                let names = import.module.split('.').chain(name).filter(|part| !part.is_empty());
                let names: Vec<String> = names.map(str::to_owned).collect();
                let modules = names.len() - usize::from(name.is_some());
                let target = Target { folder: Arc::clone(&folder), level: import.level, names, modules };
                match (&import.name, self.resolve(&target)) {
                    (_, Meaning::Framework(name)) => !name.starts_with("http."),
                    // A star brings what cannot be told here.
                    (Some(name), _) if name == "*" => self.is_in_tree(&target),
                    _ => false,
                }
            })
    }

    fn is_in_tree(&self, target: &Target) -> bool {
        target.level > 0
            || self
                .search_path(&target.folder)
                .iter()
                .any(|folder| target.names.first().is_some_and(|name| self.folders.child(folder, name).is_some()))
    }

    fn child(&self, place: &Place, name: &str) -> Option<Place> {
        self.folders.child(place.folder.as_deref()?, name)
    }

    /// The folders where Python might look for a module that a file imports: the parent of the outermost package first.
    fn search_path(&self, folder: &Arc<Path>) -> Arc<[PathBuf]> {
        if let Ok(known) = self.search_paths.read()
            && let Some(folders) = known.get(folder.as_os_str())
        {
            return Arc::clone(folders);
        }
        let mut package = &**folder;
        while self.folders.is_package(package)
            && let Some(parent) = package.parent()
        {
            package = parent;
        }
        let mut folders = vec![package.to_owned()];
        for root in &self.roots {
            if folder.starts_with(root) {
                folders.extend(folder.ancestors().take_while(|folder| folder.starts_with(root)).map(Path::to_owned));
            }
            folders.push(root.clone());
            folders.push(root.join("src"));
        }
        let mut seen = HashSet::new();
        folders.retain(|folder| seen.insert(folder.clone()));
        let folders: Arc<[PathBuf]> = folders.into();
        if let Ok(mut known) = self.search_paths.write() {
            known.insert(folder.as_os_str().into(), Arc::clone(&folders));
        }
        folders
    }
}

/// The folder of a file, for [`Target::folder`].
pub(crate) fn folder_of(file: &Path) -> Arc<Path> {
    Arc::from(file.parent().unwrap_or(Path::new("")))
}

fn parsed_exports(source: &Source, file: &Path) -> Option<Arc<Exports>> {
    let module = python::parse(source).ok()?;
    Some(Arc::new(Exports::of(&module.body, &folder_of(file))))
}

/// Whether a star import hands a name on: of FastAPI's, those that it has.
pub(crate) fn is_exported(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Framework(name) => Symbol::of(name).is_known(),
        Meaning::Local { .. } | Meaning::Module(_) => true,
        Meaning::Unknown => false,
    }
}

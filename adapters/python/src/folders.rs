//! What folders hold, each listed once.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

/// The Python modules that a folder holds, and the folders in it.
#[derive(Debug, Default)]
struct Listing {
    entries: FxHashMap<String, Entry>,
    is_package: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    is_module: bool,
    is_folder: bool,
}

/// Listings of folders, as they were first seen.
#[derive(Debug, Default)]
pub(crate) struct Folders(RwLock<FxHashMap<OsString, Arc<Listing>>>);

/// A module, a package, or a folder without an `__init__.py`.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) folder: Option<PathBuf>,
    pub(crate) file: Option<PathBuf>,
}

impl Place {
    /// A module by its file.
    pub(crate) fn module(file: PathBuf) -> Self {
        let folder = file.parent().filter(|_| file.ends_with("__init__.py")).map(Path::to_owned);
        Self { folder, file: Some(file) }
    }
}

impl Folders {
    /// A folder as a package, or a namespace.
    pub(crate) fn place(&self, folder: PathBuf) -> Place {
        let file = self.is_package(&folder).then(|| folder.join("__init__.py"));
        Place { folder: Some(folder), file }
    }

    /// A module or package in a folder.
    pub(crate) fn child(&self, folder: &Path, name: &str) -> Option<Place> {
        let entry = *self.listing(folder).entries.get(name)?;
        if entry.is_folder {
            let path = folder.join(name);
            let place = self.place(path);
            if place.file.is_some() || !entry.is_module {
                return Some(place);
            }
        }
        entry.is_module.then(|| Place { folder: None, file: Some(folder.join(format!("{name}.py"))) })
    }

    /// Whether a folder has an `__init__.py`.
    pub(crate) fn is_package(&self, folder: &Path) -> bool {
        self.listing(folder).is_package
    }

    fn listing(&self, folder: &Path) -> Arc<Listing> {
        if let Ok(known) = self.0.read()
            && let Some(listing) = known.get(folder.as_os_str())
        {
            return Arc::clone(listing);
        }
        let listing = Arc::new(list(folder));
        if let Ok(mut known) = self.0.write() {
            known.insert(folder.into(), Arc::clone(&listing));
        }
        listing
    }
}

/// A folder that cannot be read holds nothing.
fn list(folder: &Path) -> Listing {
    let mut listing = Listing::default();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            continue;
        };
        let Ok(mut kind) = entry.file_type() else {
            continue;
        };
        if kind.is_symlink() {
            match std::fs::metadata(entry.path()) {
                Ok(metadata) => kind = metadata.file_type(),
                Err(_) => continue,
            }
        }
        if kind.is_dir() {
            listing.entries.entry(name.to_owned()).or_default().is_folder = true;
        } else if let Some(module) = name.strip_suffix(".py") {
            listing.is_package |= module == "__init__";
            listing.entries.entry(module.to_owned()).or_default().is_module = true;
        }
    }
    listing
}

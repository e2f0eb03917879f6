//! Rewrites deprecated names to current ones, and numbers to names, and nothing else.

mod edit;
mod number;
mod rename;
mod write;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use fastapi_status::Entry;

use crate::prefilter;
use crate::project::{File, Project, absolute, read};
use crate::python;
use crate::scan::scan_module;
use crate::source::{Position, Source, Unreadable};
use crate::tree::Tree;

/// What is to be done to a file.
///
/// ```
/// use fastapi_status_python::Project;
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_422_UNPROCESSABLE_ENTITY\n")?;
///
/// Project::new([folder.path()]).fix(false, |_, fixed| {
///     let fixed = fixed.expect("it is Python");
///     assert_eq!(fixed.renamed, 1);
///     assert!(fixed.after.unwrap().ends_with("status.HTTP_422_UNPROCESSABLE_CONTENT\n"));
///     Ok(())
/// })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fixed {
    /// The file as it is.
    pub before: Source,
    /// Its text as it is to be, without the byte order mark; `None` if nothing changes.
    pub after: Option<String>,
    /// How many names were renamed.
    pub renamed: usize,
    /// How many numbers were replaced by names.
    pub numbers: usize,
    /// What was left alone.
    pub left: Vec<Left>,
}

/// A deprecated name, or a number, that was left alone.
///
/// ```
/// use fastapi_status_python::Project;
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import HTTPException\nraise HTTPException(599)\n")?;
///
/// Project::new([folder.path()]).fix(true, |_, fixed| {
///     for left in fixed.expect("it is Python").left {
///         println!("line {}: {}: {}", left.position.line, left.python, left.reason);
///     }
///     Ok(())
/// })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Left {
    /// Where it is.
    pub position: Position,
    /// What it is.
    pub python: String,
    /// Why.
    pub reason: String,
}

impl Fixed {
    /// Replaces a file by what it is to be: at once or not at all, and with the permissions that it has.
    ///
    /// Nothing is written where nothing changes.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_422_UNPROCESSABLE_ENTITY\n")?;
    ///
    /// Project::new([folder.path()]).fix(false, |file, fixed| fixed.expect("it is Python").write(&file.path))?;
    ///
    /// assert!(std::fs::read_to_string(folder.path().join("main.py"))?.contains("CONTENT"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the folder or the file cannot be written, or the file was changed since it was read.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        match &self.after {
            Some(after) => write::replace(path, &self.before.to_bytes(), &self.before.with(after).to_bytes()),
            None => Ok(()),
        }
    }
}

/// Names that a module of the tree hands on: which module, and which name.
type HandedOn = HashSet<(PathBuf, String)>;

impl Project {
    /// Hands what is to be done to each file to a function, file by file in their order. Nothing is written.
    ///
    /// Deprecated names become current ones; with `numbers`, bare numbers become names too.
    ///
    /// ```no_run
    /// use fastapi_status_python::Project;
    ///
    /// Project::new(["service"]).fix(false, |file, fixed| match fixed {
    ///     Ok(fixed) => fixed.write(&file.path),
    ///     Err(error) => {
    ///         eprintln!("{}: {error}", file.name);
    ///         Ok(())
    ///     }
    /// })?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the function fails; then the rest is left as it is.
    pub fn fix(
        &self,
        numbers: bool,
        emit: impl FnMut(&File, Result<Fixed, Unreadable>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut handed_on = HandedOn::new();
        let find = |file: &File| providers(file, &self.tree);
        self.each(find, |_, found| {
            handed_on.extend(found);
            Ok(())
        })?;
        self.each(|file| fix(&read(file)?, &absolute(&file.path), &self.tree, &handed_on, numbers), emit)
    }
}

/// The deprecated names that a file takes from other modules of the tree.
fn providers(file: &File, tree: &Tree) -> HandedOn {
    if file.path.as_os_str() == "-" {
        // It can be read but once.
        return HandedOn::new();
    }
    let path = absolute(&file.path);
    let source = read(file).ok().filter(|source| has_deprecated_name(source.text()));
    let parsed = source.and_then(|source| Some((python::parse(&source).ok()?, source)));
    parsed.map_or_else(HandedOn::new, |(module, source)| {
        scan_module(&module, &source, &path, tree, true).providers.into_iter().collect()
    })
}

fn fix(source: &Source, path: &Path, tree: &Tree, handed_on: &HandedOn, numbers: bool) -> Result<Fixed, Unreadable> {
    let mut fixed = Fixed { before: source.clone(), after: None, renamed: 0, numbers: 0, left: Vec::new() };
    let text = source.text();
    let is_candidate = numbers || has_deprecated_name(text);
    if !is_candidate || !prefilter::has_to_be_parsed(text, path, tree) {
        return Ok(fixed);
    }
    let module = python::parse(source)?;
    let scan = scan_module(&module, source, path, tree, true);
    let mut plan = edit::Plan::default();
    fixed.renamed = rename::plan(&mut plan, &scan, &module, source, path, handed_on);
    if numbers {
        fixed.numbers = number::plan(&mut plan, &scan, &module, source);
    }
    fixed.left = plan.left(source);
    if plan.is_empty() {
        return Ok(fixed);
    }
    let after = plan.apply(text);
    // A name has to be a name where it now stands. That is so for every form known; the parser is asked all the same.
    match python::parse(&Source::from(after.as_str())) {
        Ok(_) => fixed.after = Some(after),
        Err(error) => {
            (fixed.renamed, fixed.numbers) = (0, 0);
            let position = Position { line: 1, column: 1 };
            let reason = format!("the result would be {error}");
            fixed.left.push(Left { position, python: "the whole file".to_owned(), reason });
        }
    }
    Ok(fixed)
}

fn has_deprecated_name(text: &str) -> bool {
    Entry::all().filter(|entry| entry.is_deprecated()).any(|entry| text.contains(entry.name()))
}

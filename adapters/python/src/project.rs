//! The files that are read, and the threads that read them.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{WalkBuilder, WalkState};
use rayon::prelude::*;

use crate::nesting;
use crate::source::{Source, Unreadable};
use crate::tree::Tree;
use crate::usage::Use;

/// A file of the project.
///
/// ```
/// use fastapi_status_python::Project;
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "# A service")?;
///
/// let project = Project::new([folder.path()]);
/// let file = &project.files()[0];
///
/// assert_eq!(file.name, "main.py");
/// assert_eq!(file.path, folder.path().join("main.py"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// As it is shown in machine-readable output: relative to the folder that was named, or as it was named itself.
    /// Standard input is `-`.
    pub name: String,
    /// Where it is, from the current folder.
    pub path: PathBuf,
}

/// A file, or a folder, that could not be read, or a folder with no Python file in it.
///
/// ```
/// use fastapi_status_python::Project;
///
/// for failure in Project::new(["no/such/folder"]).failures() {
///     eprintln!("{}: {}", failure.path, failure.reason);
/// }
/// ```
#[derive(Debug)]
pub struct Failure {
    /// Which one.
    pub path: String,
    /// Why.
    pub reason: Unreadable,
}

/// The Python files in some files and folders.
///
/// Folders are walked as `ripgrep` does: what `.gitignore` names is left out, and hidden files, and symbolic links are
/// not followed. A file that is named itself is read whatever it is called.
///
/// ```no_run
/// use fastapi_status_python::Project;
///
/// let project = Project::new(["service"]);
/// project.scan(|file, uses| {
///     println!("{}: {} uses", file.name, uses.map_or(0, |uses| uses.len()));
///     Ok(())
/// })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Project {
    files: Vec<File>,
    failures: Vec<Failure>,
    pub(crate) tree: Tree,
}

/// How many files a thread takes at once.
const BATCH: usize = 4;

impl Project {
    /// Finds the files; nothing is read yet.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "# A service")?;
    ///
    /// assert_eq!(Project::new([folder.path()]).files().len(), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let paths: Vec<PathBuf> = paths.into_iter().map(Into::into).collect();
        let mut project = Self { files: Vec::new(), failures: Vec::new(), tree: Tree::new(roots(&paths)) };
        let is_only = paths.len() == 1;
        for path in &paths {
            project.add(path, is_only);
        }
        project.files.sort_by(|a, b| a.path.cmp(&b.path));
        project.files.dedup_by(|a, b| a.path == b.path);
        project.failures.sort_by_cached_key(|failure| (failure.path.clone(), failure.reason.to_string()));
        project
    }

    fn add(&mut self, root: &Path, is_only: bool) {
        if root.as_os_str() == "-" || root.is_file() {
            self.files.push(File { name: shown(root), path: root.to_owned() });
            return;
        }
        match root.metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return self.fail(root, Unreadable::not_regular()),
            Err(error) => return self.fail(root, Unreadable::Io(error)),
        }
        let before = (self.files.len(), self.failures.len());
        let (sender, entries) = mpsc::channel();
        WalkBuilder::new(root).build_parallel().run(|| {
            let sender = sender.clone();
            // The receiver is there until the walk is done.
            Box::new(move |entry| sender.send(entry).map_or(WalkState::Quit, |()| WalkState::Continue))
        });
        drop(sender);
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_python(entry.path()) => {
                    let path = entry.into_path();
                    let inside = if is_only { path.strip_prefix(root).unwrap_or(&path) } else { &path };
                    self.files.push(File { name: shown(inside), path });
                }
                Ok(_) => {}
                Err(error) => self.fail(root, Unreadable::Io(into_io(error))),
            }
        }
        if before == (self.files.len(), self.failures.len()) {
            self.fail(root, Unreadable::NoPython);
        }
    }

    fn fail(&mut self, path: &Path, reason: Unreadable) {
        self.failures.push(Failure { path: shown(path), reason });
    }

    /// The files, sorted by path.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("b.py"), "# Routes")?;
    /// std::fs::write(folder.path().join("a.py"), "")?;
    ///
    /// let project = Project::new([folder.path()]);
    /// let names: Vec<_> = project.files().iter().map(|file| file.name.as_str()).collect();
    ///
    /// assert_eq!(names, ["a.py", "b.py"]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// What could not be walked, or has nothing to read.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// let project = Project::new(["no/such/folder"]);
    ///
    /// assert_eq!(project.failures().len(), 1);
    /// ```
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Hands the uses of statuses in each file to a function, file by file in their order.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nok = status.HTTP_200_OK\n")?;
    ///
    /// let mut found = Vec::new();
    /// Project::new([folder.path()]).scan(|_, uses| {
    ///     found.extend(uses.expect("it is Python"));
    ///     Ok(())
    /// })?;
    ///
    /// let rust: Vec<_> = found.iter().filter_map(|found| found.rust()).collect();
    /// assert_eq!(rust, ["status::HTTP_200_OK"]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the function fails; then the scan ends.
    pub fn scan(&self, emit: impl FnMut(&File, Result<Vec<Use>, Unreadable>) -> io::Result<()>) -> io::Result<()> {
        self.each(|file| crate::scan::scan(&read(file)?, &absolute(&file.path), &self.tree), emit)
    }

    /// Works on every file, on all cores, and hands the results on in the order of the files, meanwhile and on this
    /// thread. A result is kept no longer than until those before it are there.
    pub(crate) fn each<R: Send>(
        &self,
        work: impl Fn(&File) -> R + Sync,
        mut emit: impl FnMut(&File, R) -> io::Result<()>,
    ) -> io::Result<()> {
        let pool = rayon::ThreadPoolBuilder::new()
            .stack_size(nesting::STACK_SIZE)
            .build()
            .map_err(|error| io::Error::other(format!("cannot start threads: {error}")))?;
        let work = |files: &[File]| files.iter().map(&work).collect::<Vec<R>>();
        let (sender, results) = mpsc::sync_channel(16);
        pool.in_place_scope(|scope| {
            scope.spawn(|_| {
                let batches = self.files.chunks(BATCH).enumerate().par_bridge();
                // Nobody receives any more once `emit` has failed.
                let _ = batches.try_for_each_with(sender, |sender, (index, files)| sender.send((index, work(files))));
            });
            // It is gone once this returns, so that no thread waits for it.
            let results = results;
            let mut early = HashMap::new();
            for (next, files) in self.files.chunks(BATCH).enumerate() {
                while !early.contains_key(&next)
                    && let Ok((index, results)) = results.recv()
                {
                    early.insert(index, results);
                }
                for (file, result) in files.iter().zip(early.remove(&next).into_iter().flatten()) {
                    emit(file, result)?;
                }
            }
            Ok(())
        })
    }
}

/// Reads a file, or standard input.
pub(crate) fn read(file: &File) -> Result<Source, Unreadable> {
    if file.path.as_os_str() == "-" { Source::from_reader(io::stdin().lock(), 0) } else { Source::read(&file.path) }
}

/// A path from the root of the file system, so that the folders above it are known.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // `absolute` keeps `..`, which would be taken for a folder of that name.
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn roots(paths: &[PathBuf]) -> Vec<PathBuf> {
    let folder = |path: &PathBuf| {
        let path = absolute(path);
        if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("/")).to_owned() }
    };
    let mut roots: Vec<PathBuf> = paths.iter().map(folder).collect();
    // Others import a package by its name, which is found in the folder around it.
    let around = |root: &PathBuf| {
        let outermost = root.ancestors().take_while(|folder| folder.join("__init__.py").is_file()).last()?;
        outermost.parent().map(Path::to_owned)
    };
    let packages: Vec<PathBuf> = roots.iter().filter_map(around).collect();
    roots.extend(packages);
    roots.push(absolute(Path::new(".")));
    roots.sort();
    roots.dedup();
    roots
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py" || extension == "pyi")
}

fn shown(path: &Path) -> String {
    let plain = path.strip_prefix("./").ok().filter(|plain| !plain.as_os_str().is_empty());
    let path = plain.unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn into_io(error: ignore::Error) -> io::Error {
    let text = error.to_string();
    error.into_io_error().unwrap_or_else(|| io::Error::other(text))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    fn project(files: usize) -> Project {
        let file = |index| File { name: format!("{index}"), path: PathBuf::new() };
        Project { files: (0..files).map(file).collect(), failures: Vec::new(), tree: Tree::default() }
    }

    #[test]
    fn results_come_in_the_order_of_the_files() {
        for files in [0, 1, BATCH, BATCH + 1, 100 * BATCH] {
            let slow_at_first = |file: &File| {
                if file.name == "0" {
                    thread::sleep(Duration::from_millis(20));
                }
                file.name.clone()
            };
            let mut seen = Vec::new();
            let all = project(files).each(slow_at_first, |file, result| {
                assert_eq!(file.name, result);
                seen.push(result);
                Ok(())
            });
            assert!(all.is_ok());
            assert_eq!(seen, (0..files).map(|index| index.to_string()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_nobody_takes_any_more_is_not_worked_on() {
        let worked = AtomicUsize::new(0);
        let work = |_: &File| worked.fetch_add(1, Ordering::Relaxed);
        let full = project(100_000).each(work, |_, _| Err(io::Error::other("full")));
        assert_eq!(full.unwrap_err().to_string(), "full");
        assert!(worked.into_inner() < 100_000);
    }
}

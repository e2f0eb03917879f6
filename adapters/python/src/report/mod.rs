//! The uses of a scan, written for people and for programs.

mod github;
mod json;
mod text;

use std::io;

use crate::project::File;
use crate::usage::{Standing, Use};

pub use github::Github;
pub use json::Json;
pub use text::Text;

/// A way to write the uses that a scan finds.
///
/// ```
/// use std::io;
///
/// use fastapi_status_python::report::{Report, Tally};
/// use fastapi_status_python::{File, Use};
///
/// /// The names of the files that use a status.
/// struct Names;
///
/// impl Report for Names {
///     fn file(&mut self, file: &File, _: &[Use], out: &mut dyn io::Write) -> io::Result<()> {
///         writeln!(out, "{}", file.name)
///     }
///
///     fn end(&mut self, _: &Tally, _: &mut dyn io::Write) -> io::Result<()> {
///         Ok(())
///     }
/// }
/// ```
pub trait Report {
    /// Writes the uses in one file, which are at least one.
    ///
    /// # Errors
    ///
    /// When the output does not take it.
    fn file(&mut self, file: &File, uses: &[Use], out: &mut dyn io::Write) -> io::Result<()>;

    /// Writes what is to be said at the end.
    ///
    /// # Errors
    ///
    /// When the output does not take it.
    fn end(&mut self, tally: &Tally, out: &mut dyn io::Write) -> io::Result<()>;
}

/// How many of what.
///
/// ```
/// use fastapi_status_python::{Project, report::Tally};
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOT_FOUND\n")?;
///
/// let mut found = Vec::new();
/// Project::new([folder.path()]).scan(|_, uses| {
///     found.extend(uses.expect("it is Python"));
///     Ok(())
/// })?;
///
/// let mut tally = Tally::default();
/// tally.add(&found);
///
/// assert_eq!((tally.files, tally.current), (1, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Files that were read.
    pub files: usize,
    /// Files that use a status.
    pub files_with_uses: usize,
    /// Files and folders that could not be read.
    pub failures: usize,
    /// Uses of names and numbers that are current.
    pub current: usize,
    /// Uses of deprecated names.
    pub deprecated: usize,
    /// Uses of names that FastAPI does not have, or of numbers that it has no name for.
    pub unknown: usize,
}

impl Tally {
    /// Counts the uses of a file.
    ///
    /// ```
    /// use fastapi_status_python::report::Tally;
    ///
    /// let mut tally = Tally::default();
    /// tally.add(&[]);
    ///
    /// assert_eq!((tally.files, tally.files_with_uses), (1, 0));
    /// ```
    pub fn add(&mut self, uses: &[Use]) {
        self.files += 1;
        self.files_with_uses += usize::from(!uses.is_empty());
        for found in uses {
            match found.standing {
                Standing::Current => self.current += 1,
                Standing::Deprecated => self.deprecated += 1,
                Standing::Unknown => self.unknown += 1,
            }
        }
    }

    /// All uses.
    ///
    /// ```
    /// assert_eq!(fastapi_status_python::report::Tally::default().uses(), 0);
    /// ```
    #[must_use]
    pub const fn uses(&self) -> usize {
        self.current + self.deprecated + self.unknown
    }

    /// Whether `--check` is to fail.
    ///
    /// ```
    /// assert!(!fastapi_status_python::report::Tally::default().has_problems());
    /// ```
    #[must_use]
    pub const fn has_problems(&self) -> bool {
        self.deprecated + self.unknown > 0
    }
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

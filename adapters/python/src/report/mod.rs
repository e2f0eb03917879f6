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
    #[must_use]
    pub const fn uses(&self) -> usize {
        self.current + self.deprecated + self.unknown
    }

    /// Whether `--check` is to fail.
    #[must_use]
    pub const fn has_problems(&self) -> bool {
        self.deprecated + self.unknown > 0
    }
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

//! `--format text`: for people.

use std::io;

use anstyle::{AnsiColor, Style};

use super::{Report, Tally, count};
use crate::project::File;
use crate::usage::{Standing, Use};

const PATH: Style = Style::new().bold().underline();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const DEPRECATED: Style = AnsiColor::Yellow.on_default();
const UNKNOWN: Style = AnsiColor::Red.on_default().bold();

/// Grouped by file, aligned, and coloured unless it is [`plain`](Self::plain).
///
/// ```
/// use fastapi_status_python::Project;
/// use fastapi_status_python::report::{Text, Report};
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOTFOUND\n")?;
///
/// let mut out = Vec::new();
/// Project::new([folder.path()]).scan(|file, uses| {
///     Text::plain().file(file, &uses.expect("it is Python"), &mut out)
/// })?;
///
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.contains("status.HTTP_404_NOTFOUND"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    is_plain: bool,
}

impl Text {
    /// Without colours.
    ///
    /// ```
    /// use fastapi_status_python::report::{Report, Tally, Text};
    ///
    /// let mut out = Vec::new();
    /// Text::plain().end(&Tally::default(), &mut out)?;
    ///
    /// assert_eq!(out, b"No status is used in 0 files.\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub const fn plain() -> Self {
        Self { is_plain: true }
    }

    const fn style(self, style: Style) -> Style {
        if self.is_plain { Style::new() } else { style }
    }
}

/// What is said of a use, but for what is wrong with it.
struct Row<'u> {
    place: String,
    kind: &'static str,
    python: &'u str,
    rust: String,
}

impl<'u> Row<'u> {
    fn of(found: &'u Use) -> Self {
        Self {
            place: format!("{}:{}", found.position.line, found.position.column),
            kind: found.kind.as_str(),
            python: &found.python,
            rust: found.rust().unwrap_or_else(|| "-".to_owned()),
        }
    }
}

impl Report for Text {
    fn file(&mut self, file: &File, uses: &[Use], out: &mut dyn io::Write) -> io::Result<()> {
        let (bold, dim) = (self.style(PATH), self.style(DIM));
        let path = file.path.to_string_lossy();
        writeln!(out, "{bold}{}{bold:#}", path.strip_prefix("./").unwrap_or(&path))?;
        let rows: Vec<Row<'_>> = uses.iter().map(Row::of).collect();
        let width = |column: fn(&Row<'_>) -> usize| rows.iter().map(column).max().unwrap_or_default();
        let (places, kinds) = (width(|row| row.place.len()), width(|row| row.kind.len()));
        let (pythons, rusts) = (width(|row| row.python.chars().count()), width(|row| row.rust.len()));
        for (Row { place, kind, python, rust }, found) in rows.iter().zip(uses) {
            write!(out, "  {dim}{place:>places$}{dim:#}  {kind:kinds$}  {python:pythons$}  ")?;
            let style = match found.standing {
                Standing::Current => GOOD,
                Standing::Deprecated => DEPRECATED,
                Standing::Unknown => UNKNOWN,
            };
            let style = self.style(style);
            match found.problem() {
                None => writeln!(out, "{style}{rust}{style:#}")?,
                Some(problem) => writeln!(out, "{style}{rust:rusts$}  {problem}{style:#}")?,
            }
        }
        writeln!(out)
    }

    fn end(&mut self, tally: &Tally, out: &mut dyn io::Write) -> io::Result<()> {
        let files = count(tally.files, "file");
        // Of what could not be read, it is not known whether a status is used.
        let is_unread = tally.files == 0 && tally.failures > 0;
        if tally.uses() == 0 && !is_unread {
            writeln!(out, "No status is used in {files}.")?;
        } else if tally.uses() > 0 {
            let Tally { current, deprecated, unknown, .. } = tally;
            let [good, old, odd] = [GOOD, DEPRECATED, UNKNOWN].map(|style| self.style(style));
            let uses = count(tally.uses(), "use");
            let in_files = count(tally.files_with_uses, "file");
            write!(out, "{uses} in {in_files} of {}: {good}{current} current{good:#}, ", tally.files)?;
            write!(out, "{old}{deprecated} deprecated{old:#}, ")?;
            writeln!(out, "{odd}{unknown} unknown{odd:#}.")?;
        }
        if tally.deprecated > 0 {
            writeln!(out, "`fastapi-port fix` renames what is deprecated; `fastapi-port fix --diff` shows how.")?;
        }
        if tally.failures > 0 {
            writeln!(out, "Not read: {}, named above.", count(tally.failures, "path"))?;
        }
        Ok(())
    }
}

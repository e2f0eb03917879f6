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

/// Grouped by file, aligned, coloured; the output strips the colours where they are of no use.
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
///     Text.file(file, &uses.expect("it is Python"), &mut out)
/// })?;
///
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.contains("status.HTTP_404_NOTFOUND"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Text;

impl Report for Text {
    fn file(&mut self, file: &File, uses: &[Use], out: &mut dyn io::Write) -> io::Result<()> {
        let path = file.path.to_string_lossy();
        writeln!(out, "{PATH}{}{PATH:#}", path.strip_prefix("./").unwrap_or(&path))?;
        let rows: Vec<[String; 4]> = uses
            .iter()
            .map(|found| {
                let place = format!("{}:{}", found.position.line, found.position.column);
                let rust = found.rust().unwrap_or_else(|| "-".to_owned());
                [place, found.kind.to_string(), found.python.clone(), rust]
            })
            .collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let [places, kinds, pythons, rusts] = [0, 1, 2, 3].map(width);
        for ([place, kind, python, rust], found) in rows.iter().zip(uses) {
            write!(out, "  {DIM}{place:>places$}{DIM:#}  {kind:kinds$}  {python:pythons$}  ")?;
            let style = match found.standing {
                Standing::Current => GOOD,
                Standing::Deprecated => DEPRECATED,
                Standing::Unknown => UNKNOWN,
            };
            match found.problem() {
                None => writeln!(out, "{style}{rust}{style:#}")?,
                Some(problem) => writeln!(out, "{style}{rust:rusts$}  {problem}{style:#}")?,
            }
        }
        writeln!(out)
    }

    fn end(&mut self, tally: &Tally, out: &mut dyn io::Write) -> io::Result<()> {
        let files = count(tally.files, "file");
        if tally.uses() == 0 {
            writeln!(out, "No status is used in {files}.")?;
        } else {
            let Tally { current, deprecated, unknown, .. } = tally;
            let uses = count(tally.uses(), "use");
            let in_files = count(tally.files_with_uses, "file");
            write!(out, "{uses} in {in_files} of {}: {GOOD}{current} current{GOOD:#}, ", tally.files)?;
            write!(out, "{DEPRECATED}{deprecated} deprecated{DEPRECATED:#}, ")?;
            writeln!(out, "{UNKNOWN}{unknown} unknown{UNKNOWN:#}.")?;
        }
        if tally.deprecated > 0 {
            writeln!(out, "`fastapi-port fix` renames what is deprecated; `fastapi-port fix --diff` shows how.")?;
        }
        if tally.failures > 0 {
            writeln!(out, "Not read: {}, named above.", count(tally.failures, "file"))?;
        }
        Ok(())
    }
}

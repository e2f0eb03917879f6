//! `--format github`: annotations on a pull request, from a workflow's output.

use std::io;

use super::{Report, Tally};
use crate::project::File;
use crate::usage::{Standing, Use};

/// A workflow command a deprecated or unknown status; nothing of the others.
///
/// ```
/// use fastapi_status_python::Project;
/// use fastapi_status_python::report::{Github, Report};
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOTFOUND\n")?;
///
/// let mut out = Vec::new();
/// Project::new([folder.path()]).scan(|file, uses| {
///     Github.file(file, &uses.expect("it is Python"), &mut out)
/// })?;
///
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.starts_with("::error file="));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Github;

impl Report for Github {
    fn file(&mut self, file: &File, uses: &[Use], out: &mut dyn io::Write) -> io::Result<()> {
        for found in uses {
            let Some(problem) = found.problem() else {
                continue;
            };
            let (level, title) = match found.standing {
                Standing::Deprecated => ("warning", "Deprecated status"),
                _ => ("error", "Unknown status"),
            };
            let path = file.path.to_string_lossy();
            let path = property(path.strip_prefix("./").unwrap_or(&path));
            let (line, column) = (found.position.line, found.position.column);
            writeln!(out, "::{level} file={path},line={line},col={column},title={title}::{}", data(&problem))?;
        }
        Ok(())
    }

    fn end(&mut self, _tally: &Tally, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}

/// What GitHub asks for in a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What GitHub asks for in a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

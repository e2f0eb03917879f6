//! `--format json`: an object a line.

use std::io;

use serde::Serialize;

use super::{Report, Tally};
use crate::project::File;
use crate::usage::{Kind, Standing, Use};

/// One JSON object a line and use.
///
/// ```
/// use fastapi_status_python::Project;
/// use fastapi_status_python::report::{Json, Report};
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOTFOUND\n")?;
///
/// let mut out = Vec::new();
/// Project::new([folder.path()]).scan(|file, uses| {
///     Json.file(file, &uses.expect("it is Python"), &mut out)
/// })?;
///
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.contains("\"path\":\"main.py\",\"line\":2,"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    kind: Kind,
    python: &'a str,
    name: Option<&'static str>,
    code: Option<u32>,
    standing: Standing,
    rust: Option<String>,
}

impl Report for Json {
    fn file(&mut self, file: &File, uses: &[Use], mut out: &mut dyn io::Write) -> io::Result<()> {
        for found in uses {
            let line = Line {
                path: &file.name,
                line: found.position.line,
                column: found.position.column,
                kind: found.kind,
                python: &found.python,
                name: found.name,
                code: found.code,
                standing: found.standing,
                rust: found.rust(),
            };
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn end(&mut self, _tally: &Tally, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}

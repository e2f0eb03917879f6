//! `fastapi-port scan`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use fastapi_status_python::Project;
use fastapi_status_python::report::{Github, Json, Report, Tally, Text};

use super::{complain, complain_of_walk, exit_code};
use crate::arguments::{Scan, ScanFormat};
use crate::progress::Progress;

pub(crate) fn run(arguments: &Scan) -> io::Result<ExitCode> {
    let project = Project::new(&arguments.inputs.paths);
    // Where nobody sees colours, they are not written; on a terminal, what may be in names is taken out as well.
    let is_plain = !io::stdout().is_terminal() && AutoStream::choice(&io::stdout()) == ColorChoice::Never;
    let mut report: Box<dyn Report> = match arguments.format {
        ScanFormat::Text if is_plain => Box::new(Text::plain()),
        ScanFormat::Text => Box::new(Text::default()),
        ScanFormat::Json => Box::new(Json),
        ScanFormat::Github => Box::new(Github),
    };
    let out: Box<dyn Write> =
        if is_plain { Box::new(io::stdout().lock()) } else { Box::new(anstream::stdout().lock()) };
    let mut out = BufWriter::new(out);
    let mut tally = Tally::default();
    tally.failures = complain_of_walk(&project);
    let mut progress = Progress::new(project.files().len());
    project.scan(|file, uses| {
        progress.advance();
        match uses {
            Ok(uses) => {
                tally.add(&uses);
                if uses.is_empty() {
                    return Ok(());
                }
                progress.aside(&mut out, |out| report.file(file, &uses, out))
            }
            Err(reason) => {
                tally.failures += 1;
                progress.aside(&mut out, |_| {
                    complain(&file.path.to_string_lossy(), &reason);
                    Ok(())
                })
            }
        }
    })?;
    progress.end();
    report.end(&tally, &mut out)?;
    out.flush()?;
    Ok(exit_code(tally.failures, tally.files, arguments.check && tally.has_problems()))
}

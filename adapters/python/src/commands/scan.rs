//! `fastapi-port scan`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use fastapi_status_python::Project;
use fastapi_status_python::report::{Github, Json, Report, Tally, Text};

use super::{complain, complain_of_walk, exit_code};
use crate::arguments::{Scan, ScanFormat};
use crate::progress::Progress;

pub(crate) fn run(arguments: &Scan) -> io::Result<ExitCode> {
    let project = Project::new(&arguments.inputs.paths);
    let mut report: Box<dyn Report> = match arguments.format {
        ScanFormat::Text => Box::new(Text),
        ScanFormat::Json => Box::new(Json),
        ScanFormat::Github => Box::new(Github),
    };
    let mut out = BufWriter::new(anstream::stdout().lock());
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

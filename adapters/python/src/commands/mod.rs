//! What each subcommand prints, and the exit code.

mod explain;
mod fix;
mod routes;
mod scan;

use std::io;
use std::process::ExitCode;

use fastapi_status_python::{Project, Unreadable};

use crate::arguments::Command;

pub(crate) fn run(command: &Command) -> io::Result<ExitCode> {
    match command {
        Command::Scan(arguments) => scan::run(arguments),
        Command::Fix(arguments) => fix::run(arguments),
        Command::Routes(arguments) => routes::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
    }
}

/// Names a file that was passed over on standard error.
fn complain(path: &str, reason: &Unreadable) {
    anstream::eprintln!("{}: {reason}", path.strip_prefix("./").unwrap_or(path));
}

/// Names what could not be walked, and counts it.
fn complain_of_walk(project: &Project) -> usize {
    for failure in project.failures() {
        complain(&failure.path, &failure.reason);
    }
    project.failures().len()
}

/// Exit code 2 if nothing could be read.
fn exit_code(failures: usize, read: usize, is_found: bool) -> ExitCode {
    if failures > 0 && read == 0 { ExitCode::from(2) } else { ExitCode::from(u8::from(is_found)) }
}

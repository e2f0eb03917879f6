//! Counts instructions, where valgrind is installed: this program runs itself under callgrind, twice with a different
//! number of repetitions, so that all else cancels out.

use std::env;
use std::process::{Command, Stdio};

/// The argument with which it runs itself.
pub(crate) const ARGUMENT: &str = "--repeat";

const TIMES: u32 = 2000;

/// The instructions of one operation of [`crate::repeat`].
pub(crate) fn count(name: &str) -> Option<f64> {
    of_one(TIMES, |times| {
        let mut command = this_program()?;
        let output = command.args([ARGUMENT, name, &times.to_string()]).stdin(Stdio::null()).output().ok()?;
        collected(&String::from_utf8_lossy(&output.stderr))
    })
}

/// The instructions of one repetition, of what counts those of so many.
pub(crate) fn of_one(times: u32, count: impl Fn(u32) -> Option<f64>) -> Option<f64> {
    Some((count(2 * times)? - count(times)?) / f64::from(times))
}

/// This program under callgrind, without arguments.
pub(crate) fn this_program() -> Option<Command> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env::current_exe().ok()?);
    Some(command)
}

/// What callgrind has counted, as it says at the end on standard error.
pub(crate) fn collected(report: &str) -> Option<f64> {
    let line = report.lines().find_map(|line| line.split_once("Collected : "))?;
    line.1.trim().parse().ok()
}

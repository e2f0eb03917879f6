//! Counts instructions, where valgrind is installed: this program runs itself under callgrind, twice with a different
//! number of repetitions, so that all else cancels out.

use std::env;
use std::process::{Command, Stdio};

/// The argument with which it runs itself.
pub(crate) const ARGUMENT: &str = "--repeat";

const TIMES: u32 = 2000;

/// The instructions of one operation of [`crate::counted`].
pub(crate) fn count(name: &str) -> Option<f64> {
    let (once, twice) = (collected(name, TIMES)?, collected(name, 2 * TIMES)?);
    Some((twice - once) / f64::from(TIMES))
}

fn collected(name: &str, times: u32) -> Option<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().ok()?)
        .args([ARGUMENT, name, &times.to_string()])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let report = String::from_utf8_lossy(&output.stderr);
    let line = report.lines().find_map(|line| line.split_once("Collected : "))?;
    line.1.trim().parse().ok()
}

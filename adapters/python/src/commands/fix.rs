//! `fastapi-port fix`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use fastapi_status_python::{File, Fixed, Project, Unreadable};
use similar::{ChangeTag, TextDiff};

use super::{complain, complain_of_walk, exit_code};
use crate::arguments::Fix;

const HEAD: Style = Style::new().bold();
const HUNK: Style = AnsiColor::Cyan.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

pub(crate) fn run(arguments: &Fix) -> io::Result<ExitCode> {
    let project = Project::new(&arguments.inputs.paths);
    let mut out = BufWriter::new(anstream::stdout().lock());
    let mut failures = complain_of_walk(&project);
    let (mut read, mut changed, mut renamed, mut numbers, mut left) = (0, 0, 0, 0, 0);
    project.fix(arguments.numbers, |file, fixed| {
        let path = file.path.to_string_lossy();
        let path = path.strip_prefix("./").unwrap_or(&path);
        let fixed = match fixed {
            Ok(fixed) => fixed,
            Err(reason) => {
                failures += 1;
                complain(path, &reason);
                return Ok(());
            }
        };
        read += 1;
        left += fixed.left.len();
        for left in &fixed.left {
            let (line, column) = (left.position.line, left.position.column);
            anstream::eprintln!("{path}:{line}:{column}: `{}` is left alone: {}", left.python, left.reason);
        }
        if path == "-" && !arguments.diff {
            return pipe(&fixed, &mut out);
        }
        if fixed.after.is_none() {
            return Ok(());
        }
        if arguments.diff {
            diff(path, &fixed, &mut out)?;
        } else if let Err(error) = fixed.write(&file.path) {
            failures += 1;
            complain(path, &Unreadable::Io(error));
            return Ok(());
        } else {
            say(file, &fixed, &mut out)?;
        }
        changed += 1;
        renamed += fixed.renamed;
        numbers += fixed.numbers;
        Ok(())
    })?;
    out.flush()?;
    let would = if arguments.diff { "would be " } else { "" };
    if project.files().iter().all(|file| file.path.as_os_str() != "-") {
        let numbers = if arguments.numbers { format!(" and {numbers} numbers named") } else { String::new() };
        anstream::eprintln!(
            "{renamed} names {would}renamed{numbers}, in {changed} of {read} files; {left} left alone."
        );
    }
    Ok(exit_code(failures, read, false))
}

/// Standard input goes to standard output, changed or not.
fn pipe(fixed: &Fixed, out: &mut impl Write) -> io::Result<()> {
    let after = fixed.after.as_deref().unwrap_or(fixed.before.text());
    out.write_all(&fixed.before.with(after).to_bytes())
}

fn say(file: &File, fixed: &Fixed, out: &mut impl Write) -> io::Result<()> {
    let path = file.path.to_string_lossy();
    write!(out, "{}: {} renamed", path.strip_prefix("./").unwrap_or(&path), fixed.renamed)?;
    if fixed.numbers > 0 {
        write!(out, ", {} named", fixed.numbers)?;
    }
    writeln!(out)
}

/// A unified diff, which `patch` takes.
fn diff(path: &str, fixed: &Fixed, out: &mut impl Write) -> io::Result<()> {
    let Some(after) = &fixed.after else {
        return Ok(());
    };
    // To `patch`, a lone `\r` ends no line.
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let bom = if fixed.before.has_bom() { "\u{feff}" } else { "" };
    let (before, after) = ([bom, fixed.before.text()].concat(), [bom, after].concat());
    let (before, after) = (lines(&before), lines(&after));
    let diff = TextDiff::from_slices(&before, &after);
    writeln!(out, "{HEAD}--- a/{path}{HEAD:#}\n{HEAD}+++ b/{path}{HEAD:#}")?;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        writeln!(out, "{HUNK}{}{HUNK:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ("-", REMOVED),
                ChangeTag::Insert => ("+", ADDED),
                ChangeTag::Equal => (" ", Style::new()),
            };
            write!(out, "{style}{sign}{}{style:#}", change.value())?;
            if !change.value().ends_with('\n') {
                write!(out, "\n\\ No newline at end of file\n")?;
            }
        }
    }
    Ok(())
}

//! `fastapi-port routes`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anstyle::{AnsiColor, Style};
use fastapi_status_python::{Answer, Project, Route};

use super::{complain, complain_of_walk, exit_code};
use crate::arguments::{Routes, RoutesFormat};
use crate::progress::Progress;

const APP: Style = Style::new().bold().underline();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const UNKNOWN: Style = AnsiColor::Yellow.on_default();

pub(crate) fn run(arguments: &Routes) -> io::Result<ExitCode> {
    let project = Project::new(&arguments.inputs.paths);
    let mut failures = complain_of_walk(&project);
    let mut progress = Progress::new(project.files().len());
    let mut unread = Vec::new();
    let routes = project.routes(
        |file, reason| {
            unread.push((file.path.to_string_lossy().into_owned(), reason));
            Ok(())
        },
        || progress.advance(),
    )?;
    progress.end();
    for (path, reason) in &unread {
        complain(path, reason);
    }
    failures += unread.len();
    let mut out = BufWriter::new(anstream::stdout().lock());
    match arguments.format {
        RoutesFormat::Text => text(&routes, &mut out)?,
        RoutesFormat::Markdown => markdown(&routes, &mut out)?,
        RoutesFormat::Json => {
            for route in &routes {
                serde_json::to_writer(&mut out, route)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(exit_code(failures, project.files().len() - unread.len(), false))
}

fn text(routes: &[Route], out: &mut impl Write) -> io::Result<()> {
    let width = routes.iter().map(|route| route.pattern.chars().count()).max().unwrap_or_default().min(60);
    let mut app = None;
    for route in routes {
        if app != Some(&route.app) {
            if app.is_some() {
                writeln!(out)?;
            }
            match &route.app {
                Some(place) => writeln!(out, "{APP}{place}{APP:#}")?,
                None => writeln!(out, "{APP}no app is seen to include these{APP:#}")?,
            }
            app = Some(&route.app);
        }
        let status = route.status.map_or_else(|| "?".to_owned(), |status| status.to_string());
        let style = if route.is_certain() { GOOD } else { UNKNOWN };
        let (method, pattern, place) = (route.method.as_deref().unwrap_or("?"), &route.pattern, &route.place);
        writeln!(out, "  {method:9}  {pattern:width$}  {style}{status:>3}{style:#}  {DIM}{place}{DIM:#}")?;
        let mut more = |what: &str, items: Vec<String>| {
            if items.is_empty() {
                Ok(())
            } else {
                writeln!(out, "             {DIM}{what:8}{DIM:#}  {}", items.join(", "))
            }
        };
        more("declares", route.responses.iter().map(ToString::to_string).collect())?;
        more("raises", route.raises.iter().map(|it| answer(it)).collect())?;
        more("returns", route.returns.iter().map(|it| answer(it)).collect())?;
        more("closes", route.closes.iter().map(|it| answer(it)).collect())?;
        more("checks", route.checks.iter().map(|it| check(it)).collect())?;
        more("unknown", route.unknown.clone())?;
    }
    let certain = routes.iter().filter(|route| route.is_certain()).count();
    if !routes.is_empty() {
        writeln!(out)?;
    }
    let rows = if routes.len() == 1 { "1 route".to_owned() } else { format!("{} routes", routes.len()) };
    writeln!(
        out,
        "{rows}: {GOOD}{certain} certain{GOOD:#}, {UNKNOWN}{} in part unknown{UNKNOWN:#}.",
        routes.len() - certain
    )
}

fn answer(answer: &Answer) -> String {
    match (answer.code, &answer.python) {
        (Some(code), _) => format!("{code} {}", answer.place),
        (None, python) => format!("{} {}", python.as_deref().unwrap_or("?"), answer.place),
    }
}

/// A parameter that is checked; `?` before what may have one.
fn check(check: &Answer) -> String {
    let python = check.python.as_deref().unwrap_or_default();
    match check.code {
        Some(code) => format!("{code} {python} {}", check.place),
        None => format!("? {python} {}", check.place),
    }
}

fn markdown(routes: &[Route], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "| Method | Path | Success | Declared | Raised | Returned | Closed | Checked | Where | Unknown |")?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")?;
    for route in routes {
        let cells = [
            route.method.clone().unwrap_or_else(|| "?".to_owned()),
            format!("`{}`", route.pattern),
            route.status.map_or_else(|| "?".to_owned(), |status| status.to_string()),
            route.responses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            joined(&route.raises, answer),
            joined(&route.returns, answer),
            joined(&route.closes, answer),
            joined(&route.checks, check),
            route.place.clone(),
            route.unknown.join(", "),
        ];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace(['\n', '\r'], " "));
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn joined(answers: &[Arc<Answer>], shown: impl Fn(&Answer) -> String) -> String {
    answers.iter().map(|answer| shown(answer)).collect::<Vec<_>>().join(", ")
}

//! `fastapi-port explain`.

use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::Style;
use fastapi_status_python::{Explanation, nameless};

use crate::arguments::Explain;

const NAME: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// How many codes are explained in full; more are listed.
const IN_FULL: usize = 3;

pub(crate) fn run(arguments: &Explain) -> io::Result<ExitCode> {
    let query = arguments.query.join(" ");
    let found = Explanation::find(&query);
    let mut out = anstream::stdout().lock();
    if found.len() > IN_FULL {
        for explanation in &found {
            writeln!(out, "{NAME}{}{NAME:#}  {}", explanation.entry.code(), explanation.entry.name())?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    for (index, explanation) in found.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write(explanation, &mut out)?;
    }
    if !found.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(text) = query.trim().parse().ok().and_then(nameless) {
        writeln!(out, "{text}.")?;
        return Ok(ExitCode::SUCCESS);
    }
    anstream::eprintln!("error: {}", unknown(query.trim()));
    Ok(ExitCode::from(2))
}

/// Why nothing is found, with the nearest name.
fn unknown(query: &str) -> String {
    if query.parse::<i128>().is_ok() {
        return format!("{query} is neither an HTTP status code, 100 to 999, nor a WebSocket close code, 1000 to 4999");
    }
    let text = query.to_ascii_uppercase().replace([' ', '-'], "_");
    let nearest = if text.starts_with("WS_") {
        text.parse::<fastapi_status::CloseCode>().err().and_then(|error| error.nearest())
    } else {
        text.parse::<fastapi_status::StatusCode>().err().and_then(|error| error.nearest())
    };
    let hint = nearest.map_or_else(String::new, |name| format!(": did you mean `{name}`?"));
    format!("no status has the code, the name or the words `{query}`{hint}")
}

fn write(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    let entry = explanation.entry;
    let name = entry.name();
    writeln!(out, "{NAME}{} {}{NAME:#}", entry.code(), entry.phrase().unwrap_or("(no phrase)"))?;
    writeln!(out, "{}", entry.meaning())?;
    writeln!(out)?;
    let mut row = |what: &str, text: &str| writeln!(out, "{DIM}{what:14}{DIM:#}{text}");
    row("name", name)?;
    for older in &explanation.older {
        row("older name", &format!("{older} (deprecated)"))?;
    }
    row("defined in", &format!("{}, {}", entry.specification(), entry.url()))?;
    match explanation.default_body().as_deref() {
        Some("") => row("default body", "none: this status has no body")?,
        Some(body) => row("default body", body)?,
        None => {}
    }
    row("Python", &format!("fastapi.status.{name}"))?;
    row("Rust, core", &format!("fastapi_status::status::{name}"))?;
    for framework in ["axum", "actix", "hyper", "http"] {
        row(&format!("Rust, {framework}"), &format!("fastapi_status_{framework}::status::{name}"))?;
    }
    Ok(())
}

//! What the crates cost, against peers: one table, in one run.
//!
//! ```text
//! cargo bench -p fastapi-status-tests
//! cargo bench -p fastapi-status-tests --bench table -- lookups answers
//! ```
//!
//! See README.md for what the rows mean.

mod answers;
mod bodies;
mod builds;
mod code;
mod exceptions;
mod instructions;
mod invalid;
mod load;
mod lookups;
mod measure;
mod models;
mod names;
mod python;
mod requests;
mod scan;
mod service;
mod table;

use std::env;

use measure::Measured;
use python::Python;
use table::Table;

type Section = (&'static str, fn(&mut Table, Option<&Python>));

const SECTIONS: &[Section] = &[
    ("code", |table, _| code::run(table)),
    ("lookups", lookups::run),
    ("answers", |table, _| exceptions::run(table)),
    ("bodies", |table, _| bodies::run(table)),
    ("invalid", |table, _| invalid::run(table)),
    ("requests", requests::run),
    ("scan", scan::run),
    ("builds", |table, _| builds::run(table)),
];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [argument, name, times] if argument == instructions::ARGUMENT => repeat(name, times),
        [argument, name] if argument == measure::ARGUMENT => measure::tell(&race_of(name)),
        [argument, name] if argument == service::ARGUMENT => service::serve(name),
        wanted => run(wanted),
    }
}

/// Runs the sections that are wanted: all of them, if none is named.
fn run(wanted: &[String]) {
    let mut table = Table::default();
    let python = Python::find().inspect_err(|why| table.skip("the rows against Python", why)).ok();
    for (name, section) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            println!("\n== {name}");
            section(&mut table, python.as_ref());
        }
    }
    println!("\n{table}");
}

fn race_of(name: &str) -> Vec<Measured> {
    match name.strip_prefix(invalid::RACE) {
        Some(errors) => invalid::race_of(errors),
        None => exceptions::race_of(name),
    }
}

fn repeat(name: &str, times: &str) {
    let counted = code::COUNTED.iter().find(|(known, _)| *known == name).map(|(_, run)| run);
    if let (Some(run), Ok(times)) = (counted, times.parse()) {
        run(times);
    }
}

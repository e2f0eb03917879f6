//! How long the responses of `answers.rs` take, and what `allocations.rs` counted.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::answers::{self, Ways};
use crate::measure::{Contestant, Measured, in_processes, race_for};
use crate::table::{Aim, Row, Table};

/// How many processes measure, and for how many rounds each.
const PROCESSES: usize = 27;
const ROUNDS: usize = 61;

/// By framework and who makes the response.
type Counts = HashMap<(String, String), u64>;

pub(crate) fn run(table: &mut Table) {
    let counts = counts();
    if counts.is_empty() {
        table.skip("allocations", "`cargo bench -p fastapi-status-tests --bench allocations` counts them");
    }
    for ways in &answers::ALL {
        times(table, ways, &counts);
    }
}

/// What a process measures that is asked for a framework.
///
/// # Panics
///
/// When there is no such framework.
pub(crate) fn race_of(framework: &str) -> Vec<Measured> {
    let ways = answers::ALL.iter().find(|ways| ways.framework == framework).expect("the framework is one of these");
    let contestants = ways.all().into_iter().map(|way| Contestant::new(way.name, way.make)).collect();
    race_for(ROUNDS, contestants)
}

fn times(table: &mut Table, ways: &Ways, counts: &Counts) {
    let measured = in_processes(PROCESSES, ways.framework);
    let what = format!("text detail to response, {}", ways.framework);
    let count = |name: &str| counts.get(&(ways.framework.to_owned(), name.to_owned())).copied();
    let ours = &measured[0];
    let ratio = |name: &str| measured.iter().find(|way| way.name == name).map(|way| way.ratio);
    for peer in &measured[1..] {
        let aim = match peer.name.as_str() {
            answers::LIMIT => Aim::Ratio(1.0 / 1.3),
            answers::COPY | answers::JOINED => Aim::None,
            _ => Aim::Ratio(2.0),
        };
        let mut row = Row::times(&what, &peer.name, ours.nanos, peer.nanos, peer.ratio, aim);
        if let (Aim::Ratio(_), Some(joined)) = (aim, ratio(answers::JOINED)) {
            row = row.with_limit("joined by hand", peer.ratio / joined);
        }
        for (cell, name) in [(&mut row.ours, answers::OURS), (&mut row.theirs, &peer.name)] {
            if let Some(count) = count(name) {
                *cell = format!("{cell}, {count} allocations");
            }
        }
        table.push(row);
    }
    if let (Some(ours), Some(limit)) = (count(answers::OURS), count(answers::LIMIT)) {
        table.push(Row {
            what: format!("allocations of it, {}", ways.framework),
            against: answers::LIMIT.to_owned(),
            ours: ours.to_string(),
            theirs: limit.to_string(),
            ratio: None,
            aim: Aim::Is("at most one more", ours <= limit + 1),
            limit: None,
        });
    }
}

fn counts() -> Counts {
    let text = fs::read_to_string(Path::new(env!("CARGO_TARGET_TMPDIR")).join("allocations.txt")).unwrap_or_default();
    let count = |line: &str| {
        let mut cells = line.splitn(3, '\t');
        let count = cells.next()?.parse().ok()?;
        Some(((cells.next()?.to_owned(), cells.next()?.to_owned()), count))
    };
    text.lines().filter_map(count).collect()
}

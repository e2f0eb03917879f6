//! Look-ups: phrase by code, and code by name.

use std::collections::HashMap;
use std::hint::black_box;

use fastapi_status::{Entry, StatusCode};
use fastapi_status_http::ToHttp;

use crate::measure::{Contestant, race};
use crate::names::PERFECT;
use crate::python::Python;
use crate::table::{Aim, Row, Table};

/// Names that do not exist: one letter off, one code off, another case, and none at all.
const MISSES: [&str; 12] = [
    "HTTP_404_NOTFOUND",
    "HTTP_404_NOT_FOUND_",
    "HTTP_600_UNKNOWN",
    "HTTP_20_OK",
    "http_404_not_found",
    "NOT_FOUND",
    "HTTP_404",
    "WS_1008_POLICY_VIOLATON",
    "WS_4000_CUSTOM",
    "HTTP_500_INTERNAL_SERVER_ERRO",
    "HTTP_422_UNPROCESSABLE",
    "",
];

pub(crate) fn run(table: &mut Table, python: Option<&Python>) {
    phrases(table, python);
    let names = shuffled();
    by_name(table, &format!("code by name, all {}", names.len()), &names, python);
    by_name(table, "code by name, misses", &MISSES, python);
}

fn phrases(table: &mut Table, python: Option<&Python>) {
    let mut ours: Vec<_> = StatusCode::all().filter(|status| status.canonical_reason().is_some()).collect();
    // In an order that follows from nothing.
    ours.sort_by_key(|status| u32::from(status.as_u16()) * 7919 % 1009);
    let http: Vec<_> = ours.iter().map(|status| status.to_http()).collect();
    let codes = ours.iter().map(|status| status.as_u16().to_string());
    let python = python.map(|python| python.start("lookups.py", ["phrases".to_owned()].into_iter().chain(codes)));
    let mut contestants = vec![
        Contestant::new("ours", || phrases_of(&ours, StatusCode::canonical_reason)),
        Contestant::new("http::StatusCode::canonical_reason", || phrases_of(&http, |status| status.canonical_reason())),
    ];
    contestants.extend(
        python.as_ref().map(|python| {
            Contestant::elsewhere("Python's HTTPStatus(404).phrase", |times| python.run("phrases", times))
        }),
    );
    let measured = race(contestants.into_iter().map(|contestant| contestant.of(ours.len())).collect());
    let ours = measured[0].nanos;
    for (peer, least) in measured[1..].iter().zip([1.0, 20.0]) {
        table.push(Row::times("phrase by code", &peer.name, ours, peer.nanos, peer.ratio, Aim::Ratio(least)));
    }
}

fn phrases_of<T: Copy>(codes: &[T], phrase: impl Fn(T) -> Option<&'static str>) {
    for code in codes {
        black_box(phrase(black_box(*code)));
    }
}

/// Every name, in an order that follows from nothing.
fn shuffled() -> Vec<&'static str> {
    let mut entries: Vec<_> = Entry::all().filter(|entry| PERFECT.contains_key(entry.name())).collect();
    entries.sort_by_key(|entry| (u32::from(entry.code()) * 7919 + entry.name().len() as u32) % 1009);
    entries.into_iter().map(Entry::name).collect()
}

fn by_name(table: &mut Table, what: &str, names: &[&'static str], python: Option<&Python>) {
    let pairs: Vec<_> = Entry::all().map(|entry| (entry.name(), entry.code())).collect();
    let hashed: HashMap<_, _> = pairs.iter().copied().collect();
    let linear = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    let ours = |name: &str| Entry::from_name(name).map(Entry::code);
    for name in names {
        let expected = linear(name);
        assert_eq!(ours(name), expected, "{name}");
        assert_eq!(PERFECT.get(name).copied(), expected, "{name}");
    }
    // Names that are given up Python finds elsewhere, with a warning, which takes many times as long.
    let is_plain = |name: &&str| Entry::from_name(name).is_none_or(|entry| !entry.is_deprecated());
    let plain: Vec<_> = names.iter().copied().filter(is_plain).collect();
    let python = python.map(|python| python.start("lookups.py", ["names"].iter().chain(&plain)));
    let mut contestants = vec![
        Contestant::new("ours", || codes_of(names, ours)).of(names.len()),
        Contestant::new("phf::Map", || codes_of(names, |name| PERFECT.get(name).copied())).of(names.len()),
        Contestant::new("HashMap", || codes_of(names, |name| hashed.get(name).copied())).of(names.len()),
        Contestant::new("linear search", || codes_of(names, linear)).of(names.len()),
    ];
    contestants.extend(python.as_ref().map(|python| {
        let run = |times| python.run("names", times);
        Contestant::elsewhere("Python's getattr(status, name)", run).of(plain.len())
    }));
    let measured = race(contestants);
    let ours = measured[0].nanos;
    for peer in &measured[1..] {
        table.push(Row::times(what, &peer.name, ours, peer.nanos, peer.ratio, Aim::Ratio(1.0)));
    }
}

fn codes_of(names: &[&str], code: impl Fn(&str) -> Option<u16>) {
    for name in names {
        black_box(code(black_box(name)));
    }
}

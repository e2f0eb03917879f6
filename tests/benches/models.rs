//! What the bodies hold.

use std::fmt::Write;

use serde::Deserialize;

/// An order of many lines.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is enough that they are read")]
pub(crate) struct Order {
    pub(crate) customer: String,
    pub(crate) lines: Vec<Line>,
}

/// One of its lines.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is enough that they are read")]
pub(crate) struct Line {
    pub(crate) title: String,
    pub(crate) quantity: u32,
    pub(crate) price: f64,
    pub(crate) gift: bool,
    pub(crate) note: Option<String>,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
}

/// An order that is as it should be.
pub(crate) fn valid(lines: usize) -> Vec<u8> {
    order(lines, r#"{"title":"Dune","quantity":2,"price":9.9,"gift":false,"note":"for Ada","tags":["a","b"]}"#)
}

/// An order with so many errors, one in each line.
pub(crate) fn invalid(errors: usize) -> Vec<u8> {
    order(errors, r#"{"title":"Dune","quantity":2,"price":"high","gift":false,"note":"for Ada","tags":["a","b"]}"#)
}

fn order(lines: usize, line: &str) -> Vec<u8> {
    let mut order = String::from(r#"{"customer":"Ada Lovelace","lines":["#);
    for place in 0..lines {
        // Writing to a `String` never fails.
        let _ = write!(order, "{}{line}", if place > 0 { "," } else { "" });
    }
    order.push_str("]}");
    order.into_bytes()
}

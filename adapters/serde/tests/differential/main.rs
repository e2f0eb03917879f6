//! What FastAPI answered to random requests, and what this crate answers: status, body, byte for byte.
//!
//! `tests/record/record_pydantic.py` recorded it.

mod models;
mod support;

use serde_json::Value;
use support::{Exchange, Verdict, judge};

/// How many disagreements are shown.
const SHOWN: usize = 12;

fn exchanges() -> Vec<Exchange> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/transcripts/pydantic.json");
    let text = std::fs::read_to_string(path).expect("the transcript is there");
    let transcript: Value = serde_json::from_str(&text).expect("the transcript is JSON");
    serde_json::from_value(transcript["exchanges"].clone()).expect("it has exchanges")
}

#[test]
fn answers_agree_with_fastapi() {
    let exchanges = exchanges();
    assert!(exchanges.len() >= 2_000, "only {} exchanges", exchanges.len());

    let mut agreed = 0;
    let mut deliberate = std::collections::BTreeMap::<_, usize>::new();
    let mut reports = Vec::new();
    for exchange in &exchanges {
        let answer = models::answer(&exchange.request);
        match judge(exchange, &answer) {
            Verdict::Agrees => agreed += 1,
            Verdict::Deliberate(reason) => *deliberate.entry(reason).or_default() += 1,
            Verdict::Differs => reports.push(format!(
                "{} (seed {}), {}\n  FastAPI: {} {}\n  here:    {} {}",
                exchange.request.route,
                exchange.seed,
                exchange.request,
                exchange.status,
                exchange.answer,
                answer.status,
                answer.body
            )),
        }
    }
    let share = 100.0 * f64::from(agreed) / exchanges.len() as f64;
    println!("{agreed} of {} answers agree whole ({share:.2} %); different on purpose:", exchanges.len());
    for (reason, count) in &deliberate {
        println!("  {count:4}  {reason}");
    }
    assert!(reports.is_empty(), "{} differ:\n{}", reports.len(), reports[..reports.len().min(SHOWN)].join("\n"));
}

/// A thread remembers what it has learnt of a type, and answers as one that knows nothing.
#[test]
fn no_request_changes_the_answer_to_another() {
    let exchanges = exchanges();
    for exchange in exchanges.iter().rev() {
        let of_this_thread = models::answer(&exchange.request);
        let of_a_new_one = std::thread::scope(|scope| {
            scope.spawn(|| models::answer(&exchange.request)).join().expect("nothing panics")
        });
        assert_eq!(of_this_thread, of_a_new_one, "{} {}", exchange.request.route, exchange.request);
    }
}

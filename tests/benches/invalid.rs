//! A body of JSON with errors: the list of all of them, against pydantic's; and the first alone, against
//! `serde_path_to_error`'s.

use std::hint::black_box;

use fastapi_status::HttpException;
use fastapi_status_serde::{RequestValidationError, from_json};

use crate::measure::{Contestant, Measured, in_processes, race_for};
use crate::models::{Order, invalid, valid};
use crate::python::Python;
use crate::table::{Aim, Row, Table};

const ERRORS: [usize; 5] = [1, 10, 100, 1000, 10_000];

/// How many processes measure each number of errors.
const PROCESSES: usize = 9;

/// What a process is asked for that measures so many.
pub(crate) const RACE: &str = "invalid ";

pub(crate) fn run(table: &mut Table) {
    let mut times = Vec::new();
    for errors in ERRORS {
        let measured = in_processes(PROCESSES, &format!("{RACE}{errors}"));
        let [list, first, body, limit, of_python @ ..] = &measured[..] else { return };
        let named = |what: &str| format!("{what}, {errors} errors");
        // What gives up at the first error has told all, if there is one.
        let (who, limit) =
            if errors == 1 { ("serde_path_to_error", first) } else { ("serde_json, a valid body", limit) };
        for ((what, ours), theirs) in [("bad JSON to errors", list), ("bad JSON to a 422", body)].iter().zip(of_python)
        {
            let ratio = theirs.ratio / ours.ratio;
            let row = Row::times(&named(what), &theirs.name, ours.nanos, theirs.nanos, ratio, Aim::Ratio(10.0));
            table.push(row.with_limit(who, theirs.ratio / limit.ratio));
        }
        let (what, ours) = (named("bad JSON to errors"), list.nanos);
        table.push(Row::times(&what, &first.name, ours, first.nanos, first.ratio, Aim::None));
        times.push(list.nanos / errors as f64);
    }
    let [.., thousand, most] = times[..] else { return };
    let aim = Aim::Is("linear (within 1.5)", most / thousand < 1.5);
    let (what, against) = ("time for one of 10,000 errors", "for one of 1,000");
    table.push(Row::times(what, against, most, thousand, thousand / most, aim));
}

/// Leaves 32 MB of the heap free, and behind them something that is in use, as in a server that has run for a while. In a
/// process that holds nothing, glibc gives the end of the heap back after a body, and fetches it anew for the next one.
fn worn_heap() -> Vec<u8> {
    let chunk = || vec![0; 1 << 10];
    let free: Vec<_> = (0..1 << 15).map(|_| chunk()).collect();
    let in_use = chunk();
    drop(black_box(free));
    black_box(in_use)
}

/// What a process measures that is asked for so many errors.
///
/// # Panics
///
/// When that is no number.
pub(crate) fn race_of(errors: &str) -> Vec<Measured> {
    let errors: usize = errors.parse().expect("a race of errors tells how many");
    let python = Python::installed().map(|python| python.start("validate.py", [errors.to_string()]));
    let _in_use = worn_heap();
    let json = invalid(errors);
    let list = || from_json::<Order>(Some("application/json"), black_box(&json)).expect_err("the body is not valid");
    let first = || {
        let mut deserializer = serde_json::Deserializer::from_slice(black_box(&json));
        serde_path_to_error::deserialize::<_, Order>(&mut deserializer).expect_err("the body is not valid")
    };
    let good = valid(errors);
    let limit = || serde_json::from_slice::<Order>(black_box(&good)).expect("the body is valid");
    let body = || HttpException::from(list()).answer().body();
    assert_eq!(RequestValidationError::errors(&list()).len(), errors);
    let rounds = if errors < 1000 { 101 } else { 21 };
    let mut contestants = vec![
        Contestant::new("list", list),
        Contestant::new("serde_path_to_error, the first error only", first),
        Contestant::new("body", body),
        Contestant::new("limit", limit),
    ];
    if let Some(python) = &python {
        let turn = |what| move |times| python.run(&format!("{what} {errors}"), times);
        contestants.extend([
            Contestant::elsewhere("pydantic: json.loads, model_validate", turn("list")),
            Contestant::elsewhere("FastAPI: the same, errors(), jsonable_encoder, JSONResponse", turn("body")),
        ]);
    }
    race_for(rounds, contestants)
}

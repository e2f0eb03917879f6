//! What the recorder costs, in runs and visits: times would depend on the machine.

use std::collections::HashMap;

use serde::Deserialize;

use super::Session;
use crate::location::Location;
use crate::python::{Kind, Pick, Tape, Text, parse};

/// A password: no stand-in is one.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Password;

impl TryFrom<String> for Password {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.len() > 20 && text.starts_with('Z') { Ok(Self) } else { Err("too weak") }
    }
}

const GOOD: &str = "ZZZZZZZZZZZZZZZZZZZZZ";

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Login {
    password: Password,
    count: u8,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Logins {
    a: Login,
    b: Login,
    last: u8,
}

struct Cost {
    errors: Vec<String>,
    restarts: usize,
    visits: usize,
    facts: usize,
}

fn cost<'de, T: Deserialize<'de>>(tape: Tape<'de>, location: Location) -> Cost {
    let session = Session::new(tape, location, None);
    session.visit_all(&mut None::<T>);
    let state = session.state();
    let (restarts, visits, facts) = (state.restarts, session.visits.get(), state.facts.len() + state.dropped.len());
    drop(state);
    assert!(restarts <= facts, "{restarts} restarts for {facts} facts");
    let loc = |error: crate::ValidationError| {
        error
            .loc()
            .iter()
            .skip(1)
            .map(|item| match item {
                crate::LocItem::Name(name) => format!(".{name}"),
                crate::LocItem::Index(index) => format!(".{index}"),
            })
            .collect::<String>()
            + " "
            + error.kind()
    };
    Cost { errors: session.into_errors().into_iter().map(loc).collect(), restarts, visits, facts }
}

fn json<'de, T: Deserialize<'de>>(json: &'de str) -> Cost {
    let Ok(tape) = parse(json) else { panic!("it is JSON") };
    cost::<T>(tape, Location::Body)
}

#[test]
fn fields_that_take_no_stand_in_are_no_reason_to_begin_again_and_again() {
    let good = format!(r#"{{"password":"{GOOD}","count":1}}"#);
    let visits = [100, 10_000].map(|count| {
        let goods = vec![good.as_str(); count].join(",");
        let cost = json::<Vec<Login>>(&format!(r#"[{{}},{goods},5,{{"password":"{GOOD}","count":"q"}}]"#));
        assert_eq!(cost.errors[0], ".0.password missing");
        assert_eq!(cost.errors.last().map(String::as_str), Some(format!(".{}.count int_parsing", count + 2).as_str()));
        assert!(cost.restarts < 40, "{}", cost.restarts);
        cost.visits
    });
    assert!(visits[1] < visits[0] * 101, "{visits:?}");
}

#[test]
fn structs_of_such_fields_hide_nothing_else() {
    // Without a stand-in for `a`, nobody can tell whether what is declared behind it is required.
    let cost = json::<Logins>(r#"{"a":{}}"#);
    assert_eq!(cost.errors, [".a.password missing"]);
    assert!(cost.restarts < 40, "{}", cost.restarts);
    let cost = json::<Logins>(r#"{"a":{},"b":5,"last":"z"}"#);
    assert_eq!(cost.errors, [".a.password missing", ".b model_attributes_type", ".last int_parsing"]);
    assert!(cost.restarts < 40, "{}", cost.restarts);
}

#[test]
fn ten_thousand_elements_of_which_the_last_is_wrong() {
    let good = format!(r#"{{"password":"{GOOD}","count":1}}"#);
    for last in ["{}", "5", r#"{"password":"no"}"#, r#"{"count":"x"}"#] {
        let goods = vec![good.as_str(); 10_000].join(",");
        let cost = json::<Vec<Login>>(&format!("[{goods},{last}]"));
        assert!(!cost.errors.is_empty(), "{last}");
        // There are 50,000 values. What a password takes is looked for at the last one alone.
        assert!(cost.visits < 70_000, "{last}: {}", cost.visits);
    }
}

#[test]
fn what_a_client_sends_is_not_kept() {
    #[derive(Deserialize)]
    #[serde(tag = "type", content = "data")]
    #[expect(dead_code, reason = "it is only read")]
    enum Event {
        Created(u8),
        Deleted,
    }

    let read = |name: u8| {
        let sent = format!(r#"[{{"type":"{name}"}},{{"{name}":1,"type":7}},{{"{name}":{{}}}},{{"type":"Created"}}]"#);
        let cost = json::<Vec<Event>>(&sent);
        assert_eq!(cost.errors, [".0.type enum", ".1.type enum", ".2.type missing", ".3.data missing"]);
        cost.facts
    };
    let first = read(0);
    assert!((1..100).all(|name| read(name) == first));
}

fn form(count: usize) -> Tape<'static> {
    let mut tape = Tape::default();
    let object = tape.open(Kind::Object);
    for place in 0..count {
        let value = tape.len() + 1;
        let name = tape.make(format!("a{place}"));
        tape.push(Kind::Key { name, value });
        let repeated = tape.open(|end| Kind::Repeated(Pick::LastUnlessEmpty, end));
        tape.push(Kind::Text(Text::Sent("")));
        tape.close(repeated);
    }
    tape.close(object);
    tape
}

#[test]
fn empty_fields_of_a_form() {
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    struct Form {
        a0: Option<u8>,
        a1: Option<String>,
        a2: Vec<String>,
        #[serde(default)]
        a3: u8,
        a4: u8,
    }

    let read = cost::<HashMap<String, String>>(form(10_000), Location::Form);
    assert!(read.errors.is_empty());
    assert_eq!((read.restarts, read.visits), (0, 20_000));

    let read = cost::<Form>(form(10_000), Location::Form);
    assert_eq!(read.errors, [".a4 missing"]);
    assert!(read.restarts <= 2, "{}", read.restarts);
}

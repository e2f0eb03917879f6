//! Sends what was recorded, in order.

use std::net::SocketAddr;

use crate::differences::Differences;
use crate::report::{Outcome, Report, Verdict, show_answer, show_conversation};
use crate::transcript::{Answer, Conversation, Exchange, Headers, Request, Transcript};
use crate::websocket::{converse, handshake};
use crate::wire::{Connection, Failure, encode};

/// Sends every request of the transcript, in order, on one connection for as long as the server keeps it, then holds
/// every WebSocket conversation, each on its own; compares what comes with what was recorded.
///
/// A header's place among those of other names does not count.
#[must_use]
pub fn replay(addr: SocketAddr, transcript: &Transcript, differences: &Differences) -> Report {
    let mut heard = ask_all(addr, transcript);
    let exchanges = transcript.exchanges.iter().zip(heard.drain(..));
    let against = Against { transcript, differences };
    let mut outcomes: Vec<_> = exchanges.map(|(recorded, ours)| against.compare(recorded, ours)).collect();
    for recorded in &transcript.websockets {
        outcomes.push(against.compare_conversation(recorded, &converse(addr, &transcript.host, recorded)));
    }
    Report { outcomes }
}

/// What came of one request.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) answer: Result<Option<Answer>, String>,
    pub(crate) closes: bool,
}

fn ask_all(addr: SocketAddr, transcript: &Transcript) -> Vec<Heard> {
    let probe = Request { method: "GET".into(), target: "/probe".into(), headers: Headers::new(), body: None };
    let requests = transcript.exchanges.iter().map(|exchange| &exchange.request);
    let mut heard: Vec<Heard> = Vec::new();
    let mut connection = Connection::open(addr);
    let mut is_fresh = true;
    // The probe tells whether the last answer closed the connection.
    for request in requests.chain([&probe]) {
        let mut answer = ask(&mut connection, request, &transcript.host);
        if let (false, Err(failure), Some(last)) = (is_fresh, &answer, heard.last_mut()) {
            // It is the last answer that closed the connection, or that had more bytes than it said; or else the server
            // has no answer to this: ask on a fresh one.
            connection = Connection::open(addr);
            let stray = match failure {
                Failure::Closed => None,
                Failure::Malformed(what) => Some(what.clone()),
            };
            answer = ask(&mut connection, request, &transcript.host);
            match (stray, &answer) {
                (None, Ok(_)) => last.closes = true,
                (Some(what), Ok(_)) => last.answer = Err(format!("what comes after the answer is {what}")),
                (_, Err(_)) => {}
            }
        }
        is_fresh = !matches!(&answer, Ok(answer) if !answer.incomplete);
        if is_fresh {
            connection = Connection::open(addr);
        }
        let answer = match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(Failure::Closed) => Ok(None),
            Err(Failure::Malformed(what)) => Err(what),
        };
        heard.push(Heard { answer, closes: is_fresh });
    }
    heard.pop();
    heard
}

pub(crate) fn ask(connection: &mut Connection, request: &Request, host: &str) -> Result<Answer, Failure> {
    connection.send(&encode(request, host));
    connection.read_answer(&request.method)
}

/// What answers are compared with.
pub(crate) struct Against<'a> {
    pub(crate) transcript: &'a Transcript,
    pub(crate) differences: &'a Differences,
}

impl Against<'_> {
    pub(crate) fn compare(&self, recorded: &Exchange, ours: Heard) -> Outcome {
        let mut expected = Exchange { response: recorded.response.clone().map(sorted), ..recorded.clone() };
        let shown = (show_answer(expected.response.as_ref(), expected.closes), show(&ours));
        let verdict = match ours.answer {
            Err(_) => Verdict::Differs,
            Ok(answer) => {
                let answer = answer.map(sorted);
                let names = self.differences.apply(&mut expected, answer.as_ref(), ours.closes, self.transcript);
                let expected_answer = expected.response.map(sorted);
                Verdict::of(expected_answer == answer && expected.closes == ours.closes, names)
            }
        };
        let Request { method, target, .. } = &recorded.request;
        let what = format!("{}: {method} {target}", recorded.name);
        Outcome { what, recorded: shown.0, ours: shown.1, verdict }
    }

    fn compare_conversation(&self, recorded: &Conversation, ours: &Result<Conversation, String>) -> Outcome {
        let what = format!("{}: WebSocket {}", recorded.name, recorded.target);
        if let (Some(refused), Ok(Conversation { refused: Some(ours), .. })) = (&recorded.refused, ours) {
            let request = handshake(recorded);
            let recorded = Exchange { name: String::new(), request, response: Some(refused.clone()), closes: false };
            let ours = Heard { answer: Ok(Some(ours.clone())), closes: false };
            return Outcome { what, ..self.compare(&recorded, ours) };
        }
        let agrees = ours.as_ref().is_ok_and(|ours| ours.steps == recorded.steps && ours.refused == recorded.refused);
        Outcome {
            what,
            recorded: show_conversation(recorded),
            ours: ours.as_ref().map_or_else(Clone::clone, show_conversation),
            verdict: if agrees { Verdict::Agrees } else { Verdict::Differs },
        }
    }
}

fn show(heard: &Heard) -> String {
    match &heard.answer {
        Ok(answer) => show_answer(answer.clone().map(sorted).as_ref(), heard.closes),
        Err(what) => what.clone(),
    }
}

/// Headers by name; those of one name stay in their order.
fn sorted(mut answer: Answer) -> Answer {
    answer.headers.sort_by(|a, b| a.0.cmp(&b.0));
    answer
}

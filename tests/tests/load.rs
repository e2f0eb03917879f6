//! Under load, every request on every connection gets the answer that is its own.

mod corner;

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use corner::transcript;
use fastapi_status_tests::differences::{ACTIX, ON_ACTIX, ON_AXUM, ON_HYPER};
use fastapi_status_tests::{Difference, Differences, Exchange, Server, Stop, Transcript, load};

const CONNECTIONS: usize = 64;

/// Good, bad and raising requests by turns, for a second.
fn holds(serve: fn(TcpListener, Stop) -> io::Result<()>, left_out: &[(&str, &str)], of_its_own: &[Difference]) {
    let differences = Differences::corners().and(of_its_own);
    all_agree(serve, &transcript(left_out), &differences);
}

/// Bodies, forms and parameters that the bookshop refuses, which leave it as it was.
fn refuses(serve: fn(TcpListener, Stop) -> io::Result<()>, of_its_own: &[Difference]) {
    let mut transcript = Transcript::load("bookshop_invalid");
    let is_refused = |exchange: &Exchange| exchange.response.as_ref().is_some_and(|answer| answer.status == 422);
    transcript.exchanges.retain(is_refused);
    all_agree(serve, &transcript, &Differences::common().and(of_its_own));
}

fn all_agree(serve: fn(TcpListener, Stop) -> io::Result<()>, transcript: &Transcript, differences: &Differences) {
    let server = Server::start(serve);
    let report = load(server.addr(), transcript, differences, CONNECTIONS, Duration::from_secs(1));
    assert!(report.outcomes.len() >= CONNECTIONS, "{} answers", report.outcomes.len());
    report.assert_agrees();
}

#[test]
fn on_axum() {
    holds(corner::axum::serve, &ON_AXUM, &[]);
}

#[test]
fn on_actix() {
    holds(corner::actix::serve, &ON_ACTIX, ACTIX);
}

#[test]
fn on_hyper() {
    holds(corner::hyper::serve, &ON_HYPER, &[]);
}

#[test]
fn refused_on_axum() {
    refuses(example_axum::serve, &[]);
}

#[test]
fn refused_on_actix() {
    refuses(example_actix::serve, ACTIX);
}

#[test]
fn refused_on_hyper() {
    refuses(example_hyper::serve, &[]);
}

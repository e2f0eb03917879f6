//! Under load, every request on every connection gets the answer that is its own.

mod corner;

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use corner::transcript;
use fastapi_status_tests::differences::{ACTIX, ON_ACTIX, ON_AXUM, ON_HYPER};
use fastapi_status_tests::{Difference, Differences, Server, Stop, load};

const CONNECTIONS: usize = 64;

/// Good, bad and raising requests by turns, for a second.
fn holds(serve: fn(TcpListener, Stop) -> io::Result<()>, left_out: &[(&str, &str)], of_its_own: &[Difference]) {
    let differences = Differences::corners().and(of_its_own);
    let server = Server::start(serve);
    let report = load(server.addr(), &transcript(left_out), &differences, CONNECTIONS, Duration::from_secs(1));
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

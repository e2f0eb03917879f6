//! The corner service answers as the original does, on every framework.

mod corner;

use std::io;
use std::net::TcpListener;

use corner::transcript;
use fastapi_status_tests::differences::{ACTIX, ON_ACTIX, ON_AXUM, ON_HYPER};
use fastapi_status_tests::{Difference, Differences, Server, Stop, replay};

fn agrees(serve: fn(TcpListener, Stop) -> io::Result<()>, left_out: &[(&str, &str)], of_its_own: &[Difference]) {
    let differences = Differences::corners().and(of_its_own);
    let server = Server::start(serve);
    replay(server.addr(), &transcript(left_out), &differences).assert_agrees();
}

#[test]
fn on_axum() {
    agrees(corner::axum::serve, &ON_AXUM, &[]);
}

#[test]
fn on_actix() {
    agrees(corner::actix::serve, &ON_ACTIX, ACTIX);
}

#[test]
fn on_hyper() {
    agrees(corner::hyper::serve, &ON_HYPER, &[]);
}

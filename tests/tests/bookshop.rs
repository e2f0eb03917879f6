//! The three ports of the bookshop answer as the original does.

use std::io;
use std::net::TcpListener;

use fastapi_status_tests::differences::ACTIX;
use fastapi_status_tests::{Differences, Server, Stop, Transcript, replay};

fn compare(serve: fn(TcpListener, Stop) -> io::Result<()>, transcript: &str, differences: &Differences) {
    let server = Server::start(serve);
    replay(server.addr(), &Transcript::load(transcript), differences).assert_agrees();
}

#[test]
fn axum_answers_as_fastapi() {
    compare(example_axum::serve, "bookshop", &Differences::common());
}

#[test]
fn axum_refuses_as_fastapi() {
    compare(example_axum::serve, "bookshop_invalid", &Differences::common());
}

#[test]
fn actix_answers_as_fastapi() {
    compare(example_actix::serve, "bookshop", &Differences::common().and(ACTIX));
}

#[test]
fn actix_refuses_as_fastapi() {
    compare(example_actix::serve, "bookshop_invalid", &Differences::common().and(ACTIX));
}

#[test]
fn hyper_answers_as_fastapi() {
    compare(example_hyper::serve, "bookshop", &Differences::common());
}

#[test]
fn hyper_refuses_as_fastapi() {
    compare(example_hyper::serve, "bookshop_invalid", &Differences::common());
}

//! The three ports of the bookshop answer as the original does.

use std::io;
use std::net::TcpListener;

use fastapi_status_tests::{Differences, Server, Stop, Transcript, replay};

fn answers_as_fastapi(serve: fn(TcpListener, Stop) -> io::Result<()>, transcript: &str) {
    let server = Server::start(serve);
    replay(server.addr(), &Transcript::load(transcript), &Differences::all()).assert_agrees();
}

#[test]
fn axum_answers_as_fastapi() {
    answers_as_fastapi(example_axum::serve, "bookshop");
}

#[test]
fn axum_refuses_as_fastapi() {
    answers_as_fastapi(example_axum::serve, "bookshop_invalid");
}

#[test]
fn actix_answers_as_fastapi() {
    answers_as_fastapi(example_actix::serve, "bookshop");
}

#[test]
fn actix_refuses_as_fastapi() {
    answers_as_fastapi(example_actix::serve, "bookshop_invalid");
}

#[test]
fn hyper_answers_as_fastapi() {
    answers_as_fastapi(example_hyper::serve, "bookshop");
}

#[test]
fn hyper_refuses_as_fastapi() {
    answers_as_fastapi(example_hyper::serve, "bookshop_invalid");
}

//! The three ports of the bookshop answer as the original does.

use fastapi_status_tests::{Differences, Server, Transcript, replay};

#[test]
fn actix_answers_as_fastapi() {
    let server = Server::start(example_actix::serve);
    replay(server.addr(), &Transcript::load("bookshop"), &Differences::all()).assert_agrees();
}

#[test]
fn axum_answers_as_fastapi() {
    let server = Server::start(example_axum::serve);
    replay(server.addr(), &Transcript::load("bookshop"), &Differences::all()).assert_agrees();
}

#[test]
fn hyper_answers_as_fastapi() {
    let server = Server::start(example_hyper::serve);
    replay(server.addr(), &Transcript::load("bookshop"), &Differences::all()).assert_agrees();
}

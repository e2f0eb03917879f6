//! The corner service answers as the original does, on every framework.

mod corner;

use std::io;
use std::net::TcpListener;

use fastapi_status_tests::{Differences, Server, Stop, Transcript, replay};

/// What no port is asked: targets, with all below them, and why.
const LEFT_OUT: [(&str, &str); 1] =
    [("/starlette", "a mounted application of Starlette's own, which answers 404 and 405 as text")];

/// What is not asked of one port: targets, with nothing below them.
const ON_AXUM: [(&str, &str); 2] = [
    ("/sub", "`nest_service` answers at its prefix without a slash too; FastAPI redirects to the one with it"),
    ("/router", "FastAPI redirects from a mount's prefix to one with a slash even where nothing is"),
];
const ON_ACTIX: [(&str, &str); 1] = [ON_AXUM[1]];

fn agrees(serve: fn(TcpListener, Stop) -> io::Result<()>, left_out: &[(&str, &str)]) {
    let mut transcript = Transcript::load("corners");
    let is_left_out = |target: &str| {
        left_out.iter().any(|(path, _)| *path == target)
            || LEFT_OUT.iter().any(|(path, _)| {
                target.strip_prefix(path).is_some_and(|rest| matches!(rest.get(..1), None | Some("/")))
            })
    };
    transcript.exchanges.retain(|exchange| !is_left_out(&exchange.request.target));
    let server = Server::start(serve);
    replay(server.addr(), &transcript, &Differences::all()).assert_agrees();
}

#[test]
fn on_axum() {
    agrees(corner::axum::serve, &ON_AXUM);
}

#[test]
fn on_actix() {
    agrees(corner::actix::serve, &ON_ACTIX);
}

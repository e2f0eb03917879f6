//! Clients that mean no good, or are broken: the three ports answer every complete request with a well-formed answer, keep
//! their connections apart, never panic, and log no error.
//!
//! What many requests do to memory is in `endurance.rs`.

mod echo;
mod half;
mod malformed;
mod pipelined;
mod watch;
mod websocket;

use std::io;
use std::net::{SocketAddr, TcpListener};

use fastapi_status_tests::{Answer, Connection, Server, Stop};

use crate::watch::Watch;

type Serve = fn(TcpListener, Stop) -> io::Result<()>;

const PORTS: [(&str, Serve); 3] =
    [("axum", example_axum::serve), ("actix", example_actix::serve), ("hyper", example_hyper::serve)];

/// Runs a test against each of these, watched, and asks each whether it is still well.
fn against(servers: [(&'static str, Serve); 3], probe: &str, test: impl Fn(&str, SocketAddr)) {
    let watch = Watch::start();
    for (name, serve) in servers {
        let server = Server::start(serve);
        test(name, server.addr());
        let answer = ask(server.addr(), format!("GET {probe} HTTP/1.1\r\nhost: shop.test\r\n\r\n").as_bytes());
        assert_eq!(answer.status, 200, "{name} is not well: {answer:?}");
    }
    watch.assert_quiet();
}

/// Runs a test against each port of the bookshop.
fn against_ports(test: impl Fn(&str, SocketAddr)) {
    against(PORTS, "/", test);
}

/// The answer to one request, on a connection of its own.
fn ask(addr: SocketAddr, request: &[u8]) -> Answer {
    let mut connection = Connection::open(addr);
    connection.send(request);
    connection.read_answer(method(request)).unwrap_or_else(|failure| panic!("{failure:?}: {}", show(request)))
}

fn method(request: &[u8]) -> &str {
    let end = request.iter().position(|byte| *byte == b' ').unwrap_or_default();
    str::from_utf8(&request[..end]).unwrap_or_default()
}

/// The beginning of what was sent.
fn show(request: &[u8]) -> String {
    String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned()
}

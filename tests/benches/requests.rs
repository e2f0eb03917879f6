//! Whole requests over loopback: our ports, the same on the bare framework, and FastAPI.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::load::{CONNECTIONS, Client};
use crate::measure::median;
use crate::python::Python;
use crate::service::Server;
use crate::table::{Aim, Row, Table};

/// What is asked.
struct Asked {
    what: &'static str,
    request: String,
    status: u16,
}

/// How often each has its turn, and how many requests of each connection a turn has.
const ROUNDS: usize = 160;
const TURN: u32 = 16;

/// FastAPI has its turn, of one request on each connection, once in so many rounds.
const FASTAPI: usize = 8;

/// Nanoseconds of a request.
struct Times {
    ours: f64,
    bare: f64,
    fastapi: f64,
    /// How many times as fast ours is as the bare framework, the median of the rounds.
    ratio: f64,
}

pub(crate) fn run(table: &mut Table, python: Option<&Python>) {
    let original = match python.map(start_fastapi).transpose() {
        Ok(original) => original,
        Err(error) => {
            table.skip("whole requests to FastAPI", error);
            None
        }
    };
    let (_original, mut fastapi) = original.unzip();
    for framework in ["axum", "actix-web", "hyper"] {
        let servers = [framework.to_owned(), format!("bare {framework}")].map(|name| Server::start(&name));
        let [mut ours, mut bare] = servers.each_ref().map(|server| Client::connect(server.addr).expect("it listens"));
        for asked in asked() {
            let request = asked.request.as_bytes();
            for client in [Some(&mut ours), fastapi.as_mut()].into_iter().flatten() {
                assert_eq!(client.status(request), asked.status, "{framework}, {}", asked.what);
            }
            let times = compare(&mut ours, &mut bare, fastapi.as_mut(), request);
            let what = format!("a whole request, {framework}, {}", asked.what);
            let against = format!("bare {framework}");
            table.push(Row::times(&what, &against, times.ours, times.bare, times.ratio, Aim::Ratio(0.98)));
            if fastapi.is_some() {
                let ahead = times.fastapi / times.ours;
                let against = format!("FastAPI, uvicorn, uvloop; bare: {:.1}", times.fastapi / times.bare);
                table.push(Row::times(&what, &against, times.ours, times.fastapi, ahead, Aim::Ratio(10.0)));
            }
        }
    }
}

fn asked() -> Vec<Asked> {
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: shop.test\r\naccept: */*\r\n\r\n");
    let body = r#"{"title":"Dune","authors":[{"name":"Frank Herbert"}],"price":"high","genre":"crime"}"#;
    let post = format!(
        "POST /books HTTP/1.1\r\nhost: shop.test\r\nauthorization: Bearer eve-token\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len(),
    );
    vec![
        Asked { what: "200", request: get("/books/1"), status: 200 },
        Asked { what: "a raised 404", request: get("/books/99"), status: 404 },
        Asked { what: "an unknown path", request: get("/nowhere"), status: 404 },
        Asked { what: "a 422 of the path", request: get("/books/one"), status: 422 },
        Asked { what: "a 422 of the body", request: post, status: 422 },
    ]
}

fn compare(ours: &mut Client, bare: &mut Client, mut fastapi: Option<&mut Client>, request: &[u8]) -> Times {
    let nanos = |client: &mut Client, turn: u32| {
        client.send(request, turn).as_nanos() as f64 / f64::from(turn) / CONNECTIONS as f64
    };
    let (mut own, mut theirs, mut originals, mut ratios) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (our_time, their_time);
        if round % 2 == 0 {
            our_time = nanos(ours, TURN);
            their_time = nanos(bare, TURN);
        } else {
            their_time = nanos(bare, TURN);
            our_time = nanos(ours, TURN);
        }
        own.push(our_time);
        theirs.push(their_time);
        ratios.push(their_time / our_time);
        if let Some(client) = fastapi.as_mut().filter(|_| round % FASTAPI == 0) {
            originals.push(nanos(client, 1));
        }
    }
    Times { ours: median(own), bare: median(theirs), fastapi: median(originals), ratio: median(ratios) }
}

/// Starts the original, with one worker.
fn start_fastapi(python: &Python) -> io::Result<(Server, Client)> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/fastapi");
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let mut command = python.command();
    command.args(["-m", "uvicorn", "main:app", "--app-dir"]).arg(app).args(["--port", &port.to_string()]);
    command.args(["--loop", "uvloop", "--http", "httptools", "--ws", "websockets-sansio", "--log-level", "critical"]);
    command.args(["--no-access-log", "--workers", "1", "--timeout-keep-alive", "600"]);
    let process = command.stdout(Stdio::null()).spawn()?;
    let server = Server::of(process, SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        match Client::connect(server.addr) {
            Ok(client) => return Ok((server, client)),
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

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

/// How often ours and theirs have their turn, and how many requests of each connection a turn has.
const ROUNDS: usize = 120;
const TURN: u32 = 20;

/// How long FastAPI is asked.
const FASTAPI: Duration = Duration::from_millis(1500);

pub(crate) fn run(table: &mut Table, python: Option<&Python>) {
    let asked = asked();
    let fastapi = python.map(|python| ask_fastapi(python, &asked));
    if let Some(Err(error)) = &fastapi {
        table.skip("whole requests to FastAPI", error);
    }
    let fastapi = fastapi.and_then(Result::ok);
    for framework in ["axum", "actix-web", "hyper"] {
        let servers = [framework.to_owned(), format!("bare {framework}")].map(|name| Server::start(&name));
        let [mut ours, mut bare] = servers.each_ref().map(|server| Client::connect(server.addr).expect("it listens"));
        for (place, asked) in asked.iter().enumerate() {
            assert_eq!(ours.status(asked.request.as_bytes()), asked.status, "{framework}, {}", asked.what);
            let (own, their, ratio) = compare(&mut ours, &mut bare, asked.request.as_bytes());
            let what = format!("a whole request, {framework}, {}", asked.what);
            let against = format!("bare {framework}");
            table.push(Row::times(&what, &against, own, their, ratio, Aim::Ratio(0.98)));
            if let Some(fastapi) = fastapi.as_ref().map(|times| times[place]) {
                let (ours, bare) = (fastapi / own, fastapi / their);
                let against = format!("FastAPI, uvicorn, uvloop (bare: {bare:.1})");
                let aim = Aim::Is("as far ahead as bare", ours >= bare * 0.98);
                table.push(Row::times(&what, &against, own, fastapi, ours, aim));
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

/// Nanoseconds of a request to ours and to theirs, and how many times as fast ours is.
fn compare(ours: &mut Client, theirs: &mut Client, request: &[u8]) -> (f64, f64, f64) {
    let each = f64::from(TURN) * CONNECTIONS as f64;
    let (mut own, mut their, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let turns = [&mut *ours, &mut *theirs];
        let first = round % 2;
        let mut times = [0.0; 2];
        for who in [first, 1 - first] {
            times[who] = turns[who].send(request, TURN).as_nanos() as f64 / each;
        }
        let [our_time, their_time] = times;
        own.push(our_time);
        their.push(their_time);
        ratios.push(their_time / our_time);
    }
    (median(own), median(their), median(ratios))
}

/// Nanoseconds of each request to the original, with one worker.
fn ask_fastapi(python: &Python, asked: &[Asked]) -> io::Result<Vec<f64>> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/fastapi");
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let mut command = python.command();
    command.args(["-m", "uvicorn", "main:app", "--app-dir"]).arg(app).args(["--port", &port.to_string()]);
    command.args(["--loop", "uvloop", "--http", "httptools", "--ws", "websockets-sansio", "--log-level", "critical"]);
    let process = command.args(["--no-access-log", "--workers", "1"]).stdout(Stdio::null()).spawn()?;
    let server = Server::of(process, SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut client = loop {
        match Client::connect(server.addr) {
            Ok(client) => break client,
            Err(error) if Instant::now() > deadline => return Err(error),
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    };
    let time = |asked: &Asked| {
        let request = asked.request.as_bytes();
        assert_eq!(client.status(request), asked.status, "FastAPI, {}", asked.what);
        let (start, mut times) = (Instant::now(), Vec::new());
        while start.elapsed() < FASTAPI {
            times.push(client.send(request, 2).as_nanos() as f64 / 2.0 / CONNECTIONS as f64);
        }
        median(times)
    };
    Ok(asked.iter().map(time).collect())
}

//! After many requests, good and bad, the ports need no more memory than after a tenth of them.
//!
//! By default there are 20,000 for each port, which takes seconds without optimization. For more:
//!
//! ```text
//! ENDURANCE_REQUESTS=200000 cargo test -p fastapi-status-tests --test endurance -- --nocapture
//! ```
//!
//! A file of its own, so that nothing else runs in the process meanwhile.
#![cfg(target_os = "linux")]

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Instant;

use fastapi_status_tests::{Connection, Server, Stop};

/// How much may be added, in kB: allocators keep what was freed, in places of their own choice.
const TOLERANCE: u64 = 8 * 1024;

/// How many requests a connection asks.
const EACH: usize = 1000;

/// How many of them at once: few enough for the sockets to hold, and many, for a server that waits for acknowledgements.
const BATCH: usize = 200;

#[test]
fn memory_stays() {
    let count = std::env::var("ENDURANCE_REQUESTS").map_or(20_000, |count| count.parse().expect("it is a number"));
    let ports: [(_, fn(TcpListener, Stop) -> io::Result<()>); 3] =
        [("axum", example_axum::serve), ("actix", example_actix::serve), ("hyper", example_hyper::serve)];
    for (name, serve) in ports {
        let server = Server::start(serve);
        let start = Instant::now();
        send(server.addr(), count / 10);
        let before = resident();
        send(server.addr(), count - count / 10);
        let after = resident();
        let seconds = start.elapsed().as_secs_f64();
        println!("{name}: {count} requests in {seconds:.1} s; {before} kB after a tenth, {after} kB after all");
        assert!(after < before + TOLERANCE, "{name}: {before} kB after a tenth, {after} kB after all");
    }
}

/// Asks, in batches on one connection after another.
fn send(addr: SocketAddr, count: usize) {
    let post = |body: &str| {
        let head = "POST /coffee HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json";
        format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\nhost: shop.test\r\n\r\n");
    let requests = [
        (418, post("{\"cups\": 3}")),
        (422, post("{\"cups\": [1, {\"a\": null}]}")),
        (422, post("{\"cups\": ")),
        (200, get("/books/1")),
        (422, get("/books/one")),
        (404, get("/titles/Nobody%20wrote%20this")),
        (404, get("/nowhere")),
        (405, "PUT / HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_owned()),
        (200, get("/books?limit=3&tag=classic")),
        (307, get("/books/")),
    ];
    let batch: String = requests.iter().map(|(_, request)| request.as_str()).collect();
    for _ in 0..count / EACH {
        let mut connection = Connection::open(addr);
        for _ in 0..EACH / BATCH {
            connection.send(batch.repeat(BATCH / requests.len()).as_bytes());
            for (status, request) in requests.iter().cycle().take(BATCH) {
                let answer = connection.read_answer("").unwrap_or_else(|failure| panic!("{failure:?}: {request}"));
                assert_eq!(answer.status, *status, "{request}");
            }
        }
    }
}

/// What the process holds, in kB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells it");
    line.trim().trim_end_matches(" kB").parse().expect("it is a number")
}

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

/// How often the servers are started anew: some processes are slower than others, as long as they live.
const STARTS: usize = 54;

/// How often each has its turn, and how many requests of each connection a turn has.
const ROUNDS: usize = 9;
const TURN: u32 = 16;

/// FastAPI, which takes much longer, has its turn once in so many rounds, and in a turn so many requests of each connection.
const FASTAPI: usize = 4;
const FASTAPI_TURN: u32 = 4;

/// Nanoseconds of a request.
#[derive(Clone)]
struct Times {
    /// Of ours, of the bare framework, and of it with the same answers by hand.
    each: [f64; 3],
    /// How many times as fast ours is as each, the median of the rounds.
    ratios: [f64; 3],
    /// How many times as fast that by hand is as the bare framework.
    by_hand: f64,
    fastapi: f64,
}

impl Times {
    fn median(of: &[Self]) -> Self {
        let of_all = |one: &dyn Fn(&Self) -> f64| median(of.iter().map(one).collect());
        Self {
            each: [0, 1, 2].map(|who| of_all(&|times| times.each[who])),
            ratios: [0, 1, 2].map(|who| of_all(&|times| times.ratios[who])),
            by_hand: of_all(&|times| times.by_hand),
            fastapi: of_all(&|times| times.fastapi),
        }
    }
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
    let mut is_counted = true;
    for framework in ["axum", "actix-web", "hyper"] {
        let bare = format!("bare {framework}");
        let hand = format!("{bare}, by hand");
        let names = [framework, &bare, &hand];
        let asked = asked();
        let mut times = vec![Vec::new(); asked.len()];
        for start in 0..STARTS {
            let servers = names.map(Server::start);
            let mut clients = servers.each_ref().map(|server| Client::connect(server.addr).expect("it listens"));
            if start == 0 {
                for asked in also_alike(framework) {
                    check(framework, &asked, &mut clients, fastapi.as_mut());
                }
            }
            for (asked, times) in asked.iter().zip(&mut times) {
                check(framework, asked, &mut clients, fastapi.as_mut());
                times.push(compare(&mut clients, fastapi.as_mut(), asked.request.as_bytes()));
            }
        }
        for (asked, times) in asked.iter().zip(times) {
            let Times { each: [own, bares, hands], ratios, by_hand, fastapi: original } = Times::median(&times);
            let counted = names.map(|name| Server::instructions(name, asked.request.as_bytes()));
            is_counted &= counted.iter().all(Option::is_some);
            let what = format!("a whole request, {framework}, {}", asked.what);
            let row = Row::times(&what, &bare, own, bares, ratios[1], Aim::Ratio(0.98)).with_limit("by hand", by_hand);
            table.push(row.with_instructions(counted[0], counted[1]));
            let against = format!("{bare} with those answers, written by hand");
            let row = Row::times(&what, &against, own, hands, ratios[2], Aim::None);
            table.push(row.with_instructions(counted[0], counted[2]));
            if fastapi.is_some() {
                let against = format!("FastAPI, uvicorn, uvloop; bare: {:.1}", original / bares);
                table.push(Row::times(&what, &against, own, original, original / own, Aim::Ratio(10.0)));
            }
        }
    }
    if !is_counted {
        table.skip("instructions of whole requests", "valgrind is not installed, or does not run this program");
    }
}

/// All answer the same, but for the bare framework.
fn check(framework: &str, asked: &Asked, clients: &mut [Client; 3], fastapi: Option<&mut Client>) {
    let request = asked.request.as_bytes();
    let [ours, _, by_hand] = clients;
    let [ours, by_hand] = [ours, by_hand].map(|client| client.ask(request));
    let told = |answer: &(u16, String)| format!("{framework}, {}: {answer:?}", asked.what);
    assert_eq!(ours.0, asked.status, "{}", told(&ours));
    assert_eq!(ours, by_hand, "{}", told(&by_hand));
    if let Some(fastapis) = fastapi.map(|client| client.ask(request)) {
        // A handler of FastAPI's shows more of a book.
        assert!(fastapis.0 == ours.0 && (ours.0 == 200 || fastapis == ours), "{}", told(&fastapis));
    }
}

fn asked() -> Vec<Asked> {
    let body = r#"{"title":"Dune","authors":[{"name":"Frank Herbert"}],"price":"high","genre":"crime"}"#;
    vec![
        Asked { what: "200", request: get("/books/1"), status: 200 },
        Asked { what: "a raised 404", request: get("/books/99"), status: 404 },
        Asked { what: "an unknown path", request: get("/nowhere"), status: 404 },
        Asked { what: "a 422 of the path", request: get("/books/one"), status: 422 },
        Asked { what: "a 422 of the body", request: post("application/json", body), status: 422 },
    ]
}

/// Not measured: what else all but the bare framework must answer alike.
fn also_alike(framework: &str) -> Vec<Asked> {
    let book = |fields: &str| format!(r#"{{"title":"Dune","authors":[],"price":1,"genre":"crime",{fields}}}"#);
    let bodies = [
        ("coercions", book(r#""pages":" 1_000 ","signed":"oN","price":"1_0.5e0""#)),
        ("no coercions", book(r#""pages":"1_","signed":2,"price":"","tags":null"#)),
        ("other types", book(r#""pages":[],"signed":0.5,"price":{},"tags":["a",1],"title":true"#)),
        ("numbers", book(r#""pages":1.5,"signed":1.0,"price":true,"authors":{}"#)),
        ("floats", book(r#""pages":" +1.","signed":2.0,"price":"inf","tags":{}"#)),
        ("signs", book(r#""pages":"-_1","signed":"TRUE ","price":"+_1""#)),
        ("authors", book(r#""authors":["Ada",{},{"name":1,"born":"x"},{"name":"","born":3.0},null]"#)),
        ("sizes", book(r#""pages":1e16,"signed":1e300,"price":" 1_0""#)),
        ("a genre of another kind", book(r#""genre":{"fiction":null}"#)),
        ("a list", r#"["Dune",[],1,"fiction",null]"#.to_owned()),
        ("an author as a list", book(r#""authors":[["Ada",null]]"#)),
        ("no body", String::new()),
    ];
    let bodies = bodies.map(|(what, body)| (what, post("application/json", &body)));
    let types = ["text/plain", "application/ld+json; charset=utf-8", "Application/JSON", "application/x/y+json"]
        .map(|content_type| (content_type, post(content_type, "{}")));
    let paths = ["/books/1_", "/books/1.5", "/books/-"].map(|path| (path, get(path)));
    let refused = bodies.into_iter().chain(types).chain(paths);
    let refused = refused.map(|(what, request)| Asked { what, request, status: 422 });
    let taken =
        ["/books/+1", "/books/1.0", "/books/0_1"].map(|path| Asked { what: path, request: get(path), status: 200 });
    // On hyper there is no router to redirect.
    let redirects: &[&str] = if framework == "hyper" { &[] } else { &["/books/1/", "/books/?a=1&b"] };
    let redirects = redirects.iter().map(|path| Asked { what: path, request: get(path), status: 307 });
    let unknown = Asked { what: "/nowhere/", request: get("/nowhere/"), status: 404 };
    refused.chain(taken).chain(redirects).chain([unknown]).collect()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: shop.test\r\naccept: */*\r\n\r\n")
}

fn post(content_type: &str, body: &str) -> String {
    format!(
        "POST /books HTTP/1.1\r\nhost: shop.test\r\nauthorization: Bearer eve-token\r\n\
         content-type: {content_type}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len(),
    )
}

fn compare(clients: &mut [Client; 3], mut fastapi: Option<&mut Client>, request: &[u8]) -> Times {
    let nanos = |client: &mut Client, turn: u32| {
        client.send(request, turn).as_nanos() as f64 / f64::from(turn) / CONNECTIONS as f64
    };
    let mut rounds = Vec::with_capacity(ROUNDS);
    let mut originals = Vec::new();
    for round in 0..ROUNDS {
        let mut times = [0.0; 3];
        for turn in 0..clients.len() {
            // Each comes first as often as the others, and before another as often as behind it.
            let place = if round % 2 == 0 { turn } else { clients.len() - turn };
            let who = (round + place) % clients.len();
            times[who] = nanos(&mut clients[who], TURN);
        }
        rounds.push(times);
        if let Some(client) = fastapi.as_mut().filter(|_| round % FASTAPI == 0) {
            originals.push(nanos(client, FASTAPI_TURN));
        }
    }
    let of_rounds = |of: &dyn Fn(&[f64; 3]) -> f64| median(rounds.iter().map(of).collect());
    let each = [0, 1, 2].map(|who| of_rounds(&|times| times[who]));
    let ratios = [0, 1, 2].map(|who| of_rounds(&|times| times[who] / times[0]));
    let by_hand = of_rounds(&|[_, bare, hand]| bare / hand);
    Times { each, ratios, by_hand, fastapi: median(originals) }
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

//! Many requests at once on one connection, good and bad: each gets its own answer, in order, and nobody else's.

use std::net::SocketAddr;
use std::thread;

use fastapi_status_tests::{Answer, Connection, Failure};

use crate::{against_ports, ask, method, show};

/// Requests whose answers never change; a mark makes them differ between connections.
fn requests(name: &str, mark: &str) -> Vec<Vec<u8>> {
    let head = if name == "actix" { "GET" } else { "HEAD" };
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\nhost: shop.test\r\n\r\n");
    let send = |method: &str, target: &str, body: &str| {
        let head = format!("{method} {target} HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json");
        format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let chunked = format!(
        "POST /coffee HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n\
         {:x}\r\n{{\"cups\": \"{mark}\r\n2\r\n\"}}\r\n0\r\n\r\n",
        10 + mark.len()
    );
    let requests = [
        get("/"),
        get(&format!("/titles/{mark}")),
        get(&format!("/books/{mark}")),
        get("/books/1"),
        // actix-http forgets which of several requests was a HEAD, and hyper does not.
        format!("{head} /books/2 HTTP/1.1\r\nhost: shop.test\r\n\r\n"),
        send("POST", "/coffee", &format!("{{\"cups\": \"{mark}\"}}")),
        send("POST", "/coffee", &format!("{{\"{mark}\": ")),
        send("POST", "/coffee", "{\"cups\": 3}"),
        // Its body looks like a request.
        send("POST", "/coffee", &get("/titles/smuggled")),
        chunked,
        send("PUT", "/prices", "{}"),
        get(&format!("/nowhere/{mark}?{mark}")),
        "GET /books/1 HTTP/1.1\r\nhost: shop.test\r\nif-none-match: *\r\n\r\n".to_owned(),
        send("POST", "/account/logout", ""),
        get("/catalogue"),
        get(&format!("/books/?{mark}")),
    ];
    // Nobody reads these bodies, which actix-http takes for a reason to close, if it has not read them yet.
    let unread = [
        send("POST", "/nowhere", &get("/titles/smuggled")),
        send("PUT", "/", &get("/titles/smuggled").repeat(100)),
        send("GET", "/books/1", &get("/titles/smuggled")),
        send("DELETE", "/books/1", &get("/titles/smuggled")),
    ];
    let unread = unread.into_iter().filter(|_| name != "actix");
    requests.into_iter().chain(unread).map(String::into_bytes).collect()
}

#[test]
fn each_has_its_own_answer() {
    against_ports(|name, addr| {
        let clients: Vec<_> = (0..8)
            .map(|client| {
                let name = name.to_owned();
                thread::spawn(move || converse(&name, addr, &format!("client-{client}-of-{name}")))
            })
            .collect();
        for client in clients {
            client.join().expect("its answers are its own");
        }
    });
}

fn converse(name: &str, addr: SocketAddr, mark: &str) {
    let requests = requests(name, mark);
    let alone: Vec<_> = requests.iter().map(|request| sorted(ask(addr, request))).collect();
    let is_marked = |answer: &Answer| {
        String::from_utf8_lossy(&answer.body.0).contains(mark)
            || answer.header("location").is_some_and(|to| to.contains(mark))
    };
    assert_eq!(alone.iter().filter(|answer| is_marked(answer)).count(), 5, "{name}");
    for round in 0..10 {
        let mut connection = Connection::open(addr);
        connection.send(&requests.concat());
        for (request, alone) in requests.iter().zip(&alone) {
            match connection.read_answer(method(request)) {
                Ok(answer) => assert_eq!(&sorted(answer), alone, "{name}, round {round}: {}", show(request)),
                Err(failure) => panic!("{name}, round {round}: {failure:?}: {}", show(request)),
            }
        }
        connection.finish();
        assert!(matches!(connection.read_answer("GET"), Err(Failure::Closed)), "{name}: nothing comes after the last");
    }
}

/// actix-http sends headers in any order.
fn sorted(mut answer: Answer) -> Answer {
    answer.headers.sort();
    answer
}

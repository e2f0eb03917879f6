//! Requests that are wrong, or larger than is good: each is answered, or its connection is closed.

use fastapi_status_tests::{Connection, Failure};

use crate::{against_ports, ask, show};

/// What may become of a request.
#[derive(Clone, Copy, Debug)]
enum Expected {
    /// One of these statuses.
    Answer(&'static [u16]),
    /// Some 4xx or 501 or 505 of the server's, or a closed connection.
    Refusal,
    /// Likewise, once nothing more can come: it is not whole.
    Half,
    /// As a refusal; but one server or another may take it for a good request.
    Whatever,
}

use Expected::{Answer, Half, Refusal, Whatever};

/// What came of it, if it was not expected.
fn check(name: &str, addr: std::net::SocketAddr, request: &[u8], expected: Expected) -> Result<(), String> {
    let mut connection = Connection::open(addr);
    connection.send(request);
    if matches!(expected, Half) {
        // hyper takes this for a client that is gone, so that no other request is followed by it.
        connection.finish();
    }
    let answer = connection.read_answer(crate::method(request));
    let is_fine = match (&answer, expected) {
        (Ok(answer), _) if answer.incomplete => false,
        (Ok(answer), Answer(statuses)) => statuses.contains(&answer.status),
        (Ok(answer), Refusal | Half) => (400..500).contains(&answer.status) || matches!(answer.status, 501 | 505),
        (Ok(answer), Whatever) => answer.status < 500 || matches!(answer.status, 501 | 505),
        (Err(Failure::Closed), expected) => !matches!(expected, Answer(_)),
        (Err(Failure::Malformed(_)), _) => false,
    };
    if is_fine {
        return Ok(());
    }
    Err(format!(
        "{name}: {expected:?} is expected of {}
{answer:?}
",
        show(request)
    ))
}

fn check_all<T: AsRef<[u8]>>(requests: &[(T, Expected)]) {
    against_ports(|name, addr| {
        let check = |(request, expected): &(T, Expected)| check(name, addr, request.as_ref(), *expected).err();
        let failures: Vec<String> = requests.iter().filter_map(check).collect();
        assert!(
            failures.is_empty(),
            "{}",
            failures.join(
                "
"
            )
        );
    });
}

/// A request to a route that takes JSON.
fn post(headers: &str, body: &str) -> Vec<u8> {
    let request = "POST /coffee HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json\r\n";
    format!("{request}{headers}\r\n\r\n{body}").into_bytes()
}

#[test]
fn request_lines() {
    let get = |target: &[u8]| [b"GET ", target, b" HTTP/1.1\r\nhost: shop.test\r\n\r\n"].concat();
    check_all(&[
        (get(b"/"), Answer(&[200])),
        (get(b"/books/%FF"), Answer(&[422])),
        (get(b"/books/%"), Answer(&[422])),
        (get(b"/books/%00"), Answer(&[422])),
        (get(b"/books/%C3%28"), Answer(&[422])),
        (get(b"/titles/%F0%9F%92%A9%ED%A0%80"), Answer(&[404])),
        (get(b"/titles/%0D%0Ax-injected:%201"), Answer(&[404])),
        (get(b"/titles/%0d%0a/"), Answer(&[307])),
        (get(b"/%2e%2e/%2e%2e/etc/passwd"), Answer(&[404])),
        (get(b"//evil.test/%2f.."), Answer(&[404])),
        (get(b"//evil.test/.."), Answer(&[404])),
        (get(b"/books?limit=%FF%FE"), Answer(&[422])),
        (get(b"/books?limit=%&&&=&%="), Answer(&[422])),
        (get(b"/books/\xFF"), Whatever),
        (get(b"/books?limit=\xFF\xC3("), Whatever),
        (get(b"/books/\x01"), Refusal),
        (get(b"/books/1 2"), Refusal),
        (get(b""), Refusal),
        (get(b"*"), Whatever),
        (get(b"http://other.test/books/1"), Whatever),
        (get(b"shop.test:80"), Whatever),
        (b"OPTIONS * HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec(), Whatever),
        (b"CONNECT shop.test:443 HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec(), Whatever),
        (b"BREW / HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec(), Answer(&[405])),
        (b"get / HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec(), Answer(&[405])),
        (b"G@T / HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec(), Refusal),
        (b"GET / HTTP/9.9\r\nhost: shop.test\r\n\r\n".to_vec(), Refusal),
        (b"GET /\r\n\r\n".to_vec(), Refusal),
        (b"GET / HTTP/1.1\nhost: shop.test\n\n".to_vec(), Whatever),
        (b"\r\n\r\nGET / HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec(), Whatever),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), Whatever),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), Refusal),
        (b"\0\0\0\0\r\n\r\n".to_vec(), Refusal),
        (vec![], Half),
    ]);
}

#[test]
fn headers() {
    let get = |headers: &[u8]| [b"GET /books/1 HTTP/1.1\r\nhost: shop.test\r\n", headers, b"\r\n\r\n"].concat();
    let many: String = (0..1000).map(|number| format!("x-{number}: 1\r\n")).collect();
    check_all(&[
        (get(b"x-a: 1"), Answer(&[200])),
        (get(b"if-none-match: \xFF\x80"), Answer(&[200])),
        (get(b"accept: \xC3\x28"), Whatever),
        (get(b"x-a: a\x00b"), Refusal),
        (get(b"x-a: a\rb"), Refusal),
        (get(b"x-a: 1\r\n folded"), Whatever),
        (get(b"x-a : 1"), Whatever),
        (get(b": 1"), Refusal),
        (get(b"no colon"), Refusal),
        (get(b"x\xFFa: 1"), Refusal),
        (get(format!("x-a: {}", "a".repeat(1 << 20)).as_bytes()), Refusal),
        (get(format!("{}: 1", "a".repeat(1 << 17)).as_bytes()), Refusal),
        (get(many.trim_end().as_bytes()), Refusal),
        (format!("GET /?{} HTTP/1.1\r\nhost: shop.test\r\n\r\n", "a".repeat(1 << 17)).into_bytes(), Refusal),
        (format!("{} / HTTP/1.1\r\nhost: shop.test\r\n\r\n", "A".repeat(1 << 17)).into_bytes(), Whatever),
    ]);
}

#[test]
fn lengths() {
    check_all(&[
        (post("content-length: 11", "{\"cups\": 1}"), Answer(&[418])),
        (post("content-length: 011", "{\"cups\": 1}"), Whatever),
        (post("content-length: 0", ""), Answer(&[418])),
        // The rest is a request of its own, and no good one.
        (post("content-length: 10", "{\"cups\": 1}"), Answer(&[422])),
        (post("content-length: 12", "{\"cups\": 1}"), Half),
        (post("content-length: 18446744073709551615", "{}"), Half),
        (post("content-length: 18446744073709551616", "{}"), Refusal),
        (post("content-length: 99999999999999999999999999", "{}"), Refusal),
        (post("content-length: -1", "{}"), Refusal),
        (post("content-length: +2", "{}"), Refusal),
        (post("content-length: 0x2", "{}"), Refusal),
        (post("content-length: 2 2", "{}"), Refusal),
        (post("content-length: 2, 3", "{}"), Refusal),
        (post("content-length: 2\r\ncontent-length: 3", "{}"), Refusal),
        (post("content-length: two", "{}"), Refusal),
        (post("content-length:", "{}"), Refusal),
        (post("content-length: 2\r\ntransfer-encoding: chunked", "2\r\n{}\r\n0\r\n\r\n"), Whatever),
        (post("transfer-encoding: chunked\r\ncontent-length: 200", "2\r\n{}\r\n0\r\n\r\n"), Whatever),
        (post("transfer-encoding: gzip", "{}"), Refusal),
        (post("transfer-encoding: chunked, gzip", "2\r\n{}\r\n0\r\n\r\n"), Refusal),
        (post("transfer-encoding: xchunked", "2\r\n{}\r\n0\r\n\r\n"), Refusal),
        (post("transfer-encoding: chunked\r\ntransfer-encoding: chunked", "2\r\n{}\r\n0\r\n\r\n"), Whatever),
        (post("expect: 200-maybe\r\ncontent-length: 2", "{}"), Whatever),
    ]);
}

#[test]
fn chunks() {
    let chunked = |body: &str| post("transfer-encoding: chunked", body);
    let ones: String = (0..10_000).map(|_| "1\r\n \r\n").collect();
    check_all(&[
        (chunked("b\r\n{\"cups\": 1}\r\n0\r\n\r\n"), Answer(&[418])),
        (chunked("5\r\n{\"cup\r\n6\r\ns\": 1}\r\n0\r\n\r\n"), Answer(&[418])),
        (chunked("000b\r\n{\"cups\": 1}\r\n00\r\n\r\n"), Answer(&[418])),
        (chunked("b;name=value\r\n{\"cups\": 1}\r\n0\r\n\r\n"), Answer(&[418])),
        (chunked("b\r\n{\"cups\": 1}\r\n0\r\nx-trailer: 1\r\n\r\n"), Whatever),
        (chunked(&format!("{ones}b\r\n{{\"cups\": 1}}\r\n0\r\n\r\n")), Answer(&[418])),
        (chunked("0\r\n\r\n"), Answer(&[418])),
        (chunked("b\r\n{\"cups\": x}\r\n0\r\n\r\n"), Answer(&[422])),
        (chunked("zz\r\n{}\r\n0\r\n\r\n"), Refusal),
        (chunked("-1\r\n{}\r\n0\r\n\r\n"), Refusal),
        (chunked("\r\n{}\r\n0\r\n\r\n"), Refusal),
        (chunked("2\r\n{}0\r\n\r\n"), Refusal),
        (chunked("1\r\n{}\r\n0\r\n\r\n"), Refusal),
        (chunked("ffffffffffffffff\r\n{}\r\n0\r\n\r\n"), Half),
        (chunked("7fffffffffffffff\r\n{}"), Half),
        (chunked("fffffffffffffffff\r\n{}\r\n0\r\n\r\n"), Refusal),
        (chunked("2\r\n{}\r\n"), Half),
        (chunked(&format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "x".repeat(1 << 16))), Whatever),
        (chunked(&format!("2\r\n{{}}\r\n0\r\nx: {}\r\n\r\n", "x".repeat(1 << 20))), Whatever),
    ]);
}

/// All within the 256 kB that actix-web takes by default.
#[test]
fn bodies() {
    let json = |body: &[u8]| {
        let head = "POST /coffee HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json";
        [format!("{head}\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    };
    // Twenty thousand errors of models in a list: far more than a client has a use for, and no more work than they are.
    let order = |body: &[u8]| {
        let head = "POST /orders/ HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json";
        let head = format!("{head}\r\nauthorization: Bearer ada-token");
        [format!("{head}\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    };
    let form = |body: &[u8]| {
        let head = "POST /login HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/x-www-form-urlencoded";
        [format!("{head}\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    };
    check_all(&[
        (json(b"\xFF\xFE"), Answer(&[422])),
        (json(b"\xFF"), Answer(&[400])),
        (json(b"{\"cups\": \"\xC3(\"}"), Answer(&[400])),
        (json(b"\xEF\xBB\xBF{}"), Answer(&[418, 422])),
        (json(b"{\"cups\": 1e999}"), Answer(&[422])),
        (json(b"{\"cups\": NaN}"), Answer(&[422])),
        (json(b"{\"cups\": \"\\ud800\"}"), Answer(&[422])),
        (json(b"{\"cups\": \"\\u0000\\r\\n\"}"), Answer(&[422])),
        (json("[".repeat(100_000).as_bytes()), Answer(&[400, 422])),
        (json(format!("{{\"cups\": {}1{}}}", "[".repeat(900), "]".repeat(900)).as_bytes()), Answer(&[400, 422])),
        (json("9".repeat(200_000).as_bytes()), Answer(&[400])),
        (json(format!("{{{}\"cups\": 1}}", "\"a\": 1, ".repeat(20_000)).as_bytes()), Answer(&[418])),
        (json(format!("{{\"cups\": [{}{{}}]}}", "{},".repeat(10_000)).as_bytes()), Answer(&[422])),
        (order(format!("{{\"lines\": [{}{{}}]}}", "{},".repeat(10_000)).as_bytes()), Answer(&[422])),
        (form(b"\xFF=\xFE&username=%FF%00&password=%"), Answer(&[401, 403, 422])),
        // FastAPI reads a thousand fields of a form, and no more.
        (form("&=".repeat(100_000).as_bytes()), Answer(&[400])),
        (form(format!("username={}", "%".repeat(200_000)).as_bytes()), Answer(&[422])),
    ]);
}

/// The server may answer before all was sent, and then close: what was answered is read all the same.
#[test]
fn too_large() {
    let cups = format!("{{\"cups\": \"{}\"}}", "1".repeat(3 << 20));
    let chunks = format!("{:x}\r\n{cups}\r\n0\r\n\r\n", cups.len());
    check_all(&[
        (post(&format!("content-length: {}", cups.len()), &cups), Answer(&[413])),
        (post("transfer-encoding: chunked", &chunks), Answer(&[413])),
    ]);
}

/// A client that asks whether it may send its body.
#[test]
fn expectations() {
    against_ports(|name, addr| {
        let mut connection = Connection::open(addr);
        connection.send(&post("expect: 100-continue\r\ncontent-length: 11", ""));
        let asked = connection.read_answer("POST").expect("an answer");
        assert_eq!(asked.status, 100, "{name}");
        connection.send(b"{\"cups\": 1}");
        assert_eq!(connection.read_answer("POST").expect("an answer").status, 418, "{name}");
        assert_eq!(ask(addr, b"GET /books/1 HTTP/1.1\r\nhost: shop.test\r\n\r\n").status, 200);
    });
}

//! Clients that are slow, that stop in the middle, and that vanish.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use fastapi_status_tests::Connection;

use crate::{against_ports, ask};

const REQUEST: &[u8] = b"POST /coffee HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json\r\n\
content-length: 11\r\n\r\n{\"cups\": 1}";
const CHUNKED: &[u8] = b"POST /coffee HTTP/1.1\r\nhost: shop.test\r\ncontent-type: application/json\r\n\
transfer-encoding: chunked\r\n\r\n5\r\n{\"cup\r\n6\r\ns\": 1}\r\n0\r\n\r\n";

#[test]
fn a_byte_at_a_time() {
    against_ports(|name, addr| {
        for request in [REQUEST, CHUNKED] {
            let mut connection = Connection::open(addr);
            for byte in request {
                connection.send(&[*byte]);
                thread::sleep(Duration::from_micros(200));
            }
            assert_eq!(connection.read_answer("POST").expect("an answer").status, 418, "{name}");
        }
    });
}

/// Whoever stops in the middle keeps nobody else waiting; where it goes on, it is answered as if it never had stopped.
#[test]
fn others_are_served_meanwhile() {
    against_ports(|name, addr| {
        let open = |length: usize| {
            let mut connection = Connection::open(addr);
            connection.send(&CHUNKED[..length]);
            (connection, length)
        };
        let stopped: Vec<_> = (1..CHUNKED.len()).step_by(2).map(open).collect();
        assert_eq!(ask(addr, REQUEST).status, 418, "{name}");
        for (mut connection, length) in stopped {
            connection.send(&CHUNKED[length..]);
            assert_eq!(connection.read_answer("POST").expect("an answer").status, 418, "{name}");
        }
    });
}

#[test]
fn clients_that_vanish() {
    against_ports(|name, addr| {
        for request in [REQUEST, CHUNKED] {
            for length in 0..request.len() {
                let mut connection = Connection::open(addr);
                connection.send(&request[..length]);
            }
            assert_eq!(ask(addr, REQUEST).status, 418, "{name}");
        }
        for _ in 0..20 {
            vanish_in_the_answers(addr);
        }
        assert_eq!(ask(addr, REQUEST).status, 418, "{name}");
    });
}

/// Asks for far more than the sockets hold, reads none of it, and goes: the server meets a reset.
fn vanish_in_the_answers(addr: SocketAddr) {
    let mut socket = TcpStream::connect(addr).expect("somebody listens");
    socket.set_write_timeout(Some(Duration::from_millis(200))).expect("it is not zero");
    let request = b"GET /books HTTP/1.1\r\nhost: shop.test\r\n\r\n";
    for _ in 0..50 {
        // It fails where the server reads no more until its answers are read.
        if socket.write_all(&request.repeat(50)).is_err() {
            break;
        }
    }
}

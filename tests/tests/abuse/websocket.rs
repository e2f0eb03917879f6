//! WebSocket frames that break the protocol: the server says so with a close frame or leaves, and in good time.

use std::net::SocketAddr;

use fastapi_status_tests::{Connection, Failure};

use crate::against_ports;

const HANDSHAKE: &[u8] = b"GET /feed?token=ada-token HTTP/1.1\r\nhost: shop.test\r\nconnection: Upgrade\r\n\
upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

const FIN: u8 = 0x80;
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// A client's frame with this first byte.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ ..126 => frame.push(0x80 | length as u8),
        length => {
            frame.push(0x80 | 126);
            frame.extend((length as u16).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend_from_slice(payload);
    frame
}

fn open(addr: SocketAddr) -> Connection {
    let mut connection = Connection::open(addr);
    connection.send(HANDSHAKE);
    assert_eq!(connection.read_answer("GET").expect("an answer").status, 101);
    connection
}

/// The server's frames until it leaves, each well-formed: opcodes and payloads.
fn listen(connection: &mut Connection) -> Vec<(u8, Vec<u8>)> {
    let mut frames = Vec::new();
    loop {
        match read_frame(connection) {
            Ok(frame) => frames.push(frame),
            Err(Failure::Closed) => return frames,
            Err(Failure::Malformed(what)) => panic!("{what}, after {frames:?}"),
        }
    }
}

fn read_frame(connection: &mut Connection) -> Result<(u8, Vec<u8>), Failure> {
    let head = connection.exactly(2)?;
    assert_eq!(head[0] & 0x70, 0, "no extension was agreed on");
    let length = match head[1] {
        126 => connection.exactly(2)?,
        127 => connection.exactly(8)?,
        length => vec![length],
    };
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    assert!(length < 1 << 16, "a server masks nothing, and nothing here is long");
    Ok((head[0], connection.exactly(length)?))
}

fn close_code(frames: &[(u8, Vec<u8>)]) -> Option<u16> {
    let (_, payload) = frames.iter().find(|frame| frame.0 == FIN | CLOSE)?;
    payload.first_chunk().map(|code| u16::from_be_bytes(*code))
}

#[test]
fn frames_that_break_the_protocol() {
    let fragments = |first: &[u8], second: &[u8]| [frame(TEXT, first), frame(FIN, second)].concat();
    let cases: &[(&str, Vec<u8>)] = &[
        ("no mask", [&[FIN | TEXT, 3], &b"bye"[..]].concat()),
        ("a reserved bit", frame(FIN | 0x40 | TEXT, b"bye")),
        ("all reserved bits", frame(FIN | 0x70 | TEXT, b"bye")),
        ("a reserved opcode", frame(FIN | 3, b"bye")),
        ("a reserved control opcode", frame(FIN | 11, b"")),
        ("a fragmented ping", frame(PING, b"")),
        ("a ping of 126 bytes", frame(FIN | PING, &[b'a'; 126])),
        ("a close frame of 126 bytes", frame(FIN | CLOSE, &[b'a'; 126])),
        ("a continuation of nothing", frame(FIN, b"bye")),
        ("a message within a message", [frame(TEXT, b"b"), frame(FIN | TEXT, b"bye")].concat()),
        ("text that is not UTF-8", frame(FIN | TEXT, b"\xFF\xFE")),
        ("text that is not UTF-8 across frames", fragments(b"\xF0\x9F", b"\xC3(")),
        ("a close frame of one byte", frame(FIN | CLOSE, &[3])),
        ("a close code that is never sent", frame(FIN | CLOSE, &1005_u16.to_be_bytes())),
        ("a close code that does not exist", frame(FIN | CLOSE, &999_u16.to_be_bytes())),
        ("a close reason that is not UTF-8", frame(FIN | CLOSE, b"\x03\xE8\xFF")),
        ("a length of 2^63", [&[FIN | TEXT, 0xFF, 0x80][..], &[0; 11]].concat()),
        ("a length of 2^63 - 1", [&[FIN | TEXT, 0xFF, 0x7F], &[0xFF; 7][..], &[0; 4], b"bye"].concat()),
        ("a length that nobody sends", [&[FIN | TEXT, 0xFF, 0, 0, 0, 1], &[0; 7][..], b"bye"].concat()),
        ("HTTP", b"GET / HTTP/1.1\r\nhost: shop.test\r\n\r\n".to_vec()),
        ("half a frame", frame(FIN | TEXT, b"bye")[..5].to_vec()),
        ("nothing", vec![]),
    ];
    against_ports(|name, addr| {
        for (what, bytes) in cases {
            let mut connection = open(addr);
            connection.send(bytes);
            connection.finish();
            let frames = listen(&mut connection);
            let code = close_code(&frames);
            // Without a code, a close frame says nothing; with one, it is one that may be sent.
            assert!(code.is_none_or(|code| matches!(code, 1000..=1003 | 1007..=1014)), "{name}, {what}: {frames:?}");
            assert!(frames.iter().all(|frame| frame.0 != FIN | TEXT), "{name}, {what}: it was answered: {frames:?}");
        }
    });
}

/// Unusual, but allowed.
#[test]
fn frames_that_keep_to_the_protocol() {
    let watch = b"{\"watch\": 1}";
    let long = [&[FIN | TEXT, 0xFF, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0], &watch[..]].concat();
    let masked: Vec<u8> = watch.iter().zip([1, 2, 3, 4].iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
    let cases: &[(&str, Vec<u8>)] = &[
        ("a mask", [&[FIN | TEXT, 0x80 | 12, 1, 2, 3, 4], &masked[..]].concat()),
        ("fragments", [frame(TEXT, &watch[..5]), frame(0, b""), frame(FIN, &watch[5..])].concat()),
        (
            "a ping between fragments",
            [frame(TEXT, &watch[..5]), frame(FIN | PING, b"?"), frame(FIN, &watch[5..])].concat(),
        ),
        ("a pong that nobody asked for", [frame(FIN | PONG, b"!"), frame(FIN | TEXT, watch)].concat()),
        ("a hundred pings", [frame(FIN | PING, b"?").repeat(100), frame(FIN | TEXT, watch)].concat()),
        ("a length in more bytes than it needs", long),
    ];
    against_ports(|name, addr| {
        for (what, bytes) in cases {
            let mut connection = open(addr);
            connection.send(bytes);
            let text = loop {
                match read_frame(&mut connection) {
                    Ok((first, payload)) if first == FIN | TEXT => break payload,
                    Ok((first, _)) if first == FIN | PONG => {}
                    // RFC 6455, Section 5.2: the shortest form is a must.
                    Err(Failure::Closed) if what.starts_with("a length") => break Vec::new(),
                    Ok((first, _)) if what.starts_with("a length") && first == FIN | CLOSE => break Vec::new(),
                    frame => panic!("{name}, {what}: {frame:?}"),
                }
            };
            assert!(text.is_empty() || text == b"{\"book_id\":1,\"stock\":5}", "{name}, {what}: {text:?}");
        }
    });
}

#[test]
fn handshakes_that_are_none() {
    let text = str::from_utf8(HANDSHAKE).expect("it is ASCII");
    let changes = [
        ("sec-websocket-version: 13\r\n", ""),
        ("sec-websocket-version: 13", "sec-websocket-version: 12"),
        ("sec-websocket-version: 13", "sec-websocket-version: \u{7f}"),
        ("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""),
        ("connection: Upgrade", "connection: close"),
        ("connection: Upgrade\r\n", ""),
        ("GET", "POST"),
        ("token=ada-token", "token=%FF"),
        ("token=ada-token", ""),
        ("/feed", "/feed/%FF"),
        ("/feed", "/feed/99"),
        ("/feed", "/nowhere"),
    ];
    against_ports(|name, addr| {
        for (from, to) in changes {
            let mut connection = Connection::open(addr);
            connection.send(text.replace(from, to).as_bytes());
            match connection.read_answer("GET") {
                Ok(answer) => assert!((400..500).contains(&answer.status), "{name}, {from} to {to}: {answer:?}"),
                // What no server reads.
                Err(Failure::Closed) if to.contains('\u{7f}') => {}
                Err(failure) => panic!("{name}, {from} to {to}: {failure:?}"),
            }
        }
    });
}

/// Clients that go while messages are on their way.
#[test]
fn clients_that_vanish() {
    against_ports(|_, addr| {
        for _ in 0..50 {
            open(addr).send(&frame(FIN | TEXT, b"{\"watch\": 1}").repeat(100));
            open(addr).send(&frame(TEXT, b"{\"watch\""));
            open(addr).send(&frame(FIN | TEXT, b"bye"));
        }
    });
}

//! A client that keeps a server busy: some connections, kept alive, each with one request on its way.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Connections to a server.
#[derive(Debug)]
pub(crate) struct Client {
    connections: Vec<Connection>,
}

#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// How many connections a client has.
pub(crate) const CONNECTIONS: usize = 16;

impl Client {
    /// # Errors
    ///
    /// When the server does not listen.
    pub(crate) fn connect(addr: SocketAddr) -> io::Result<Self> {
        let connection = || {
            let stream = TcpStream::connect(addr)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            Ok(Connection { stream, buffer: Vec::with_capacity(4096) })
        };
        Ok(Self { connections: (0..CONNECTIONS).map(|_| connection()).collect::<io::Result<_>>()? })
    }

    /// Sends the request so many times on each connection, and waits for the answers.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    pub(crate) fn send(&mut self, request: &[u8], times: u32) -> Duration {
        let start = Instant::now();
        for _ in 0..times {
            for connection in &mut self.connections {
                connection.stream.write_all(request).expect("the server reads");
            }
            for connection in &mut self.connections {
                connection.receive().expect("the server answers");
            }
        }
        start.elapsed()
    }

    /// Sends the request once, and waits for the answer.
    ///
    /// # Errors
    ///
    /// When the server does not answer.
    pub(crate) fn try_ask(&mut self, request: &[u8]) -> io::Result<()> {
        let connection = &mut self.connections[0];
        connection.stream.write_all(request)?;
        connection.receive()
    }

    /// The status of one answer, and its body; of a redirect, where to.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    pub(crate) fn ask(&mut self, request: &[u8]) -> (u16, String) {
        self.try_ask(request).expect("the server answers");
        let answer = String::from_utf8_lossy(&self.connections[0].buffer);
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        let location = head.lines().find(|line| line.starts_with("location: "));
        let body = location.unwrap_or(body).to_owned();
        (status.expect("an answer begins with its status"), body)
    }
}

impl Connection {
    /// Reads one answer, which has a `content-length`.
    fn receive(&mut self) -> io::Result<()> {
        self.buffer.clear();
        let mut chunk = [0; 4096];
        loop {
            let read = self.stream.read(&mut chunk)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.buffer.extend_from_slice(&chunk[..read]);
            if length(&self.buffer).is_some_and(|length| self.buffer.len() >= length) {
                return Ok(());
            }
        }
    }
}

/// How long the answer is, once its headers are there.
fn length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|end| end == b"\r\n\r\n")?;
    let mut lines = answer[..head].split(|byte| *byte == b'\n');
    let length = lines.find_map(|line| {
        let (name, value) = line.split_at_checked(15)?;
        name.eq_ignore_ascii_case(b"content-length:").then(|| value.trim_ascii())
    });
    let length = std::str::from_utf8(length?).ok()?.parse::<usize>().ok()?;
    Some(head + 4 + length)
}

//! HTTP/1.1 over a plain socket: nothing is added, and nothing that comes is tidied.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use crate::transcript::{Answer, Body, Headers, Request};

/// How long a server may be silent before it counts as hung.
const PATIENCE: Duration = Duration::from_secs(20);

/// Headers that say when and with what an answer was made, not what it is.
const UNRECORDED: [&str; 2] = ["date", "server"];

/// What came in place of an answer.
#[derive(Debug)]
pub enum Failure {
    /// The connection was closed without a byte.
    Closed,
    /// Something that is no answer.
    Malformed(String),
}

/// A socket that reads by lines and by counts.
#[derive(Debug)]
pub struct Connection {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one.
    ///
    /// # Panics
    ///
    /// When nobody listens.
    #[must_use]
    pub fn open(addr: SocketAddr) -> Self {
        let open = || {
            let socket = TcpStream::connect(addr)?;
            socket.set_read_timeout(Some(PATIENCE))?;
            socket.set_nodelay(true)?;
            Ok::<_, io::Error>(socket)
        };
        let socket = open().unwrap_or_else(|error| panic!("no connection to {addr}: {error}"));
        Self { socket, buffer: Vec::new() }
    }

    /// Sends all of it. A connection that the server has closed is found by reading.
    pub fn send(&mut self, data: &[u8]) {
        let _ = self.socket.write_all(data);
    }

    /// Says that nothing more will be sent.
    pub fn finish(&mut self) {
        // A connection that the server has closed is found by reading.
        let _ = self.socket.shutdown(Shutdown::Write);
    }

    /// Reads on; an error where nothing comes any more.
    fn more(&mut self) -> Result<(), Failure> {
        let mut data = [0; 16 * 1024];
        let count = match self.socket.read(&mut data) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => 0,
            Err(error) => return Err(Failure::Malformed(format!("the server is silent: {error}"))),
        };
        self.buffer.extend_from_slice(&data[..count]);
        if count == 0 { Err(Failure::Closed) } else { Ok(()) }
    }

    fn until(&mut self, end: &[u8]) -> Result<Vec<u8>, Failure> {
        loop {
            if let Some(place) = self.buffer.windows(end.len()).position(|window| window == end) {
                let mut found: Vec<u8> = self.buffer.drain(..place + end.len()).collect();
                found.truncate(place);
                return Ok(found);
            }
            self.more()?;
        }
    }

    /// So many bytes.
    ///
    /// # Errors
    ///
    /// When there are fewer.
    pub fn exactly(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        while self.buffer.len() < count {
            self.more()?;
        }
        Ok(self.buffer.drain(..count).collect())
    }

    /// What has come since the last whole part.
    fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.buffer)
    }

    /// One answer to a request with this method.
    ///
    /// # Errors
    ///
    /// When there is none, or none that is well-formed.
    pub fn read_answer(&mut self, method: &str) -> Result<Answer, Failure> {
        let head = self.until(b"\r\n\r\n").map_err(|failure| self.cut_short(failure))?;
        let mut answer = parse_head(&latin_1(&head))?;
        match self.read_body(method, &answer) {
            Ok(body) => answer.body = Body(body),
            Err(Failure::Closed) => {
                answer.body = Body(self.rest());
                answer.incomplete = true;
            }
            Err(failure) => return Err(failure),
        }
        answer.headers.retain(|header| !UNRECORDED.contains(&header.0.as_str()));
        Ok(answer)
    }

    fn cut_short(&mut self, failure: Failure) -> Failure {
        match failure {
            Failure::Closed if !self.buffer.is_empty() => {
                Failure::Malformed(format!("half a head: {:?}", latin_1(&self.rest())))
            }
            failure => failure,
        }
    }

    /// The body as the headers delimit it.
    fn read_body(&mut self, method: &str, answer: &Answer) -> Result<Vec<u8>, Failure> {
        if method == "HEAD" || matches!(answer.status, 204 | 304) {
            return Ok(Vec::new());
        }
        if answer.header("transfer-encoding") == Some("chunked") {
            return self.read_chunks();
        }
        let length = answer.header("content-length").unwrap_or("0");
        self.exactly(length.parse().map_err(|_| Failure::Malformed(format!("content-length: {length}")))?)
    }

    fn read_chunks(&mut self) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        loop {
            let size = match self.until(b"\r\n") {
                Ok(size) => latin_1(&size),
                Err(failure) => {
                    body.append(&mut self.buffer);
                    self.buffer = body;
                    return Err(failure);
                }
            };
            let size = usize::from_str_radix(&size, 16)
                .map_err(|_| Failure::Malformed(format!("not the size of a chunk: {size:?}")))?;
            let chunk = self.exactly(size);
            let end = self.until(b"\r\n");
            if let (Ok(chunk), Ok(_)) = (chunk, end) {
                body.extend(chunk);
            } else {
                body.append(&mut self.buffer);
                self.buffer = body;
                return Err(Failure::Closed);
            }
            if size == 0 {
                return Ok(body);
            }
        }
    }
}

fn parse_head(head: &str) -> Result<Answer, Failure> {
    let malformed = || Failure::Malformed(format!("not a head: {head:?}"));
    let mut lines = head.split("\r\n");
    let line = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")).ok_or_else(malformed)?;
    let (status, reason) = line.split_once(' ').unwrap_or((line, ""));
    let status = status.parse().map_err(|_| malformed())?;
    let headers: Option<Headers> = lines
        .map(|line| line.split_once(':'))
        .map(|header| header.map(|(name, value)| (name.to_ascii_lowercase(), value.trim_matches(' ').to_owned())))
        .collect();
    let headers = headers.ok_or_else(malformed)?;
    Ok(Answer { status, reason: reason.to_owned(), headers, ..Answer::default() })
}

/// The request as it goes on the wire.
pub(crate) fn encode(request: &Request, host: &str) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\nhost: {host}\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(Body(body)) = &request.body {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    // Latin-1 has the first 256 characters of Unicode.
    let mut bytes: Vec<u8> = head.chars().map(|c| c as u8).collect();
    if let Some(Body(body)) = &request.body {
        bytes.extend_from_slice(body);
    }
    bytes
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

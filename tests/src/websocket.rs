//! WebSocket frames over a plain socket.

use std::net::SocketAddr;

use crate::transcript::{Close, Conversation, Request, Step};
use crate::wire::{Connection, Failure, encode};

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;

/// The example of RFC 6455, Section 1.3.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// Speaks the client's part of a conversation; what the server does comes back, as a conversation likewise.
pub(crate) fn converse(addr: SocketAddr, host: &str, recorded: &Conversation) -> Result<Conversation, String> {
    let mut connection = Connection::open(addr);
    let request = handshake(recorded);
    connection.send(&encode(&request, host));

    let mut heard = Conversation { steps: Vec::new(), refused: None, ..recorded.clone() };
    let answer = connection.read_answer("GET").map_err(|failure| format!("no answer to the handshake: {failure:?}"))?;
    if answer.status != 101 {
        heard.refused = Some(answer);
        return Ok(heard);
    }
    if answer.header("sec-websocket-accept") != Some(ACCEPT) {
        return Err(format!("the handshake is not accepted: {answer:?}"));
    }
    for step in &recorded.steps {
        let said = match step {
            Step::Send(text) => Some((TEXT, text.as_bytes().to_vec())),
            Step::SendBytes(bytes) => Some((BINARY, bytes.clone())),
            Step::ClientClose(close) => Some((CLOSE, close_payload(close))),
            _ => None,
        };
        match said {
            Some((opcode, payload)) => {
                connection.send(&frame(opcode, &payload));
                heard.steps.push(step.clone());
            }
            None => heard.steps.push(listen(&mut connection)),
        }
        if ends(heard.steps.last()) {
            return Ok(heard);
        }
    }
    while !ends(heard.steps.last()) {
        heard.steps.push(listen(&mut connection));
    }
    Ok(heard)
}

/// The request that opens a conversation.
pub(crate) fn handshake(conversation: &Conversation) -> Request {
    let mut headers: Vec<_> = [
        ("connection", "Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", KEY),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    headers.extend_from_slice(&conversation.headers);
    Request { method: "GET".into(), target: conversation.target.clone(), headers, body: None }
}

fn ends(step: Option<&Step>) -> bool {
    matches!(step, Some(Step::Close(_) | Step::Dropped | Step::Unexpected(_)))
}

fn close_payload(close: &Close) -> Vec<u8> {
    let code = close.code.map(u16::to_be_bytes);
    code.into_iter().flatten().chain(close.reason.bytes()).collect()
}

/// A whole frame of a client's, masked as they must be; the mask may be any, and this one shows what is sent.
fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match u16::try_from(payload.len()).expect("no recorded message is longer") {
        size @ ..126 => frame.push(0x80 | size as u8),
        size => {
            frame.push(0x80 | 126);
            frame.extend(size.to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend_from_slice(payload);
    frame
}

/// The server's next frame, as a step.
fn listen(connection: &mut Connection) -> Step {
    match read_frame(connection) {
        Ok((TEXT, payload)) => match String::from_utf8(payload) {
            Ok(text) => Step::Receive(text),
            Err(error) => Step::Unexpected(format!("{error}")),
        },
        Ok((BINARY, payload)) => Step::ReceiveBytes(payload),
        Ok((CLOSE, payload)) => match payload[..] {
            [] => Step::Close(Close::default()),
            [high, low, ref reason @ ..] => {
                let reason = String::from_utf8_lossy(reason).into_owned();
                Step::Close(Close { code: Some(u16::from_be_bytes([high, low])), reason })
            }
            [_] => Step::Unexpected("a close frame of one byte".into()),
        },
        Ok((opcode, payload)) => Step::Unexpected(format!("a frame with opcode {opcode}: {payload:?}")),
        Err(Failure::Closed) => Step::Dropped,
        Err(Failure::Malformed(what)) => Step::Unexpected(what),
    }
}

fn read_frame(connection: &mut Connection) -> Result<(u8, Vec<u8>), Failure> {
    let head = connection.exactly(2)?;
    let length = match head[1] {
        126 => connection.exactly(2)?,
        127 => connection.exactly(8)?,
        length => vec![length],
    };
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    Ok((head[0] & 0x0F, connection.exactly(length)?))
}

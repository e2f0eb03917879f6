//! The transcripts can be read, and the comparison finds what differs.

use std::io;
use std::net::TcpListener;

use fastapi_status_tests::differences::{ACTIX, ALLOW_NAMES_ALL_METHODS, COMMON, CORNERS};
use fastapi_status_tests::{Differences, Report, Server, Stop, Transcript, Verdict, replay};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

#[test]
fn every_transcript_can_be_read() {
    for (name, exchanges) in [("bookshop", 150), ("bookshop_invalid", 60), ("corners", 500)] {
        let transcript = Transcript::load(name);
        assert_eq!(transcript.host, "shop.test");
        assert!(transcript.exchanges.len() >= exchanges, "{name}: {}", transcript.exchanges.len());
    }
}

#[test]
fn every_difference_has_its_reason() {
    let mut differences = COMMON.iter().chain(ACTIX).chain(CORNERS);
    assert!(differences.all(|difference| !difference.name.is_empty() && !difference.reason.is_empty()));
}

const RECORDED: &str = "HTTP/1.1 405 Method Not Allowed\r\nallow: GET\r\ncontent-length: 2\r\nx-a: 1\r\n\r\nno";

/// Replays one recorded request against a server that gives this answer to all.
fn against(answer: &'static str, differences: &Differences) -> Report {
    let recorded = r#"{"host": "shop.test", "websockets": [], "exchanges": [{
        "name": "wrong method", "request": {"method": "PUT", "target": "/", "headers": []},
        "response": {"status": 405, "reason": "Method Not Allowed",
                     "headers": [["allow", "GET"], ["x-a", "1"], ["content-length", "2"]], "body": "no"}}]}"#;
    let server = Server::start(move |listener, stop| serve(listener, stop, answer));
    replay(server.addr(), &serde_json::from_str(recorded).unwrap(), differences)
}

/// Gives the answer to every request, on any connection.
fn serve(listener: TcpListener, stop: Stop, answer: &'static str) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let accept = async {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(answer_all(socket, answer));
            }
        };
        tokio::select! {
            () = accept => {}
            () = stop => {}
        }
        Ok(())
    })
}

async fn answer_all(socket: TcpStream, answer: &str) -> io::Result<()> {
    let mut socket = BufReader::new(socket);
    let mut line = String::new();
    while socket.read_line(&mut line).await? > 0 {
        if line == "\r\n" {
            socket.write_all(answer.as_bytes()).await?;
        }
        line.clear();
    }
    Ok(())
}

#[test]
fn the_same_answer_agrees() {
    against(RECORDED, &Differences::none()).assert_agrees();
}

#[test]
fn date_and_server_and_the_order_of_headers_do_not_count() {
    let answer = "HTTP/1.1 405 Method Not Allowed\r\nDate: now\r\nX-A: 1\r\nServer: us\r\nContent-Length: 2\r\nAllow: GET\r\n\r\nno";
    against(answer, &Differences::none()).assert_agrees();
}

#[test]
fn whatever_else_differs_is_found() {
    let others = [
        ("405", "404"),
        ("Not Allowed", "not allowed"),
        ("x-a: 1", "x-a: 2"),
        ("x-a: 1", "x-b: 1"),
        ("x-a: 1\r\n", ""),
        ("x-a: 1", "x-a: 1\r\nx-a: 1"),
        ("allow: GET", "allow: POST"),
        ("\r\n\r\nno", "\r\n\r\nNO"),
        // A stray byte, which the next answer then begins with.
        ("\r\n\r\nno", "\r\n\r\nno!"),
    ];
    for (from, to) in others {
        let report = against(RECORDED.replace(from, to).leak(), &Differences::common());
        let failures: Vec<_> = report.failures().collect();
        assert_eq!(failures.len(), 1, "{to}");
        assert!(failures[0].to_string().contains("wrong method: PUT /"), "{}", failures[0]);
    }
}

#[test]
fn a_deliberate_difference_is_named() {
    let answer = RECORDED.replace("allow: GET", "allow: POST, GET").leak();
    let report = against(answer, &Differences::none().and(&[ALLOW_NAMES_ALL_METHODS]));
    report.assert_agrees();
    assert_eq!(report.outcomes[0].verdict, Verdict::DiffersOnPurpose(vec![ALLOW_NAMES_ALL_METHODS.name]));

    assert_eq!(against(answer, &Differences::none()).failures().count(), 1);
}

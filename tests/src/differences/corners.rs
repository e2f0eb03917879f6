//! What the ports of the corner service answer otherwise.

use super::{Difference, expect};
use crate::transcript::{Answer, Body};

/// The differences of the corner service's ports.
pub const CORNERS: &[Difference] = &[
    LENGTH_IS_THE_SERVERS,
    RESET_CONTENT_IS_EMPTY,
    INFORMATION_IS_NO_ANSWER,
    FORBIDDEN_HEADER_IS_AN_ERROR,
    CODES_FROM_600_ARE_ANSWERED,
    METHODS_ARE_NOT_LIMITED,
    HEAD_WORKS_WHERE_GET_DOES,
    TARGET_IS_A_URI,
    ENCODED_SLASH_IS_NO_SEPARATOR,
    ENCODED_LETTER_IS_NO_LETTER,
    WEBSOCKET_PATH_IS_A_PATH,
];

/// An exception's own `content-length` and `transfer-encoding` are left out.
const LENGTH_IS_THE_SERVERS: Difference = Difference {
    name: "an exception does not say how long its body is",
    reason: "FastAPI sends what it was told, right or wrong; the server knows, and a wrong one breaks the connection.",
    rewrite: |recorded, ours| {
        let target = &recorded.request.target;
        let Some(header) = target.strip_prefix("/headers/") else {
            return false;
        };
        if !header.starts_with("length-") && !header.starts_with("chunked") {
            return false;
        }
        let (_, query) =
            target.split_once('?').map_or(("", String::new()), |(path, query)| (path, format!("?{query}")));
        // The same exception with another header, which is then taken away.
        let Some(other) = ours.transcript.find("GET", &format!("/headers/etag{query}")) else {
            return false;
        };
        let mut response = other.response.clone();
        response.iter_mut().for_each(|answer| answer.headers.retain(|header| header.0 != "etag"));
        let is_other = !recorded.response.iter().eq(&response);
        (recorded.response, recorded.closes) = (response, false);
        is_other
    },
};

/// A 205 is sent without the body that a handler gave it.
const RESET_CONTENT_IS_EMPTY: Difference = Difference {
    name: "a 205 has no length but 0",
    reason: "FastAPI says how long the body would be and sends none, so that the client waits for it in vain.",
    rewrite: |recorded, _| match &mut recorded.response {
        Some(answer) if answer.status == 205 && answer.incomplete => {
            answer.set_header("content-length", "0");
            answer.incomplete = false;
            recorded.closes = false;
            true
        }
        _ => false,
    },
};

/// A 1xx is an unhandled error.
const INFORMATION_IS_NO_ANSWER: Difference = Difference {
    name: "a 1xx is not an answer",
    reason: "HTTP wants a final answer behind a 1xx, and its client waits for one; uvicorn sends none.",
    rewrite: |recorded, _| {
        let is_informational = recorded.response.as_ref().is_some_and(|answer| answer.status < 200);
        is_informational && expect(recorded, unhandled())
    },
};

/// A header that HTTP forbids is an unhandled error.
const FORBIDDEN_HEADER_IS_AN_ERROR: Difference = Difference {
    name: "a header that cannot be sent is an error",
    reason: "uvicorn closes the connection without an answer, or sends an empty name, which no client can read.",
    rewrite: |recorded, _| {
        let is_sent = recorded.response.as_ref().is_some_and(|answer| answer.header("").is_none());
        recorded.request.target.starts_with("/headers/") && !is_sent && expect(recorded, unhandled())
    },
};

/// A code that Python's `http` does not know can be sent.
const CODES_FROM_600_ARE_ANSWERED: Difference = Difference {
    name: "a code from 600 on is answered",
    reason: "uvicorn has no status line for it and closes the connection without an answer.",
    rewrite: |recorded, ours| {
        let status = ours.answer.status;
        let is_unknown = recorded.response.is_none() && recorded.request.target == format!("/raise/{status}");
        is_unknown && status >= 600 && expect(recorded, json(status, "", "{\"detail\":\"\"}"))
    },
};

/// A method that nobody has heard of is a wrong method.
const METHODS_ARE_NOT_LIMITED: Difference = Difference {
    name: "an unknown method is a wrong one",
    reason: "uvicorn's parser knows a list of methods and refuses the rest; HTTP has no such list.",
    rewrite: |recorded, ours| {
        let is_refused = recorded.response.as_ref().is_some_and(|answer| answer.body.0.starts_with(b"Invalid HTTP"));
        let other = ours.transcript.find("PUT", &recorded.request.target);
        match other.and_then(|other| other.response.clone()) {
            Some(answer) if is_refused && answer.status == 405 => expect(recorded, answer),
            _ => false,
        }
    },
};

/// HEAD is answered as GET is.
const HEAD_WORKS_WHERE_GET_DOES: Difference = Difference {
    name: "HEAD works where GET does",
    reason: "FastAPI refuses HEAD; RFC 9110, Section 9.1 wants it, and axum answers it with GET's handler.",
    rewrite: |recorded, ours| {
        let is_refused = recorded.response.as_ref().is_some_and(|answer| answer.status == 405);
        let get = ours.transcript.find("GET", &recorded.request.target);
        let (true, true, Some(get)) = (recorded.request.method == "HEAD", is_refused && ours.answer.status != 405, get)
        else {
            return false;
        };
        let Some(mut answer) = get.response.clone() else {
            return false;
        };
        answer.body = Body::default();
        // Some answers name the method, which is longer by one.
        if let Some(length) = ours.answer.header("content-length") {
            answer.set_header("content-length", length);
        }
        (recorded.response, recorded.closes) = (Some(answer), get.closes);
        true
    },
};

/// A target that is no URI is refused by the server.
const TARGET_IS_A_URI: Difference = Difference {
    name: "a target that is no URI is refused",
    reason: "uvicorn takes characters that RFC 3986 forbids; hyper and actix answer 400 before any router sees them.",
    rewrite: |recorded, ours| {
        let is_uri = !recorded.request.target.contains(|c| "\"<>\\^`{|}".contains(c));
        if is_uri || ours.answer.status != 400 || !ours.closes {
            return false;
        }
        let mut answer = Answer { status: 400, reason: "Bad Request".into(), ..Answer::default() };
        answer.set_header("content-length", "0");
        // hyper says so, too.
        if ours.answer.header("connection").is_some() {
            answer.set_header("connection", "close");
        }
        expect(recorded, answer);
        recorded.closes = true;
        true
    },
};

/// `%2F` belongs to a segment.
const ENCODED_SLASH_IS_NO_SEPARATOR: Difference = Difference {
    name: "an encoded slash does not separate",
    reason: "uvicorn decodes the path before it is routed, so that `a%2Fb` is two segments; RFC 3986, Section 2.2 has it as \
             one.",
    rewrite: |recorded, ours| {
        let is_unknown = recorded.response.as_ref().is_some_and(|answer| answer.status == 404);
        match recorded.request.target.strip_prefix("/words/") {
            Some(word) if is_unknown && ours.answer.status == 200 && word.contains("%2F") => {
                let body = format!("{{\"word\":\"{}\"}}", word.replace("%2F", "/"));
                expect(recorded, json(200, "OK", &body))
            }
            _ => false,
        }
    },
};

/// A path is routed as it is written.
const ENCODED_LETTER_IS_NO_LETTER: Difference = Difference {
    name: "an encoded letter is not that letter",
    reason: "axum compares the path as it is written with that of the route; no client encodes a letter.",
    rewrite: |recorded, ours| {
        let is_encoded = recorded.request.target == "/%69tems" && ours.answer.status == 404;
        is_encoded && expect(recorded, json(404, "Not Found", "{\"detail\":\"Not Found\"}"))
    },
};

/// A WebSocket path with a slash too many redirects.
const WEBSOCKET_PATH_IS_A_PATH: Difference = Difference {
    name: "a WebSocket path with a slash too many redirects",
    reason: "FastAPI's router knows which of its paths are for WebSockets alone, and answers 404, as the redirect's target \
             does.",
    rewrite: |recorded, ours| {
        let is_unknown = recorded.response.as_ref().is_some_and(|answer| answer.status == 404);
        let Some(path) = recorded.request.target.strip_suffix('/') else {
            return false;
        };
        let is_websocket = ours.transcript.websockets.iter().any(|ws| ws.target == path && ws.refused.is_none());
        if !is_unknown || !is_websocket || ours.answer.status != 307 {
            return false;
        }
        let location = format!("http://{}{path}", ours.transcript.host);
        let headers = vec![("content-length".into(), "0".into()), ("location".into(), location)];
        expect(recorded, Answer { status: 307, reason: "Temporary Redirect".into(), headers, ..Answer::default() })
    },
};

fn unhandled() -> Answer {
    let mut answer = json(500, "Internal Server Error", "Internal Server Error");
    answer.set_header("content-type", "text/plain; charset=utf-8");
    answer
}

fn json(status: u16, reason: &str, body: &str) -> Answer {
    let headers =
        vec![("content-length".into(), body.len().to_string()), ("content-type".into(), "application/json".into())];
    Answer { status, reason: reason.into(), headers, body: Body(body.into()), incomplete: false }
}

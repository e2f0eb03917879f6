//! What the ports answer otherwise than FastAPI, on purpose: each with its reason, and nowhere else.

use crate::transcript::{Answer, Body, Exchange, Transcript};

/// A deliberate difference.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// What differs.
    pub name: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Changes what was recorded into what is expected instead, given what the port answers. It says whether it had
    /// anything to change.
    rewrite: fn(&mut Exchange, &Ours<'_>) -> bool,
}

/// What the port answers.
struct Ours<'a> {
    answer: &'a Answer,
    closes: bool,
    /// What FastAPI answered to everything else.
    transcript: &'a Transcript,
}

/// The differences that a replay puts up with.
#[derive(Clone, Debug)]
pub struct Differences(Vec<Difference>);

impl Differences {
    /// None: all must agree.
    #[must_use]
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// All that stand in this file.
    #[must_use]
    pub fn all() -> Self {
        Self(ALL.to_vec())
    }

    /// These.
    #[must_use]
    pub fn only(differences: &[Difference]) -> Self {
        Self(differences.to_vec())
    }

    /// Changes what was recorded into what is expected, and names the differences that it took.
    pub(crate) fn apply(
        &self,
        recorded: &mut Exchange,
        ours: Option<&Answer>,
        closes: bool,
        transcript: &Transcript,
    ) -> Vec<&'static str> {
        let Some(answer) = ours else {
            return Vec::new();
        };
        let ours = Ours { answer, closes, transcript };
        let applied = self.0.iter().filter(|difference| (difference.rewrite)(recorded, &ours));
        applied.map(|difference| difference.name).collect()
    }
}

/// Every deliberate difference. One may put in what another has a say in, so their order counts.
pub const ALL: &[Difference] = &[
    LENGTH_IS_THE_SERVERS,
    RESET_CONTENT_IS_EMPTY,
    INFORMATION_IS_NO_ANSWER,
    FORBIDDEN_HEADER_IS_AN_ERROR,
    CODES_FROM_600_ARE_ANSWERED,
    METHODS_ARE_NOT_LIMITED,
    HEAD_WORKS_WHERE_GET_DOES,
    HTTP_PATH_IGNORES_UPGRADE,
    TARGET_IS_A_URI,
    ENCODED_SLASH_IS_NO_SEPARATOR,
    ENCODED_LETTER_IS_NO_LETTER,
    WEBSOCKET_PATH_IS_A_PATH,
    UNREAD_BODY_CLOSES,
    KEEP_ALIVE_IS_NOT_SAID,
    ALLOW_NAMES_ALL_METHODS,
    NO_CONTENT_HAS_NO_TYPE,
    STAYS_OPEN_AFTER_A_CRASH,
];

/// A 405 names all methods of the path.
pub const ALLOW_NAMES_ALL_METHODS: Difference = Difference {
    name: "`allow` names all methods of the path",
    reason: "FastAPI names those of the first route with that path; RFC 9110, Section 10.2.1 wants all. HEAD is among \
             them where the framework answers it with GET's handler.",
    rewrite: |recorded, ours| {
        let methods =
            |value: &str| -> Vec<String> { value.split(',').map(|method| method.trim().to_owned()).collect() };
        let (Some(expected), Some(allow)) = (&mut recorded.response, ours.answer.header("allow")) else {
            return false;
        };
        if expected.status != 405 || expected.header("allow") == Some(allow) {
            return false;
        }
        let Some(header) = expected.headers.iter_mut().find(|header| header.0 == "allow") else {
            return false;
        };
        let ours = methods(allow);
        if !methods(&header.1).iter().all(|method| ours.contains(method)) {
            return false;
        }
        header.1 = allow.to_owned();
        true
    },
};

/// A 204 has no `content-type`, nor a `content-length`.
pub const NO_CONTENT_HAS_NO_TYPE: Difference = Difference {
    name: "a 204 has no `content-type`",
    reason: "A route that FastAPI knows to answer 204 says `application/json` of a body that is not there; a handshake \
             that is refused with 204, `text/plain`, and a `content-length` that RFC 9110, Section 8.6 forbids.",
    rewrite: |recorded, ours| {
        let Some(expected) = &mut recorded.response else {
            return false;
        };
        if expected.status != 204 || ours.answer.header("content-type").is_some() {
            return false;
        }
        let before = expected.headers.len();
        let is_handshake = recorded.request.headers.iter().any(|header| header.0 == "upgrade");
        expected.headers.retain(|(name, _)| name != "content-type" && !(is_handshake && name == "content-length"));
        expected.headers.len() < before
    },
};

/// The connection lives on after an unhandled error.
pub const STAYS_OPEN_AFTER_A_CRASH: Difference = Difference {
    name: "the connection stays open after a 500",
    reason: "uvicorn closes it when the application raises; here the answer is whole, and the next one is as good.",
    rewrite: |recorded, ours| {
        let crashed = recorded.response.as_ref().is_some_and(|expected| expected.status == 500);
        let stays_open = crashed && recorded.closes && !ours.closes;
        recorded.closes &= !stays_open;
        stays_open
    },
};

/// An exception's own `content-length` and `transfer-encoding` are left out.
pub const LENGTH_IS_THE_SERVERS: Difference = Difference {
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
pub const RESET_CONTENT_IS_EMPTY: Difference = Difference {
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
pub const INFORMATION_IS_NO_ANSWER: Difference = Difference {
    name: "a 1xx is not an answer",
    reason: "HTTP wants a final answer behind a 1xx, and its client waits for one; uvicorn sends none.",
    rewrite: |recorded, _| {
        let is_informational = recorded.response.as_ref().is_some_and(|answer| answer.status < 200);
        is_informational && expect(recorded, unhandled())
    },
};

/// A header that HTTP forbids is an unhandled error.
pub const FORBIDDEN_HEADER_IS_AN_ERROR: Difference = Difference {
    name: "a header that cannot be sent is an error",
    reason: "uvicorn closes the connection without an answer, or sends an empty name, which no client can read.",
    rewrite: |recorded, _| {
        let is_sent = recorded.response.as_ref().is_some_and(|answer| answer.header("").is_none());
        recorded.request.target.starts_with("/headers/") && !is_sent && expect(recorded, unhandled())
    },
};

/// A code that Python's `http` does not know can be sent.
pub const CODES_FROM_600_ARE_ANSWERED: Difference = Difference {
    name: "a code from 600 on is answered",
    reason: "uvicorn has no status line for it and closes the connection without an answer.",
    rewrite: |recorded, ours| {
        let status = ours.answer.status;
        let is_unknown = recorded.response.is_none() && recorded.request.target == format!("/raise/{status}");
        is_unknown && status >= 600 && expect(recorded, json(status, "", "{\"detail\":\"\"}"))
    },
};

/// A method that nobody has heard of is a wrong method.
pub const METHODS_ARE_NOT_LIMITED: Difference = Difference {
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
pub const HEAD_WORKS_WHERE_GET_DOES: Difference = Difference {
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

/// An HTTP path does not see that a request asks for a WebSocket.
pub const HTTP_PATH_IGNORES_UPGRADE: Difference = Difference {
    name: "an HTTP path answers a WebSocket handshake as any GET",
    reason: "An upgrade is an offer, which a server may decline by answering (RFC 9110, Section 7.8); uvicorn answers 403.",
    rewrite: |recorded, ours| {
        let is_handshake = recorded.request.headers.iter().any(|header| header.0 == "upgrade");
        let is_refused = recorded.response.as_ref().is_some_and(|answer| answer.status == 403);
        let get = ours.transcript.find("GET", &recorded.request.target).and_then(|get| get.response.clone());
        match get {
            Some(mut answer) if is_handshake && is_refused && answer.status == 200 && ours.answer.status == 200 => {
                answer.set_header("connection", "close");
                expect(recorded, answer)
            }
            _ => false,
        }
    },
};

/// A target that is no URI is refused by the server.
pub const TARGET_IS_A_URI: Difference = Difference {
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
pub const ENCODED_SLASH_IS_NO_SEPARATOR: Difference = Difference {
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
pub const ENCODED_LETTER_IS_NO_LETTER: Difference = Difference {
    name: "an encoded letter is not that letter",
    reason: "axum compares the path as it is written with that of the route; no client encodes what needs no encoding.",
    rewrite: |recorded, ours| {
        let is_encoded = recorded.request.target == "/%69tems" && ours.answer.status == 404;
        is_encoded && expect(recorded, json(404, "Not Found", "{\"detail\":\"Not Found\"}"))
    },
};

/// A WebSocket path with a slash too many redirects.
pub const WEBSOCKET_PATH_IS_A_PATH: Difference = Difference {
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

/// A connection is closed behind a request whose body nobody read.
pub const UNREAD_BODY_CLOSES: Difference = Difference {
    name: "a request body that nobody reads closes the connection",
    reason: "uvicorn reads it and throws it away; actix does not wait for it.",
    rewrite: |recorded, ours| match (&recorded.request.body, &mut recorded.response) {
        (Some(_), Some(answer)) if !recorded.closes && ours.closes && ours.answer.status >= 300 => {
            answer.set_header("connection", "close");
            recorded.closes = true;
            true
        }
        _ => false,
    },
};

/// `connection: keep-alive` is left out.
pub const KEEP_ALIVE_IS_NOT_SAID: Difference = Difference {
    name: "`connection: keep-alive` is not said",
    reason: "It says nothing on HTTP/1.1, and actix writes `connection` by itself.",
    rewrite: |recorded, ours| {
        let (Some(expected), None) = (&mut recorded.response, ours.answer.header("connection")) else {
            return false;
        };
        let before = expected.headers.len();
        expected.headers.retain(|(name, value)| !(name == "connection" && value == "keep-alive"));
        expected.headers.len() < before
    },
};

/// Puts `answer` in the place of what was recorded, on a connection that lives on.
fn expect(recorded: &mut Exchange, answer: Answer) -> bool {
    recorded.response = Some(answer);
    recorded.closes = false;
    true
}

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

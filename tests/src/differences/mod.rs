//! What the ports answer otherwise than FastAPI, on purpose: each with its reason, and nowhere else.

mod corners;
mod left_out;

use crate::transcript::{Answer, Exchange, Transcript};

pub use corners::CORNERS;
pub use left_out::{LEFT_OUT, ON_ACTIX, ON_AXUM, ON_HYPER};

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

    /// Those of every port.
    #[must_use]
    pub fn common() -> Self {
        Self(COMMON.to_vec())
    }

    /// Those of the corner service's ports. One may put in what another has a say in, so that their order counts.
    #[must_use]
    pub fn corners() -> Self {
        Self(CORNERS.to_vec()).and(COMMON)
    }

    /// These as well.
    #[must_use]
    pub fn and(mut self, differences: &[Difference]) -> Self {
        self.0.extend_from_slice(differences);
        self
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

/// The differences of every port.
pub const COMMON: &[Difference] = &[
    ALLOW_NAMES_ALL_METHODS,
    NO_CONTENT_HAS_NO_TYPE,
    BAD_INPUT_IS_NO_CRASH,
    STAYS_OPEN_AFTER_A_CRASH,
    CONSTRAINTS_COME_LAST,
    HTTP_ROUTES_IGNORE_HANDSHAKES,
];

/// The differences of actix-web besides.
pub const ACTIX: &[Difference] = &[UNREAD_BODY_CLOSES, UPGRADE_IS_AN_OPTION_OF_THE_CONNECTION, KEEP_ALIVE_IS_NOT_SAID];

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

/// A body that makes FastAPI crash is refused.
pub const BAD_INPUT_IS_NO_CRASH: Difference = Difference {
    name: "bad input is refused where it makes FastAPI crash",
    reason: "NaN, infinity, a lone surrogate and text that is not UTF-8 come through Python's parser, and then FastAPI \
             cannot write them into its own 422.",
    rewrite: |recorded, ours| {
        let crashed = recorded.closes && recorded.response.as_ref().is_some_and(|expected| expected.status == 500);
        let is_refused = crashed && ours.answer.status == 422 && recorded.request.body.is_some();
        if is_refused {
            recorded.response = Some(ours.answer.clone());
            recorded.closes = false;
        }
        is_refused
    },
};

/// Checks of the application's own are made once all types are right.
pub const CONSTRAINTS_COME_LAST: Difference = Difference {
    name: "constraints are checked when the types are right, and show the value as its type",
    reason: "`min_length` and `ge` are checks of the application's own in Rust: they see a `NewBook`, and so the price \
             -1.0 and not -1, and they see none where another field is wrong.",
    rewrite: |recorded, ours| {
        const CONSTRAINED: [&str; 2] = ["book-price-negative-int", "replace-bad-path-and-body"];

        let Some(expected) = &mut recorded.response else {
            return false;
        };
        if !CONSTRAINED.contains(&recorded.name.as_str()) || (expected.status, ours.answer.status) != (422, 422) {
            return false;
        }
        *expected = ours.answer.clone();
        true
    },
};

/// An HTTP path does not see that a request asks for a WebSocket.
pub const HTTP_ROUTES_IGNORE_HANDSHAKES: Difference = Difference {
    name: "an HTTP path answers a WebSocket handshake as any GET",
    reason: "An upgrade is an offer, which a server may decline by answering (RFC 9110, Section 7.8); uvicorn answers 403.",
    rewrite: |recorded, ours| {
        let is_handshake = recorded.request.headers.iter().any(|header| header.0 == "upgrade");
        let is_refused = recorded.response.as_ref().is_some_and(|answer| answer.status == 403);
        let get = ours.transcript.find("GET", &recorded.request.target).and_then(|get| get.response.clone());
        match get {
            Some(mut answer) if is_handshake && is_refused && answer.status == 200 && ours.answer.status == 200 => {
                answer.set_header("connection", "close");
                // What the path answers may have changed since.
                answer.body = ours.answer.body.clone();
                answer.set_header("content-length", &answer.body.0.len().to_string());
                expect(recorded, answer)
            }
            _ => false,
        }
    },
};

/// A body that nobody reads ends the connection.
pub const UNREAD_BODY_CLOSES: Difference = Difference {
    name: "the connection is closed after a request whose body nobody has read",
    reason: "actix-web does so, and says so, where no handler took the body; uvicorn reads it to throw it away.",
    rewrite: |recorded, ours| {
        let Some(expected) = &mut recorded.response else {
            return false;
        };
        let has_body = recorded.request.body.as_ref().is_some_and(|body| !body.0.is_empty());
        let says_so = ours.answer.header("connection") == Some("close") && expected.header("connection").is_none();
        if recorded.closes || !ours.closes || !has_body || !says_so {
            return false;
        }
        expected.set_header("connection", "close");
        recorded.closes = true;
        true
    },
};

/// `upgrade` comes with `connection: upgrade`.
pub const UPGRADE_IS_AN_OPTION_OF_THE_CONNECTION: Difference = Difference {
    name: "`upgrade` comes with `connection: upgrade`",
    reason: "actix-web adds it, as RFC 9110, Section 7.8 wants.",
    rewrite: |recorded, ours| {
        let Some(expected) = &mut recorded.response else {
            return false;
        };
        let adds = expected.header("upgrade").is_some() && expected.header("connection").is_none();
        if !adds || ours.answer.header("connection") != Some("upgrade") {
            return false;
        }
        expected.set_header("connection", "upgrade");
        true
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

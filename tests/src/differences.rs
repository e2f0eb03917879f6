//! What the ports answer otherwise than FastAPI, on purpose: each with its reason, and nowhere else.

use crate::transcript::{Answer, Exchange};

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
    pub(crate) fn apply(&self, recorded: &mut Exchange, ours: Option<&Answer>, closes: bool) -> Vec<&'static str> {
        let Some(answer) = ours else {
            return Vec::new();
        };
        let ours = Ours { answer, closes };
        let applied = self.0.iter().filter(|difference| (difference.rewrite)(recorded, &ours));
        applied.map(|difference| difference.name).collect()
    }
}

/// Every deliberate difference.
pub const ALL: &[Difference] = &[ALLOW_NAMES_ALL_METHODS, NO_CONTENT_HAS_NO_TYPE, STAYS_OPEN_AFTER_A_CRASH];

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

/// A 204 has no `content-type`.
pub const NO_CONTENT_HAS_NO_TYPE: Difference = Difference {
    name: "a 204 has no `content-type`",
    reason: "A route that FastAPI knows to answer 204 says `application/json` of a body that is not there.",
    rewrite: |recorded, ours| {
        let Some(expected) = &mut recorded.response else {
            return false;
        };
        if expected.status != 204 || ours.answer.header("content-type").is_some() {
            return false;
        }
        let before = expected.headers.len();
        expected.headers.retain(|header| header.0 != "content-type");
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

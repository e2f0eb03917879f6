//! What came of a replay, and how to show it.

use std::collections::BTreeMap;
use std::fmt;

use crate::transcript::{Answer, Conversation};

/// What came of a replay.
#[derive(Clone, Debug)]
pub struct Report {
    /// One for every request, and every conversation.
    pub outcomes: Vec<Outcome>,
}

/// What came of one request, or one conversation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name, and what was asked.
    pub what: String,
    /// What FastAPI answered.
    pub recorded: String,
    /// What the port answers.
    pub ours: String,
    /// How the two compare.
    pub verdict: Verdict,
}

/// How two answers compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are the same.
    Agrees,
    /// They differ in nothing but what these differences allow, which are named.
    DiffersOnPurpose(Vec<&'static str>),
    /// They differ.
    Differs,
}

impl Verdict {
    pub(crate) fn of(is_as_expected: bool, differences: Vec<&'static str>) -> Self {
        match (is_as_expected, differences.is_empty()) {
            (true, true) => Self::Agrees,
            (true, false) => Self::DiffersOnPurpose(differences),
            (false, _) => Self::Differs,
        }
    }
}

impl Report {
    /// Those that differ, not on purpose.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Differs)
    }

    /// How often each deliberate difference was met.
    #[must_use]
    pub fn differences(&self) -> BTreeMap<&'static str, usize> {
        let mut differences = BTreeMap::new();
        for outcome in &self.outcomes {
            if let Verdict::DiffersOnPurpose(names) = &outcome.verdict {
                for name in names {
                    *differences.entry(*name).or_default() += 1;
                }
            }
        }
        differences
    }

    /// Fails with all that differs, if anything does.
    ///
    /// # Panics
    ///
    /// When a request or a conversation differs.
    pub fn assert_agrees(&self) {
        assert!(!self.outcomes.is_empty(), "nothing was compared");
        assert!(self.failures().next().is_none(), "{self}");
        println!("{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |is: fn(&Verdict) -> bool| self.outcomes.iter().filter(|outcome| is(&outcome.verdict)).count();
        writeln!(
            f,
            "{} compared: {} agree, {} differ on purpose, {} differ",
            self.outcomes.len(),
            count(|verdict| *verdict == Verdict::Agrees),
            count(|verdict| matches!(verdict, Verdict::DiffersOnPurpose(_))),
            count(|verdict| *verdict == Verdict::Differs),
        )?;
        for (name, count) in self.differences() {
            writeln!(f, "  on purpose, {count} times: {name}")?;
        }
        for outcome in self.failures() {
            writeln!(f, "\n{outcome}")?;
        }
        Ok(())
    }
}

/// The two answers side by side, line by line; `!` marks the lines that differ.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WIDTH: usize = 76;
        writeln!(f, "{}", self.what)?;
        writeln!(f, "  {:WIDTH$} | ours", "FastAPI")?;
        let (recorded, ours): (Vec<_>, Vec<_>) = (self.recorded.lines().collect(), self.ours.lines().collect());
        for (recorded, ours) in aligned(&recorded, &ours) {
            let mark = if recorded == ours { ' ' } else { '!' };
            let (left, right) = (wrap(recorded, WIDTH), wrap(ours, WIDTH));
            for place in 0..left.len().max(right.len()) {
                let part = |parts: &[String]| parts.get(place).cloned().unwrap_or_default();
                writeln!(f, "{mark} {:WIDTH$} | {}", part(&left), part(&right))?;
            }
        }
        Ok(())
    }
}

/// The lines in pairs, headers of the same name side by side; an empty line where one side has none.
fn aligned<'a>(left: &[&'a str], right: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let name = |line: &&'a str| line.split_once(": ").map_or("", |header| header.0);
    let has = |lines: &[&'a str], line| lines.iter().any(|other| name(other) == name(line));
    let (mut left, mut right, mut pairs) = (left, right, Vec::new());
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if name(a) != name(b) && has(right_rest, a) {
            pairs.push(("", *b));
            right = right_rest;
        } else if name(a) != name(b) && has(left_rest, b) {
            pairs.push((*a, ""));
            left = left_rest;
        } else {
            pairs.push((*a, *b));
            (left, right) = (left_rest, right_rest);
        }
    }
    pairs.extend(left.iter().map(|line| (*line, "")));
    pairs.extend(right.iter().map(|line| ("", *line)));
    pairs
}

fn wrap(line: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    characters.chunks(width).map(|part| part.iter().collect()).collect()
}

pub(crate) fn show_answer(answer: Option<&Answer>, closes: bool) -> String {
    let Some(answer) = answer else {
        return "no answer, connection closed".into();
    };
    let mut shown = format!("{} {}\n", answer.status, answer.reason);
    for (name, value) in &answer.headers {
        shown.push_str(&format!("{name}: {}\n", visible(value)));
    }
    shown.push_str(&show_body(&answer.body.0));
    if answer.incomplete {
        shown.push_str("\n(the body is not complete)");
    }
    if closes {
        shown.push_str("\n(closes the connection)");
    }
    shown
}

fn show_body(body: &[u8]) -> String {
    match str::from_utf8(body) {
        Ok("") => "(no body)".into(),
        Ok(text) => {
            text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.into() }).collect()
        }
        Err(_) => format!("{body:?}"),
    }
}

fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.into() }).collect()
}

pub(crate) fn show_conversation(conversation: &Conversation) -> String {
    match &conversation.refused {
        Some(answer) => format!("refused:\n{}", show_answer(Some(answer), false)),
        None => conversation.steps.iter().map(|step| format!("{step:?}\n")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn headers_of_the_same_name_stand_side_by_side() {
        let left = ["200 OK", "etag: 1", "vary: a", "(no body)"];
        let right = ["404 Not Found", "allow: GET", "vary: b", "(no body)"];

        assert_eq!(
            aligned(&left, &right),
            [
                ("200 OK", "404 Not Found"),
                ("etag: 1", "allow: GET"),
                ("vary: a", "vary: b"),
                ("(no body)", "(no body)")
            ],
        );
        assert_eq!(aligned(&["200 OK", "(no body)"], &right)[1..3], [("", "allow: GET"), ("", "vary: b")]);
        assert_eq!(
            aligned(&left, &["200 OK", "vary: a"])[1..],
            [("etag: 1", ""), ("vary: a", "vary: a"), ("(no body)", "")]
        );
        assert_eq!(aligned(&left[..2], &["200 OK"]), [("200 OK", "200 OK"), ("etag: 1", "")]);
    }
}

//! `json.loads` of CPython 3.13: its values, its messages, its positions.

use std::borrow::Cow;
use std::collections::HashMap;

use super::string;
use super::tape::{Kind, Tape, Text};

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// What a `json.JSONDecodeError` says; the position counts characters.
    Syntax { message: &'static str, position: usize },
    /// Any other exception of Python's: nested too deep, or an integer too long.
    Unreadable,
}

/// How deep arrays and objects may be nested. CPython 3.13 gives up with a `RecursionError` somewhat
/// above, sooner the deeper its own caller is.
const DEPTH: usize = 8_500;

/// How many digits an integer may have: `sys.get_int_max_str_digits()`.
const DIGITS: usize = 4_300;

/// From how many members on an object's keys are looked up by hash.
const MANY: u32 = 16;

/// Reads one JSON value.
///
/// Source: `Modules/_json.c` and `Lib/json/decoder.py` of CPython 3.13.
pub(crate) fn parse(text: &str) -> Result<Tape<'_>, Failure> {
    let mut parser = Parser { text, bytes: text.as_bytes(), position: 0, tape: Tape::for_text(text), open: Vec::new() };
    parser.run().map_err(|stop| match *stop {
        Reason::At(message, position) => {
            Failure::Syntax { message, position: text.char_indices().take_while(|(at, _)| *at < position).count() }
        }
        Reason::Unreadable => Failure::Unreadable,
    })?;
    Ok(parser.tape)
}

/// Why the parser gives up. Boxed, so that it costs nothing as long as it goes on.
type Stop = Box<Reason>;

/// A message and its position in bytes, or what Python gives up on.
enum Reason {
    At(&'static str, usize),
    Unreadable,
}

fn stop(message: &'static str, position: usize) -> Stop {
    Box::new(Reason::At(message, position))
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    tape: Tape<'a>,
    open: Vec<Open<'a>>,
}

/// An array or an object that is not closed yet.
struct Open<'a> {
    place: u32,
    is_object: bool,
    /// How many keys there are so far.
    keys: u32,
    /// Of each key a bit, by its length and its ends: one whose bit is new was not there before.
    seen: u64,
    /// Only of an object with many.
    #[expect(clippy::box_collection, reason = "few objects have one, and all that are open keep room for it")]
    by_name: Option<Box<HashMap<Cow<'a, str>, u32>>>,
}

impl<'a> Parser<'a> {
    fn run(&mut self) -> Result<(), Stop> {
        self.skip_whitespace();
        loop {
            let is_open = self.value()?;
            if !is_open && !self.next()? {
                break;
            }
        }
        self.skip_whitespace();
        if self.position < self.bytes.len() {
            return Err(stop("Extra data", self.position));
        }
        Ok(())
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    #[inline]
    fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek().filter(|byte| *byte <= b' ') {
            self.position += 1;
        }
    }

    /// Reads a value; an array or an object with something in it only up to its first value, and says so.
    fn value(&mut self) -> Result<bool, Stop> {
        let start = self.position;
        match self.peek() {
            Some(b'"') => {
                self.position += 1;
                let (text, broken) = self.string()?;
                self.tape.push(if broken { Kind::Broken(text) } else { Kind::Text(text) });
            }
            Some(b'{') => return self.open(true),
            Some(b'[') => return self.open(false),
            Some(b'n') => self.word("null", Kind::Null)?,
            Some(b't') => self.word("true", Kind::Bool(true))?,
            Some(b'f') => self.word("false", Kind::Bool(false))?,
            Some(b'N') => self.word("NaN", Kind::Float(f64::NAN))?,
            Some(b'I') => self.word("Infinity", Kind::Float(f64::INFINITY))?,
            Some(b'-') if self.bytes.get(start + 1) == Some(&b'I') => {
                self.word("-Infinity", Kind::Float(f64::NEG_INFINITY))?;
            }
            _ => self.number()?,
        }
        Ok(false)
    }

    fn word(&mut self, word: &str, kind: Kind<'a>) -> Result<(), Stop> {
        if !self.bytes[self.position..].starts_with(word.as_bytes()) {
            return Err(stop("Expecting value", self.position));
        }
        self.position += word.len();
        self.tape.push(kind);
        Ok(())
    }

    /// Reads a string behind its opening quote, and tells whether it has lone surrogates.
    #[inline(always)]
    fn string(&mut self) -> Result<(Text<'a>, bool), Stop> {
        match string::scan(self.text, &mut self.position) {
            Some(text) => Ok((Text::Sent(text), false)),
            None => self.escaped(),
        }
    }

    #[cold]
    fn escaped(&mut self) -> Result<(Text<'a>, bool), Stop> {
        let scanned = string::scan_escaped(self.text, &mut self.position);
        let (text, broken) = scanned.map_err(|(message, position)| stop(message, position))?;
        Ok((self.tape.make(text), broken))
    }

    fn open(&mut self, is_object: bool) -> Result<bool, Stop> {
        if self.open.len() >= DEPTH {
            return Err(Box::new(Reason::Unreadable));
        }
        let place = if is_object { self.tape.open(Kind::Object) } else { self.tape.open(Kind::Array) };
        self.position += 1;
        self.skip_whitespace();
        if self.peek() == Some(if is_object { b'}' } else { b']' }) {
            self.position += 1;
            return Ok(false);
        }
        self.open.push(Open { place, is_object, keys: 0, seen: 0, by_name: None });
        if is_object {
            self.key()?;
        }
        Ok(true)
    }

    /// Goes on behind a value, to the next one; `false` when there is none.
    fn next(&mut self) -> Result<bool, Stop> {
        while let Some(open) = self.open.last() {
            let (place, is_object) = (open.place, open.is_object);
            let (closing, trailing) = if is_object {
                (b'}', "Illegal trailing comma before end of object")
            } else {
                (b']', "Illegal trailing comma before end of array")
            };
            self.skip_whitespace();
            let comma = self.position;
            self.position += 1;
            match self.bytes.get(comma) {
                Some(b',') => {
                    self.skip_whitespace();
                    if self.peek() == Some(closing) {
                        return Err(stop(trailing, comma));
                    }
                    if is_object {
                        self.key()?;
                    }
                    return Ok(true);
                }
                Some(byte) if *byte == closing => {
                    self.tape.close(place);
                    self.open.pop();
                }
                _ => return Err(stop("Expecting ',' delimiter", comma)),
            }
        }
        Ok(false)
    }

    /// Reads a key and its colon.
    fn key(&mut self) -> Result<(), Stop> {
        if self.peek() != Some(b'"') {
            return Err(stop("Expecting property name enclosed in double quotes", self.position));
        }
        self.position += 1;
        let (name, _) = self.string()?;
        self.skip_whitespace();
        if self.peek() != Some(b':') {
            return Err(stop("Expecting ':' delimiter", self.position));
        }
        self.position += 1;
        self.skip_whitespace();

        let key = self.tape.len();
        let earlier = self.open.last_mut().and_then(|object| object.add(&self.tape, key, name));
        if let Some(earlier) = earlier {
            self.tape.set_kind(earlier, Kind::Key { name, value: key + 1 });
            self.tape.push(Kind::Shadowed);
        } else {
            self.tape.push(Kind::Key { name, value: key + 1 });
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.position;
        let digits = start + usize::from(self.peek() == Some(b'-'));
        let digits_end = match self.bytes.get(digits) {
            Some(b'0') => digits + 1,
            Some(b'1'..=b'9') => self.digits(digits),
            _ => return Err(stop("Expecting value", start)),
        };
        let mut end = digits_end;
        if self.bytes.get(end) == Some(&b'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
        }
        if let Some(b'e' | b'E') = self.bytes.get(end) {
            let exponent = end + 1 + usize::from(matches!(self.bytes.get(end + 1), Some(b'+' | b'-')));
            if self.digits(exponent) > exponent {
                end = self.digits(exponent);
            }
        }
        self.position = end;
        let text = &self.text[start..end];
        let kind = if end > digits_end {
            // Rust reads all that JSON allows, and infinity where it is too large, as Python does.
            Kind::Float(text.parse().map_err(|_| Reason::Unreadable)?)
        } else if digits_end - digits > DIGITS {
            return Err(Box::new(Reason::Unreadable));
        } else {
            Kind::Int(Text::Sent(if text == "-0" { "0" } else { text }))
        };
        self.tape.push(kind);
        Ok(())
    }

    /// Where the digits from `start` on end.
    fn digits(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }
}

impl<'a> Open<'a> {
    /// Notes a key, and tells where the same was written before.
    #[inline]
    fn add(&mut self, tape: &Tape<'a>, key: u32, name: Text<'a>) -> Option<u32> {
        let text = tape.str(name);
        let ends =
            text.as_bytes().first().zip(text.as_bytes().last()).map(|(first, last)| [*first, *last].map(usize::from));
        let [first, last] = ends.unwrap_or_default();
        let bit = 1 << ((text.len() + 7 * first + 8 * last) % 64);
        let is_new = self.seen & bit == 0;
        self.seen |= bit;
        self.keys += 1;
        if is_new && self.keys < MANY { None } else { self.look_up(tape, key, name, is_new) }
    }

    fn look_up(&mut self, tape: &Tape<'a>, key: u32, name: Text<'a>, is_new: bool) -> Option<u32> {
        let place = self.place;
        let mut keys = tape.members_until(place, key).map(|(key, _)| key);
        let earlier = match &self.by_name {
            _ if is_new => None,
            None => keys.find(|other| tape.key(*other) == tape.str(name)),
            Some(by_name) => by_name.get(tape.str(name)).copied(),
        };
        if earlier.is_none() && self.keys >= MANY {
            let all = || tape.members_until(place, key).map(|(key, _)| (tape.cow(tape.name(key)), key)).collect();
            self.by_name.get_or_insert_with(|| Box::new(all())).insert(tape.cow(name), key);
        }
        earlier
    }
}

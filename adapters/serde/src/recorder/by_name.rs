//! The members of an object, looked up by the fields of a struct.

use std::collections::HashMap;

use super::session::Session;
use crate::location::Location;

/// The members of an object, by name.
pub(super) struct ByName<'s> {
    members: Vec<Option<(&'s str, u32, u32)>>,
    /// All before were taken: most come in the order in which the struct declares its fields.
    first: usize,
    by_name: HashMap<&'s str, usize>,
    is_header: bool,
}

/// From how many members on they are looked up by hash.
const MANY: usize = 16;

impl<'s> ByName<'s> {
    /// `likely` is how many there are likely to be.
    pub(super) fn of(session: &'s Session<'_>, object: u32, likely: usize) -> Self {
        let tape = &session.tape;
        let sent = tape.members(object).filter(|(_, value)| session.is_sent(*value));
        let mut members = Vec::with_capacity(likely);
        members.extend(sent.map(|(key, value)| Some((tape.key(key), key, value))));
        let by_name = if members.len() < MANY {
            HashMap::new()
        } else {
            members.iter().flatten().enumerate().map(|(place, (name, ..))| (*name, place)).collect()
        };
        Self { members, first: 0, by_name, is_header: session.location == Location::Header && session.is_root() }
    }

    /// How many there were.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// The value of a member that was not taken before.
    pub(super) fn take(&mut self, name: &str) -> Option<u32> {
        // The names of headers are kept in lower case.
        let lower = self.is_header.then(|| name.to_ascii_lowercase());
        let name = lower.as_deref().unwrap_or(name);
        let place = if self.by_name.is_empty() {
            let rest = &self.members[self.first..];
            self.first + rest.iter().position(|member| member.is_some_and(|(other, ..)| other == name))?
        } else {
            *self.by_name.get(name)?
        };
        self.first += usize::from(place == self.first);
        self.members[place].take().map(|(_, _, value)| value)
    }

    /// The keys and values that nobody took.
    pub(super) fn rest(self) -> impl Iterator<Item = (u32, u32)> {
        self.members.into_iter().flatten().map(|(_, key, value)| (key, value))
    }
}

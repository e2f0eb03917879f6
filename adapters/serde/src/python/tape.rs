//! Parsed values in one flat list: nothing in it is nested, so nothing recurses when it is read or dropped.

use std::borrow::Cow;

/// Values in the order in which they were written, each with the place where it ends.
#[derive(Debug, Default)]
pub(crate) struct Tape<'de> {
    nodes: Vec<Node<'de>>,
}

#[derive(Debug)]
struct Node<'de> {
    kind: Kind<'de>,
    /// The place behind its last descendant.
    end: u32,
}

/// What stands at a place.
#[derive(Debug)]
pub(crate) enum Kind<'de> {
    Null,
    Bool(bool),
    /// An integer of any size, as `str` of Python's `int` writes it.
    Int(Cow<'de, str>),
    Float(f64),
    Text(Cow<'de, str>),
    /// A string with lone surrogates, which no Rust string can hold; U+FFFD stands for each.
    Broken(String),
    Array,
    Object,
    /// The key of a member. Its value stands behind it, or further on where the key was written again.
    Key {
        name: Cow<'de, str>,
        value: u32,
    },
    /// A key that was written before: its value is the one that counts, the first one's place is the place.
    Shadowed,
    /// What a query, a form or the headers give to one name: a list for who wants one, one of them for all others.
    Repeated(Pick),
    /// Nothing at all: there was no body.
    Absent,
}

/// Which of several values counts where one is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// Headers.
    First,
    /// Query parameters.
    Last,
    /// Form fields: an empty one counts as none.
    LastUnlessEmpty,
}

impl<'de> Tape<'de> {
    /// A tape with one value.
    pub(crate) fn of(kind: Kind<'de>) -> Self {
        let mut tape = Self::default();
        tape.push(kind);
        tape
    }

    /// An empty tape with room for what a text is likely to hold.
    pub(crate) fn for_text(text: &str) -> Self {
        Self { nodes: Vec::with_capacity(text.len() / 8) }
    }

    /// Appends a value without descendants, and tells its place.
    pub(crate) fn push(&mut self, kind: Kind<'de>) -> u32 {
        let place = self.len();
        self.nodes.push(Node { kind, end: place + 1 });
        place
    }

    /// All that was appended since belongs to `place`.
    pub(crate) fn close(&mut self, place: u32) {
        self.nodes[place as usize].end = self.len();
    }

    /// How many values there are. A body of 4 GiB, of which each byte were a value, would not fit in memory before.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn kind(&self, place: u32) -> &Kind<'de> {
        &self.nodes[place as usize].kind
    }

    pub(crate) fn set_kind(&mut self, place: u32, kind: Kind<'de>) {
        self.nodes[place as usize].kind = kind;
    }

    pub(crate) fn end(&self, place: u32) -> u32 {
        self.nodes[place as usize].end
    }

    /// The items of an array.
    pub(crate) fn items(&self, array: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.end(array);
        let mut next = array + 1;
        std::iter::from_fn(move || {
            let item = next;
            (item < end).then(|| next = self.end(item))?;
            Some(item)
        })
    }

    /// Of the values of one name the only one, if there is only one; else the place itself.
    pub(crate) fn single(&self, place: u32) -> u32 {
        let is_single = matches!(self.kind(place), Kind::Repeated(_)) && self.items(place).take(2).count() == 1;
        place + u32::from(is_single)
    }

    /// The members of an object as Python's `dict` has them: the keys' places, and the values'.
    pub(crate) fn members(&self, object: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let mut next = object + 1;
        let end = self.end(object);
        std::iter::from_fn(move || {
            let (key, value) = self.member(next, end)?;
            next = self.end(key + 1);
            Some((key, value))
        })
    }

    /// The first member at or behind `next`.
    pub(crate) fn member(&self, mut next: u32, end: u32) -> Option<(u32, u32)> {
        while next < end {
            if let Kind::Key { value, .. } = self.kind(next) {
                return Some((next, *value));
            }
            next = self.end(next + 1);
        }
        None
    }

    /// The name, if a key stands there.
    pub(crate) fn key(&self, place: u32) -> Option<&str> {
        match self.kind(place) {
            Kind::Key { name, .. } => Some(name),
            _ => None,
        }
    }

    /// A key's name.
    pub(crate) fn name(&self, key: u32) -> Cow<'de, str> {
        match self.kind(key) {
            Kind::Key { name, .. } => name.clone(),
            _ => Cow::Borrowed(""),
        }
    }

    /// A tape that borrows nothing.
    pub(crate) fn into_owned(self) -> Tape<'static> {
        let own = |text: Cow<'de, str>| Cow::Owned(text.into_owned());
        let node = |node: Node<'de>| Node {
            end: node.end,
            kind: match node.kind {
                Kind::Null => Kind::Null,
                Kind::Bool(value) => Kind::Bool(value),
                Kind::Int(digits) => Kind::Int(own(digits)),
                Kind::Float(value) => Kind::Float(value),
                Kind::Text(text) => Kind::Text(own(text)),
                Kind::Broken(text) => Kind::Broken(text),
                Kind::Array => Kind::Array,
                Kind::Object => Kind::Object,
                Kind::Key { name, value } => Kind::Key { name: own(name), value },
                Kind::Shadowed => Kind::Shadowed,
                Kind::Repeated(pick) => Kind::Repeated(pick),
                Kind::Absent => Kind::Absent,
            },
        };
        Tape { nodes: self.nodes.into_iter().map(node).collect() }
    }
}

//! Parsed values in one flat list: nothing in it is nested, so nothing recurses when it is read or dropped.

use std::borrow::Cow;

/// Values in the order in which they were written.
#[derive(Debug, Default)]
pub(crate) struct Tape<'de> {
    nodes: Vec<Kind<'de>>,
    made: Vec<String>,
}

/// What stands at a place. It takes three words, and is copied.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'de> {
    Null,
    Bool(bool),
    /// An integer of any size, as `str` of Python's `int` writes it.
    Int(Text<'de>),
    Float(f64),
    Text(Text<'de>),
    /// A string with lone surrogates, which no Rust string can hold; U+FFFD stands for each.
    Broken(Text<'de>),
    /// An array, and the place behind its last descendant.
    Array(u32),
    /// Likewise.
    Object(u32),
    /// The key of a member. Its value stands behind it, or further on where the key was written again.
    Key {
        name: Text<'de>,
        value: u32,
    },
    /// A key that was written before: its value is the one that counts, the first one's place is the place.
    Shadowed,
    /// What a query, a form or the headers give to one name: a list for who wants one, one of them for all others.
    Repeated(Pick, u32),
    /// Nothing at all: there was no body.
    Absent,
}

/// Text as it was sent, or, where escapes stand in it, as it was [made](Tape::make) of that.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'de> {
    Sent(&'de str),
    Made(u32),
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

/// A place as it is kept. A body of 4 GiB, of which each byte were a value, would not fit in memory before.
fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<'de> Tape<'de> {
    /// A tape with one value.
    pub(crate) fn of(kind: Kind<'de>) -> Self {
        Self { nodes: vec![kind], made: Vec::new() }
    }

    /// An empty tape with room for what a text is likely to hold.
    pub(crate) fn for_text(text: &str) -> Self {
        Self::with_capacity(text.len() / 5)
    }

    pub(crate) fn with_capacity(places: usize) -> Self {
        Self { nodes: Vec::with_capacity(places), made: Vec::new() }
    }

    /// Appends a value, an array or object without descendants, and tells its place.
    pub(crate) fn push(&mut self, kind: Kind<'de>) -> u32 {
        let place = self.len();
        self.nodes.push(kind);
        place
    }

    /// Appends what holds the values that are appended until it is [closed](Self::close).
    pub(crate) fn open(&mut self, kind: impl FnOnce(u32) -> Kind<'de>) -> u32 {
        self.push(kind(self.len() + 1))
    }

    /// All that was appended since belongs to `place`.
    pub(crate) fn close(&mut self, place: u32) {
        let length = self.len();
        if let Kind::Array(end) | Kind::Object(end) | Kind::Repeated(_, end) = &mut self.nodes[place as usize] {
            *end = length;
        }
    }

    /// Keeps a text that was not sent so.
    pub(crate) fn make(&mut self, text: String) -> Text<'de> {
        self.made.push(text);
        Text::Made(place(self.made.len() - 1))
    }

    /// How many values there are.
    #[inline]
    pub(crate) fn len(&self) -> u32 {
        place(self.nodes.len())
    }

    #[inline]
    pub(crate) fn kind(&self, place: u32) -> Kind<'de> {
        self.nodes[place as usize]
    }

    pub(crate) fn set_kind(&mut self, place: u32, kind: Kind<'de>) {
        self.nodes[place as usize] = kind;
    }

    /// The place behind a value and all that it holds.
    #[inline]
    pub(crate) fn end(&self, place: u32) -> u32 {
        match self.kind(place) {
            Kind::Array(end) | Kind::Object(end) | Kind::Repeated(_, end) => end,
            _ => place + 1,
        }
    }

    #[inline]
    pub(crate) fn str(&self, text: Text<'de>) -> &str {
        match text {
            Text::Sent(text) => text,
            Text::Made(place) => &self.made[place as usize],
        }
    }

    /// As [`str`](Self::str), for as long as what was sent.
    pub(crate) fn cow(&self, text: Text<'de>) -> Cow<'de, str> {
        match text {
            Text::Sent(text) => Cow::Borrowed(text),
            Text::Made(place) => Cow::Owned(self.made[place as usize].clone()),
        }
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
        let is_single = matches!(self.kind(place), Kind::Repeated(..)) && self.items(place).take(2).count() == 1;
        place + u32::from(is_single)
    }

    /// The members of an object as Python's `dict` has them: the keys' places, and the values'.
    pub(crate) fn members(&self, object: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.members_until(object, self.end(object))
    }

    /// As [`members`](Self::members), of an object that is not closed yet.
    pub(crate) fn members_until(&self, object: u32, end: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let mut next = object + 1;
        std::iter::from_fn(move || {
            let (key, value) = self.member(next, end)?;
            next = self.end(key + 1);
            Some((key, value))
        })
    }

    /// The first member at or behind `next`.
    #[inline]
    pub(crate) fn member(&self, mut next: u32, end: u32) -> Option<(u32, u32)> {
        while next < end {
            if let Kind::Key { value, .. } = self.kind(next) {
                return Some((next, value));
            }
            next = self.end(next + 1);
        }
        None
    }

    /// The value of a member, by its name.
    pub(crate) fn get(&self, object: u32, name: &str) -> Option<u32> {
        self.members(object).find(|(key, _)| self.key(*key) == name).map(|(_, value)| value)
    }

    /// The name, if a key stands there; else an empty text.
    #[inline]
    pub(crate) fn name(&self, place: u32) -> Text<'de> {
        match self.kind(place) {
            Kind::Key { name, .. } => name,
            _ => Text::Sent(""),
        }
    }

    /// As [`name`](Self::name), read.
    #[inline]
    pub(crate) fn key(&self, place: u32) -> &str {
        self.str(self.name(place))
    }

    /// A tape that borrows nothing.
    pub(crate) fn into_owned(self) -> Tape<'static> {
        let mut owned = Tape { nodes: Vec::with_capacity(self.nodes.len()), made: self.made };
        for node in self.nodes {
            let mut own = |text| match text {
                Text::Sent(text) => owned.make(text.to_owned()),
                Text::Made(place) => Text::Made(place),
            };
            let node = match node {
                Kind::Null => Kind::Null,
                Kind::Bool(value) => Kind::Bool(value),
                Kind::Int(digits) => Kind::Int(own(digits)),
                Kind::Float(value) => Kind::Float(value),
                Kind::Text(text) => Kind::Text(own(text)),
                Kind::Broken(text) => Kind::Broken(own(text)),
                Kind::Array(end) => Kind::Array(end),
                Kind::Object(end) => Kind::Object(end),
                Kind::Key { name, value } => Kind::Key { name: own(name), value },
                Kind::Shadowed => Kind::Shadowed,
                Kind::Repeated(pick, end) => Kind::Repeated(pick, end),
                Kind::Absent => Kind::Absent,
            };
            owned.push(node);
        }
        owned
    }
}

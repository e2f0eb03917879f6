//! Where a run is, and what it is for.

/// A step from a container to one of its values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The position among the container's values, by which errors are put in order.
    pub(super) order: u32,
    pub(super) place: Place,
    /// The value; `None` for a stand-in.
    pub(super) value: Option<u32>,
}

/// Where in its container a value stands. What each holds has the size of a pointer, so that it is returned in registers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A field, as its struct calls it.
    Field(&'static &'static str),
    /// A member of a map, or a field that the struct does not know: where its key stands.
    Member(usize),
    Index(usize),
    /// pydantic's `[key]`: it is the key itself that is wrong.
    Key,
}

impl Place {
    /// Where the key of a member stands.
    pub(super) fn key(self) -> Option<u32> {
        match self {
            Self::Member(key) => Some(position(key)),
            _ => None,
        }
    }
}

impl Step {
    pub(super) fn field(order: usize, field: &'static &'static str, value: Option<u32>) -> Self {
        Self { order: position(order), place: Place::Field(field), value }
    }

    pub(super) fn index(index: u32, value: Option<u32>) -> Self {
        Self { order: index, place: Place::Index(index as usize), value }
    }

    pub(super) fn member(order: u32, key: u32, value: u32) -> Self {
        Self { order, place: Place::Member(key as usize), value: Some(value) }
    }
}

/// A position as it is kept. There are never more values than a tape holds.
pub(super) fn position(order: usize) -> u32 {
    u32::try_from(order).unwrap_or(u32::MAX)
}

/// What is left to visit of a container after one of its values made the visitor give up.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// The way to the container.
    pub(super) path: Vec<Step>,
    pub(super) from: From,
}

impl Task {
    /// Nothing that was sent, only the stand-ins for what lacks.
    pub(super) fn dummies_of(path: Vec<Step>) -> Self {
        Self { path, from: From { order: u32::MAX, place: u32::MAX, is_key_wrong: false } }
    }
}

/// From where on a container is left to visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct From {
    /// The position of the next value.
    pub(super) order: u32,
    /// The place on the tape where it, or its key, stands.
    pub(super) place: u32,
    /// The key was wrong: a stand-in is to be fed for it.
    pub(super) is_key_wrong: bool,
}

/// What a container has to feed in this run.
#[derive(Debug)]
pub(super) enum Mode {
    /// All there is.
    All,
    /// What is left.
    Rest(From),
    /// One value only, which leads to the container that is meant.
    Lead(Step),
}

//! Where a run is, and what it is for.

use std::borrow::Cow;

use crate::LocItem;

/// A step from a container to one of its values.
#[derive(Clone, Debug)]
pub(super) struct Step<'de> {
    /// The position among the container's values, by which errors are put in order.
    pub(super) order: u32,
    pub(super) place: Place<'de>,
    /// How a struct calls the field.
    pub(super) field: Option<&'static str>,
    /// The key of a map's member, or of a field that the struct does not know.
    pub(super) key: Option<u32>,
    /// The value; `None` for a stand-in.
    pub(super) value: Option<u32>,
}

/// A step as `loc` shows it.
#[derive(Clone, Debug)]
pub(super) enum Place<'de> {
    Name(Cow<'de, str>),
    Index(u32),
    /// pydantic's `[key]`: it is the key itself that is wrong.
    Key,
}

impl Place<'_> {
    fn to_loc(&self) -> LocItem {
        match self {
            Self::Name(name) => LocItem::from(String::from(name.as_ref())),
            Self::Index(index) => LocItem::Index(*index as usize),
            Self::Key => LocItem::from("[key]"),
        }
    }
}

impl<'de> Step<'de> {
    /// As `loc` shows it: a field by the name that its struct has for it anyway, if it is the same.
    pub(super) fn to_loc(&self) -> LocItem {
        match (&self.place, self.field) {
            (Place::Name(name), Some(field)) if name == field => LocItem::from(field),
            (place, _) => place.to_loc(),
        }
    }

    pub(super) fn field(order: usize, name: Cow<'de, str>, field: &'static str, value: Option<u32>) -> Self {
        Self { order: position(order), place: Place::Name(name), field: Some(field), key: None, value }
    }

    pub(super) fn index(index: u32, value: Option<u32>) -> Self {
        Self { order: index, place: Place::Index(index), field: None, key: None, value }
    }

    pub(super) fn member(order: u32, name: Cow<'de, str>, key: u32, value: u32) -> Self {
        Self { order, place: Place::Name(name), field: None, key: Some(key), value: Some(value) }
    }
}

/// A position as it is kept. There are never more values than a tape holds.
pub(super) fn position(order: usize) -> u32 {
    u32::try_from(order).unwrap_or(u32::MAX)
}

/// What is left to visit of a container after one of its values made the visitor give up.
#[derive(Clone, Debug)]
pub(super) struct Task<'de> {
    /// The way to the container.
    pub(super) path: Vec<Step<'de>>,
    pub(super) from: From,
}

impl<'de> Task<'de> {
    /// Nothing that was sent, only the stand-ins for what lacks.
    pub(super) fn dummies_of(path: Vec<Step<'de>>) -> Self {
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
pub(super) enum Mode<'de> {
    /// All there is.
    All,
    /// What is left.
    Rest(From),
    /// One value only, which leads to the container that is meant.
    Lead(Step<'de>),
}

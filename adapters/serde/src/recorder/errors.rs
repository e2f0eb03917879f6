//! The errors that were found, and the order in which pydantic tells them.

use std::iter;
use std::sync::Arc;

use super::facts::{Facts, TypeKey};
use crate::ValidationError;

/// In the order in which they were found.
#[derive(Default)]
pub(super) struct Errors {
    errors: Vec<ValidationError>,
    /// The positions on the way to each, by which they are put in order; and of each where they end.
    positions: Vec<u32>,
    ends: Vec<usize>,
    missing: Vec<Missing>,
}

/// A missing field: one of the names may turn out to be an alias of it, later than it was recorded.
struct Missing {
    error: usize,
    key: TypeKey,
    field: usize,
    /// Those that the object has.
    names: Arc<[usize]>,
}

impl Errors {
    pub(super) fn len(&self) -> usize {
        self.errors.len()
    }

    /// Adds an error, and the positions on the way to it.
    pub(super) fn push(&mut self, way: impl Iterator<Item = u32>, error: ValidationError) {
        self.positions.extend(way);
        self.ends.push(self.positions.len());
        self.errors.push(error);
    }

    /// The positions on the way to each.
    fn ways(&self) -> impl Iterator<Item = &[u32]> {
        let starts = iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.positions[start..*end])
    }

    /// Says that the last one is about a missing field.
    pub(super) fn mark_missing(&mut self, key: TypeKey, field: usize, names: &Arc<[usize]>) {
        let error = self.errors.len().saturating_sub(1);
        self.missing.push(Missing { error, key, field, names: Arc::clone(names) });
    }

    /// What the last one echoes.
    pub(super) fn last_input(&self) -> Option<Arc<str>> {
        self.errors.last()?.input.clone()
    }

    /// Forgets all but the first ones.
    pub(super) fn truncate(&mut self, length: usize) {
        self.errors.truncate(length);
        self.ends.truncate(length);
        self.positions.truncate(self.ends.last().copied().unwrap_or_default());
        self.missing.retain(|missing| missing.error < length);
    }

    /// Each once, in pydantic's order.
    pub(super) fn into_sorted(mut self, facts: &Facts) -> Vec<ValidationError> {
        let is_alias =
            |missing: &Missing| missing.names.iter().any(|name| facts.is_alias(missing.key, *name, missing.field));
        self.missing.retain(is_alias);
        if self.missing.is_empty() && self.ways().is_sorted_by(|left, right| left < right) {
            return self.errors;
        }
        let errors = std::mem::take(&mut self.errors);
        let mut aliased = self.missing.iter().map(|missing| missing.error).peekable();
        let recorded = self.ways().zip(errors).enumerate();
        let mut errors: Vec<_> =
            recorded.filter(|(place, _)| aliased.next_if_eq(place).is_none()).map(|(_, error)| error).collect();
        errors.sort_by_key(|(way, _)| *way);
        errors.dedup();
        errors.into_iter().map(|(_, error)| error).collect()
    }
}

//! The errors that were found, and the order in which pydantic tells them.

use std::sync::Arc;

use super::facts::{Facts, TypeKey};
use super::path::Order;
use crate::ValidationError;

/// In the order in which they were found.
#[derive(Default)]
pub(super) struct Errors {
    errors: Vec<ValidationError>,
    /// Of each the way to it.
    orders: Vec<Order>,
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

    pub(super) fn push(&mut self, order: Order, error: ValidationError) {
        self.orders.push(order);
        self.errors.push(error);
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
        self.orders.truncate(length);
        self.missing.retain(|missing| missing.error < length);
    }

    /// Each once, in pydantic's order.
    pub(super) fn into_sorted(mut self, facts: &Facts) -> Vec<ValidationError> {
        let is_alias =
            |missing: &Missing| missing.names.iter().any(|name| facts.is_alias(missing.key, *name, missing.field));
        self.missing.retain(is_alias);
        if self.missing.is_empty() && self.orders.is_sorted_by(|left, right| left < right) {
            return self.errors;
        }
        let mut aliased = self.missing.iter().map(|missing| missing.error).peekable();
        let recorded = self.orders.into_iter().zip(self.errors).enumerate();
        let missing = recorded.filter(|(place, _)| aliased.next_if_eq(place).is_none());
        let mut errors: Vec<_> = missing.map(|(_, error)| error).collect();
        errors.sort_by(|(left, _), (right, _)| left.cmp(right));
        errors.dedup();
        errors.into_iter().map(|(_, error)| error).collect()
    }
}

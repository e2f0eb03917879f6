//! The shop's state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Book, Job, Order, User};

/// The shop. A clone is another handle on the same one; a new one always starts the same.
///
/// It can be asked from many threads at once: each call sees and leaves the shop whole, and none waits for anything else
/// than its turn.
#[derive(Clone, Debug)]
pub struct Shop(Arc<Mutex<State>>);

/// All that the shop knows.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) books: BTreeMap<i64, Book>,
    pub(crate) withdrawn: BTreeSet<i64>,
    pub(crate) banned: BTreeSet<i64>,
    pub(crate) in_stocktaking: BTreeSet<i64>,
    /// By their token.
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) passwords: BTreeMap<String, String>,
    pub(crate) orders: BTreeMap<i64, Order>,
    pub(crate) jobs: BTreeMap<i64, Job>,
    pub(crate) covers: BTreeMap<i64, Vec<u8>>,
    pub(crate) reviews: i64,
    pub(crate) gift_cards: i64,
    /// How many there were, by key.
    pub(crate) searches: BTreeMap<String, u32>,
    pub(crate) sold_today: u64,
    pub(crate) pence_taken_today: u64,
}

impl Shop {
    /// The shop as it opens.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State::seed())))
    }

    /// The state, for as long as the guard lives. A panic leaves nothing half done, so that nobody minds one.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Shop {
    fn default() -> Self {
        Self::new()
    }
}

/// The id after the highest.
pub(crate) fn next_id<T>(entries: &BTreeMap<i64, T>) -> i64 {
    entries.last_key_value().map_or(1, |(id, _)| id + 1)
}

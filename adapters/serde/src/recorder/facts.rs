//! What was learnt of the types in earlier runs: it holds for every value of the type, so it is learnt once.

use std::any::type_name;
use std::collections::{HashMap, HashSet};

/// A struct or an enum: the name of its visitor's type, which holds its module and generic arguments, and its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TypeKey {
    name: (usize, usize),
    fields: (usize, usize),
}

impl TypeKey {
    pub(super) fn of<V>(fields: &'static [&'static str]) -> Self {
        let name = type_name::<V>();
        // The addresses stand for the texts, which would be slow to hash. The same type may have two: it is learnt twice.
        Self { name: (name.as_ptr().addr(), name.len()), fields: (fields.as_ptr().addr(), fields.len()) }
    }
}

#[derive(Debug, Default)]
pub(super) struct Facts {
    required: HashMap<(TypeKey, usize), bool>,
    closed: HashSet<TypeKey>,
    /// Of a field's alias, the field.
    aliases: HashMap<(TypeKey, usize), usize>,
    /// Fields that have an alias, which one is not known.
    aliased: HashSet<(TypeKey, usize)>,
    /// Fields that take no stand-in.
    choosy: HashSet<(TypeKey, usize)>,
    candidates: HashMap<&'static str, u8>,
}

impl Facts {
    /// Must the field be there? `None` where that is not known.
    pub(super) fn is_required(&self, key: TypeKey, field: usize) -> Option<bool> {
        self.required.get(&(key, field)).copied()
    }

    pub(super) fn set_required(&mut self, key: TypeKey, field: usize, is_required: bool) {
        self.required.entry((key, field)).or_insert(is_required);
    }

    /// Does the struct forbid unknown fields, the enum unknown variants?
    pub(super) fn is_closed(&self, key: TypeKey) -> bool {
        self.closed.contains(&key)
    }

    pub(super) fn set_closed(&mut self, key: TypeKey) {
        self.closed.insert(key);
    }

    /// Is the name an alias of the field?
    pub(super) fn is_alias(&self, key: TypeKey, name: usize, field: usize) -> bool {
        self.aliases.get(&(key, name)) == Some(&field)
    }

    pub(super) fn set_alias(&mut self, key: TypeKey, name: usize, field: usize) {
        self.aliases.insert((key, name), field);
    }

    /// Has the field an alias?
    pub(super) fn is_aliased(&self, key: TypeKey, field: usize) -> bool {
        self.aliased.contains(&(key, field))
    }

    /// Tells whether that is news.
    pub(super) fn set_aliased(&mut self, key: TypeKey, field: usize) -> bool {
        self.aliased.insert((key, field))
    }

    /// Does the field take no stand-in?
    pub(super) fn is_choosy(&self, key: TypeKey, field: usize) -> bool {
        self.choosy.contains(&(key, field))
    }

    pub(super) fn set_choosy(&mut self, key: TypeKey, field: usize) {
        self.choosy.insert((key, field));
    }

    /// Which dummy the seed's type takes, as far as is known.
    pub(super) fn candidate(&self, seed: &'static str) -> u8 {
        self.candidates.get(seed).copied().unwrap_or(0)
    }

    /// The type took not this dummy: the next one is tried, if there is one.
    pub(super) fn refuse_candidate(&mut self, seed: &'static str) -> bool {
        let candidate = self.candidates.entry(seed).or_insert(0);
        let has_more = usize::from(*candidate) < super::dummy::CANDIDATES;
        *candidate += u8::from(has_more);
        has_more
    }
}

//! What was learnt of the types in earlier runs: it holds for every value of the type, so it is learnt once.

use std::any::type_name;
use std::collections::{BTreeMap, BTreeSet};

use super::signal::Signal;
use super::stand_in::StandIn;

/// A struct or an enum: the name of its visitor's type, which holds its module and generic arguments, and its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TypeKey {
    name: (usize, usize),
    fields: (usize, usize),
}

impl TypeKey {
    pub(super) fn of<V>(fields: &'static [&'static str]) -> Self {
        let name = type_name::<V>();
        // The addresses stand for the texts, which would be slow to compare. The same type may have two: it is learnt twice.
        Self { name: (name.as_ptr().addr(), name.len()), fields: (fields.as_ptr().addr(), fields.len()) }
    }
}

/// There are few of them most of the time, and to hash a key takes longer than to compare it with some.
#[derive(Debug, Default)]
pub(super) struct Facts {
    required: BTreeMap<(TypeKey, usize), bool>,
    closed: BTreeSet<TypeKey>,
    /// A name, and the field that it is an alias of.
    aliases: BTreeSet<(TypeKey, usize, usize)>,
    /// Fields that have an alias, which one is not known.
    aliased: BTreeSet<(TypeKey, usize)>,
    /// Fields that take no stand-in.
    choosy: BTreeSet<(TypeKey, usize)>,
    stand_ins: BTreeMap<Seed, StandIn>,
}

/// Who visits a value: the name of the seed's type, and the field where that name tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed {
    name: &'static str,
    field: Option<(TypeKey, u32)>,
}

impl Seed {
    /// A type, wherever it stands.
    pub(super) fn of<S>() -> Self {
        Self { name: type_name::<S>(), field: None }
    }

    /// The type of a field.
    pub(super) fn of_field<S>(key: TypeKey, order: u32) -> Self {
        Self { name: type_name::<S>(), field: Some((key, order)) }
    }

    /// Without the field where the type's name is enough. The derive calls those of all fields with `#[serde(with)]` the
    /// same.
    fn shortened(self) -> Self {
        Self { field: self.field.filter(|_| self.name.contains("__DeserializeWith")), ..self }
    }
}

impl Facts {
    /// Must the field be there? `None` where that is not known.
    pub(super) fn is_required(&self, key: TypeKey, field: usize) -> Option<bool> {
        self.required.get(&(key, field)).copied()
    }

    /// Tells whether that is news.
    pub(super) fn set_required(&mut self, key: TypeKey, field: usize, is_required: bool) -> bool {
        let is_news = !self.required.contains_key(&(key, field));
        self.required.entry((key, field)).or_insert(is_required);
        is_news
    }

    /// Does the struct forbid unknown fields, the enum unknown variants?
    pub(super) fn is_closed(&self, key: TypeKey) -> bool {
        self.closed.contains(&key)
    }

    /// Tells whether that is news.
    pub(super) fn set_closed(&mut self, key: TypeKey) -> bool {
        self.closed.insert(key)
    }

    /// Is any name known to be an alias?
    pub(super) fn has_aliases(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// Is the name an alias of the field?
    pub(super) fn is_alias(&self, key: TypeKey, name: usize, field: usize) -> bool {
        self.aliases.contains(&(key, name, field))
    }

    /// Tells whether that is news.
    pub(super) fn set_alias(&mut self, key: TypeKey, name: usize, field: usize) -> bool {
        self.aliases.insert((key, name, field))
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

    /// Tells whether that is news.
    pub(super) fn set_choosy(&mut self, key: TypeKey, field: usize) -> bool {
        self.choosy.insert((key, field))
    }

    /// What the seed's type is fed, where it is not the first of the usual ones.
    #[inline]
    pub(super) fn stand_in(&self, seed: impl FnOnce() -> Seed) -> Option<&StandIn> {
        if self.stand_ins.is_empty() { None } else { self.stand_ins.get(&seed().shortened()) }
    }

    /// The type refused it, or a value that was sent: tells whether there is another to try.
    pub(super) fn refuse(&mut self, seed: Seed, why: &Signal, is_stand_in: bool) -> bool {
        self.stand_ins.entry(seed.shortened()).or_default().refuse(why, is_stand_in)
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let sets = [self.required.len(), self.closed.len(), self.aliases.len(), self.aliased.len(), self.choosy.len()];
        let refused = self.stand_ins.values().map(StandIn::refusals);
        sets.iter().sum::<usize>() + refused.sum::<usize>()
    }
}

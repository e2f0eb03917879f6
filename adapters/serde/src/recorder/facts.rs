//! What was learnt of the types in earlier runs: it holds for every value of the type, so it is learnt once.

use std::any::{TypeId, type_name};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::signal::Signal;
use super::stand_in::StandIn;

/// A struct, an enum or a variant, by its visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TypeKey(TypeId);

impl TypeKey {
    pub(super) fn of<V>() -> Self {
        Self(typeid::of::<V>())
    }
}

/// How a visitor asks for a key or a variant: the name of the seed's type, which tells who wrote the visitor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker(&'static str);

impl Asker {
    pub(super) fn of<S>() -> Self {
        Self(type_name::<S>())
    }

    /// The derive did, so that it asks the same of every value: what is learnt of it outlasts the request.
    fn is_derived(self) -> bool {
        self.0.contains("::__Field") || self.asks_for_tag()
    }

    /// The derive did, for an enum with a tag and a content: whether it wants a content, depends on the tag.
    pub(super) fn asks_for_tag(self) -> bool {
        self.0.contains("::TagOrContentFieldVisitor") || self.0.contains("::TagContentOtherFieldVisitor")
    }
}

/// What is known of the types.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Of types whose `Deserialize` is derived. It holds as long as the program runs, and a thread hands it on from one
    /// request to the next. (What is learnt while another session of the same thread is open, may be forgotten.)
    lasting: Option<Box<Known>>,
    /// Of all others: what they ask may depend on the request.
    passing: Option<Box<Known>>,
    /// Fields that take no stand-in.
    choosy: BTreeSet<(TypeKey, usize)>,
    stand_ins: BTreeMap<Seed, StandIn>,
}

/// There are few of them most of the time, and to hash a key takes longer than to compare it with some.
#[derive(Debug, Default)]
struct Known {
    fields: BTreeMap<(TypeKey, usize), Need>,
    closed: BTreeSet<TypeKey>,
    /// A name, and the field that it is an alias of.
    aliases: BTreeSet<(TypeKey, usize, usize)>,
    /// Fields that have an alias, which one is not known.
    aliased: BTreeSet<(TypeKey, usize)>,
    /// Of enums with a tag and a content the tags that want a content.
    tags: BTreeSet<(TypeKey, String)>,
}

/// Must a field be there?
#[derive(Clone, Copy, Debug)]
pub(super) enum Need {
    Required,
    /// Not where these names are: one of them may be an alias of it.
    NotWith(Names),
}

/// Some of the first 64 names of a struct, a bit each.
pub(super) type Names = u64;

/// How many names there may be.
pub(super) const NAMES: usize = Names::BITS as usize;

thread_local! {
    static LASTING: Cell<Option<Box<Known>>> = const { Cell::new(None) };
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
    /// What this thread knows.
    pub(super) fn take() -> Self {
        // A thread that ends has forgotten.
        Self { lasting: LASTING.try_with(Cell::take).unwrap_or_default(), ..Self::default() }
    }

    /// Hands on what lasts.
    pub(super) fn hand_on(self) {
        let _ = LASTING.try_with(|lasting| lasting.set(self.lasting));
    }

    fn of(&mut self, asker: Asker) -> &mut Known {
        let known = if asker.is_derived() { &mut self.lasting } else { &mut self.passing };
        known.get_or_insert_default()
    }

    fn any(&self, is_known: impl Fn(&Known) -> bool) -> bool {
        self.lasting.as_deref().is_some_and(&is_known) || self.passing.as_deref().is_some_and(is_known)
    }

    /// Must the field be there? `None` where that is not known.
    pub(super) fn need(&self, key: TypeKey, field: usize) -> Option<Need> {
        let need_in = |known: &Option<Box<Known>>| known.as_ref()?.fields.get(&(key, field)).copied();
        need_in(&self.lasting).or_else(|| need_in(&self.passing))
    }

    /// Tells whether that is news.
    pub(super) fn set_required(&mut self, asker: Asker, key: TypeKey, field: usize) -> bool {
        !matches!(self.of(asker).fields.insert((key, field), Need::Required), Some(Need::Required))
    }

    /// Does this tag want a content?
    pub(super) fn wants_content(&self, key: TypeKey, tag: &str) -> bool {
        self.any(|known| !known.tags.is_empty() && known.tags.contains(&(key, tag.to_owned())))
    }

    /// Tells whether that is news.
    pub(super) fn set_wants_content(&mut self, asker: Asker, key: TypeKey, tag: &str) -> bool {
        self.of(asker).tags.insert((key, tag.to_owned()))
    }

    /// The field was left out, and these names were given.
    pub(super) fn set_optional(&mut self, asker: Asker, key: TypeKey, field: usize, given: Names) {
        if asker.asks_for_tag() {
            return;
        }
        let need = self.of(asker).fields.entry((key, field)).or_insert(Need::NotWith(given));
        if let Need::NotWith(names) = need {
            if given.count_ones() < names.count_ones() {
                *names = given;
            }
        }
    }

    /// Does the struct forbid unknown fields, the enum unknown variants?
    pub(super) fn is_closed(&self, key: TypeKey) -> bool {
        self.any(|known| known.closed.contains(&key))
    }

    /// Tells whether that is news.
    pub(super) fn set_closed(&mut self, asker: Asker, key: TypeKey) -> bool {
        self.of(asker).closed.insert(key)
    }

    /// Is any name known to be an alias?
    pub(super) fn has_aliases(&self) -> bool {
        self.any(|known| !known.aliases.is_empty())
    }

    /// Is the name an alias of the field?
    pub(super) fn is_alias(&self, key: TypeKey, name: usize, field: usize) -> bool {
        self.any(|known| known.aliases.contains(&(key, name, field)))
    }

    /// Tells whether that is news.
    pub(super) fn set_alias(&mut self, asker: Asker, key: TypeKey, name: usize, field: usize) -> bool {
        self.of(asker).aliases.insert((key, name, field))
    }

    /// Has the field an alias?
    pub(super) fn is_aliased(&self, key: TypeKey, field: usize) -> bool {
        self.any(|known| known.aliased.contains(&(key, field)))
    }

    /// Tells whether that is news.
    pub(super) fn set_aliased(&mut self, asker: Asker, key: TypeKey, field: usize) -> bool {
        self.of(asker).aliased.insert((key, field))
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
        let count = |known: &Option<Box<Known>>| {
            let lengths = known.as_deref().map(|Known { fields, closed, aliases, aliased, tags }| {
                [fields.len(), closed.len(), aliases.len(), aliased.len(), tags.len()]
            });
            lengths.into_iter().flatten().sum::<usize>()
        };
        let refused = self.stand_ins.values().map(StandIn::refusals);
        count(&self.lasting) + count(&self.passing) + self.choosy.len() + refused.sum::<usize>()
    }
}

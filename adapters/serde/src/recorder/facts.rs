//! What was learnt of the types in earlier runs: it holds for every value of the type, so it is learnt once.

use std::any::{TypeId, type_name};
use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

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
    types: Known<TypeKey, Type>,
    /// The fields that take no stand-in.
    choosy: Vec<(TypeKey, usize)>,
    stand_ins: Known<Seed, StandIn>,
}

/// What is known, sorted by what it is known of. There are few of them most of the time: to hash a key takes longer than to
/// compare it with some, and a map of std's is more code than all else here.
#[derive(Debug)]
struct Known<K, V>(Vec<(K, V)>);

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V: Default> Known<K, V> {
    fn place(&self, of: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(key, _)| key.cmp(of))
    }

    fn get(&self, of: &K) -> Option<&V> {
        self.place(of).ok().map(|place| &self.0[place].1)
    }

    fn get_or_default(&mut self, of: K) -> &mut V {
        let place = self.place(&of).unwrap_or_else(|place| {
            self.0.insert(place, (of, V::default()));
            place
        });
        &mut self.0[place].1
    }
}

/// What is known of a type.
#[derive(Debug, Default)]
struct Type {
    /// Does what it asks depend on the request? Not if its `Deserialize` is derived.
    is_passing: bool,
    /// Does the struct forbid unknown fields, the enum unknown variants?
    is_closed: bool,
    /// By position, up to the last of which anything is known.
    fields: Vec<Field>,
    /// Of an enum with a tag and a content the tags that want a content.
    tags: Vec<String>,
}

/// What is known of a field.
#[derive(Debug, Default)]
struct Field {
    need: Option<Need>,
    /// Other names of the struct that are an alias of it.
    aliases: Vec<usize>,
    /// Has it an alias, which one is not known?
    is_aliased: bool,
}

impl Type {
    fn field(&mut self, field: usize) -> &mut Field {
        if self.fields.len() <= field {
            self.fields.resize_with(field + 1, Field::default);
        }
        &mut self.fields[field]
    }
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
    /// Of types whose `Deserialize` is derived. It holds as long as the program runs, and a thread hands it on from one
    /// request to the next. (What is learnt while another session of the same thread is open, may be forgotten.)
    static LASTING: Cell<Known<TypeKey, Type>> = const { Cell::new(Known(Vec::new())) };
}

/// Who visits a value: the name of the seed's type, and the field where that name tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed {
    name: &'static str,
    field: Option<(TypeKey, u32)>,
    /// The hash of the tag that a content goes with: the derive calls those of all variants the same.
    tag: Option<u64>,
}

impl Seed {
    /// A type, wherever it stands.
    pub(super) fn of<S>() -> Self {
        Self { name: type_name::<S>(), field: None, tag: None }
    }

    /// The type of a field.
    pub(super) fn of_field<S>(key: TypeKey, order: u32) -> Self {
        Self { name: type_name::<S>(), field: Some((key, order)), tag: None }
    }

    /// The content that goes with a tag.
    pub(super) fn with_tag(self, tag: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        tag.hash(&mut hasher);
        Self { tag: Some(hasher.finish()), ..self }
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
        Self { types: LASTING.try_with(Cell::take).unwrap_or_default(), ..Self::default() }
    }

    /// Hands on what lasts.
    pub(super) fn hand_on(mut self) {
        self.types.0.retain(|(_, known)| !known.is_passing);
        let _ = LASTING.try_with(|lasting| lasting.set(self.types));
    }

    fn of(&self, key: TypeKey) -> Option<&Type> {
        self.types.get(&key)
    }

    fn field(&self, key: TypeKey, field: usize) -> Option<&Field> {
        self.of(key)?.fields.get(field)
    }

    fn of_mut(&mut self, asker: Asker, key: TypeKey) -> &mut Type {
        let known = self.types.get_or_default(key);
        known.is_passing |= !asker.is_derived();
        known
    }

    /// Must the field be there? `None` where that is not known.
    pub(super) fn need(&self, key: TypeKey, field: usize) -> Option<Need> {
        self.field(key, field)?.need
    }

    /// Tells whether that is news.
    pub(super) fn set_required(&mut self, asker: Asker, key: TypeKey, field: usize) -> bool {
        let need = self.of_mut(asker, key).field(field).need.replace(Need::Required);
        !matches!(need, Some(Need::Required))
    }

    /// Does this tag want a content?
    pub(super) fn wants_content(&self, key: TypeKey, tag: &str) -> bool {
        self.of(key).is_some_and(|known| known.tags.iter().any(|known| known == tag))
    }

    /// Tells whether that is news.
    pub(super) fn set_wants_content(&mut self, asker: Asker, key: TypeKey, tag: &str) -> bool {
        let is_news = !self.wants_content(key, tag);
        if is_news {
            self.of_mut(asker, key).tags.push(tag.to_owned());
        }
        is_news
    }

    /// The field was left out, and these names were given.
    pub(super) fn set_optional(&mut self, asker: Asker, key: TypeKey, field: usize, given: Names) {
        if asker.asks_for_tag() {
            return;
        }
        let need = self.of_mut(asker, key).field(field).need.get_or_insert(Need::NotWith(given));
        if let Need::NotWith(names) = need {
            if given.count_ones() < names.count_ones() {
                *names = given;
            }
        }
    }

    /// Does the struct forbid unknown fields, the enum unknown variants?
    pub(super) fn is_closed(&self, key: TypeKey) -> bool {
        self.of(key).is_some_and(|known| known.is_closed)
    }

    /// Tells whether that is news.
    pub(super) fn set_closed(&mut self, asker: Asker, key: TypeKey) -> bool {
        !std::mem::replace(&mut self.of_mut(asker, key).is_closed, true)
    }

    /// Is any name known to be an alias of the field?
    pub(super) fn has_aliases(&self, key: TypeKey, field: usize) -> bool {
        self.field(key, field).is_some_and(|known| !known.aliases.is_empty())
    }

    /// Is the name an alias of the field?
    pub(super) fn is_alias(&self, key: TypeKey, name: usize, field: usize) -> bool {
        self.field(key, field).is_some_and(|known| known.aliases.contains(&name))
    }

    /// Tells whether that is news.
    pub(super) fn set_alias(&mut self, asker: Asker, key: TypeKey, name: usize, field: usize) -> bool {
        let is_news = !self.is_alias(key, name, field);
        if is_news {
            self.of_mut(asker, key).field(field).aliases.push(name);
        }
        is_news
    }

    /// Has the field an alias?
    pub(super) fn is_aliased(&self, key: TypeKey, field: usize) -> bool {
        self.field(key, field).is_some_and(|known| known.is_aliased)
    }

    /// Tells whether that is news.
    pub(super) fn set_aliased(&mut self, asker: Asker, key: TypeKey, field: usize) -> bool {
        !std::mem::replace(&mut self.of_mut(asker, key).field(field).is_aliased, true)
    }

    /// Does the field take no stand-in?
    pub(super) fn is_choosy(&self, key: TypeKey, field: usize) -> bool {
        self.choosy.contains(&(key, field))
    }

    /// Tells whether that is news. It holds for the request only, as what is known of stand-ins does.
    pub(super) fn set_choosy(&mut self, key: TypeKey, field: usize) -> bool {
        let is_news = !self.is_choosy(key, field);
        if is_news {
            self.choosy.push((key, field));
        }
        is_news
    }

    /// What the seed's type is fed, where it is not the first of the usual ones.
    #[inline]
    pub(super) fn stand_in(&self, seed: impl FnOnce() -> Seed) -> Option<&StandIn> {
        if self.stand_ins.0.is_empty() { None } else { self.stand_ins.get(&seed().shortened()) }
    }

    /// The type refused it, or a value that was sent: tells whether there is another to try.
    pub(super) fn refuse(&mut self, seed: Seed, why: &Signal, is_stand_in: bool) -> bool {
        self.stand_ins.get_or_default(seed.shortened()).refuse(why, is_stand_in)
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let of_field =
            |known: &Field| known.aliases.len() + usize::from(known.need.is_some()) + usize::from(known.is_aliased);
        let of_type = |known: &Type| {
            known.tags.len() + usize::from(known.is_closed) + known.fields.iter().map(of_field).sum::<usize>()
        };
        let types = self.types.0.iter().map(|(_, known)| of_type(known));
        let stand_ins = self.stand_ins.0.iter().map(|(_, stand_in)| stand_in.refusals());
        types.chain(stand_ins).sum::<usize>() + self.choosy.len()
    }
}

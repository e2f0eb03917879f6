//! The deserialiser of the value at one place.

use std::any::type_name;
use std::num::NonZeroU32;

use serde_core::de::value::MapDeserializer;
use serde_core::de::{Deserializer, Visitor};

use super::RAW_VALUE;
use super::dummy;
use super::facts::TypeKey;
use super::fields::visit_struct;
use super::items::Items;
use super::members::{Members, NoMembers};
use super::path::{Step, position};
use super::scalar::{Bounds, visit_bool, visit_bytes, visit_char, visit_float, visit_int, visit_str};
use super::session::Session;
use super::signal::Signal;
use super::variant::{Chosen, Variant, expected};
use crate::ValidationError;
use crate::location::Location;
use crate::python::{Kind, Pick, echo};

/// The value at one place, or a stand-in where there is none. It is passed in two registers.
#[derive(Clone, Copy)]
pub(super) struct At<'s, 'de> {
    pub(super) session: &'s Session<'de>,
    /// The place, counted from one.
    nth: Option<NonZeroU32>,
}

impl<'s, 'de> At<'s, 'de> {
    #[inline]
    pub(super) fn new(session: &'s Session<'de>, source: Option<u32>) -> Self {
        Self { session, nth: source.and_then(|place| NonZeroU32::MIN.checked_add(place)) }
    }

    /// The place; `None` for a stand-in.
    #[inline]
    pub(super) fn source(&self) -> Option<u32> {
        self.nth.map(|nth| nth.get() - 1)
    }

    /// Which stand-in is to be fed, here or where the value is wrong.
    pub(super) fn candidate(&self) -> u8 {
        self.session.candidate()
    }

    /// Records an error about this value.
    pub(super) fn record(&self, error: ValidationError) {
        if self.source().is_some() {
            self.session.record(error, self.source(), None);
        }
    }

    /// What is here.
    #[inline]
    pub(super) fn kind(&self) -> Option<Kind<'de>> {
        self.source().map(|place| self.session.kind(place))
    }

    /// This, where one value is wanted: one of several of the same name.
    #[inline]
    fn one(self) -> Result<Self, Signal> {
        match self.kind() {
            Some(Kind::Repeated(..) | Kind::Absent) => self.one_of_several(),
            _ => Ok(self),
        }
    }

    fn one_of_several(self) -> Result<Self, Signal> {
        match (self.source(), self.kind()) {
            (Some(place), Some(Kind::Repeated(pick, _))) => Ok(Self::new(self.session, self.pick(place, pick))),
            _ => {
                self.session.record(ValidationError::missing(), None, None);
                Err(Signal::Recorded)
            }
        }
    }

    /// One of several values of the same name.
    fn pick(&self, place: u32, pick: Pick) -> Option<u32> {
        let mut values = self.session.tape.items(place);
        let chosen = if pick == Pick::First { values.next() } else { values.last() };
        let is_empty = match chosen.map(|chosen| self.session.kind(chosen)) {
            Some(Kind::Text(text)) => self.session.tape.str(text).is_empty(),
            _ => false,
        };
        if pick == Pick::LastUnlessEmpty && is_empty {
            self.session.drop_empty(place);
        }
        self.session.state().picked = chosen.map(|chosen| (place, chosen));
        chosen
    }

    /// The only parameter of a path, where it is no struct that is wanted.
    fn only_parameter(self) -> Self {
        if self.session.is_root() {
            if let Some(place) = self.source() {
                let tape = &self.session.tape;
                let mut members = tape.members(place);
                if let (Some((key, value)), None) = (members.next(), members.next()) {
                    self.session.state().picked = Some((place, value));
                    // For good.
                    self.session.enter(Step::member(0, key, value));
                    return Self::new(self.session, Some(value));
                }
            }
        }
        self
    }

    /// The value as it is recorded, where one is wanted.
    #[inline]
    fn wanted(self) -> Result<Self, Signal> {
        let at = if self.session.location == Location::Path { self.only_parameter() } else { self };
        at.one()
    }

    /// The parameters of a path as the items of a tuple.
    fn values(&self, object: u32) -> Items<'s, 'de> {
        let members = self.session.tape.members(object).enumerate();
        let steps = members.map(|(place, (key, value))| Step::member(position(place), key, value));
        Items::of(self.session, steps.collect())
    }

    /// Feeds a stand-in to who takes anything: an untagged enum, say, takes only what one of its variants takes.
    fn visit_any_dummy<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        match self.candidate() {
            0 => visitor.visit_unit(),
            1 => visitor.visit_borrowed_str(dummy::text(0)),
            2 => visitor.visit_u64(dummy::int(0).into()),
            3 => visitor.visit_bool(false),
            4 => visitor.visit_seq(Items::dummies(self.session, 0)),
            5 => visitor.visit_map(NoMembers),
            other => visitor.visit_borrowed_str(dummy::text(other)),
        }
    }

    fn is_path(&self) -> bool {
        self.session.location == Location::Path && self.session.is_root()
    }

    /// The items of a tuple.
    fn tuple(self, len: usize) -> Result<Items<'s, 'de>, Signal> {
        let length = position(len);
        match (self.source(), self.kind()) {
            (Some(place), Some(Kind::Array(_) | Kind::Repeated(..))) => {
                let sent = position(self.session.tape.items(place).count());
                if sent <= length {
                    for index in (sent..length).filter(|_| self.session.is_whole()) {
                        let step = Step::index(index, None);
                        self.session.record(ValidationError::missing(), self.source(), Some(step));
                    }
                    return Ok(Items::new(self.session, place, true, length - sent));
                }
                self.record(ValidationError::too_long_unsent("Tuple", len, sent as usize));
            }
            (Some(place), Some(Kind::Object(_))) if self.is_path() => return Ok(self.values(place)),
            (Some(_), Some(Kind::Absent)) => return self.one().and(Err(Signal::Recorded)),
            _ => self.record(ValidationError::new("tuple_type", "Input should be a valid tuple")),
        }
        Ok(Items::dummies(self.session, len))
    }

    /// The items of a list.
    fn list(self) -> Result<Items<'s, 'de>, Signal> {
        match (self.source(), self.kind()) {
            (Some(place), Some(Kind::Array(_) | Kind::Repeated(..))) => {
                return Ok(Items::new(self.session, place, false, 0));
            }
            (Some(place), Some(Kind::Object(_))) if self.is_path() => return Ok(self.values(place)),
            (Some(_), Some(Kind::Object(_))) if self.session.is_parameters() => {
                if let Some(pairs) = self.session.pairs {
                    return Ok(Items::new(self.session, pairs, false, 0));
                }
                self.record(ValidationError::new("list_type", "Input should be a valid list"));
            }
            (Some(_), Some(Kind::Absent)) => return self.one().and(Err(Signal::Recorded)),
            _ => self.record(ValidationError::new("list_type", "Input should be a valid list")),
        }
        Ok(Items::dummies(self.session, dummy::length(self.candidate())))
    }

    /// The object of a struct; `None` where there is none.
    fn object(self) -> Result<Option<u32>, Signal> {
        let at = self.one()?;
        if let Some(Kind::Object(_)) = at.kind() {
            return Ok(at.source());
        }
        at.record(not_a_model());
        Ok(None)
    }
}

macro_rules! ints {
    ($($method:ident $int:ty),*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
                let bounds = Bounds { least: <$int>::MIN as i128, greatest: <$int>::MAX as u128 };
                visit_int(self.wanted()?, bounds, visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for At<'_, 'de> {
    type Error = Signal;

    ints! {
        deserialize_i8 i8, deserialize_i16 i16, deserialize_i32 i32, deserialize_i64 i64, deserialize_i128 i128,
        deserialize_u8 u8, deserialize_u16 u16, deserialize_u32 u32, deserialize_u64 u64, deserialize_u128 u128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        let at = self.one()?;
        let Some(place) = at.source() else { return self.visit_any_dummy(visitor) };
        match self.session.kind(place) {
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Int(digits) => {
                let digits = self.session.tape.str(digits);
                match (digits.parse(), digits.parse()) {
                    (Ok(value), _) => visitor.visit_u64(value),
                    (_, Ok(value)) => visitor.visit_i64(value),
                    // As serde_json does.
                    _ => visitor.visit_f64(digits.parse().unwrap_or(f64::NAN)),
                }
            }
            Kind::Float(value) => visitor.visit_f64(value),
            Kind::Text(text) | Kind::Key { name: text, .. } => at.visit_text(text, visitor),
            Kind::Broken(text) => {
                at.record_broken();
                visitor.visit_str(self.session.tape.str(text))
            }
            Kind::Array(_) => visitor.visit_seq(Items::new(self.session, place, false, 0)),
            Kind::Object(_) => visitor.visit_map(Members::new(self.session, place)),
            Kind::Null | Kind::Shadowed | Kind::Repeated(..) | Kind::Absent => visitor.visit_unit(),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_bool(self.wanted()?, visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_float(self.wanted()?, visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_float(self.wanted()?, visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_char(self.wanted()?, visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_str(self.wanted()?, visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_str(self.wanted()?, visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_str(self.wanted()?, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_bytes(self.wanted()?, visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visit_bytes(self.wanted()?, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        match self.kind() {
            None | Some(Kind::Null | Kind::Absent) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        let at = self.wanted()?;
        match at.kind() {
            None | Some(Kind::Null) => {}
            Some(_) => at.record(ValidationError::new("none_required", "Input should be None")),
        }
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Signal> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Signal> {
        if name == RAW_VALUE {
            let mut json = String::new();
            match self.source() {
                Some(place) => echo(&self.session.tape, place, &mut json),
                None => json.push_str("null"),
            }
            return visitor.visit_map(MapDeserializer::new(std::iter::once((name, json))));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visitor.visit_seq(self.list()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Signal> {
        visitor.visit_seq(self.tuple(len)?)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Signal> {
        visitor.visit_seq(self.tuple(len)?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        let at = self.one()?;
        match (at.source(), at.kind()) {
            (Some(place), Some(Kind::Object(_))) => return visitor.visit_map(Members::new(self.session, place)),
            // The derive asks for a map where a field is flattened.
            _ if type_name::<V>().contains("::__Visitor") => at.record(not_a_model()),
            _ => at.record(ValidationError::new("dict_type", "Input should be a valid dictionary")),
        }
        visitor.visit_map(NoMembers)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Signal> {
        visit_struct(self.session, fields, self.object()?, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Signal> {
        let at = self.wanted()?;
        let session = at.session;
        let key = TypeKey::of::<V>();
        let is_known = |text: &str| variants.contains(&text) || !session.state().facts.is_closed(key);
        let chosen = match (at.source(), at.kind()) {
            (Some(place), Some(Kind::Text(text) | Kind::Key { name: text, .. }))
                if is_known(session.tape.str(text)) =>
            {
                Chosen::Text(place)
            }
            (Some(object), Some(Kind::Object(_))) => {
                let mut members = session.tape.members(object);
                match (members.next(), members.next()) {
                    (Some((key, value)), None) if is_known(session.tape.key(key)) => {
                        Chosen::Member { object, key, value }
                    }
                    _ => Chosen::Dummy,
                }
            }
            _ => Chosen::Dummy,
        };
        if let Chosen::Dummy = chosen {
            at.record(expected(name, variants));
        }
        visitor.visit_enum(Variant { session, key, name, variants, chosen })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Signal> {
        visitor.visit_unit()
    }
}

fn not_a_model() -> ValidationError {
    let msg = "Input should be a valid dictionary or object to extract fields from";
    ValidationError::new("model_attributes_type", msg)
}

//! The variants of an enum.

use fastapi_status::json::write_string;
use serde_core::de::value::BorrowedStrDeserializer;
use serde_core::de::{DeserializeSeed, Deserializer, EnumAccess, VariantAccess, Visitor};
use serde_json::Value;

use super::at::At;
use super::facts::{Asker, Seed, TypeKey};
use super::path::Step;
use super::session::Session;
use super::signal::Signal;
use super::stand_in::feed;
use crate::ValidationError;

/// A variant: its name, and what it holds.
pub(super) struct Variant<'s, 'de> {
    pub(super) session: &'s Session<'de>,
    pub(super) key: TypeKey,
    pub(super) name: &'static str,
    pub(super) variants: &'static [&'static str],
    pub(super) chosen: Chosen,
}

/// How a variant was written.
#[derive(Clone, Copy)]
pub(super) enum Chosen {
    /// As a string.
    Text(u32),
    /// As the only key of an object.
    Member { object: u32, key: u32, value: u32 },
    /// Not at all: a stand-in.
    Dummy,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Signal;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Signal> {
        let at = |place| At::new(self.session, Some(place));
        let result = match self.chosen {
            Chosen::Text(place) => seed.deserialize(at(place)),
            Chosen::Member { key, .. } => seed.deserialize(at(key)),
            Chosen::Dummy => {
                let place = usize::from(self.session.candidate()).min(self.variants.len().saturating_sub(1));
                let name = self.variants.get(place).copied().unwrap_or_default();
                seed.deserialize(BorrowedStrDeserializer::new(name))
            }
        };
        match result {
            Ok(value) => Ok((value, self)),
            Err(Signal::Restart) => Err(Signal::Restart),
            Err(signal) if matches!(self.chosen, Chosen::Dummy) => Err(signal),
            // It knows no others: an unknown one is an error from now on.
            Err(signal) => {
                let is_news = self.session.state().facts.set_closed(Asker::of::<V>(), self.key);
                Err(if self.session.restart(is_news) { Signal::Restart } else { signal })
            }
        }
    }
}

impl<'de> Variant<'_, 'de> {
    /// The step into what the variant holds; `None` where it was written as a string, which holds nothing.
    fn step(&self) -> Option<Step> {
        match self.chosen {
            Chosen::Text(_) => None,
            Chosen::Member { key, value, .. } => Some(Step::member(0, key, value)),
            Chosen::Dummy => Some(Step::index(0, None)),
        }
    }

    /// Visits what the variant holds.
    fn held<T>(
        self,
        seed: impl Fn() -> Seed,
        visit: impl FnOnce(At<'_, 'de>, Option<Box<Value>>) -> Result<T, Signal>,
    ) -> Result<T, Signal> {
        let step = self.step().ok_or_else(|| Signal::Message("this variant holds a value".to_owned()))?;
        self.session.visit(seed, self.session.go(step), visit)
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Signal;

    fn unit_variant(self) -> Result<(), Signal> {
        if let Chosen::Member { object, .. } = self.chosen {
            self.session.record(expected(self.name, self.variants), Some(object), None);
        }
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Signal> {
        self.held(Seed::of::<S>, |at, stand_in| feed(seed, at, stand_in))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Signal> {
        self.held(Seed::of::<V>, |at, _| at.deserialize_tuple(len, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Signal> {
        self.held(Seed::of::<V>, |at, _| at.deserialize_struct("", fields, visitor))
    }
}

/// pydantic's error of an enum, and of a `Literal`, which is what an enum that is renamed so stands for.
pub(super) fn expected(name: &str, variants: &[&str]) -> ValidationError {
    const BEFORE: &str = "Input should be ";

    // Around each are two quotes, and `, ` or ` or `.
    let length = variants.iter().map(|variant| variant.len() + 6).sum::<usize>();
    let mut msg = String::with_capacity(BEFORE.len() + length);
    msg.push_str(BEFORE);
    for (place, variant) in variants.iter().enumerate() {
        if place > 0 {
            msg.push_str(if place + 1 < variants.len() { ", " } else { " or " });
        }
        push_python_repr(variant, &mut msg);
    }
    let kind = if name == "Literal" { "literal_error" } else { "enum" };
    let expected = &msg[BEFORE.len()..];
    let mut ctx = String::with_capacity(r#"{"expected":""}"#.len() + expected.len());
    ctx.push_str(r#"{"expected":"#);
    write_string(expected, &mut ctx);
    ctx.push('}');
    ValidationError::new(kind, msg).with_ctx_text(ctx)
}

/// A string as `repr` of Python shows it; characters that cannot be printed are kept as they are.
fn push_python_repr(text: &str, repr: &mut String) {
    if text.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'\'' | b'\\' | 0x7F)) {
        repr.extend(["'", text, "'"]);
        return;
    }
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    repr.push(quote);
    for character in text.chars() {
        match character {
            '\n' => repr.push_str("\\n"),
            '\r' => repr.push_str("\\r"),
            '\t' => repr.push_str("\\t"),
            '\\' => repr.push_str("\\\\"),
            c if c == quote => repr.extend(['\\', c]),
            c if c.is_ascii_control() => repr.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => repr.push(c),
        }
    }
    repr.push(quote);
}

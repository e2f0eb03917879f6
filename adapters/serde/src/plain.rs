//! The fast way for the only parameter of a path: an integer in its plain digits, or text; and what is no integer at all.
//!
//! All else is for the recorder to look at.

use std::cell::Cell;
use std::fmt;

use fastapi_status::json::write_string;
use serde_core::de::{Deserialize, Deserializer, Error, Visitor};

use crate::ValidationError;
use crate::python::lax::{Refused, str_as_int};
use crate::recorder::int_error;

/// The value, if there is nothing to coerce, or its only error, if that is certain; at no place yet.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &str) -> Result<T, Option<ValidationError>> {
    let refusal = Cell::new(None);
    let result = T::deserialize(Plain { text, refusal: &refusal });
    match (result, refusal.get()) {
        (Ok(value), None) => Ok(value),
        (Err(_), Some(Refusal::Integer(why))) => {
            let mut error = int_error(why);
            let mut input = String::with_capacity(text.len() + 2);
            write_string(text, &mut input);
            error.input = Some(input.into());
            Err(Some(error))
        }
        // A type may do without what it was refused.
        _ => Err(None),
    }
}

struct Plain<'a> {
    text: &'a str,
    refusal: &'a Cell<Option<Refusal>>,
}

/// Why it is no plain value.
#[derive(Clone, Copy)]
enum Refusal {
    /// An integer was asked for, and it is none.
    Integer(Refused),
    Other,
}

#[derive(Debug)]
struct NotPlain;

impl Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a plain value")
    }
}

impl std::error::Error for NotPlain {}

impl Plain<'_> {
    fn refuse<T>(&self, refusal: Refusal) -> Result<T, NotPlain> {
        self.refusal.set(Some(refusal));
        Err(NotPlain)
    }

    /// Digits without sign, leading zeros or anything else, up to a number.
    fn integer(&self, greatest: u128) -> Result<u64, NotPlain> {
        let digits = match self.text.as_bytes() {
            b"0" | [b'1'..=b'9', ..] => self.text.bytes().all(|byte| byte.is_ascii_digit()).then(|| self.text.parse()),
            _ => None,
        };
        match digits {
            Some(Ok(value)) if u128::from(value) <= greatest => Ok(value),
            Some(_) => self.refuse(Refusal::Other),
            None => self.refuse(str_as_int(self.text).err().map_or(Refusal::Other, Refusal::Integer)),
        }
    }
}

macro_rules! integers {
    ($($method:ident $int:ty),*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
                visitor.visit_u64(self.integer(<$int>::MAX as u128)?)
            }
        )*
    };
}

macro_rules! texts {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
                visitor.visit_str(self.text)
            }
        )*
    };
}

macro_rules! others {
    ($($method:ident($($type:ty),*))*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $(_: $type,)* _: V) -> Result<V::Value, NotPlain> {
                self.refuse(Refusal::Other)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Plain<'_> {
    type Error = NotPlain;

    integers! {
        deserialize_i8 i8, deserialize_i16 i16, deserialize_i32 i32, deserialize_i64 i64, deserialize_i128 i128,
        deserialize_u8 u8, deserialize_u16 u16, deserialize_u32 u32, deserialize_u64 u64, deserialize_u128 u128
    }

    texts! { deserialize_str deserialize_string }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, NotPlain> {
        visitor.visit_newtype_struct(self)
    }

    others! {
        deserialize_any() deserialize_bool() deserialize_f32() deserialize_f64() deserialize_char() deserialize_bytes()
        deserialize_byte_buf() deserialize_option() deserialize_unit() deserialize_unit_struct(&'static str)
        deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize) deserialize_map()
        deserialize_struct(&'static str, &'static [&'static str])
        deserialize_enum(&'static str, &'static [&'static str]) deserialize_identifier() deserialize_ignored_any()
    }
}

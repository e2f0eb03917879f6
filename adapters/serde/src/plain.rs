//! The fast way for the only parameter of a path: an integer in its plain digits, or text; and what is no integer at all.
//!
//! All else is for the recorder to look at.

use std::fmt;

use fastapi_status::json::write_string;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::ValidationError;
use crate::python::lax::{Refused, str_as_int};
use crate::recorder::int_error;

/// The value, if there is nothing to coerce, or its only error, if that is certain; at no place yet.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &str) -> Result<T, Option<ValidationError>> {
    T::deserialize(Plain(text)).map_err(|NotPlain(refused)| {
        let mut error = int_error(refused?);
        let mut input = String::with_capacity(text.len() + 2);
        write_string(text, &mut |piece| input.push_str(piece));
        error.input = Some(input.into());
        Some(error)
    })
}

struct Plain<'a>(&'a str);

/// Not a plain value; why, where an integer was asked for and it is none.
#[derive(Debug)]
struct NotPlain(Option<Refused>);

impl Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(None)
    }
}

impl fmt::Display for NotPlain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a plain value")
    }
}

impl std::error::Error for NotPlain {}

impl Plain<'_> {
    /// Digits without sign, leading zeros or anything else, as many as fit in any case.
    fn integer(&self) -> Result<u64, NotPlain> {
        match self.0.as_bytes() {
            [b'0'] => Ok(0),
            [b'1'..=b'9', rest @ ..] if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit) => {
                self.0.parse().map_err(|_| NotPlain(None))
            }
            _ => Err(NotPlain(str_as_int(self.0).err())),
        }
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
                visitor.visit_u64(self.integer()?)
            }
        )*
    };
}

macro_rules! texts {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
                visitor.visit_str(self.0)
            }
        )*
    };
}

macro_rules! others {
    ($($method:ident($($type:ty),*))*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $(_: $type,)* _: V) -> Result<V::Value, NotPlain> {
                Err(NotPlain(None))
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Plain<'_> {
    type Error = NotPlain;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
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

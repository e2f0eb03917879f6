//! What `StatusCode` and `CloseCode` have in common: text, integers, comparison, serde.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use crate::invalid::Given;
use crate::{CloseCode, InvalidCloseCode, InvalidStatusCode, StatusCode};

macro_rules! code {
    ($code:ident, $error:ident, $expected:literal) => {
        /// The number, and the phrase if there is one.
        impl fmt::Display for $code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.canonical_reason() {
                    Some(phrase) => write!(f, "{} {phrase}", self.as_u16()),
                    None => write!(f, "{}", self.as_u16()),
                }
            }
        }

        /// From the number or from FastAPI's name.
        impl FromStr for $code {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if text.starts_with(|c: char| c.is_ascii_uppercase()) {
                    return Self::from_name(text);
                }
                // `u16::from_str` also takes a sign and leading zeros.
                match text.parse() {
                    Ok(number) if text.starts_with(|c: char| ('1'..='9').contains(&c)) => Self::from_u16(number),
                    _ => Err($error(Given::text(text))),
                }
            }
        }

        impl TryFrom<&str> for $code {
            type Error = $error;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl PartialEq<u16> for $code {
            #[inline]
            fn eq(&self, other: &u16) -> bool {
                self.as_u16() == *other
            }
        }

        impl PartialEq<$code> for u16 {
            #[inline]
            fn eq(&self, other: &$code) -> bool {
                *self == other.as_u16()
            }
        }

        impl PartialOrd<u16> for $code {
            #[inline]
            fn partial_cmp(&self, other: &u16) -> Option<Ordering> {
                self.as_u16().partial_cmp(other)
            }
        }

        impl PartialOrd<$code> for u16 {
            #[inline]
            fn partial_cmp(&self, other: &$code) -> Option<Ordering> {
                self.partial_cmp(&other.as_u16())
            }
        }

        impl TryFrom<u16> for $code {
            type Error = $error;

            #[inline]
            fn try_from(number: u16) -> Result<Self, Self::Error> {
                Self::from_u16(number)
            }
        }

        code!(@integers $code, $error: i16 i32 i64 isize u32 u64 usize);

        impl From<$code> for u16 {
            #[inline]
            fn from(code: $code) -> Self {
                code.as_u16()
            }
        }

        #[cfg(feature = "serde")]
        impl serde_core::Serialize for $code {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u16(self.as_u16())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde_core::Deserialize<'de> for $code {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Integer;

                impl serde_core::de::Visitor<'_> for Integer {
                    type Value = $code;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_i64<E: serde_core::de::Error>(self, number: i64) -> Result<$code, E> {
                        number.try_into().map_err(E::custom)
                    }

                    fn visit_u64<E: serde_core::de::Error>(self, number: u64) -> Result<$code, E> {
                        number.try_into().map_err(E::custom)
                    }
                }

                deserializer.deserialize_u16(Integer)
            }
        }
    };
    (@integers $code:ident, $error:ident: $($integer:ident)*) => {
        $(
            impl TryFrom<$integer> for $code {
                type Error = $error;

                #[inline]
                fn try_from(number: $integer) -> Result<Self, Self::Error> {
                    match u16::try_from(number) {
                        Ok(number) => Self::from_u16(number),
                        Err(_) => Err($error(Given::Number(number as i128))),
                    }
                }
            }

            impl From<$code> for $integer {
                #[inline]
                fn from(code: $code) -> Self {
                    // At most 4999: every integer type here holds it.
                    code.as_u16() as $integer
                }
            }
        )*
    };
}

code!(StatusCode, InvalidStatusCode, "an HTTP status code, 100 to 999");
code!(CloseCode, InvalidCloseCode, "a WebSocket close code, 1000 to 4999");

//! Answers of JSON.

use std::io;

use serde_core::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

/// Writes an answer as FastAPI does.
///
/// That is compact JSON, in which floats read as pydantic writes them: `1e+16` and `0.00001`, where `serde_json` has `1e16`
/// and `1e-5`. NaN and the infinities are `null`. An `f32` is written with its own digits, `0.1`, as `serde_json` does.
///
/// ```
/// use fastapi_status_serde::to_json;
///
/// assert_eq!(to_json(&(1.0, 1e16, 0.00001, f64::NAN, "café"))?, "[1.0,1e+16,0.00001,null,\"café\"]".as_bytes());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// When the type's own `Serialize` fails, or a map has keys that are no strings.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    // Room for most answers, so that few are moved while they are written.
    let mut json = Vec::with_capacity(512);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut json, Pydantic))?;
    Ok(json)
}

/// `serde_json`'s compact form, but for floats.
struct Pydantic;

impl Formatter for Pydantic {
    fn write_f32<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        if (1e-4..1e13).contains(&value.abs()) {
            return CompactFormatter.write_f32(writer, value);
        }
        // The same digits, which tell it from its neighbours. As an `f64` it has many more.
        let mut digits = Vec::new();
        CompactFormatter.write_f32(&mut digits, value)?;
        let value = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(value.into());
        self.write_f64(writer, value)
    }

    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        let magnitude = value.abs();
        if magnitude == 0.0 || (1e-5..1e16).contains(&magnitude) {
            // `{:?}` turns to exponents below 1e-5, and from 1e16 on.
            return if magnitude < 1e-4 && magnitude != 0.0 {
                write!(writer, "{value}")
            } else {
                CompactFormatter.write_f64(writer, value)
            };
        }
        let text = format!("{value:e}");
        match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => write!(writer, "{digits}e+{exponent}"),
            _ => writer.write_all(text.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_json;

    fn written(value: impl serde_core::Serialize) -> String {
        String::from_utf8(to_json(&value).unwrap()).unwrap()
    }

    #[test]
    fn a_float_of_four_bytes_has_no_more_digits_than_it_needs() {
        for value in (0..=u32::MAX).step_by(99_991).map(f32::from_bits).filter(|value| value.is_finite()) {
            let digits: f64 = serde_json::to_string(&value).unwrap().parse().unwrap();
            assert_eq!(written(value), written(digits));
        }
        assert_eq!(
            written([0.1_f32, 1e13, 1e16, 3e-5, -0.0, f32::NAN]),
            "[0.1,10000000000000.0,1e+16,0.00003,-0.0,null]"
        );
    }

    #[test]
    fn floats_read_as_in_pydantic() {
        for (float, pydantic) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e20, "1.5e+20"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (0.0001, "0.0001"),
            (0.00001, "0.00001"),
            (1.23e-5, "0.0000123"),
            (1e-6, "1e-6"),
            (1e-7, "1e-7"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (1.0 / 3.0, "0.3333333333333333"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            assert_eq!(written(float), pydantic);
        }
    }
}

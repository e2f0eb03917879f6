//! A detail of any JSON.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use serde_json::Value;

use super::Detail;
use super::json::{write_float, write_string};

/// As JSON.
impl From<Value> for Detail {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => text.into(),
            value => {
                // Most details fit, so that they are not moved as they grow.
                let mut json = String::with_capacity(128);
                write(&value, &mut json);
                Self::from_json_text(json)
            }
        }
    }
}

/// As JSON.
impl From<Vec<Value>> for Detail {
    fn from(values: Vec<Value>) -> Self {
        Value::from(values).into()
    }
}

fn write(value: &Value, json: &mut String) {
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => write_float(float, json),
            _ => {
                // Writing to a `String` never fails.
                let _ = write!(json, "{number}");
            }
        },
        Value::String(text) => write_string(text, json),
        Value::Array(items) => {
            json.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    json.push(',');
                }
                write(item, json);
            }
            json.push(']');
        }
        Value::Object(members) => {
            json.push('{');
            for (place, (name, value)) in members.iter().enumerate() {
                if place > 0 {
                    json.push(',');
                }
                write_string(name, json);
                json.push(':');
                write(value, json);
            }
            json.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use serde_json::json;

    use super::*;

    #[test]
    fn all_kinds_of_values() {
        let value = json!({"z": [null, true, -1, u64::MAX, 1e16, 1.0], "a": {"\"": "naïve\n", "": {}}, "[": []});
        let shown = Detail::from(value.clone()).to_string();
        assert!(shown.contains(r#"[null,true,-1,18446744073709551615,1e+16,1.0]"#), "{shown}");
        assert!(shown.contains(r#""\"":"naïve\n""#), "{shown}");
        assert_eq!(serde_json::from_str::<Value>(&shown).expect("it is JSON"), value);
    }
}

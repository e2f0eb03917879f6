//! Any bytes as a body, of any type: a value, or a well-formed refusal; and a value that is written reads back.
#![no_main]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use fastapi_status_fuzz::{
    Adjacent, Borrowed, Color, External, Flat, Nested, Scalars, Tagged, Untagged, check, split,
};
use fastapi_status_serde::{from_embedded_json, from_json};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const JSON: Option<&str> = Some("application/json");

fuzz_target!(|data: &[u8]| {
    let (choice, body) = split(data);
    // Of every type in turn, so that each is met by every input.
    let content_type = match choice % 8 {
        0 => None,
        1 => Some("text/plain"),
        2 => Some("application/vnd.api+json; charset=utf-8"),
        _ => JSON,
    };
    read::<Scalars>(content_type, body);
    read::<Nested>(content_type, body);
    read::<Tagged>(content_type, body);
    read::<External>(content_type, body);
    read::<Adjacent>(content_type, body);
    read::<Untagged>(content_type, body);
    read::<Flat>(content_type, body);
    read::<Option<Color>>(content_type, body);
    read::<Vec<(u8, Option<f64>, String)>>(content_type, body);
    read::<BTreeMap<i64, HashMap<bool, [i8; 2]>>>(content_type, body);
    read::<Value>(content_type, body);
    read::<String>(content_type, body);
    if let Err(error) = from_json::<Borrowed<'_>>(content_type, body) {
        check(error, "body");
    }
    if let Err(error) = from_embedded_json::<Nested>(content_type, body) {
        check(error, "body");
    }
    // What is JSON to serde_json is JSON to Python.
    if let Ok(value) = serde_json::from_slice::<Value>(body)
        && !body.is_empty()
    {
        match from_json::<Value>(JSON, body) {
            Ok(ours) => assert!(same(&ours, &value), "{ours} is not {value}"),
            Err(error) => assert_eq!(error.status_code(), 400, "{error}"),
        }
    }
});

/// Numbers as numbers: `-0` is an integer to Python, and a float to `serde_json`.
fn same(ours: &Value, value: &Value) -> bool {
    match (ours, value) {
        (Value::Number(ours), Value::Number(value)) => ours.as_f64() == value.as_f64(),
        (Value::Array(ours), Value::Array(value)) => {
            ours.len() == value.len() && ours.iter().zip(value).all(|(ours, value)| same(ours, value))
        }
        (Value::Object(ours), Value::Object(value)) => {
            let is_there = |(name, ours): (&String, &Value)| value.get(name).is_some_and(|value| same(ours, value));
            ours.len() == value.len() && ours.iter().all(is_there)
        }
        _ => ours == value,
    }
}

fn read<T: DeserializeOwned + Serialize + Debug + PartialEq>(content_type: Option<&str>, body: &[u8]) {
    match from_json::<T>(content_type, body) {
        Ok(value) => {
            let Ok(text) = serde_json::to_string(&value) else { return };
            // `serde_json` writes NaN and infinity as `null`.
            if !text.contains("null") {
                let again = from_json::<T>(JSON, text.as_bytes());
                assert_eq!(again.as_ref().ok(), Some(&value), "{text}: {again:?}");
            }
        }
        Err(error) => {
            let again = from_json::<T>(content_type, body).expect_err("the same body is refused twice");
            assert_eq!(error.to_string(), again.to_string());
            check(error, "body");
        }
    }
}

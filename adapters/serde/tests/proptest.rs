//! No input makes it panic; valid input is read by the recorder as `serde_json` reads it, and the only parameter of a path as
//! by the recorder.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use fastapi_status::HttpException;
use fastapi_status_serde::{from_cookies, from_form, from_headers, from_json, from_path, from_query};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

const JSON: Option<&str> = Some("application/json");

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Closed {
    a: i8,
    b: Option<Box<Closed>>,
    #[serde(default)]
    c: Vec<Kind>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Open {
    a: u64,
    b: Vec<f64>,
    c: HashMap<String, Value>,
    d: (bool, char, Option<String>),
}

#[derive(Debug, Deserialize, PartialEq)]
enum Kind {
    A,
    B(f64),
    C { a: String },
    D(i64, bool),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Flat {
    a: f64,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Either {
    Number(f64),
    Map(BTreeMap<u8, Either>),
    List(Vec<Either>),
}

/// Reads it, and answers.
fn read<T: DeserializeOwned>(content_type: Option<&str>, body: &[u8]) -> Result<T, u16> {
    from_json(content_type, body).map_err(|error| {
        let exception = HttpException::from(error);
        assert!(std::str::from_utf8(&exception.answer().body()).is_ok());
        exception.status().as_u16()
    })
}

fn read_all(body: &[u8]) {
    for content_type in [JSON, None] {
        let _ = read::<Closed>(content_type, body);
        let _ = read::<Open>(content_type, body);
        let _ = read::<Kind>(content_type, body);
        let _ = read::<Flat>(content_type, body);
        let _ = read::<Either>(content_type, body);
        let _ = read::<Value>(content_type, body);
        let _ = read::<Vec<Closed>>(content_type, body);
        let _ = read::<BTreeMap<bool, Kind>>(content_type, body);
    }
}

/// JSON whose names are those of the types' fields.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-9_i64..9).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-dA-D0-9]{0,2}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-eA-D]", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// What `serde_json` reads, the recorder reads, too: a byte order mark makes it the recorder's.
fn same<T: DeserializeOwned + Debug + PartialEq>(json: &str) {
    let Ok(expected) = serde_json::from_str::<T>(json) else { return };
    // Two of the few places where pydantic takes less: an array for a struct, and an object for a variant without value.
    match read::<T>(JSON, format!("\u{feff}{json}").as_bytes()) {
        Ok(value) => assert_eq!(value, expected, "{json}"),
        Err(status) => assert!(json.contains('[') || json.contains("null"), "{status}: {json}"),
    }
    match read::<T>(JSON, json.as_bytes()) {
        Ok(value) => assert_eq!(value, expected, "{json}"),
        Err(status) => assert!(json.contains('[') || json.contains("null"), "{status}: {json}"),
    }
}

proptest! {
    #[test]
    fn bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..64)) {
        read_all(&body);
    }

    #[test]
    fn text_like_json_never_panics(body in "[\\[\\]{}\",:a-d0-9.eE+\\-\\\\u \u{e9}\u{1f600}\u{feff}ntrfls]{0,48}") {
        read_all(body.as_bytes());
    }

    #[test]
    fn json_never_panics(value in json()) {
        read_all(value.to_string().as_bytes());
    }

    #[test]
    fn valid_values_are_the_same(value in json(), a in any::<u64>(), b in prop::collection::vec(any::<f64>(), 0..4)) {
        let json = value.to_string();
        same::<Value>(&json);
        same::<Either>(&json);
        same::<Closed>(&json);
        same::<Kind>(&json);
        same::<Flat>(&json);
        let open = serde_json::json!({"a": a, "b": b, "c": {"x": value}, "d": [true, "é", null]});
        same::<Open>(&open.to_string());
        same::<Flat>(&serde_json::json!({"a": 1.5, "b": value}).to_string());
    }

    #[test]
    fn strings_never_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..32)) {
        let form = Some("application/x-www-form-urlencoded");
        let _ = from_query::<Closed>(&text);
        let _ = from_query::<Vec<(String, String)>>(&text);
        let _ = from_query::<HashMap<String, Value>>(&text);
        let _ = from_form::<Flat>(form, &bytes);
        let _ = from_form::<Open>(form, format!("a=1&a=&d=1&{text}").as_bytes());
        let _ = from_headers::<Closed>([("a", &bytes), ("c", &bytes)]);
        let _ = from_cookies::<Closed>([&bytes]);
        let _ = from_cookies::<HashMap<String, u8>>([format!("a=\"\\{text}\"")]);
        let _ = from_path::<(Kind, u8)>([("a", &text), ("b", &text)]);
        let _ = from_path::<Kind>([("a", &text)]);
    }

    #[test]
    fn the_only_parameter_is_read_as_one_of_several(
        text in "[+\\-]?[0-9_]{0,21}(\\.0*)?|[ \u{a0}]?[0-9a-z\"\u{e9}]{0,5}\n?", digits in 4290..4310_usize,
    ) {
        for text in [text.as_str(), &"7".repeat(digits)] {
            only::<u8>(text);
            only::<i64>(text);
            only::<u128>(text);
            only::<String>(text);
            only::<Digit>(text);
            only::<Lenient>(text);
            only::<std::num::Saturating<u8>>(text);
        }
    }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(try_from = "i32")]
struct Digit(u8);

impl TryFrom<i32> for Digit {
    type Error = &'static str;

    fn try_from(value: i32) -> Result<Self, &'static str> {
        u8::try_from(value).ok().filter(|digit| *digit < 10).map(Self).ok_or("no digit")
    }
}

/// It does without what it is refused.
#[derive(Debug, PartialEq)]
struct Lenient(i32);

impl<'de> Deserialize<'de> for Lenient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(i32::deserialize(deserializer).unwrap_or(9)))
    }
}

/// A tuple is not read the fast way.
fn only<T: DeserializeOwned + Debug + PartialEq>(text: &str) {
    let alone = from_path::<T>([("it's \"it\"", text)]);
    assert_eq!(alone, from_path::<(T,)>([("it's \"it\"", text)]).map(|(value,)| value), "{text:?}");
}

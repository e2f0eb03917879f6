//! What the recorder finds where types check themselves, buffer, forbid or borrow.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::num::NonZeroU8;

use fastapi_status_serde::{RequestValidationError, ValidationError, from_form, from_json, from_path, from_query};
use serde::de::{EnumAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer};

const JSON: Option<&str> = Some("application/json");

fn read<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, RequestValidationError> {
    from_json(JSON, json.as_bytes())
}

/// The errors' types and places, one a line.
fn summary<T>(result: Result<T, RequestValidationError>) -> String {
    let error = result.err().expect("it is refused");
    let line = |error: &ValidationError| {
        let loc = serde_json::to_string(error.loc()).expect("it is JSON");
        format!("{} {loc} {}", error.kind(), error.input())
    };
    error.errors().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
#[expect(dead_code, reason = "it is only read")]
struct Code(String);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        if code.len() == 3 { Ok(Self(code)) } else { Err(format!("{code:?} has not three letters")) }
    }
}

/// Takes only what no stand-in is.
#[derive(Debug)]
struct Secret;

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "open sesame" => Ok(Self),
            _ => Err(serde::de::Error::custom("not the word")),
        }
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Item {
    code: Code,
    address: IpAddr,
    count: NonZeroU8,
    secret: Secret,
    price: f64,
    note: Option<String>,
}

#[test]
fn types_that_check_themselves_hide_nothing() {
    assert_eq!(
        summary(read::<Item>(r#"{"price": "x", "secret": "no", "count": 0, "address": "here", "code": "toolong"}"#)),
        concat!(
            "value_error [\"body\",\"code\"] \"toolong\"\n",
            "value_error [\"body\",\"address\"] \"here\"\n",
            "value_error [\"body\",\"count\"] 0\n",
            "value_error [\"body\",\"secret\"] \"no\"\n",
            "float_parsing [\"body\",\"price\"] \"x\"",
        )
    );
    assert_eq!(
        summary(read::<Item>(r#"{"code": 1, "address": 2, "count": "x", "secret": 3, "note": 4}"#)),
        concat!(
            "string_type [\"body\",\"code\"] 1\n",
            "string_type [\"body\",\"address\"] 2\n",
            "int_parsing [\"body\",\"count\"] \"x\"\n",
            "string_type [\"body\",\"secret\"] 3\n",
            "string_type [\"body\",\"note\"] 4",
        ),
    );
}

#[test]
fn missing_fields_behind_those_that_check_themselves() {
    let fields = "{\"note\":3}";
    // No stand-in is found for the secret, so nobody can tell whether `price`, which is declared behind, is required.
    assert_eq!(
        summary(read::<Vec<Item>>(&format!("[{fields}]"))),
        concat!(
            "missing [\"body\",0,\"code\"] {\"note\":3}\n",
            "missing [\"body\",0,\"address\"] {\"note\":3}\n",
            "missing [\"body\",0,\"count\"] {\"note\":3}\n",
            "missing [\"body\",0,\"secret\"] {\"note\":3}\n",
            "string_type [\"body\",0,\"note\"] 3",
        )
    );
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is only read")]
struct Closed {
    id: u8,
    #[serde(alias = "label")]
    name: String,
    #[serde(default)]
    tags: Vec<String>,
}

#[test]
fn forbidden_and_missing_fields_of_every_element() {
    assert_eq!(
        summary(read::<Vec<Closed>>(r#"[{"x": 1, "id": 1, "y": 2}, {"label": "a"}, {"id": 1, "name": "b", "z": []}]"#)),
        concat!(
            "missing [\"body\",0,\"name\"] {\"x\":1,\"id\":1,\"y\":2}\n",
            "extra_forbidden [\"body\",0,\"x\"] 1\n",
            "extra_forbidden [\"body\",0,\"y\"] 2\n",
            "missing [\"body\",1,\"id\"] {\"label\":\"a\"}\n",
            "extra_forbidden [\"body\",2,\"z\"] []",
        )
    );
}

#[test]
fn a_key_may_be_a_bool() {
    #[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
    struct Flag(bool);
    let flags = |key: &str| {
        let json = format!(r#"{{"{key}":1}}"#);
        (read::<HashMap<bool, u8>>(&json).ok(), read::<HashMap<Option<Flag>, u8>>(&json).ok())
    };
    for (key, flag) in [("true", true), ("false", false), ("\\u0074rue", true), ("on", true)] {
        assert_eq!(flags(key), (Some([(flag, 1)].into()), Some([(Some(Flag(flag)), 1)].into())), "{key}");
    }
    for key in ["", "tr", "truer", "é", "été", "\u{10ffff}\u{10ffff}", "\\ud800"] {
        assert_eq!(flags(key), (None, None), "{key}");
    }
}

#[test]
fn a_variant_may_be_named_by_a_bool() {
    struct Named;

    impl<'de> Visitor<'de> for Named {
        type Value = bool;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a variant")
        }

        fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<bool, A::Error> {
            let (name, held) = access.variant()?;
            held.newtype_variant::<u8>().map(|_| name)
        }
    }

    #[derive(Debug)]
    struct Variant(bool);

    impl<'de> Deserialize<'de> for Variant {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_enum("Variant", &["true", "false"], Named).map(Self)
        }
    }

    assert!(read::<Variant>(r#"{"true":1}"#).is_ok_and(|variant| variant.0));
    for json in [r#"{"\u00e9":1}"#, "{\"\u{e9}\":1}", "{\"\u{10ffff}t\":1}", r#""\u00e9""#] {
        assert!(read::<Variant>(json).is_err(), "{json}");
    }
}

#[test]
fn bytes_are_those_of_a_string() {
    #[derive(Debug, PartialEq)]
    struct Bytes(Vec<u8>);

    struct Read;

    impl<'de> Visitor<'de> for Read {
        type Value = Bytes;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bytes")
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
            Ok(Bytes(bytes.to_vec()))
        }
    }

    impl<'de> Deserialize<'de> for Bytes {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_bytes(Read)
        }
    }

    assert_eq!(read(r#""na\u00efve""#), Ok(Bytes("na\u{ef}ve".into())));
    for (json, error) in [("\"a\u{1}b\"", "json_invalid"), (r#""\ud800""#, "string_unicode"), ("[1]", "bytes_type")] {
        assert!(summary(read::<Bytes>(json)).starts_with(error), "{json}");
    }
}

#[test]
fn of_a_key_that_is_written_twice_the_last_value_counts() {
    let keys: Vec<String> = (' '..='~').map(|last| format!("key{last}").replace(['"', '\\'], "\\n")).collect();
    for key in &keys {
        let escaped = format!("\\u006b{}", &key[1..]);
        for count in [0, 3, 40] {
            let others: String =
                keys.iter().filter(|other| *other != key).take(count).map(|k| format!(r#","{k}":1"#)).collect();
            let json = format!(r#"{{"{key}":"first"{others},"{escaped}":2,"last":"wrong"}}"#);
            let told = summary(read::<BTreeMap<String, u8>>(&json));
            assert_eq!(told.lines().count(), 1, "{json}: {told}");
        }
    }
}

#[test]
fn maps_report_keys_and_values() {
    assert_eq!(
        summary(read::<BTreeMap<IpAddr, Code>>(r#"{"here": "abcd", "::1": "abc", "there": 1}"#)),
        concat!(
            "value_error [\"body\",\"here\",\"[key]\"] \"here\"\n",
            "value_error [\"body\",\"here\"] \"abcd\"\n",
            "value_error [\"body\",\"there\",\"[key]\"] \"there\"\n",
            "string_type [\"body\",\"there\"] 1",
        )
    );
}

#[test]
fn tuples_report_all_items() {
    assert_eq!(
        summary(read::<(Code, IpAddr, Vec<Code>, u8)>(r#"["a", "b", ["c", "abc", "d"], "e"]"#)),
        concat!(
            "value_error [\"body\",0] \"a\"\n",
            "value_error [\"body\",1] \"b\"\n",
            "value_error [\"body\",2,0] \"c\"\n",
            "value_error [\"body\",2,2] \"d\"\n",
            "int_parsing [\"body\",3] \"e\"",
        )
    );
}

#[derive(Debug, Deserialize, PartialEq)]
enum Shape {
    Nothing,
    Circle(f64),
    Line(i32, i32),
    Box { width: u8, height: u8 },
}

#[test]
fn enums_with_values() {
    assert_eq!(read::<Shape>(r#"{"Circle": "1.5"}"#).unwrap(), Shape::Circle(1.5));
    assert_eq!(read::<Shape>(r#"{"Line": [1, "2"]}"#).unwrap(), Shape::Line(1, 2));
    assert_eq!(read::<Shape>(r#"{"Box": {"width": 1, "height": 2.0}}"#).unwrap(), Shape::Box { width: 1, height: 2 });
    assert_eq!(summary(read::<Shape>(r#"{"Nothing": null}"#)), "enum [\"body\"] {\"Nothing\":null}");
    assert_eq!(summary(read::<Shape>(r#"{"Square": 1}"#)), "enum [\"body\"] {\"Square\":1}");
    assert_eq!(
        summary(read::<Vec<Shape>>(r#"["Circle", {"Box": {"width": 300}}, {"Line": ["x", "y"]}, 3]"#)),
        concat!(
            "value_error [\"body\",0] \"Circle\"\n",
            "less_than_equal [\"body\",1,\"Box\",\"width\"] 300\n",
            "missing [\"body\",1,\"Box\",\"height\"] {\"width\":300}\n",
            "int_parsing [\"body\",2,\"Line\",0] \"x\"\n",
            "int_parsing [\"body\",2,\"Line\",1] \"y\"\n",
            "enum [\"body\",3] 3",
        )
    );
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only read")]
enum Either {
    Number(u8),
    Text(String),
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "it is only read")]
enum Tagged {
    A { id: u8 },
    B { name: String },
}

#[derive(Debug, Deserialize)]
struct Flat {
    id: u8,
    #[serde(flatten)]
    rest: HashMap<String, u8>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Buffering {
    either: Either,
    tagged: Tagged,
    flat: Flat,
    last: bool,
}

#[test]
fn what_buffers_is_refused_where_it_stands() {
    assert_eq!(
        summary(read::<Buffering>(
            r#"{"either": [], "tagged": {"type": "A"}, "flat": {"id": "x", "a": "b"}, "last": "perhaps"}"#
        )),
        concat!(
            "value_error [\"body\",\"either\"] []\n",
            "missing [\"body\",\"tagged\",\"id\"] {\"type\":\"A\"}\n",
            "int_parsing [\"body\",\"flat\",\"id\"] \"x\"\n",
            "bool_parsing [\"body\",\"last\"] \"perhaps\"",
        )
    );
    let flat: Flat = read(r#"{"id": "1", "a": 2}"#).unwrap();
    assert_eq!((flat.id, flat.rest["a"]), (1, 2));
    assert_eq!(summary(read::<Flat>("[]")), "model_attributes_type [\"body\"] []");
}

#[derive(Debug, Deserialize)]
struct Borrowing<'a> {
    plain: &'a str,
    #[serde(borrow)]
    either: Cow<'a, str>,
    count: u8,
}

#[test]
fn borrowed_strings() {
    let value: Borrowing<'_> = read(r#"{"plain": "a", "either": "b\n", "count": "1"}"#).unwrap();
    assert_eq!((value.plain, value.either.as_ref(), value.count), ("a", "b\n", 1));
    // What was escaped stands nowhere in the body.
    let error = summary(read::<Borrowing<'_>>(r#"{"plain": "\u0061\n", "either": "b", "count": 1}"#));
    assert_eq!(error, "value_error [\"body\",\"plain\"] \"a\\n\"");
}

#[derive(Debug, Deserialize)]
struct Tree {
    #[serde(default)]
    children: Vec<Tree>,
}

#[test]
fn depth_is_bounded() {
    for depth in [200, 5_000, 100_000, 1_000_000] {
        let nested = |open: &str, close: &str| open.repeat(depth) + &close.repeat(depth);
        let status = |error: RequestValidationError| error.status_code().as_u16();
        let expected = if depth > 8_500 { 400 } else { 422 };
        for json in [nested("{\"children\":[", "]}"), nested("[", "]"), nested("[{\"a\":", "}]"), "[".repeat(depth)] {
            assert!(matches!(read::<Tree>(&json).map_err(status), Err(400 | 422)));
            assert!(matches!(read::<serde_json::Value>(&json).map_err(status), Err(400 | 422)));
        }
        let ignored = format!("{{\"ignored\":{}}}", nested("[", "]"));
        let tree = read::<Tree>(&ignored);
        if expected == 400 {
            assert_eq!(tree.map_err(status).err(), Some(400));
        } else {
            assert!(tree.unwrap().children.is_empty());
        }
    }
    let json = "{\"children\":[".repeat(100) + "{\"children\":1}" + &"]}".repeat(100);
    assert!(summary(read::<Tree>(&json)).starts_with("recursion_depth_exceeded"), "two levels each");
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Plain {
    code: Code,
    address: IpAddr,
    count: NonZeroU8,
    price: f64,
}

#[test]
fn ten_thousand_bad_elements() {
    let element = r#"{"code":"four","address":1}"#;
    let json = format!("[{}]", vec![element; 10_000].join(","));
    let error = read::<Vec<Plain>>(&json).unwrap_err();
    let kinds: Vec<_> = error.errors().iter().map(ValidationError::kind).collect();
    assert_eq!(kinds.len(), 40_000);
    for element in kinds.chunks(4) {
        assert_eq!(element, ["value_error", "string_type", "missing", "missing"]);
    }

    let element = r#"{"code":"four","address":1,"secret":"no"}"#;
    let json = format!("[{}]", vec![element; 10_000].join(","));
    let error = read::<Vec<Item>>(&json).unwrap_err();
    let kinds: Vec<_> = error.errors().iter().map(ValidationError::kind).collect();
    assert_eq!(kinds.len(), 40_000);
    for element in kinds.chunks(4) {
        assert_eq!(element, ["value_error", "string_type", "missing", "value_error"]);
    }
}

#[test]
fn lists_and_pairs_of_strings() {
    #[derive(Debug, Deserialize)]
    struct Query {
        tag: Vec<u8>,
        page: Option<u8>,
    }
    let query: Query = from_query("tag=1&page=1&tag=2&page=2").unwrap();
    assert_eq!((query.tag, query.page), (vec![1, 2], Some(2)));
    assert_eq!(
        summary(from_query::<Query>("page=x")),
        "missing [\"query\",\"tag\"] null\nint_parsing [\"query\",\"page\"] \"x\""
    );

    let pairs: Vec<(String, u8)> = from_query("b=1&a=2&b=3").unwrap();
    assert_eq!(pairs, [("b".to_owned(), 1), ("a".to_owned(), 2), ("b".to_owned(), 3)]);

    let form = Some("application/x-www-form-urlencoded; charset=utf-8");
    assert_eq!(summary(from_form::<Query>(form, b"tag=&page=")), "int_parsing [\"body\",\"tag\",0] \"\"");

    assert_eq!(
        summary(from_path::<(u8, u8)>([("a", "x"), ("b", "y")])),
        "int_parsing [\"path\",\"a\"] \"x\"\nint_parsing [\"path\",\"b\"] \"y\""
    );
    assert_eq!(summary(from_path::<Code>([("code", "ab")])), "value_error [\"path\",\"code\"] \"ab\"");
}

/// Makes do without a number.
#[derive(Debug)]
struct Lenient;

impl<'de> Deserialize<'de> for Lenient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(u8::deserialize(deserializer).map_or(Self, |_| Self))
    }
}

#[test]
fn bodies_that_are_not_there() {
    assert_eq!(summary(from_json::<Tree>(JSON, b"")), "missing [\"body\"] null");
    assert!(from_json::<Option<Tree>>(JSON, b"").unwrap().is_none());
    assert_eq!(summary(from_json::<serde_json::Value>(JSON, b"")), "missing [\"body\"] null");
    assert_eq!(summary(from_json::<Lenient>(JSON, b"")), "missing [\"body\"] null");
    assert!(from_json::<Option<Lenient>>(JSON, b"").unwrap().is_none());
    assert_eq!(summary(from_json::<Vec<u8>>(None, b"")), "missing [\"body\"] null");
    assert_eq!(from_json::<String>(None, b"text").unwrap(), "text");
    assert_eq!(summary(from_json::<Vec<u8>>(Some("text/plain"), b"[1]")), "list_type [\"body\"] \"[1]\"");
}

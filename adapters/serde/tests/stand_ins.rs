//! What is missing behind a value that is missing or wrong is told as well, also where its type checks itself.

use std::collections::HashMap;

use fastapi_status_serde::{ValidationError, from_json};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// All errors, as `a.password missing`.
fn told<T: DeserializeOwned>(body: &str) -> Vec<String> {
    let Err(error) = from_json::<T>(Some("application/json"), body.as_bytes()) else { panic!("{body} was taken") };
    let loc = |error: &ValidationError| {
        let loc: Vec<_> = error.loc()[1..].iter().map(|item| serde_json::to_value(item).unwrap_or_default()).collect();
        loc.iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(".")
    };
    error.errors().iter().map(|error| format!("{} {}", loc(error), error.kind())).collect()
}

macro_rules! checked {
    ($name:ident, $from:literal, $inner:ty, |$value:ident| $check:expr, $error:expr) => {
        #[derive(Deserialize)]
        #[serde(try_from = $from)]
        struct $name;

        impl TryFrom<$inner> for $name {
            type Error = ValidationError;

            fn try_from($value: $inner) -> Result<Self, ValidationError> {
                if $check { Ok(Self) } else { Err($error) }
            }
        }
    };
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct In<T> {
    checked: T,
    count: u8,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Out<T> {
    a: In<T>,
    b: In<T>,
    last: u8,
}

/// In another struct and at the root; missing, and wrong, of which `kind` is told.
fn hides_nothing<T: DeserializeOwned>(wrong: &str, kind: &str) {
    assert_eq!(told::<In<T>>("{}"), ["checked missing", "count missing"]);
    assert_eq!(told::<In<T>>(&format!(r#"{{"checked":{wrong}}}"#)), [&format!("checked{kind}"), "count missing"]);
    assert_eq!(told::<Out<T>>("{}"), ["a missing", "b missing", "last missing"]);
    let rest = ["a.count missing", "b missing", "last missing"];
    assert_eq!(told::<Out<T>>(r#"{"a":{}}"#), [&["a.checked missing"], rest.as_slice()].concat());
    let first = format!("a.checked{kind}");
    assert_eq!(
        told::<Out<T>>(&format!(r#"{{"a":{{"checked":{wrong}}}}}"#)),
        [&[first.as_str()], rest.as_slice()].concat()
    );
    // A long list as well: what a type takes is found out otherwise there.
    let list = format!(r#"{{"checked":{wrong}}},{{}},{{"count":1}}"#);
    let errors = [&format!("checked{kind}"), "count missing", "checked missing", "count missing", "checked missing"];
    for count in [1, 100] {
        let places = [0, 0, 1, 1, 2].into_iter();
        let all = (0..count).flat_map(|start| {
            let place = places.clone().map(move |place| start * 3 + place);
            place.zip(errors).map(|(place, error)| format!("{place}.{error}"))
        });
        assert_eq!(told::<Vec<In<T>>>(&format!("[{}]", vec![list.as_str(); count].join(","))), all.collect::<Vec<_>>());
    }
}

#[test]
fn a_type_that_names_an_example() {
    checked!(Sku, "String", String, |text| text.starts_with("SKU-"), {
        ValidationError::value_error("it begins with SKU-", &text).with_example("SKU-1")
    });
    hides_nothing::<Sku>(r#""1""#, " value_error");
    hides_nothing::<Sku>("5", " string_type");
    assert_eq!(told::<In<Option<Sku>>>(r#"{"checked":5}"#), ["checked string_type", "count missing"]);
}

#[test]
fn a_struct_that_names_an_example() {
    #[derive(Deserialize)]
    struct Ends {
        start: u32,
        end: u32,
    }
    checked!(Period, "Ends", Ends, |ends| ends.start < ends.end, {
        ValidationError::value_error("it ends before it starts", &()).with_example(&json!({"start": 1, "end": 2}))
    });
    hides_nothing::<Period>(r#"{"start":5,"end":4}"#, " value_error");
    hides_nothing::<Period>("5", " model_attributes_type");
    assert_eq!(told::<In<Period>>(r#"{"checked":{"end":4}}"#), ["checked.start missing", "count missing"]);
}

#[test]
fn a_bound_tells_what_keeps_it() {
    checked!(Long, "String", String, |text| text.len() >= 200, ValidationError::string_too_short(200, &text));
    hides_nothing::<Long>(r#""1""#, " string_too_short");
    checked!(Above, "i64", i64, |number| number > 5000, ValidationError::greater_than(5000, &number));
    hides_nothing::<Above>("1", " greater_than");
    checked!(Least, "f64", f64, |number| number >= 5000.5, ValidationError::greater_than_equal(5000.5, &number));
    hides_nothing::<Least>("1", " greater_than_equal");
    checked!(Below, "i64", i64, |number| number < -9, ValidationError::less_than(-9, &number));
    hides_nothing::<Below>("1", " less_than");
    checked!(Most, "i64", i64, |number| number <= -9, ValidationError::less_than_equal(-9, &number));
    hides_nothing::<Most>("1", " less_than_equal");
    checked!(Even, "i64", i64, |number| number % 11 == 0 && number != 0, ValidationError::multiple_of(11, &number));
    hides_nothing::<Even>("1", " multiple_of");
}

#[test]
fn what_a_type_suggests_keeps_none_of_the_usual_from_it() {
    checked!(Round, "i64", i64, |number| number >= 30 && number % 25 == 0, {
        if number < 30 {
            ValidationError::greater_than_equal(30, &number)
        } else {
            ValidationError::multiple_of(25, &number)
        }
    });
    hides_nothing::<Round>("1", " greater_than_equal");
    hides_nothing::<Round>("60", " multiple_of");
    // A suggestion that a sent value has drawn, and which is refused as well, is not the first of the usual ones.
    checked!(First, "i64", i64, |number| number == 1, {
        if number > 1 { ValidationError::less_than(0, &number) } else { ValidationError::value_error("no", &number) }
    });
    hides_nothing::<First>("7", " less_than");
    checked!(Phone, "String", String, |text| text == "+12125550100", {
        if text.len() < 8 {
            ValidationError::string_too_short(8, &text)
        } else {
            ValidationError::value_error("no phone number", &text)
        }
    });
    hides_nothing::<Phone>(r#""1""#, " string_too_short");
    hides_nothing::<Phone>(r#""123456789""#, " value_error");
}

#[test]
fn a_bound_within_what_buffers_is_that_of_the_field() {
    checked!(Above, "i64", i64, |number| number > 5000, ValidationError::greater_than(5000, &number));
    #[derive(Deserialize)]
    #[serde(tag = "type")]
    #[expect(dead_code, reason = "it is only read")]
    enum Tagged {
        Cat { lives: Above, years: Above, name: String },
    }
    hides_nothing::<Tagged>(r#"{"type":"Cow"}"#, ".type value_error");
}

#[test]
fn a_password_is_made_up() {
    fn is_strong(text: &str) -> bool {
        text.len() >= 12
            && text.contains(|c: char| c.is_ascii_uppercase())
            && text.contains(|c: char| c.is_ascii_digit())
            && text.contains(|c: char| c.is_ascii_punctuation())
    }
    checked!(Password, "String", String, |text| is_strong(&text), ValidationError::value_error("too weak", &text));
    hides_nothing::<Password>(r#""1""#, " value_error");
}

#[test]
fn a_type_that_buffers_is_given_the_fields_that_it_asks_for() {
    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "lowercase")]
    #[expect(dead_code, reason = "it is only read")]
    enum Pet {
        Cat { name: String, lives: u8 },
        Dog,
    }
    hides_nothing::<Pet>(r#"{"type":"cow"}"#, ".type value_error");
    hides_nothing::<Pet>("5", " value_error");
    hides_nothing::<Pet>(r#"{"type":"cat","name":"Tom"}"#, ".lives missing");

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    struct Page {
        limit: u8,
        at: std::net::IpAddr,
    }
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    struct Flat {
        #[serde(flatten)]
        page: Page,
        name: String,
    }
    hides_nothing::<Flat>("5", " model_attributes_type");

    #[derive(Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "it is only read")]
    enum Id {
        Number(u32),
        Text(String),
    }
    hides_nothing::<Id>("true", " value_error");
}

#[test]
fn an_example_is_fed_as_it_stands() {
    // What FastAPI echoes is without members whose names begin with `_sa`.
    checked!(Sales, "HashMap<String, f64>", HashMap<String, f64>, |sales| sales.get("_sales") == Some(&1.0), {
        ValidationError::value_error("no sales", &()).with_example(&json!({"_sales": 1}))
    });
    hides_nothing::<Sales>("{}", " value_error");
}

#[test]
fn an_example_that_is_none_hides_what_it_must_and_no_more() {
    checked!(Never, "String", String, |text| text.is_empty() && text.len() > 1, {
        ValidationError::greater_than(1, &text).with_example("no")
    });
    assert_eq!(told::<In<Never>>("{}"), ["checked missing"]);
    assert_eq!(told::<In<Never>>(r#"{"count":"x"}"#), ["checked missing", "count int_parsing"]);
    assert_eq!(told::<In<Never>>(r#"{"checked":"x","count":"x"}"#), ["checked greater_than", "count int_parsing"]);
}

#[test]
fn no_client_is_told_the_example() {
    let error = ValidationError::value_error("no", &1).with_example("SKU-1");
    assert!(!error.to_string().contains("SKU-1"));
    assert!(!serde_json::to_string(&error).unwrap_or_default().contains("SKU-1"));
    assert!(format!("{error:#}").ends_with(r#","example":"SKU-1"}"#));

    checked!(Sku, "String", String, |text| text == "SKU-1", {
        ValidationError::value_error("no", &text).with_example("SKU-1")
    });
    fn wrapped<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Sku, D::Error> {
        Sku::deserialize(deserializer)
            .map_err(|error| serde::de::Error::custom(format!("in a wrapper: {error:#} {error:?} {error:#?}")))
    }
    #[derive(Deserialize)]
    struct Wrapped(#[serde(deserialize_with = "wrapped")] Sku);
    let error = from_json::<In<Wrapped>>(Some("application/json"), br#"{"checked":"x"}"#).err();
    assert!(error.is_some_and(|error| !error.to_string().contains("SKU-1")));
}

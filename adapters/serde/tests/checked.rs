//! Types of other crates that check themselves: none hides what else is wrong.

use std::fmt::Debug;

use fastapi_status_serde::{
    RequestValidationError, ValidationError, from_form, from_form_fields, from_json, from_query,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

fn read<T: DeserializeOwned>(json: &str) -> Result<T, RequestValidationError> {
    from_json(Some("application/json"), json.as_bytes())
}

/// The errors' types, places and messages, one a line.
fn summary<T: Debug>(result: Result<T, RequestValidationError>) -> Vec<String> {
    let error = result.expect_err("it is refused");
    let line = |error: &ValidationError| {
        let loc = serde_json::to_string(&error.loc()[1..]).expect("it is JSON");
        format!("{} {loc} {}", error.kind(), error.msg())
    };
    error.errors().iter().map(line).collect()
}

fn missing(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| format!("missing [\"{field}\"] Field required")).collect()
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Order {
    id: uuid::Uuid,
    link: url::Url,
    local: chrono::NaiveDateTime,
    at: chrono::DateTime<chrono::Utc>,
    day: chrono::NaiveDate,
    hour: chrono::NaiveTime,
    #[serde(with = "time::serde::rfc3339")]
    sent: time::OffsetDateTime,
    #[serde(with = "time::serde::rfc2822")]
    mailed: time::OffsetDateTime,
    date: time::Date,
    clock: time::Time,
    naive: time::PrimitiveDateTime,
    offset: time::OffsetDateTime,
    count: u8,
}

const FIELDS: [&str; 13] =
    ["id", "link", "local", "at", "day", "hour", "sent", "mailed", "date", "clock", "naive", "offset", "count"];

const GOOD: &str = r#"{
    "id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "link": "https://example.com/a", "local": "2024-05-06T07:08:09",
    "at": "2024-05-06T07:08:09Z", "day": "2024-05-06", "hour": "07:08:09", "sent": "2024-05-06T07:08:09+02:00",
    "mailed": "Mon, 06 May 2024 07:08:09 +0000", "date": "2024-05-06", "clock": "07:08:09.0",
    "naive": "2024-05-06 07:08:09.0", "offset": "2024-05-06 07:08:09.0 +00:00:00", "count": "3"}"#;

#[test]
fn good_values_are_taken() {
    let order: Order = read(GOOD).unwrap();
    assert_eq!((order.link.path(), order.count), ("/a", 3));
}

#[test]
fn all_that_are_missing_are_told() {
    assert_eq!(summary(read::<Order>("{}")), missing(&FIELDS));
    assert_eq!(summary(read::<Order>(r#"{"count": 1}"#)), missing(&FIELDS[..12]));
}

#[test]
fn all_that_are_wrong_are_told() {
    let bad: serde_json::Map<_, _> = FIELDS.iter().map(|field| ((*field).to_owned(), "no".into())).collect();
    let lines = summary(read::<Order>(&serde_json::Value::from(bad).to_string()));
    assert_eq!(lines.len(), FIELDS.len(), "{lines:#?}");
    for (line, field) in lines.iter().zip(&FIELDS[..12]) {
        assert!(line.starts_with(&format!("value_error [\"{field}\"] Value error, ")), "{line}");
    }
    assert_eq!(lines[1], "value_error [\"link\"] Value error, relative URL without a base: \"no\"");
    assert!(lines[12].starts_with("int_parsing [\"count\"]"));

    let numbers: serde_json::Map<_, _> = FIELDS[..12].iter().map(|field| ((*field).to_owned(), 1.into())).collect();
    let lines = summary(read::<Order>(&serde_json::Value::from(numbers).to_string()));
    assert_eq!(lines.len(), FIELDS.len(), "{lines:#?}");
    assert_eq!(lines[12], "missing [\"count\"] Field required");
}

/// Two functions that want different strings: the derive calls both seeds the same.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Contact {
    #[serde(deserialize_with = "link")]
    link: String,
    #[serde(deserialize_with = "mail")]
    mail: String,
    last: u8,
}

fn link<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    containing(deserializer, "://")
}

fn mail<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    containing(deserializer, "@")
}

fn containing<'de, D: Deserializer<'de>>(deserializer: D, part: &str) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.contains(part) { Ok(text) } else { Err(serde::de::Error::custom(format!("no {part}"))) }
}

#[test]
fn fields_with_functions_of_their_own_have_stand_ins_of_their_own() {
    assert_eq!(summary(read::<Contact>("{}")), missing(&["link", "mail", "last"]));
    assert_eq!(summary(read::<Contact>(r#"{"mail": "a@b"}"#)), missing(&["link", "last"]));
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only read")]
enum Either {
    Number(u8),
    Text(String),
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Mixed {
    either: Either,
    last: u8,
}

#[test]
fn a_missing_untagged_enum_hides_nothing() {
    assert_eq!(summary(read::<Mixed>("{}")), missing(&["either", "last"]));
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closed {}

#[test]
fn one_value_of_a_name_is_echoed_as_itself() {
    let inputs = |result: Result<Closed, RequestValidationError>| {
        result.unwrap_err().errors().iter().map(|error| error.input().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(inputs(from_query("a=4&b=1&b=2")), ["\"4\"", "[\"1\",\"2\"]"]);
    assert_eq!(inputs(from_form_fields([("a", "4")])), ["\"4\""]);
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Upload {
    title: String,
    pages: Option<u8>,
}

#[test]
fn a_file_is_no_text() {
    let body = "--b\r\nContent-Disposition: form-data; name=\"title\"; filename=\"a;b\"\r\n\r\nx\r\n\
                --b\r\nContent-Disposition: form-data; name=pages; filename=c\r\n\r\nx\r\n--b--";
    let read = |body: &str| from_form::<Upload>(Some("multipart/form-data; boundary=b"), body.as_bytes());
    assert_eq!(
        summary(read(body)),
        [
            "string_type [\"title\"] Input should be a valid string",
            "int_type [\"pages\"] Input should be a valid integer"
        ]
    );
    assert_eq!(read(body).unwrap_err().errors()[0].input(), r#"{"filename":"a;b","size":1}"#);
    assert_eq!(summary(read("")), missing(&["title"]));

    let error = read("--b\r\n\r\n").unwrap_err();
    assert_eq!(error.status_code(), 400);
    assert!(error.is_body_unreadable());
    assert_eq!(error.to_string(), r#""The Content-Disposition header field \"name\" must be provided.""#);
}

#[test]
fn forms_have_limits() {
    let read =
        |body: &str| from_form::<Vec<(String, String)>>(Some("application/x-www-form-urlencoded"), body.as_bytes());
    assert_eq!(read(&"a=b&".repeat(1_000)).unwrap().len(), 1_000);
    let error = |body: &str| read(body).unwrap_err().to_string();
    assert_eq!(error(&"a=b&".repeat(1_001)), r#""Too many fields. Maximum number of fields is 1000.""#);
    assert_eq!(error(&format!("a={}", "b".repeat(1 << 20))), r#""Field exceeded maximum size of 1024KB.""#);
    assert!(read(&format!("a={}", "b".repeat((1 << 20) - 1))).is_ok());
}

#[test]
fn what_a_type_says_of_its_bound_is_told_as_it_stands() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "f64")]
    struct Large;

    impl TryFrom<f64> for Large {
        type Error = ValidationError;

        fn try_from(number: f64) -> Result<Self, ValidationError> {
            // More than `serde_json` keeps of an integer.
            Err(ValidationError::greater_than(u128::from(u64::MAX) + 1, &number))
        }
    }

    let error = read::<Large>("1").unwrap_err();
    assert_eq!(error.errors()[0].ctx(), Some(r#"{"gt":18446744073709551616}"#));
}

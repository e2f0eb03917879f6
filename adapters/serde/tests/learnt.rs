//! What a thread has learnt of a type from one request makes no other right or wrong.

use std::fmt;
use std::thread;

use fastapi_status_serde::from_json;
use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

fn read<T: DeserializeOwned + fmt::Debug>(body: &str) -> String {
    match from_json::<T>(Some("application/json"), body.as_bytes()) {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.to_string(),
    }
}

/// Each body behind each other, in a thread that knows nothing before.
fn holds<T: DeserializeOwned + fmt::Debug>(bodies: &[&'static str]) {
    let anew = |first: Option<&'static str>, second: &'static str| {
        let task = move || {
            first.map(read::<T>);
            read::<T>(second)
        };
        thread::spawn(task).join().expect("nothing panics")
    };
    for second in bodies {
        let alone = anew(None, second);
        for first in bodies {
            assert_eq!(anew(Some(first), second), alone, "{second} after {first}");
        }
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Aliased {
    #[serde(alias = "naam", alias = "nom")]
    name: String,
    count: u8,
    #[serde(default)]
    rest: Vec<u8>,
}

#[test]
fn of_aliases() {
    holds::<Aliased>(&[
        "{}",
        r#"{"naam":"Ada"}"#,
        r#"{"nom":"Ada","count":"x"}"#,
        r#"{"name":"Ada","rest":[1,"y"]}"#,
        r#"{"count":"1","nom":7}"#,
        r#"{"count":"1","naam":"Ada"}"#,
        "[]",
    ]);
}

#[test]
fn of_an_element_with_an_alias() {
    let missing = |body: &str| {
        let error = from_json::<Vec<Aliased>>(Some("application/json"), body.as_bytes()).unwrap_err();
        error.errors().iter().map(|error| serde_json::to_string(error.loc()).expect("it is JSON")).collect::<Vec<_>>()
    };
    let all = [r#"["body",1,"name"]"#, r#"["body",1,"count"]"#];
    assert_eq!(missing(r#"[{"naam":"Ada","count":1},{}]"#), all);
    assert_eq!(missing(r#"[{"name":"Ada","count":1,"rest":[]},{}]"#), all);
    assert_eq!(missing(r#"[{"nom":"Ada","count":1},{"rest":[]},{"naam":"Ada","count":1}]"#), all);
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is only read")]
struct Closed {
    first: Option<u8>,
    last: Kind,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
enum Kind {
    Plain,
    With {
        code: u8,
        text: String,
    },
    #[serde(other)]
    Other,
}

#[test]
fn of_what_is_forbidden() {
    holds::<Closed>(&[
        r#"{"last":"Plain","more":1}"#,
        r#"{"last":"None of them"}"#,
        r#"{"first":"1","last":{"With":{}}}"#,
        r#"{"last":{"With":{"code":"1","text":"x"}},"first":"x"}"#,
        r#"{"more":1,"first":2}"#,
        r#"{"first":"2","last":"Plain"}"#,
        "{}",
    ]);
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", content = "data")]
#[expect(dead_code, reason = "it is only read")]
enum Event {
    Created { id: u8 },
    Renamed(String),
    Noted(Option<u8>),
    Deleted,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Message {
    event: Event,
    count: u8,
}

#[test]
fn of_a_content_that_only_some_tags_have() {
    let bodies = [
        r#"{"event":{"type":"Created"},"count":1}"#,
        r#"{"event":{"type":"Renamed"},"count":"x"}"#,
        r#"{"event":{"type":"Deleted"},"count":"1"}"#,
        r#"{"event":{"type":"Noted"},"count":"1"}"#,
        r#"{"event":{"data":{"id":"1"},"type":"Created"},"count":"1"}"#,
        r#"{"event":{},"count":1}"#,
        r#"{"event":{"type":"Archived"},"count":1}"#,
        r#"{"event":{"type":7},"count":1}"#,
        r#"{"event":{"type":null},"count":1}"#,
        r#"{"event":{"data":"Dune"},"count":1}"#,
        r#"{"event":{"data":7},"count":1}"#,
        r#"{"event":{"data":"Dune","type":"Archived"},"count":1}"#,
        r#"{"event":{"type":"Archived","data":"Dune"},"count":1}"#,
        r#"{"event":{"type":7,"data":"Dune"},"count":1}"#,
    ];
    holds::<Message>(&bodies);
    // Which content an unknown tag would want, nobody can tell.
    assert!(bodies[6..9].iter().all(|body| !read::<Message>(body).contains("missing")));
    for body in &bodies[11..] {
        assert_eq!(read::<Message>(body).matches(r#""loc":"#).count(), 1, "{body}");
    }
    assert_eq!(read::<Message>(bodies[2]), "Message { event: Deleted, count: 1 }");
    let missing = |body: &str| read::<Vec<Message>>(body).matches(r#""type":"missing""#).count();
    assert_eq!(missing(r#"[{"event":{"type":"Created"},"count":1},{"event":{"type":"Deleted"},"count":1}]"#), 1);
    assert_eq!(missing(r#"[{"event":{"type":"Renamed"}},{},{"event":{"type":"Created"}},{"event":{}}]"#), 8);
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", content = "data", deny_unknown_fields)]
#[expect(dead_code, reason = "it is only read")]
enum Strict {
    Created {
        id: u8,
    },
    #[serde(rename = "")]
    Renamed(u8),
    Deleted,
}

#[test]
fn of_an_enum_with_a_content_that_forbids_other_fields() {
    let bodies = [
        "{}",
        r#"{"z":1}"#,
        r#"{"type":"Created"}"#,
        r#"{"type":"Created","z":1}"#,
        r#"{"data":7,"z":1}"#,
        r#"{"type":""}"#,
        r#"{"type":"no","z":1}"#,
        r#"{"type":"Deleted","z":1}"#,
        r#"{"z":1,"type":"","data":"1"}"#,
        r#"{"type":"no","data":"Dune"}"#,
        r#"{"type":7,"data":"Dune"}"#,
    ];
    holds::<Strict>(&bodies);
    for body in &bodies {
        assert_eq!(read::<Strict>(body).contains(r#""loc":["body","z"]"#), body.contains('z'), "{body}");
        assert!(read::<Strict>(body).starts_with('['), "{body}");
    }
    for body in &bodies[9..] {
        assert_eq!(read::<Strict>(body).matches(r#""loc":"#).count(), 1, "{body}");
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
enum Shape {
    Circle {
        #[serde(default)]
        size: u8,
        y: u8,
    },
    Square {
        size: u8,
        y: u8,
    },
}

#[test]
fn of_variants_with_the_same_fields() {
    holds::<Shape>(&[
        r#"{"Square":{"y":"1"}}"#,
        r#"{"Circle":{"y":"1"}}"#,
        r#"{"Square":{"y":"1","size":"2"}}"#,
        r#"{"Circle":{}}"#,
    ]);
    assert_eq!(read::<Shape>(r#"{"Circle":{"y":"1"}}"#), "Circle { size: 0, y: 1 }");
}

#[test]
fn of_types_of_the_same_name() {
    fn create(body: &str) -> String {
        match body.len() {
            0 => {
                #[derive(Debug, Deserialize)]
                #[expect(dead_code, reason = "it is only read")]
                struct Body {
                    name: u8,
                    title: u8,
                }
                read::<Body>(r#"{"name":"1"}"#)
            }
            _ => {
                #[derive(Debug, Deserialize)]
                #[expect(dead_code, reason = "it is only read")]
                struct Body {
                    name: u8,
                    #[serde(default)]
                    title: u8,
                }
                read::<Body>(body)
            }
        }
    }

    let missing = r#"[{"type":"missing","loc":["body","title"],"msg":"Field required","input":{"name":"1"}}]"#;
    for _ in 0..2 {
        assert_eq!(create(""), missing);
        assert_eq!(create(r#"{"name":"1"}"#), "Body { name: 1, title: 0 }");
    }
}

#[test]
fn of_a_struct_of_many_fields() {
    macro_rules! many {
        ($($name:ident)*) => {
            #[derive(Debug, Deserialize)]
            #[expect(dead_code, reason = "it is only read")]
            struct Many {
                $(#[serde(default)] $name: u8,)*
                last: u8,
                end: Option<u8>,
            }
        };
    }
    many!(a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8 c1 c2 c3 c4 c5 c6 c7 c8 d1 d2 d3 d4 d5 d6 d7 d8
        e1 e2 e3 e4 e5 e6 e7 e8 f1 f2 f3 f4 f5 f6 f7 f8 g1 g2 g3 g4 g5 g6 g7 g8 h1 h2 h3 h4 h5 h6 h7 h8);
    holds::<Many>(&[
        "{}",
        r#"{"h8":"x","last":"1"}"#,
        r#"{"a1":"1","last":"1","end":"2"}"#,
        r#"{"end":"x","a1":[]}"#,
        r#"{"last":"1"}"#,
    ]);
    assert!(read::<Many>("{}").contains(r#"["body","last"]"#));
}

/// Whether it wants `reason` depends on what else it is given: nothing that was learnt of it may last.
#[derive(Debug)]
#[expect(dead_code, reason = "it is only read")]
struct Vote {
    yes: bool,
    reason: Option<String>,
}

impl<'de> Deserialize<'de> for Vote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfVote;

        impl<'de> Visitor<'de> for OfVote {
            type Value = Vote;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a vote")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vote, A::Error> {
                let (mut yes, mut reason) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "yes" => yes = Some(map.next_value::<bool>()?),
                        _ => reason = Some(map.next_value::<String>()?),
                    }
                }
                let yes = yes.ok_or_else(|| A::Error::missing_field("yes"))?;
                if !yes && reason.is_none() {
                    return Err(A::Error::missing_field("reason"));
                }
                Ok(Vote { yes, reason })
            }
        }

        deserializer.deserialize_struct("Vote", &["yes", "reason"], OfVote)
    }
}

#[test]
fn of_a_type_that_asks_now_this_now_that() {
    let bodies = [r#"{"yes":"no"}"#, r#"{"yes":"yes"}"#, "{}", r#"{"yes":"no","reason":"x"}"#, r#"{"reason":1}"#];
    holds::<Vote>(&bodies);
    // It is taken, as a bool in a string is, whatever was refused before.
    assert_eq!([read::<Vote>(bodies[0]), read::<Vote>(bodies[1])][1], "Vote { yes: true, reason: None }");
}

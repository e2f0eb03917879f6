//! The table against the facts: every name that FastAPI has, line by line, in core's types and in each adapter's own.

use fastapi_status::{CloseCode, Entry, StatusCode};

const FACTS: &str = include_str!("../facts/status-names.tsv");

/// A line of the facts.
struct Fact {
    name: &'static str,
    code: u16,
    is_deprecated: bool,
    replacement: Option<&'static str>,
    /// `None` for close codes, of which CPython knows nothing.
    phrase: Option<&'static str>,
    /// The constants of `http` 1.x and 0.2.
    constants: [Option<&'static str>; 2],
}

fn facts() -> Vec<Fact> {
    let lines = FACTS.lines().filter(|line| !line.starts_with('#')).skip(1);
    assert!(lines.clone().count() >= 84, "the facts have lost a line");
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [name, code, standing, replacement, phrase, http1, http02] = fields[..] else {
                panic!("a line has seven fields: {line:?}");
            };
            let given = |field: &'static str| Some(field).filter(|field| !field.is_empty());
            Fact {
                name,
                code: code.parse().expect("a code is a number"),
                is_deprecated: standing != "current",
                replacement: given(replacement),
                phrase: Some(phrase).filter(|phrase| *phrase != "-"),
                constants: [given(http1), given(http02)],
            }
        })
        .collect()
}

#[test]
fn every_line_of_the_facts_is_a_row() {
    let mut rows: Vec<&Entry> = Entry::all().collect();
    for fact in facts() {
        let entry = Entry::from_name(fact.name).unwrap_or_else(|| panic!("{} is missing", fact.name));
        rows.retain(|row| *row != entry);
        assert_eq!(entry.name(), fact.name);
        assert_eq!(entry.code(), fact.code, "{}", fact.name);
        assert_eq!(entry.is_deprecated(), fact.is_deprecated, "{}", fact.name);
        assert_eq!(entry.replacement(), fact.replacement, "{}", fact.name);
        if let Some(phrase) = fact.phrase {
            assert_eq!(entry.phrase().unwrap_or_default(), phrase, "{}", fact.name);
        }
    }
    assert!(rows.is_empty(), "not in the facts: {rows:?}");
}

#[test]
fn names_and_codes_lead_to_each_other() {
    for fact in facts() {
        let current = fact.replacement.unwrap_or(fact.name);
        if fact.code < 1000 {
            let status = StatusCode::from_name(fact.name).unwrap();
            assert_eq!(status, fact.code);
            assert_eq!(status.name(), Some(current));
            assert!(CloseCode::from_name(fact.name).is_err());
        } else {
            let code = CloseCode::from_name(fact.name).unwrap();
            assert_eq!(code, fact.code);
            if !fact.is_deprecated {
                assert_eq!(code.name(), Some(current));
            }
            assert!(StatusCode::from_name(fact.name).is_err());
        }
    }
}

/// The names and codes of a `status` module, of whichever type its constants are.
macro_rules! numbers {
    (
        { $module:path, $number:expr }
        $($(#[$deprecated:meta])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;)*
    ) => {{
        use $module as module;
        #[expect(deprecated, reason = "the deprecated names are tested, too")]
        [$((stringify!($name), $number(module::$name))),*]
    }};
}

macro_rules! same_as_the_facts {
    ($test:ident, $module:path, $http:expr, $close:expr) => {
        #[test]
        fn $test() {
            let http = fastapi_status::for_each_http_status!(numbers { $module, $http });
            let close = fastapi_status::for_each_close_code!(numbers { $module, $close });
            let mut numbers: Vec<(&str, u16)> = http.into_iter().chain(close).collect();
            let mut facts: Vec<_> = facts().iter().map(|fact| (fact.name, fact.code)).collect();
            numbers.sort_unstable();
            facts.sort_unstable();
            assert_eq!(numbers, facts);
        }
    };
}

same_as_the_facts!(core, fastapi_status::status, StatusCode::as_u16, CloseCode::as_u16);
same_as_the_facts!(http, fastapi_status_http::status, |code: http::StatusCode| code.as_u16(), CloseCode::as_u16);
same_as_the_facts!(hyper, fastapi_status_hyper::status, |code: http::StatusCode| code.as_u16(), CloseCode::as_u16);
same_as_the_facts!(
    axum,
    fastapi_status_axum::status,
    |code: http::StatusCode| code.as_u16(),
    |code: axum::extract::ws::CloseCode| code
);
same_as_the_facts!(
    actix,
    fastapi_status_actix::status,
    |code: actix_web::http::StatusCode| code.as_u16(),
    |code: actix_ws::CloseCode| u16::from(code)
);

/// Each use of a deprecated name warns: an expectation that nothing fulfils does not compile here.
#[deny(unfulfilled_lint_expectations)]
mod deprecated_names_warn {
    macro_rules! uses {
        ($module:ident: $($name:ident)*) => {
            #[test]
            fn $module() {
                $({
                    #[expect(deprecated, reason = "that it warns is what is tested")]
                    let _ = $module::status::$name;
                })*
            }
        };
    }

    macro_rules! of_each {
        ($($module:ident)*) => {
            $(uses!($module:
                HTTP_413_REQUEST_ENTITY_TOO_LARGE
                HTTP_414_REQUEST_URI_TOO_LONG
                HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE
                HTTP_422_UNPROCESSABLE_ENTITY
                WS_1004_NO_STATUS_RCVD
                WS_1005_ABNORMAL_CLOSURE
            );)*
        };
    }

    of_each!(fastapi_status fastapi_status_http fastapi_status_hyper fastapi_status_axum fastapi_status_actix);
}

/// In constants and in patterns, in the framework's own type.
#[test]
fn constants_are_patterns() {
    const CREATED: http::StatusCode = fastapi_status_axum::status::HTTP_201_CREATED;
    const EARLY: actix_web::http::StatusCode = fastapi_status_actix::status::HTTP_425_TOO_EARLY;

    let text = match CREATED {
        fastapi_status_axum::status::HTTP_200_OK => "ok",
        fastapi_status_hyper::status::HTTP_201_CREATED => "created",
        _ => "other",
    };
    assert_eq!(text, "created");
    assert!(matches!(EARLY, fastapi_status_actix::status::HTTP_425_TOO_EARLY));
    assert!(matches!(actix_ws::CloseCode::Policy, fastapi_status_actix::status::WS_1008_POLICY_VIOLATION));
    assert!(matches!(1008, fastapi_status_axum::status::WS_1008_POLICY_VIOLATION));
}

/// `http`'s own constants, by the names that the facts give them.
#[test]
fn the_frameworks_constants_are_the_same() {
    let facts = facts();
    let of = |version: usize, constant: &str| {
        facts.iter().find(|fact| fact.constants[version] == Some(constant)).map(|fact| fact.code)
    };
    for (constant, code) in
        [("PAYLOAD_TOO_LARGE", http::StatusCode::PAYLOAD_TOO_LARGE), ("TOO_EARLY", http::StatusCode::TOO_EARLY)]
    {
        assert_eq!(of(0, constant), Some(code.as_u16()));
    }
    assert_eq!(of(1, "TOO_EARLY"), None);
    assert_eq!(
        fastapi_status_actix::status::HTTP_418_IM_A_TEAPOT,
        actix_web::http::StatusCode::IM_A_TEAPOT,
        "the transmuted constants compare with http 0.2's own"
    );
}

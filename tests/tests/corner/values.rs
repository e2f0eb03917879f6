//! What the services have in common and no framework is needed for: odd values, and the exceptions made of them.

use std::io;
use std::time::Duration;

use fastapi_status::{Detail, HttpException, StatusCode, WebSocketException, status};
use futures_util::stream::{self, Stream, StreamExt as _};
use serde_json::{Value, json};

/// What Python's integers hold, and `serde_json`'s do not.
const BIG_INT: &str = "1000000000000000000000000000000";

/// `DETAILS` of `corner_values.py`; `None` for what is no JSON, at which FastAPI crashes.
fn value(name: &str) -> Option<Value> {
    Some(match name {
        "none" => json!(null),
        "empty" => json!(""),
        "space" => json!(" "),
        "controls" => json!(('\0'..' ').collect::<String>()),
        "del" => json!("\x7F"),
        "c1-controls" => json!("\u{80}\u{85}\u{9F}"),
        "separators" => json!("\u{2028}\u{2029}"),
        "byte-order-mark" => json!("\u{FEFF}"),
        "quotes" => json!("\"double\" and 'single'"),
        "backslash" => json!("C:\\temp\\n"),
        "slash" => json!("</script>"),
        "non-ascii" => json!("Füße, naïve, Ωμέγα, 漢字"),
        "emoji" => json!("🦀👩‍🚀"),
        "noncharacter" => json!("\u{FFFF}\u{10FFFF}"),
        "true" => json!(true),
        "false" => json!(false),
        "zero" => json!(0),
        "negative" => json!(-1),
        "int64" => json!([i64::MAX, i64::MIN, u64::MAX]),
        "float-tenth" => json!(0.1),
        "float-whole" => json!(1.0),
        "float-zero" => json!(0.0),
        "float-negative-zero" => json!(-0.0),
        "float-1e15" => json!(1e15),
        "float-1e16" => json!(1e16),
        "float-1e22" => json!(1e22),
        "float-123456789012345680" => json!(123456789012345680.0),
        "float-0.0001" => json!(0.0001),
        "float-0.00001" => json!(0.00001),
        "float-0.0000123" => json!(1.23e-5),
        "float-0.000001" => json!(1e-6),
        "float-1e-7" => json!(1e-7),
        "float-1.5e-10" => json!(1.5e-10),
        "float-1.5e20" => json!(1.5e20),
        "float-9007199254740993" => json!(9007199254740992.0),
        "float-largest" => json!(f64::MAX),
        "float-smallest" => json!(5e-324),
        "float-third" => json!(1.0 / 3.0),
        "float-sum" => json!(0.1 + 0.2),
        "empty-list" => json!([]),
        "empty-dict" => json!({}),
        "list" => json!([1, "two", 3.0, null, true, [[]], {}]),
        "tuple" => json!([1, [2, 3]]),
        "key-order" => json!({"zebra": 1, "apple": 2, "Mango": {"b": 1, "a": [{"y": 1, "x": 2}]}}),
        "odd-keys" => json!({"": 1, "a b": 2, "q\"q": 3, "é": 4, "\n": 5}),
        "int-keys" => json!({"2": "two", "1": "one"}),
        "null-inside" => json!({"a": null, "b": [null]}),
        "long" => json!("0123456789".repeat(100)),
        // "lone-surrogate", "nan", "infinity", "unserialisable"
        _ => return None,
    })
}

/// As the detail of an exception.
pub(crate) fn detail(name: &str) -> HttpException {
    let code = status::HTTP_400_BAD_REQUEST;
    match (name, value(name)) {
        ("big-int", _) => HttpException::new(code, Detail::from_json_text(BIG_INT)),
        (_, Some(value)) => HttpException::new(code, value),
        (_, None) => HttpException::unhandled(),
    }
}

/// As an answer that no annotation describes, through Python's json.
pub(crate) fn returned(name: &str) -> Result<String, HttpException> {
    match (name, value(name)) {
        ("big-int", _) => Ok(BIG_INT.to_owned()),
        ("unserialisable", _) => Ok("[1,2]".to_owned()),
        (_, Some(value)) => Ok(as_json(&value)),
        (_, None) => Err(HttpException::unhandled()),
    }
}

/// As an answer with an annotation, through pydantic's serialiser, which writes some floats otherwise.
pub(crate) fn annotated(name: &str) -> Result<String, HttpException> {
    let pydantics = match name {
        "float-0.00001" => "0.00001",
        "float-0.0000123" => "0.0000123",
        "float-0.000001" => "1e-6",
        "float-1e-7" => "1e-7",
        "nan" | "infinity" => "null",
        _ => return returned(name),
    };
    Ok(pydantics.to_owned())
}

/// As Python's json writes it.
pub(crate) fn as_json(value: &Value) -> String {
    // Within a list, so that text is JSON, too.
    let list = Detail::from(vec![value.clone()]).to_string();
    list[1..list.len() - 1].to_owned()
}

/// `HEADERS` of `corner_values.py`.
fn headers(name: &str) -> &'static [(&'static str, &'static str)] {
    const LONG: &str = match str::from_utf8(&[b'v'; 1000]) {
        Ok(text) => text,
        Err(_) => panic!("v is ASCII"),
    };
    match name {
        "custom" => &[("X-Custom", "value"), ("X-Another", "two words")],
        "content-type" => &[("Content-Type", "application/problem+json")],
        "content-type-text" => &[("content-type", "text/plain")],
        "two-cases" => &[("X-Case", "upper"), ("x-case", "lower")],
        "latin-1" => &[("X-Name", "Müller")],
        "not-latin-1" => &[("X-Name", "漢字")],
        "authenticate" => &[("WWW-Authenticate", "Basic realm=\"a \\\"b\\\"\", Bearer")],
        "empty" => &[("X-Empty", "")],
        "empty-name" => &[("", "value")],
        "spaces" => &[("X-Spaces", "  around  ")],
        "tab" => &[("X-Tab", "a\tb")],
        "line-feed" => &[("X-Split", "a\nX-Injected: yes")],
        "carriage-return" => &[("X-Split", "a\r\nX-Injected: yes")],
        "nul" => &[("X-Nul", "a\0b")],
        "del" => &[("X-Del", "a\x7Fb")],
        "bad-name" => &[("X Bad", "value")],
        "colon-name" => &[("X:Bad", "value")],
        "long" => &[("X-Long", LONG)],
        "allow" => &[("Allow", "GET, POST")],
        "retry-after" => &[("Retry-After", "120")],
        "location" => &[("Location", "/elsewhere?a=1&b=é")],
        "etag" => &[("ETag", "W/\"1\"")],
        "set-cookie" => &[("Set-Cookie", "a=1; Path=/")],
        "connection-close" => &[("Connection", "close")],
        "connection-keep-alive" => &[("Connection", "keep-alive")],
        "length-right" => &[("Content-Length", "17")],
        "length-short" => &[("Content-Length", "3")],
        "length-long" => &[("Content-Length", "99")],
        "length-not-a-number" => &[("Content-Length", "many")],
        "chunked" => &[("Transfer-Encoding", "chunked")],
        _ => &[],
    }
}

/// An exception with headers.
pub(crate) fn with_headers(name: &str, code: u16) -> HttpException {
    let exception = HttpException::new(status_code(code), "text");
    headers(name).iter().fold(exception, |exception, (name, value)| exception.with_header(*name, *value))
}

pub(crate) fn status_code(code: u16) -> StatusCode {
    StatusCode::from_u16(code).expect("only codes from 100 to 999 are asked for")
}

/// `raise HTTPException(code, detail)`
pub(crate) fn raise(code: u16, detail: Option<String>) -> HttpException {
    match detail {
        Some(detail) => HttpException::new(status_code(code), detail),
        None => HttpException::from_status(status_code(code)),
    }
}

/// What `/cookies` answers besides `{}`.
pub(crate) const COOKIES: [(&str, &str); 4] = [
    ("set-cookie", "a=1; Path=/; SameSite=lax"),
    ("set-cookie", "b=\"two words\"; HttpOnly; Max-Age=60; Path=/; SameSite=strict; Secure"),
    ("x-twice", "1"),
    ("x-twice", "2"),
];

/// What `/items` answers.
pub(crate) fn echo(path: &str, query: Option<&str>, method: &str) -> Value {
    json!({"path": unquote(path), "query": query.unwrap_or_default(), "method": method})
}

/// `{number:int}`
pub(crate) fn number(text: &str) -> Result<Value, HttpException> {
    match text.parse::<u64>() {
        Ok(number) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(json!({"number": number})),
        _ => Err(HttpException::from_status(status::HTTP_404_NOT_FOUND)),
    }
}

/// As Python's `unquote`.
pub(crate) fn unquote(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The value of a query's parameter.
pub(crate) fn query(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = query?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.into_iter().find(|pair| pair.0 == name).map(|pair| unquote(&pair.1.replace('+', " ")))
}

/// What `/ws/typed/{number}?flag=…` sends, if both are what they should be.
pub(crate) fn typed(number: &str, flag: Option<&str>) -> Result<String, WebSocketException> {
    let refused = || WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "");
    let number: i64 = number.parse().map_err(|_| refused())?;
    match flag {
        Some("yes" | "true" | "on" | "1") => Ok(json!({"number": number, "flag": true}).to_string()),
        Some("no" | "false" | "off" | "0") => Ok(json!({"number": number, "flag": false}).to_string()),
        _ => Err(refused()),
    }
}

/// What `/ws/greet-and-raise` says first.
pub(crate) fn greeting() -> String {
    json!({"name": "Zoë", "ratio": 0.5, "none": null}).to_string()
}

/// What `/ws/http-exception/{code}` raises.
pub(crate) fn not_here(code: u16) -> HttpException {
    HttpException::new(status_code(code), "not here").with_header("X-Custom", "value")
}

/// What `/crash-in-stream` sends: a part, and a failure once that is on its way.
pub(crate) fn broken_stream() -> impl Stream<Item = io::Result<&'static str>> + Send + 'static {
    let part = stream::iter([Ok("the first part")]);
    part.chain(stream::once(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::other("a secret"))
    }))
}

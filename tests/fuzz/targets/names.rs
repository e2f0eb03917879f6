//! Any text, name or number as a code.
#![no_main]

use fastapi_status::{CloseCode, Entry, StatusCode};
use libfuzzer_sys::fuzz_target;

macro_rules! check {
    ($code:ident, $data:expr, $text:expr) => {
        if let Ok(code) = $text.parse::<$code>() {
            round_trip!($code, code);
            assert!(code.as_u16().to_string() == $text || code == $code::from_name($text).expect("a name"));
        } else if let Err(error) = $code::from_name($text) {
            let near = error.nearest();
            assert!(near.is_none_or(|name| $code::from_name(name).is_ok()), "{near:?}");
            // The message quotes no more than a little of what was given, on one line.
            let message = error.to_string();
            assert!(message.len() < 1000 && !message.contains(['\n', '\r']), "{message:?}");
            assert!(format!("{error:?}").len() < 10_000);
        }
        if let Some((number, _)) = $data.split_first_chunk() {
            let number = i64::from_le_bytes(*number);
            match $code::try_from(number) {
                Ok(code) => {
                    assert_eq!(i64::from(code), number);
                    round_trip!($code, code);
                }
                Err(error) => assert!(error.to_string().contains(&number.to_string())),
            }
            assert_eq!($code::try_from(number as u16).is_ok(), $code::from_u16(number as u16).is_ok());
        }
    };
}

macro_rules! round_trip {
    ($code:ident, $value:expr) => {
        let code: $code = $value;
        let number = code.as_u16().to_string();
        assert_eq!(number.parse(), Ok(code));
        assert_eq!($code::from_u16(code.as_u16()), Ok(code));
        assert!(code.to_string().starts_with(&number));
        assert_eq!(serde_json::from_str::<$code>(&number).expect("a number is a code"), code);
        assert_eq!(serde_json::to_string(&code).expect("a code is a number"), number);
        assert_eq!(code.name().map($code::from_name), code.name().map(|_| Ok(code)));
        assert_eq!(code.entry().map(Entry::name), code.name());
    };
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let text = &*text;
    check!(StatusCode, data, text);
    check!(CloseCode, data, text);
    if let Some(entry) = Entry::from_name(text) {
        assert_eq!(entry.name(), text);
        assert_eq!(entry.is_deprecated(), entry.replacement().is_some());
    }
});

//! Every `u16` through every conversion and back: nothing is lost, nothing invented.

use fastapi_status::{CloseCode, StatusCode};
use fastapi_status_actix::{CloseCodeExt, ToActix};
use fastapi_status_http::ToHttp;
use fastapi_status_hyper::{FromTungstenite, ToTungstenite};
use proptest::prelude::*;
use tungstenite::protocol::frame::coding::CloseCode as TungsteniteCode;

#[test]
fn a_status_is_100_to_999_everywhere() {
    for number in 0..=u16::MAX {
        let is_status = (100..=999).contains(&number);
        assert_eq!(StatusCode::from_u16(number).is_ok(), is_status, "{number}");
        assert_eq!(http::StatusCode::from_u16(number).is_ok(), is_status, "{number}");
        assert_eq!(actix_web::http::StatusCode::from_u16(number).is_ok(), is_status, "{number}");
    }
}

#[test]
fn every_status_through_every_adapter_and_back() {
    for number in 100..=999 {
        let core = StatusCode::from_u16(number).unwrap();
        let new = http::StatusCode::from_u16(number).unwrap();
        let old = actix_web::http::StatusCode::from_u16(number).unwrap();

        assert_eq!(core.to_http(), new);
        assert_eq!(fastapi_status_http::ToFastapi::to_fastapi(new), core);
        assert_eq!(core.to_actix(), old);
        assert_eq!(fastapi_status_actix::ToFastapi::to_fastapi(old), core);
        // http 0.2 and 1.x meet through core.
        assert_eq!(fastapi_status_actix::ToFastapi::to_fastapi(old).to_http(), new);
        assert_eq!(fastapi_status_http::ToFastapi::to_fastapi(new).to_actix(), old);
    }
}

#[test]
fn a_close_code_is_1000_to_4999_and_goes_through_every_adapter() {
    for number in 0..=u16::MAX {
        let core = CloseCode::from_u16(number);
        assert_eq!(core.is_ok(), (1000..=4999).contains(&number), "{number}");

        let actix = actix_ws::CloseCode::from(number);
        let tungstenite = TungsteniteCode::from(number);
        assert_eq!(CloseCodeExt::to_fastapi(actix), core);
        assert_eq!(tungstenite.to_fastapi(), core);
        if let Ok(core) = core {
            assert_eq!(actix_ws::CloseCode::from_fastapi(core), actix);
            assert_eq!(core.to_tungstenite(), tungstenite);
        }
    }
}

#[test]
fn every_integer_type() {
    for number in i32::from(i16::MIN)..=i32::from(u16::MAX) {
        let status = u16::try_from(number).ok().and_then(|number| StatusCode::from_u16(number).ok());
        assert_eq!(StatusCode::try_from(number).ok(), status);
        assert_eq!(StatusCode::try_from(i64::from(number)).ok(), status);
        assert_eq!(StatusCode::try_from(number as isize).ok(), status);
        if let Ok(number) = u32::try_from(number) {
            assert_eq!(StatusCode::try_from(number).ok(), status);
            assert_eq!(StatusCode::try_from(u64::from(number)).ok(), status);
            assert_eq!(StatusCode::try_from(number as usize).ok(), status);
        }
        if let Some(status) = status {
            assert_eq!(i32::from(status), number);
            assert_eq!(i64::from(status), i64::from(number));
            assert_eq!(u64::from(status), number as u64);
            assert_eq!(status, number as u16);
            assert_eq!(number as u16, status);
        }
    }
}

#[test]
fn numbers_as_text() {
    for number in 0..=u16::MAX {
        let text = number.to_string();
        assert_eq!(text.parse().ok(), StatusCode::from_u16(number).ok());
        assert_eq!(text.parse().ok(), CloseCode::from_u16(number).ok());
        for odd in [format!("0{text}"), format!("+{text}"), format!(" {text}"), format!("{text}.0"), format!("-{text}")]
        {
            assert!(odd.parse::<StatusCode>().is_err(), "{odd}");
            assert!(odd.parse::<CloseCode>().is_err(), "{odd}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_status_or_an_error_that_says_so(text in any::<String>()) {
        match text.parse::<StatusCode>() {
            Ok(status) => prop_assert!(text == status.as_u16().to_string() || StatusCode::from_name(&text) == Ok(status)),
            Err(error) => {
                let message = error.to_string();
                prop_assert!(!message.chars().any(char::is_control), "{message:?}");
                prop_assert!(message.contains("100 to 999") || message.contains("is not a FastAPI status name"));
            }
        }
        prop_assert_eq!(StatusCode::try_from(text.as_str()), text.parse());
        let _ = text.parse::<CloseCode>().map_err(|error| error.to_string());
    }

    #[test]
    fn a_name_with_a_slip_is_still_recognised(row in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), letter in "[A-Z_]") {
        let entry = fastapi_status::Entry::all().nth(row.index(fastapi_status::Entry::all().count())).unwrap();
        let wanted = entry.replacement().unwrap_or(entry.name());
        let mut text = entry.name().to_owned();
        // Behind the prefix and the code, so that the family and the number are still told.
        let after_code = text.rfind(|c: char| c.is_ascii_digit()).unwrap() + 2;
        let place = after_code + place.index(text.len() - after_code);
        text.replace_range(place..=place, &letter);
        prop_assume!(fastapi_status::Entry::from_name(&text).is_none());
        let nearest = match entry.is_http() {
            true => StatusCode::from_name(&text).unwrap_err().nearest(),
            false => CloseCode::from_name(&text).unwrap_err().nearest(),
        };
        prop_assert_eq!(nearest, Some(wanted));
    }

    #[test]
    fn serde_round_trip(number in any::<i64>()) {
        let json = number.to_string();
        let status = serde_json::from_str::<StatusCode>(&json);
        prop_assert_eq!(status.is_ok(), StatusCode::try_from(number).is_ok());
        match status {
            Ok(status) => prop_assert_eq!(serde_json::to_string(&status).unwrap(), json),
            Err(error) => prop_assert!(error.to_string().contains("100 to 999"), "{error}"),
        }
    }

    #[test]
    fn serde_of_every_close_code(number in 1000..=4999_u16) {
        let code = CloseCode::from_u16(number).unwrap();
        prop_assert_eq!(serde_json::from_str::<CloseCode>(&serde_json::to_string(&code).unwrap()).unwrap(), code);
    }
}

#[test]
fn serde_takes_no_other_type() {
    for json in ["\"404\"", "404.0", "null", "true", "[404]"] {
        let error = serde_json::from_str::<StatusCode>(json).unwrap_err().to_string();
        assert!(error.contains("an HTTP status code, 100 to 999"), "{error}");
    }
}

//! Any bytes as a query, a form, a path, headers and cookies.
#![no_main]

use std::collections::{BTreeMap, HashMap};

use fastapi_status_fuzz::{Color, Parameters, check, pairs, split};
use fastapi_status_serde::{
    RequestValidationError, from_cookies, from_form, from_form_fields, from_headers, from_path, from_query,
};
use libfuzzer_sys::fuzz_target;
use serde::de::DeserializeOwned;

fuzz_target!(|data: &[u8]| {
    let (choice, data) = split(data);
    let text = String::from_utf8_lossy(data);
    match choice % 4 {
        0 => {
            read::<Parameters>(choice, data, &text);
            // What is a parameter comes through whole.
            let pairs: Vec<(String, String)> = from_query(&text).expect("every query is a list of pairs");
            let encoded: String = pairs.iter().map(|(name, value)| format!("{}={}&", encode(name), encode(value))).collect();
            assert_eq!(from_query::<Vec<(String, String)>>(&encoded).expect("so is this"), pairs);
        }
        1 => read::<HashMap<String, Vec<String>>>(choice, data, &text),
        2 => read::<BTreeMap<String, Option<u8>>>(choice, data, &text),
        _ => read::<Vec<(String, Color)>>(choice, data, &text),
    }
    let _: Result<(u8, String), _> = from_path(pairs(&text)).map_err(|error| check(error, "path"));
    let _: Result<f64, _> = from_path(pairs(&text)).map_err(|error| check(error, "path"));
});

fn read<T: DeserializeOwned>(choice: u8, data: &[u8], text: &str) {
    // A boundary of the data's own.
    let (content_type, body) = match choice / 4 % 8 {
        0 | 1 => (Some("multipart/form-data; boundary=b"), data),
        2 => match data.iter().position(|byte| *byte == b'\n') {
            Some(end) => (str::from_utf8(&data[..end]).ok(), &data[end + 1..]),
            None => (None, data),
        },
        _ => (Some("application/x-www-form-urlencoded"), data),
    };
    refused(from_form::<T>(content_type, body), "body");
    refused(from_query::<T>(text), "query");
    refused(from_path::<T>(pairs(text)), "path");
    refused(from_form_fields::<T>(pairs(text)), "body");
    let lines = || data.split(|byte| *byte == b'\n');
    refused(from_cookies::<T>(lines()), "cookie");
    let headers = pairs(text).into_iter().map(|(name, value)| (name, value.as_bytes()));
    refused(from_headers::<T>(headers), "header");
}

fn refused<T>(result: Result<T, RequestValidationError>, place: &'static str) {
    if let Err(error) = result {
        check(error, place);
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

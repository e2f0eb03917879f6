//! Stand-ins for values that are missing or wrong, so that a visitor goes on and finds what else is wrong.
//!
//! A type that checks itself takes not just any value; these are tried in turn, until it takes one.

/// How many there are to try.
pub(super) const CANDIDATES: u8 = STRINGS.len() as u8;

/// Integers; the last one is repeated.
const INTS: [u8; 8] = [1, 0, 2, 3, 10, 100, 50, 7];

const STRINGS: [&str; 37] = [
    "a",
    "",
    "00000000-0000-4000-8000-000000000000",
    "https://example.com/",
    "2000-01-01T00:00:00Z",
    "2000-01-01T00:00:00",
    "2000-01-01",
    "00:00:00",
    "127.0.0.1",
    "::1",
    "127.0.0.1:80",
    "[::1]:80",
    "127.0.0.0/8",
    "a@example.com",
    "1.0.0",
    "1",
    "0.5",
    "P1D",
    "1s",
    "true",
    "aaaaaaaa",
    "example.com",
    "en",
    "+12125550100",
    "Sat, 01 Jan 2000 00:00:00 GMT",
    "Sat, 01 Jan 2000 00:00:00 +0000",
    "2000-01-01 00:00:00.0 +00:00:00",
    "2000-01-01 00:00:00.0",
    "00:00:00.0",
    "2000-01-01T00:00:00+00:00[UTC]",
    "UTC",
    "US",
    "USD",
    "00000000000000000000000000",
    "000000000000000000000000",
    "00:00:00:00:00:00",
    "Aa1!Aa1!Aa1!Aa1!",
];

pub(super) fn int(candidate: u8) -> u8 {
    INTS[usize::from(candidate).min(INTS.len() - 1)]
}

pub(super) fn text(candidate: u8) -> &'static str {
    STRINGS[usize::from(candidate).min(STRINGS.len() - 1)]
}

/// How many items a list has.
pub(super) fn length(candidate: u8) -> usize {
    usize::from(candidate).min(3)
}

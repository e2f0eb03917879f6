//! The redirect of FastAPI's router from `/items/` to `/items`, and back.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use super::HttpException;
use super::origin::is_origin;
use crate::status;

/// The path that FastAPI's router tries where it knows none: without its trailing slashes, or with one.
///
/// `None` for `/`, which has no other form, and for what is no path: the `*` of `OPTIONS *`, the nothing of a `CONNECT`. The
/// path is decoded and encoded anew, as Starlette does.
///
/// ```
/// use fastapi_status::toggle_slash;
///
/// assert_eq!(toggle_slash("/items/").as_deref(), Some("/items"));
/// assert_eq!(toggle_slash("/caf%c3%a9").as_deref(), Some("/caf%C3%A9/"));
/// assert_eq!(toggle_slash("/what%3F").as_deref(), Some("/what%3F/"));
/// assert_eq!(toggle_slash("/"), None);
/// assert_eq!(toggle_slash("*"), None);
/// ```
#[must_use]
pub fn toggle_slash(path: &str) -> Option<String> {
    let path = percent_decode(path);
    if path == "/" || !path.starts_with('/') {
        return None;
    }
    let mut other = String::with_capacity(path.len() + 1);
    // `?` and `#` were encoded in the path of the request, or they would not be part of it; so they are in the redirect.
    let is_safe = |byte| is_safe(byte) && !matches!(byte, b'?' | b'#');
    percent_encode(path.trim_end_matches('/'), is_safe, &mut other);
    if !path.ends_with('/') {
        other.push('/');
    }
    Some(other)
}

impl HttpException {
    /// The redirect to a path that [`toggle_slash`] gave: a 307, so that the method and the body stay.
    ///
    /// `origin` is the scheme and the host that the client spoke to, such as `http://127.0.0.1:8000`. Where it named no host,
    /// or none that Starlette takes, such as `user@shop.test` or one with a port of 99999, the redirect is relative, which
    /// leads the client to the same server. (Starlette names the server's own address then.)
    /// Source: Starlette's `Router.app`, `URL`, `parse_host_header` and `RedirectResponse`.
    ///
    /// ```
    /// use fastapi_status::HttpException;
    ///
    /// let redirect = HttpException::redirect_slashes("http://shop.test", "/items", Some("q=tea time"));
    ///
    /// assert_eq!(redirect.status(), 307);
    /// assert_eq!(redirect.headers()[0].value(), b"http://shop.test/items?q=tea%20time");
    /// assert!(redirect.answer().body().is_empty());
    ///
    /// let redirect = HttpException::redirect_slashes("http://shop.test/else?", "/items", None);
    /// assert_eq!(redirect.headers()[0].value(), b"/items");
    /// ```
    pub fn redirect_slashes(origin: &str, path: &str, query: Option<&str>) -> Self {
        let mut location = String::with_capacity(origin.len() + path.len() + query.map_or(0, |query| query.len() + 1));
        if is_origin(origin) {
            location.push_str(origin);
            location.push_str(path);
        } else if let Some(path) = path.strip_prefix("//") {
            // What is behind two slashes would be a host.
            location.push_str("/%2F");
            location.push_str(path);
        } else {
            location.push_str(path);
        }
        if let Some(query) = query.filter(|query| !query.is_empty()) {
            location.push('?');
            percent_encode(query, is_safe, &mut location);
        }
        Self::without_body(status::HTTP_307_TEMPORARY_REDIRECT).with_header("location", location)
    }
}

/// A path or a part of one, decoded as Python's servers decode it: what is no UTF-8 becomes U+FFFD.
///
/// ```
/// use fastapi_status::percent_decode;
///
/// assert_eq!(percent_decode("caf%C3%A9"), "café");
/// assert_eq!(percent_decode("100%"), "100%");
/// assert_eq!(percent_decode("%FF"), "\u{FFFD}");
/// ```
#[must_use]
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(&byte) = bytes.get(place) {
        match (byte, hex(bytes.get(place + 1)), hex(bytes.get(place + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                place += 3;
            }
            _ => {
                decoded.push(byte);
                place += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

/// As Python's `urllib.parse.quote`.
fn percent_encode(mut text: &str, is_safe: impl Fn(u8) -> bool, out: &mut String) {
    loop {
        let safe = text.bytes().position(|byte| !is_safe(byte)).unwrap_or(text.len());
        out.push_str(&text[..safe]);
        let mut rest = text[safe..].chars();
        let Some(character) = rest.next() else { return };
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a `String` never fails.
            let _ = write!(out, "%{byte:02X}");
        }
        text = rest.as_str();
    }
}

/// What Starlette's `RedirectResponse` leaves as it is; ASCII only.
fn is_safe(byte: u8) -> bool {
    // A pattern is one look at a bit, where a search of a text is a loop for each byte.
    matches!(
        byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' | b'%' | b'#' | b'?' | b'='
        | b'@' | b'[' | b']' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';'
    )
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn a_path_is_never_taken_for_a_host() {
        for origin in ["", "http://", "shop.test", "://shop.test", "http://user@shop.test"] {
            let redirect = HttpException::redirect_slashes(origin, "//shop.test", None);
            assert_eq!(redirect.headers()[0].value(), b"/%2Fshop.test", "{origin}");
        }
    }

    #[test]
    fn a_query_is_encoded_as_by_starlette() {
        // `safe` of `RedirectResponse`, and what Python never encodes.
        let safe = ":/%#?=@[]!$&'()*+,;_.-~";
        for character in '\0'..='\u{ff}' {
            let query = format!("{character}");
            let redirect = HttpException::redirect_slashes("", "/", Some(&query));
            let encoded = if character.is_ascii_alphanumeric() || safe.contains(character) {
                query
            } else {
                query.bytes().map(|byte| format!("%{byte:02X}")).collect()
            };
            assert_eq!(redirect.headers()[0].value(), format!("/?{encoded}").as_bytes());
        }
    }
}

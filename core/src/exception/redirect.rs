//! The redirect of FastAPI's router from `/items/` to `/items`, and back.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use core::net::Ipv6Addr;

use super::HttpException;
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

/// Whether this is a scheme and a host that Starlette takes: nothing in it changes what the rest of a URL means.
fn is_origin(origin: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (is_host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (is_ip_literal(address), port),
        None => {
            let (name, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (!name.is_empty() && name.bytes().all(|byte| is_of_host(byte) || byte == b'%'), port)
        }
    };
    is_scheme && is_host && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// A `u16`, with any number of zeros before it.
fn is_port(port: &str) -> bool {
    let digits = port.trim_start_matches('0');
    !port.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.is_empty() || digits.parse::<u16>().is_ok())
}

/// What stands in brackets: an IPv6 address, or one of a later version.
fn is_ip_literal(address: &str) -> bool {
    let Some(later) = address.strip_prefix('v') else { return address.parse::<Ipv6Addr>().is_ok() };
    later.split_once('.').is_some_and(|(version, address)| {
        let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_version && !address.is_empty() && address.bytes().all(|byte| is_of_host(byte) || byte == b':')
    })
}

fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'-'
        )
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
    fn hosts_are_those_that_starlette_takes() {
        let taken = [
            "shop.test",
            "SHOP.test:8000",
            "127.0.0.1",
            "a_b",
            "~!$&'()*+,;=-.%",
            "h:0",
            "h:00065535",
            "h:000000",
            "[::1]",
            "[::1]:80",
            "[2001:DB8::1.2.3.4]",
            "[v1.a:b]",
            "[vF.~]:1",
        ];
        let refused = [
            "",
            ":80",
            "h:",
            "h:65536",
            "h:99999",
            "h:abc",
            "h:+1",
            "h:1:2",
            "user@h",
            "h/",
            "h?",
            "h#",
            "h\\",
            "a b",
            "é.test",
            "[]",
            "[::zz]",
            "[::1",
            "::1",
            "[::1]x",
            "[::1]:",
            "[V1.a]",
            "[v.a]",
            "[v1.]",
            "[v1]",
            "[fe80::1%eth0]",
            "[1.2.3.4]",
            "h\n",
        ];
        let location = |host: &str| {
            let redirect = HttpException::redirect_slashes(&format!("http://{host}"), "/items", None);
            String::from_utf8(redirect.headers()[0].value().into()).unwrap()
        };
        for host in taken {
            assert_eq!(location(host), format!("http://{host}/items"));
        }
        for host in refused {
            assert_eq!(location(host), "/items", "{host}");
        }
    }

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

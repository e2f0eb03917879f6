//! Which requests open a WebSocket.

use http::header::{CONNECTION, UPGRADE};
use http::{HeaderMap, HeaderValue, Method};

/// Whether a request asks for a WebSocket: a `GET` with `upgrade: websocket` and `connection: upgrade`
/// ([RFC 6455, Section 4.1](https://www.rfc-editor.org/rfc/rfc6455#section-4.1)).
///
/// FastAPI routes these apart from all others: an HTTP route never answers one, nor a WebSocket route a plain `GET`.
///
/// ```
/// use fastapi_status_http::is_websocket_handshake;
/// use http::{HeaderMap, Method, header};
///
/// let mut headers = HeaderMap::new();
/// assert!(!is_websocket_handshake(&Method::GET, &headers));
///
/// headers.insert(header::UPGRADE, header::HeaderValue::from_static("websocket"));
/// headers.insert(header::CONNECTION, header::HeaderValue::from_static("Upgrade"));
/// assert!(is_websocket_handshake(&Method::GET, &headers));
/// ```
#[must_use]
#[inline]
pub fn is_websocket_handshake(method: &Method, headers: &HeaderMap) -> bool {
    let is_upgrade = |options: &HeaderValue| {
        let mut options = options.as_bytes().split(|byte| *byte == b',');
        options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    };
    headers.get(UPGRADE).is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && *method == Method::GET
        && headers.get_all(CONNECTION).iter().any(is_upgrade)
}

//! Which requests open a WebSocket.

use http::header::UPGRADE;
use http::{HeaderMap, Method};

/// Whether a request asks for a WebSocket: a `GET` with `upgrade: websocket`, or HTTP/2's `CONNECT`.
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
/// assert!(is_websocket_handshake(&Method::GET, &headers));
/// ```
#[must_use]
pub fn is_websocket_handshake(method: &Method, headers: &HeaderMap) -> bool {
    match *method {
        Method::GET => {
            headers.get(UPGRADE).is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
        }
        Method::CONNECT => true,
        _ => false,
    }
}

//! What a WebSocket begins with.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{CONNECTION, UPGRADE};

/// Whether this is a request to speak WebSocket, which uvicorn hands to FastAPI's WebSocket routes alone.
#[inline]
pub(crate) fn is_websocket_handshake(request: &HttpRequest) -> bool {
    let upgrade = request.headers().get(UPGRADE);
    request.method() == Method::GET
        && upgrade.is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && request.headers().get_all(CONNECTION).any(|options| {
            options
                .as_bytes()
                .split(|byte| *byte == b',')
                .any(|option| option.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
        })
}

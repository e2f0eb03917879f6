//! WebSocket routes, and the close frame of a `WebSocketException`.

use axum::extract::FromRequestParts;
use axum::extract::ws::{self, CloseFrame};
use axum::response::{IntoResponse, Response};
use fastapi_status::{InvalidWebSocketException, WebSocketException};
use fastapi_status_http::is_websocket_handshake;
use http::Method;
use http::request::Parts;

use crate::{HttpException, status};

/// axum's [`WebSocketUpgrade`](ws::WebSocketUpgrade), for a route that only WebSockets reach: to any other request the path
/// is unknown, as to FastAPI, and the answer is 404.
///
/// ```
/// use axum::{Router, routing::any};
/// use fastapi_status_axum::{WebSocketUpgrade, with_fastapi_defaults};
///
/// let app: Router = with_fastapi_defaults(Router::new().route(
///     "/feed",
///     any(async |WebSocketUpgrade(upgrade): WebSocketUpgrade| upgrade.on_upgrade(async |_socket| {})),
/// ));
/// ```
#[derive(Debug)]
pub struct WebSocketUpgrade(pub ws::WebSocketUpgrade);

impl<S: Send + Sync> FromRequestParts<S> for WebSocketUpgrade {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        // Over HTTP/2 it is a CONNECT, which axum's own extractor looks at.
        if parts.method != Method::CONNECT && !is_websocket_handshake(&parts.method, &parts.headers) {
            return Err(HttpException::from_status(status::HTTP_404_NOT_FOUND).into_response());
        }
        let upgrade = ws::WebSocketUpgrade::from_request_parts(parts, state).await;
        upgrade.map(Self).map_err(IntoResponse::into_response)
    }
}

/// From a [`WebSocketException`] to axum's close frame.
///
/// ```
/// use axum::extract::ws::{Message, WebSocket};
/// use axum::response::Response;
/// use fastapi_status_axum::{Result, ToCloseFrame, WebSocketException, WebSocketUpgrade, status};
///
/// async fn feed(WebSocketUpgrade(upgrade): WebSocketUpgrade) -> Response {
///     upgrade.on_upgrade(async |mut socket| {
///         if let Err(error) = echo(&mut socket).await {
///             let frame = error.to_close_frame().expect("1003 and its reason can be sent");
///             // The client may be gone already.
///             let _ = socket.send(Message::Close(Some(frame))).await;
///         }
///     })
/// }
///
/// async fn echo(socket: &mut WebSocket) -> Result<(), WebSocketException> {
///     while let Some(Ok(message)) = socket.recv().await {
///         match &message {
///             Message::Text(_) if socket.send(message.clone()).await.is_err() => return Ok(()),
///             Message::Binary(_) => return Err(WebSocketException::new(status::WS_1003_UNSUPPORTED_DATA, "text only")),
///             _ => {}
///         }
///     }
///     Ok(())
/// }
///
/// // Before the handshake is accepted, it is the HTTP 403 that uvicorn answers with.
/// async fn guarded(upgrade: WebSocketUpgrade) -> Result<Response> {
///     if !token_is_valid() {
///         return Err(WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no token"))?;
///     }
///     Ok(feed(upgrade).await)
/// }
/// # fn token_is_valid() -> bool { true }
/// ```
pub trait ToCloseFrame {
    /// The close frame.
    ///
    /// # Errors
    ///
    /// When the code may not be sent, or the reason does not fit (see [`WebSocketException::close_frame`]).
    fn to_close_frame(&self) -> Result<CloseFrame, InvalidWebSocketException>;
}

impl ToCloseFrame for WebSocketException {
    fn to_close_frame(&self) -> Result<CloseFrame, InvalidWebSocketException> {
        let (code, reason) = self.close_frame()?;
        Ok(CloseFrame { code: code.as_u16(), reason: reason.into() })
    }
}

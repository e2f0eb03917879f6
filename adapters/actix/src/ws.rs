//! actix's close codes, and the close reason of a `WebSocketException`.

use actix_http::ws::{CloseCode, CloseReason};
use fastapi_status::{InvalidCloseCode, InvalidWebSocketException, WebSocketException};

use crate::status::close;

/// Conversions between actix's close code and core's.
///
/// ```
/// use actix_ws::CloseCode;
/// use fastapi_status_actix::CloseCodeExt;
///
/// assert_eq!(CloseCode::Policy.to_fastapi()?, fastapi_status::status::WS_1008_POLICY_VIOLATION);
/// assert_eq!(CloseCode::from_fastapi(fastapi_status::status::WS_1008_POLICY_VIOLATION), CloseCode::Policy);
/// # Ok::<(), fastapi_status::InvalidCloseCode>(())
/// ```
pub trait CloseCodeExt: Sized {
    /// The same code as core's [`fastapi_status::CloseCode`].
    ///
    /// # Errors
    ///
    /// When the code is not 1000 to 4999: actix's `CloseCode::Other` holds any number.
    fn to_fastapi(self) -> Result<fastapi_status::CloseCode, InvalidCloseCode>;

    /// The same code as actix's.
    #[must_use]
    fn from_fastapi(code: fastapi_status::CloseCode) -> Self;
}

impl CloseCodeExt for CloseCode {
    fn to_fastapi(self) -> Result<fastapi_status::CloseCode, InvalidCloseCode> {
        fastapi_status::CloseCode::from_u16(self.into())
    }

    fn from_fastapi(code: fastapi_status::CloseCode) -> Self {
        close(code.as_u16())
    }
}

/// From a [`WebSocketException`] to what actix closes a session with.
///
/// ```
/// use actix_web::{HttpRequest, HttpResponse, rt, web};
/// use actix_ws::{Message, MessageStream, Session};
/// use fastapi_status_actix::{Result, ToCloseReason, WebSocketException, status};
///
/// async fn feed(request: HttpRequest, body: web::Payload) -> actix_web::Result<HttpResponse> {
///     let (response, mut session, messages) = actix_ws::handle(&request, body)?;
///     rt::spawn(async move {
///         let error = echo(&mut session, messages).await.err();
///         let reason = error.map(|error| error.to_close_reason().expect("1003 and its reason can be sent"));
///         // The client may be gone already.
///         let _ = session.close(reason).await;
///     });
///     Ok(response)
/// }
///
/// async fn echo(session: &mut Session, mut messages: MessageStream) -> Result<(), WebSocketException> {
///     while let Some(Ok(message)) = messages.recv().await {
///         match message {
///             Message::Text(text) if session.text(text.clone()).await.is_err() => return Ok(()),
///             Message::Binary(_) => return Err(WebSocketException::new(status::WS_1003_UNSUPPORTED_DATA, "text only")),
///             _ => {}
///         }
///     }
///     Ok(())
/// }
///
/// // Before the handshake is accepted, it is the HTTP 403 that uvicorn answers with.
/// async fn guarded(request: HttpRequest, body: web::Payload) -> actix_web::Result<HttpResponse> {
///     if !token_is_valid() {
///         let error = WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no token");
///         return Err(fastapi_status_actix::HttpException::from(error).into());
///     }
///     feed(request, body).await
/// }
/// # fn token_is_valid() -> bool { true }
/// ```
pub trait ToCloseReason {
    /// The close reason.
    ///
    /// # Errors
    ///
    /// When the code may not be sent, or the reason does not fit (see [`WebSocketException::close_frame`]).
    fn to_close_reason(&self) -> Result<CloseReason, InvalidWebSocketException>;
}

impl ToCloseReason for WebSocketException {
    fn to_close_reason(&self) -> Result<CloseReason, InvalidWebSocketException> {
        let (code, reason) = self.close_frame()?;
        Ok(CloseReason { code: CloseCode::from_fastapi(code), description: Some(reason.to_owned()) })
    }
}

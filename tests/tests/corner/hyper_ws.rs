//! On hyper, the WebSockets: tungstenite's, on a connection that hyper gives up.

use std::result;

use fastapi_status::WebSocketException;
use fastapi_status_hyper::{HttpException, Result, ToTungstenite, status};
use futures_util::future::{self, BoxFuture, FutureExt as _};
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE, WWW_AUTHENTICATE};
use hyper::upgrade::Upgraded;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::hyper::{Body, full, json_with, number};
use super::values;

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// Finds the WebSocket's route, or refuses it.
pub(super) async fn answer(path: &str, request: Request<Incoming>) -> Result<Response<Body>> {
    let query = |name| values::query(request.uri().query(), name);
    let reason = query("reason").unwrap_or_default();
    match path.split('/').skip(1).collect::<Vec<_>>()[..] {
        ["ws", "refuse" | "close-first", code] => Err(WebSocketException::new(number(code)?, reason))?,
        ["ws", "raise" | "close", code] => {
            let exception = WebSocketException::new(number(code)?, reason);
            Ok(accept(request, |_| raise(exception)))
        }
        ["ws", "echo"] => Ok(accept(request, |socket| echo(socket).boxed())),
        ["ws", "greet-and-raise"] => Ok(accept(request, |socket| greet_and_raise(socket).boxed())),
        ["ws", "return"] => Ok(accept(request, |_| future::ready(Ok(())).boxed())),
        ["ws", "return-first"] => Err(HttpException::unhandled("no answer")),
        ["ws", "crash"] => Ok(accept(request, |_| panic!("a secret"))),
        ["ws", "crash-first"] => panic!("a secret"),
        ["ws", "http-exception", _] if query("accept").is_some() => {
            Ok(accept(request, |_| future::ready(Ok(())).boxed()))
        }
        ["ws", "http-exception", code] => Err(values::not_here(number(code)?))?,
        ["ws", "deny"] => {
            let mut response = json_with(status::HTTP_401_UNAUTHORIZED, &json!({"error": "log in"}));
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            Ok(response)
        }
        ["ws", "typed", number] => {
            let answer = values::typed(number, query("flag").as_deref())?;
            Ok(accept(request, |socket| {
                let said = async move {
                    socket.send(Message::text(answer)).await?;
                    Err(normal_closure().into())
                };
                said.boxed()
            }))
        }
        ["ws", "protocol"] => Ok(accept(request, |_| raise(normal_closure()))),
        _ => Err(normal_closure())?,
    }
}

/// Why a conversation ends.
enum End {
    Raised(WebSocketException),
    /// The client is gone.
    Failed,
}

impl From<WebSocketException> for End {
    fn from(exception: WebSocketException) -> Self {
        Self::Raised(exception)
    }
}

impl From<Error> for End {
    fn from(_: Error) -> Self {
        Self::Failed
    }
}

/// Accepts a handshake. The connection is dropped behind the conversation; an exception that can be sent closes it first.
fn accept(
    mut request: Request<Incoming>,
    talk: impl FnOnce(&mut Socket) -> BoxFuture<'_, result::Result<(), End>> + Send + 'static,
) -> Response<Body> {
    let key = request.headers().get(SEC_WEBSOCKET_KEY).map(|key| derive_accept_key(key.as_bytes()));
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let Ok(connection) = upgrade.await else {
            return;
        };
        let mut socket = WebSocketStream::from_raw_socket(TokioIo::new(connection), Role::Server, None).await;
        let Err(End::Raised(exception)) = talk(&mut socket).await else {
            return;
        };
        if let Ok(frame) = exception.to_tungstenite() {
            // The client may be gone already.
            let _ = socket.close(Some(frame)).await;
        }
    });
    let mut response = Response::new(full(""));
    *response.status_mut() = status::HTTP_101_SWITCHING_PROTOCOLS;
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("upgrade"));
    response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
    if let Some(Ok(key)) = key.map(HeaderValue::try_from) {
        response.headers_mut().insert(SEC_WEBSOCKET_ACCEPT, key);
    }
    response
}

fn normal_closure() -> WebSocketException {
    WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "")
}

fn raise(exception: WebSocketException) -> BoxFuture<'static, result::Result<(), End>> {
    future::ready(Err(exception.into())).boxed()
}

async fn echo(socket: &mut Socket) -> result::Result<(), End> {
    while let Some(message) = socket.next().await {
        let message = message?;
        if message.is_text() {
            socket.send(message).await?;
        }
    }
    Ok(())
}

async fn greet_and_raise(socket: &mut Socket) -> result::Result<(), End> {
    socket.send(Message::text(values::greeting())).await?;
    socket.send(Message::binary(&b"\xFF\x00"[..])).await?;
    match socket.next().await {
        Some(Ok(Message::Text(reason))) => {
            Err(WebSocketException::new(status::WS_1008_POLICY_VIOLATION, reason.to_string()).into())
        }
        _ => Ok(()),
    }
}

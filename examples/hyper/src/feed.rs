//! The feed: WebSockets through tungstenite.

use example_bookshop::{FeedQuery, Shop, Stock, TimesQuery};
use fastapi_status_hyper::{HttpException, Result, ToTungstenite as _, WebSocketException, status};
use fastapi_status_serde::{RequestValidationError, from_path, from_query};
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use hyper::upgrade::Upgraded;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::answer::{Response, empty, header_value};

type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// Tells the stock of the books that are asked for: `{"watch": 1}`; ends at `bye`.
pub(crate) fn feed(shop: &Shop, request: Request<Incoming>) -> Result<Response> {
    let FeedQuery { token } = from_query(request.uri().query().unwrap_or_default()).map_err(refuse)?;
    shop.enter_feed(token.as_deref())?;
    let shop = shop.clone();
    accept(request, async move |mut socket| {
        let end = tell(&shop, &mut socket).await;
        close(socket, end).await;
    })
}

async fn tell(shop: &Shop, socket: &mut Socket) -> Result<(), End> {
    while let Some(message) = socket.next().await {
        let answer = match &message? {
            Message::Text(text) => shop.answer_feed(Some(text))?,
            Message::Binary(_) => shop.answer_feed(None)?,
            _ => continue, // tungstenite answers a ping, and a close frame
        };
        send(socket, &answer).await?;
    }
    Ok(())
}

/// Tells one book's stock so many times, and closes.
pub(crate) fn feed_of_one(shop: &Shop, book_id: &str, request: Request<Incoming>) -> Result<Response> {
    let book_id = from_path([("book_id", book_id)]).map_err(refuse)?;
    let TimesQuery { times } = from_query(request.uri().query().unwrap_or_default()).map_err(refuse)?;
    let stock = shop.stock_of_one(book_id)?;
    accept(request, async move |mut socket| {
        let end = repeat(&stock, times, &mut socket).await;
        close(socket, end).await;
    })
}

async fn repeat(stock: &Stock, times: i64, socket: &mut Socket) -> Result<(), End> {
    for _ in 0..times {
        send(socket, stock).await?;
    }
    Ok(())
}

/// What ends a conversation.
enum End {
    /// A close frame.
    Close(WebSocketException),
    /// The client is gone.
    Gone(Error),
}

impl From<WebSocketException> for End {
    fn from(exception: WebSocketException) -> Self {
        Self::Close(exception)
    }
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Gone(error)
    }
}

async fn send(socket: &mut Socket, value: &impl Serialize) -> Result<(), End> {
    let text = serde_json::to_string(value)
        .map_err(|_| WebSocketException::new(status::WS_1011_INTERNAL_ERROR, "the answer cannot be written"))?;
    Ok(socket.send(Message::text(text)).await?)
}

/// Accepts the handshake, and hands the socket to `converse`.
fn accept<F: Future<Output = ()> + Send + 'static>(
    mut request: Request<Incoming>,
    converse: impl FnOnce(Socket) -> F + Send + 'static,
) -> Result<Response> {
    let (Some(key), true) = (request.headers().get(SEC_WEBSOCKET_KEY), is_handshake(&request)) else {
        return Err(HttpException::from_status(status::HTTP_400_BAD_REQUEST));
    };
    let mut response = empty(status::HTTP_101_SWITCHING_PROTOCOLS);
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, header_value(derive_accept_key(key.as_bytes()))?);
    tokio::spawn(async move {
        let socket = match hyper::upgrade::on(&mut request).await {
            Ok(upgraded) => TokioIo::new(upgraded),
            Err(error) => return tracing::debug!(%error, "the handshake came to nothing"),
        };
        converse(WebSocketStream::from_raw_socket(socket, Role::Server, None).await).await;
    });
    Ok(response)
}

/// Whether a request that wants a WebSocket means the one that is spoken here (RFC 6455, Section 4.2.1).
fn is_handshake(request: &Request<Incoming>) -> bool {
    let values = |name| request.headers().get_all(name).iter().filter_map(|value| value.to_str().ok());
    let is_upgrade = |token: &str| token.trim().eq_ignore_ascii_case("upgrade");
    let mut connection = values(CONNECTION).flat_map(|value| value.split(','));
    request.method() == Method::GET && connection.any(is_upgrade) && values(SEC_WEBSOCKET_VERSION).eq(["13"])
}

/// Closes the socket as the conversation ended.
async fn close(mut socket: Socket, end: Result<(), End>) {
    let frame = match end {
        Ok(()) => Ok(CloseFrame { code: status::WS_1000_NORMAL_CLOSURE.to_tungstenite(), reason: "".into() }),
        Err(End::Close(exception)) => exception.to_tungstenite(),
        Err(End::Gone(error)) => return tracing::debug!(%error, "the client is gone"),
    };
    match frame {
        Ok(frame) => {
            // The client may be gone already, or go without a close frame of its own.
            let _ = socket.close(Some(frame)).await;
            while let Some(Ok(_)) = socket.next().await {}
        }
        Err(error) => tracing::error!(%error, "a close frame cannot be sent"),
    }
}

/// Before the handshake is accepted, uvicorn refuses whatever is wrong with the same 403.
fn refuse(_: RequestValidationError) -> HttpException {
    WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "").into()
}

//! The feed.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::any;
use example_bookshop::{FeedQuery, Shop, Stock, TimesQuery};
use fastapi_status_axum::{HttpException, Result, ToCloseFrame as _, WebSocketException, status};
use serde::Serialize;

use crate::extract::{Path, Query};

pub(crate) fn router() -> Router<Shop> {
    Router::new().route("/feed", any(feed)).route("/feed/{book_id}", any(feed_of_one))
}

/// A handshake; what is none does not find the route.
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

fn upgrade(handshake: Upgrade) -> Result<WebSocketUpgrade> {
    handshake.map_err(|_| HttpException::from_status(status::HTTP_404_NOT_FOUND))
}

/// Before the handshake is accepted, uvicorn refuses whatever is wrong with the same 403.
fn refuse(_: HttpException) -> HttpException {
    WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "").into()
}

/// Tells the stock of the books that are asked for: `{"watch": 1}`; ends at `bye`.
async fn feed(State(shop): State<Shop>, query: Result<Query<FeedQuery>>, handshake: Upgrade) -> Result<Response> {
    let upgrade = upgrade(handshake)?;
    let Query(FeedQuery { token }) = query.map_err(refuse)?;
    shop.enter_feed(token.as_deref())?;
    Ok(upgrade.on_upgrade(async move |mut socket| {
        let end = tell(&shop, &mut socket).await;
        close(socket, end).await;
    }))
}

async fn tell(shop: &Shop, socket: &mut WebSocket) -> Result<(), End> {
    while let Some(message) = socket.recv().await {
        let answer = match &message? {
            Message::Text(text) => shop.answer_feed(Some(text))?,
            Message::Binary(_) => shop.answer_feed(None)?,
            _ => continue, // axum answers a ping, and a close frame
        };
        send(socket, &answer).await?;
    }
    Ok(())
}

/// Tells one book's stock so many times, and closes.
async fn feed_of_one(
    State(shop): State<Shop>,
    book_id: Result<Path<i64>>,
    query: Result<Query<TimesQuery>>,
    handshake: Upgrade,
) -> Result<Response> {
    let upgrade = upgrade(handshake)?;
    let Path(book_id) = book_id.map_err(refuse)?;
    let Query(TimesQuery { times }) = query.map_err(refuse)?;
    let stock = shop.stock_of_one(book_id)?;
    Ok(upgrade.on_upgrade(async move |mut socket| {
        let end = repeat(&stock, times, &mut socket).await;
        close(socket, end).await;
    }))
}

async fn repeat(stock: &Stock, times: i64, socket: &mut WebSocket) -> Result<(), End> {
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
    Gone(axum::Error),
}

impl From<WebSocketException> for End {
    fn from(exception: WebSocketException) -> Self {
        Self::Close(exception)
    }
}

impl From<axum::Error> for End {
    fn from(error: axum::Error) -> Self {
        Self::Gone(error)
    }
}

async fn send(socket: &mut WebSocket, value: &impl Serialize) -> Result<(), End> {
    let text = serde_json::to_string(value)
        .map_err(|_| WebSocketException::new(status::WS_1011_INTERNAL_ERROR, "the answer cannot be written"))?;
    Ok(socket.send(Message::text(text)).await?)
}

/// Closes the socket as the conversation ended.
async fn close(mut socket: WebSocket, end: Result<(), End>) {
    let frame = match end {
        Ok(()) => Ok(CloseFrame { code: status::WS_1000_NORMAL_CLOSURE, reason: "".into() }),
        Err(End::Close(exception)) => exception.to_close_frame(),
        Err(End::Gone(error)) => return tracing::debug!(%error, "the client is gone"),
    };
    match frame {
        Ok(frame) => {
            // The client may be gone already, or go without a close frame of its own.
            let _ = socket.send(Message::Close(Some(frame))).await;
            while let Some(Ok(_)) = socket.recv().await {}
        }
        Err(error) => tracing::error!(%error, "a close frame cannot be sent"),
    }
}

//! The feed.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::response::Response;
use axum::routing::any;
use example_bookshop::{FeedQuery, Shop, Stock, TimesQuery};
use fastapi_status_axum::{Path, Query, Result, ToCloseFrame as _, WebSocketException, WebSocketUpgrade, status};
use serde::Serialize;

pub(crate) fn router() -> Router<Shop> {
    Router::new().route("/feed", any(feed)).route("/feed/{book_id}", any(feed_of_one))
}

/// Tells the stock of the books that are asked for: `{"watch": 1}`; ends at `bye`.
async fn feed(
    State(shop): State<Shop>,
    WebSocketUpgrade(upgrade): WebSocketUpgrade,
    Query(FeedQuery { token }): Query<FeedQuery>,
) -> Result<Response> {
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
    WebSocketUpgrade(upgrade): WebSocketUpgrade,
    Path(book_id): Path<i64>,
    Query(TimesQuery { times }): Query<TimesQuery>,
) -> Result<Response> {
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

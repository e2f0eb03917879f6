//! The feed.

use actix_web::guard::Header;
use actix_web::web::{Data, Payload, ServiceConfig, resource};
use actix_web::{HttpRequest, HttpResponse, rt};
use actix_ws::{
    AggregatedMessage, AggregatedMessageStream, CloseReason, Closed, MessageStream, ProtocolError, Session,
};
use example_bookshop::{FeedQuery, Shop, Stock, TimesQuery};
use fastapi_status_actix::{HttpException, Path, Query, Result, ToCloseReason as _, WebSocketException, status};
use serde::Serialize;

pub(crate) fn routes(config: &mut ServiceConfig) {
    // To what is no handshake, these paths are unknown.
    let handshake = || Header("upgrade", "websocket");
    config
        .service(resource("/feed").guard(handshake()).to(feed))
        .service(resource("/feed/{book_id}").guard(handshake()).to(feed_of_one));
}

/// What asks for a WebSocket, and not as it should, does not find the route either.
fn accept(request: &HttpRequest, body: Payload) -> Result<(HttpResponse, Session, MessageStream)> {
    actix_ws::handle(request, body).map_err(|_| HttpException::from_status(status::HTTP_404_NOT_FOUND))
}

/// Tells the stock of the books that are asked for: `{"watch": 1}`; ends at `bye`.
async fn feed(shop: Data<Shop>, query: Query<FeedQuery>, request: HttpRequest, body: Payload) -> Result<HttpResponse> {
    let (response, mut session, messages) = accept(&request, body)?;
    shop.enter_feed(query.token.as_deref())?;
    // A client may send a message in fragments.
    let mut messages = messages.aggregate_continuations();
    rt::spawn(async move {
        let end = tell(&shop, &mut session, &mut messages).await;
        close(session, end).await;
    });
    Ok(response)
}

async fn tell(shop: &Shop, session: &mut Session, messages: &mut AggregatedMessageStream) -> Result<(), End> {
    while let Some(message) = messages.recv().await {
        let answer = match message? {
            AggregatedMessage::Text(text) => shop.answer_feed(Some(&text))?,
            AggregatedMessage::Binary(_) => shop.answer_feed(None)?,
            AggregatedMessage::Ping(payload) => {
                session.pong(&payload).await?;
                continue;
            }
            AggregatedMessage::Close(reason) => return Err(End::Left(reason)),
            _ => continue,
        };
        send(session, &answer).await?;
    }
    Ok(())
}

/// Tells one book's stock so many times, and closes.
async fn feed_of_one(
    shop: Data<Shop>,
    book_id: Path<i64>,
    query: Query<TimesQuery>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse> {
    let (response, mut session, _) = accept(&request, body)?;
    let stock = shop.stock_of_one(*book_id)?;
    rt::spawn(async move {
        let end = repeat(&stock, query.times, &mut session).await;
        close(session, end).await;
    });
    Ok(response)
}

async fn repeat(stock: &Stock, times: i64, session: &mut Session) -> Result<(), End> {
    for _ in 0..times {
        send(session, stock).await?;
    }
    Ok(())
}

/// What ends a conversation.
enum End {
    /// A close frame.
    Close(WebSocketException),
    /// The client's close frame, which wants an answer.
    Left(Option<CloseReason>),
    /// The client is gone.
    Gone,
}

impl From<WebSocketException> for End {
    fn from(exception: WebSocketException) -> Self {
        Self::Close(exception)
    }
}

impl From<Closed> for End {
    fn from(_: Closed) -> Self {
        Self::Gone
    }
}

impl From<ProtocolError> for End {
    fn from(error: ProtocolError) -> Self {
        tracing::debug!(%error, "the client breaks the protocol");
        Self::Gone
    }
}

async fn send(session: &mut Session, value: &impl Serialize) -> Result<(), End> {
    let text = serde_json::to_string(value)
        .map_err(|_| WebSocketException::new(status::WS_1011_INTERNAL_ERROR, "the answer cannot be written"))?;
    Ok(session.text(text).await?)
}

/// Closes the session as the conversation ended.
async fn close(session: Session, end: Result<(), End>) {
    let reason = match end {
        Ok(()) => Ok(Some(CloseReason { code: status::WS_1000_NORMAL_CLOSURE, description: None })),
        Err(End::Close(exception)) => exception.to_close_reason().map(Some),
        Err(End::Left(reason)) => Ok(reason),
        Err(End::Gone) => return,
    };
    match reason {
        Ok(reason) => {
            // The client may be gone already.
            let _ = session.close(reason).await;
        }
        Err(error) => tracing::error!(%error, "a close frame cannot be sent"),
    }
}

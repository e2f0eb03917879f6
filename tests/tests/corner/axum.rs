//! On axum.

use std::net::TcpListener;
use std::{future, io};

use axum::body::{Body, Bytes};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::extract::{OriginalUri, Path, RawQuery};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{AppendHeaders, IntoResponse, Json, Response};
use axum::routing::{any, get, options, put};
use axum::{Router, serve as serve_router};
use fastapi_status::WebSocketException;
use fastapi_status_axum::{
    HttpException, Result, ToCloseFrame, ToHttp, WebSocketUpgrade, status, with_fastapi_defaults,
};
use fastapi_status_tests::Stop;
use futures_util::stream;
use serde_json::{Value, json};

use super::values;

/// Serves the corner service until it is told to stop.
pub(crate) fn serve(listener: TcpListener, stop: Stop) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::select! {
            result = async { serve_router(listener, app()).await } => result,
            () = stop => Ok(()),
        }
    })
}

fn app() -> Router {
    let nested = Router::new()
        .route("/", get(async || Json("root")))
        .route("/leaf", get(async || Json("leaf")))
        .route("/branch/", get(async || Json("leaf")))
        .route("/inner/", get(async || Json("inner")).post(async || Json("inner")))
        .nest("/inner", Router::new().route("/deep", get(async || Json("inner"))));
    let mounted = Router::new()
        .route("/", get(inside))
        .route("/inside", get(inside))
        .route("/slash/", axum::routing::post(inside))
        .route("/crash", get(crash))
        .route("/raise/{code}", get(raise));
    let router =
        Router::new().route("/inside", get(async |OriginalUri(uri): OriginalUri| Json(json!({"path": uri.path()}))));
    with_fastapi_defaults(
        Router::new()
            .merge(codes())
            .merge(answers())
            .merge(failures())
            .merge(routes())
            .merge(websockets())
            .nest("/nested", nested.clone())
            .nest("/again/nested", nested)
            .nest_service("/sub", with_fastapi_defaults(mounted))
            .nest("/router", router),
    )
}

fn codes() -> Router {
    Router::new()
        .route("/raise/{code}", get(raise))
        .route("/raise-starlette/{code}", get(raise))
        .route("/bare/{code}", get(async |Path(code)| code_of(code)))
        .route("/text/{code}", get(async |Path(code)| (code_of(code), "a text")))
        .route("/declared/{code}", get(answer_with))
        .route("/set-status/{code}", get(answer_with))
        .route("/declared-none/200", get(async || Json(())))
        .route("/declared-none/204", get(async || status::HTTP_204_NO_CONTENT))
        .route("/declared-none/205", get(async || (status::HTTP_205_RESET_CONTENT, Json(()))))
        .route("/declared-none/304", get(async || (status::HTTP_304_NOT_MODIFIED, Json(()))))
}

fn code_of(code: u16) -> StatusCode {
    values::status_code(code).to_http()
}

async fn raise(Path(code): Path<u16>, RawQuery(query): RawQuery) -> Result<()> {
    Err(values::raise(code, values::query(query.as_deref(), "detail")))?
}

async fn answer_with(Path(code): Path<u16>) -> (StatusCode, Json<Value>) {
    (code_of(code), Json(json!({"answer": 42})))
}

fn answers() -> Router {
    let json = |text: String| ([(header::CONTENT_TYPE, "application/json")], text);
    let returned = async move |Path::<String>(name)| -> Result<_> { Ok(json(values::returned(&name)?)) };
    let annotated = async move |Path::<String>(name)| -> Result<_> { Ok(json(values::annotated(&name)?)) };
    Router::new()
        .route("/detail/{name}", get(async |Path::<String>(name)| -> Result<()> { Err(values::detail(&name))? }))
        .route("/returned/{name}", get(returned))
        .route("/annotated/{name}", get(annotated))
        .route("/headers/{name}", get(headers))
        .route("/cookies", get(async || (AppendHeaders(values::COOKIES), Json(json!({})))))
}

async fn headers(Path(name): Path<String>, RawQuery(query): RawQuery) -> Result<()> {
    let code = values::query(query.as_deref(), "code").map_or(Ok(400), |code| code.parse());
    Err(values::with_headers(&name, code.map_err(HttpException::unhandled)?))?
}

fn failures() -> Router {
    let text = |body| ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body);
    Router::new()
        .route("/crash", get(crash).post(async |body: Bytes| -> () { panic!("{body:?}") }))
        .route("/crash-async", get(crash))
        .route("/crash-invalid-answer", get(async || HttpException::unhandled("not a number")))
        .route("/crash-in-stream", get(async move || text(Body::from_stream(values::broken_stream()))))
        .route("/stream", get(async move || text(Body::from_stream(stream::iter(["one", "two"].map(io::Result::Ok))))))
}

async fn crash() {
    panic!("a secret: <password>");
}

fn routes() -> Router {
    Router::new()
        .route("/items", get(echo).post(echo))
        .route("/things/", get(echo).post(echo))
        .route("/both", get(echo))
        .route("/both/", get(async || Json("with slash")))
        .route("/only-put/", put(echo))
        .route("/many", get(method).post(method).delete(method))
        .route("/with-head", get(method))
        .route("/with-options", options(method).get(method).patch(method))
        .route("/words/{word}", get(word))
        .route("/slashed/{word}/", get(word))
        .route("/files/", get(async || Json(json!({"path": ""}))))
        .route("/files/{*path}", get(async |Path::<String>(path)| Json(json!({"path": path}))))
        .route("/numbers/{number}", get(async |Path::<String>(text)| -> Result<_> { Ok(Json(values::number(&text)?)) }))
        .route("/overlap/fixed", get(async || Json("fixed")).delete(async || Json("fixed")))
        .route("/overlap/{name}", axum::routing::delete(async |Path::<String>(name)| Json(name)))
}

async fn echo(method: Method, uri: Uri) -> Json<Value> {
    Json(values::echo(uri.path(), uri.query(), method.as_str()))
}

async fn method(method: Method) -> Json<String> {
    Json(method.to_string())
}

/// axum's `Path` refuses what is not UTF-8.
async fn word(uri: Uri) -> Json<Value> {
    let word = uri.path().split('/').nth(2).unwrap_or_default();
    Json(json!({"word": values::unquote(word)}))
}

async fn inside(OriginalUri(uri): OriginalUri) -> Json<Value> {
    Json(json!({"path": uri.path(), "root": "/sub"}))
}

fn websockets() -> Router {
    Router::new()
        .route("/ws/refuse/{code}", any(ws_refuse))
        .route("/ws/close-first/{code}", any(ws_refuse))
        .route("/ws/raise/{code}", any(ws_raise))
        .route("/ws/close/{code}", any(ws_raise))
        .route("/ws/echo", any(async |WebSocketUpgrade(upgrade)| upgrade.on_upgrade(ws_echo)))
        .route("/ws/greet-and-raise", any(async |WebSocketUpgrade(upgrade)| upgrade.on_upgrade(ws_greet_and_raise)))
        .route("/ws/return", any(async |WebSocketUpgrade(upgrade)| upgrade.on_upgrade(|_| future::ready(()))))
        .route("/ws/return-first", any(async |_: WebSocketUpgrade| HttpException::unhandled("no answer")))
        .route("/ws/crash", any(async |WebSocketUpgrade(upgrade)| upgrade.on_upgrade(async |_| panic!("a secret"))))
        .route("/ws/crash-first", any(async |_: WebSocketUpgrade| -> () { panic!("a secret") }))
        .route("/ws/http-exception/{code}", any(ws_http_exception))
        .route("/ws/deny", any(ws_deny))
        .route("/ws/typed/{number}", any(ws_typed))
        .route("/ws/protocol", any(ws_protocol))
}

/// Closes as an exception says; one that cannot be sent drops the connection.
async fn close(mut socket: WebSocket, exception: WebSocketException) {
    if let Ok(frame) = exception.to_close_frame() {
        // The client may be gone already.
        let _ = socket.send(Message::Close(Some(frame))).await;
    }
}

async fn ws_refuse(_: WebSocketUpgrade, Path(code): Path<u16>, RawQuery(query): RawQuery) -> Result<()> {
    let reason = values::query(query.as_deref(), "reason");
    Err(WebSocketException::new(code, reason.unwrap_or_default()))?
}

async fn ws_raise(
    WebSocketUpgrade(upgrade): WebSocketUpgrade,
    Path(code): Path<u16>,
    RawQuery(query): RawQuery,
) -> Response {
    let reason = values::query(query.as_deref(), "reason").unwrap_or_default();
    upgrade.on_upgrade(move |socket| close(socket, WebSocketException::new(code, reason)))
}

async fn ws_echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if matches!(message, Message::Text(_)) && socket.send(message).await.is_err() {
            return;
        }
    }
}

async fn ws_greet_and_raise(mut socket: WebSocket) {
    for message in [Message::text(values::greeting()), Message::binary(&b"\xFF\x00"[..])] {
        if socket.send(message).await.is_err() {
            return;
        }
    }
    if let Some(Ok(Message::Text(reason))) = socket.recv().await {
        close(socket, WebSocketException::new(status::WS_1008_POLICY_VIOLATION, reason.to_string())).await;
    }
}

async fn ws_http_exception(
    WebSocketUpgrade(upgrade): WebSocketUpgrade,
    Path(code): Path<u16>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    if values::query(query.as_deref(), "accept").is_some() {
        return Ok(upgrade.on_upgrade(|_| future::ready(())));
    }
    Err(values::not_here(code))?
}

async fn ws_deny(_: WebSocketUpgrade) -> impl IntoResponse {
    let bearer = [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))];
    (status::HTTP_401_UNAUTHORIZED, bearer, Json(json!({"error": "log in"})))
}

async fn ws_typed(
    WebSocketUpgrade(upgrade): WebSocketUpgrade,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let answer = values::typed(&number, values::query(query.as_deref(), "flag").as_deref())?;
    Ok(upgrade.on_upgrade(async move |mut socket| {
        if socket.send(Message::text(answer)).await.is_ok() {
            close(socket, WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "")).await;
        }
    }))
}

async fn ws_protocol(WebSocketUpgrade(upgrade): WebSocketUpgrade) -> Response {
    upgrade.protocols(["chat"]).on_upgrade(async |mut socket| {
        let frame = CloseFrame { code: status::WS_1000_NORMAL_CLOSURE, reason: "".into() };
        let _ = socket.send(Message::Close(Some(frame))).await;
    })
}

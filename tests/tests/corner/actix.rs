//! On actix-web.

use std::io;
use std::net::TcpListener;

use actix_web::dev::HttpServiceFactory;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Json, Path, Payload, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, Resource, guard, rt, web};
use actix_ws::{CloseReason, Message, MessageStream, Session};
use fastapi_status::WebSocketException;
use fastapi_status_actix::{FastapiDefaults, HttpException, Result, ToActix, ToCloseReason, status};
use fastapi_status_tests::Stop;
use futures_util::stream::{self, Stream, StreamExt as _};
use serde_json::{Value, json};

use super::values;

/// Serves the corner service until it is told to stop.
pub(crate) fn serve(listener: TcpListener, stop: Stop) -> io::Result<()> {
    rt::System::new().block_on(async {
        let app = || App::new().configure(routes).wrap(FastapiDefaults::default());
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run();
        let handle = server.handle();
        let server = rt::spawn(server);
        stop.await;
        handle.stop(false).await;
        server.await?
    })
}

fn routes(app: &mut ServiceConfig) {
    codes(app);
    answers(app);
    failures(app);
    paths(app);
    websockets(app);
    let mounted = web::scope("/sub")
        .service(web::resource("/").get(inside))
        .service(web::resource("/inside").get(inside))
        .service(web::resource("/slash/").post(inside))
        .route("/crash", web::get().to(crash))
        .route("/raise/{code}", web::get().to(raise));
    let router =
        web::scope("/router").service(web::resource("/inside").get(in_router).route(web::head().to(in_router)));
    app.service(nested("/nested")).service(nested("/again/nested")).service(mounted).service(router);
}

fn nested(prefix: &str) -> impl HttpServiceFactory + use<> {
    web::scope(prefix)
        .route("", web::get().to(async || Json("root")))
        .route("/leaf", web::get().to(async || Json("leaf")))
        .route("/branch/", web::get().to(async || Json("leaf")))
        .service(
            web::scope("/inner")
                .service(web::resource("/").get(async || Json("inner")).post(async || Json("inner")))
                .route("/deep", web::get().to(async || Json("inner"))),
        )
}

fn codes(app: &mut ServiceConfig) {
    app.route("/raise/{code}", web::get().to(raise))
        .route("/raise-starlette/{code}", web::get().to(raise))
        .route("/bare/{code}", web::get().to(async |code: Path<u16>| HttpResponse::new(code_of(*code))))
        .route("/text/{code}", web::get().to(text))
        .route("/declared/{code}", web::get().to(answer_with))
        .route("/set-status/{code}", web::get().to(answer_with))
        .route("/declared-none/200", web::get().to(async || Json(())))
        .route("/declared-none/204", web::get().to(async || HttpResponse::new(status::HTTP_204_NO_CONTENT)))
        .route("/declared-none/205", web::get().to(async || none_with(status::HTTP_205_RESET_CONTENT)))
        .route("/declared-none/304", web::get().to(async || none_with(status::HTTP_304_NOT_MODIFIED)));
}

fn code_of(code: u16) -> StatusCode {
    values::status_code(code).to_actix()
}

async fn raise(code: Path<u16>, request: HttpRequest) -> Result<HttpResponse> {
    Err(values::raise(*code, values::query(Some(request.query_string()), "detail")))?
}

async fn text(code: Path<u16>) -> HttpResponse {
    HttpResponse::build(code_of(*code)).content_type("text/plain; charset=utf-8").body("a text")
}

async fn answer_with(code: Path<u16>) -> HttpResponse {
    HttpResponse::build(code_of(*code)).json(json!({"answer": 42}))
}

fn none_with(status: StatusCode) -> HttpResponse {
    HttpResponse::build(status).json(())
}

fn answers(app: &mut ServiceConfig) {
    app.route("/detail/{name}", web::get().to(detail))
        .route("/returned/{name}", web::get().to(async |name: Path<String>| as_json(values::returned(&name)?)))
        .route("/annotated/{name}", web::get().to(async |name: Path<String>| as_json(values::annotated(&name)?)))
        .route("/headers/{name}", web::get().to(headers))
        .route("/cookies", web::get().to(cookies));
}

fn as_json(text: String) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().content_type("application/json").body(text))
}

async fn detail(name: Path<String>) -> Result<HttpResponse> {
    Err(values::detail(&name))?
}

async fn headers(name: Path<String>, request: HttpRequest) -> Result<HttpResponse> {
    let code = values::query(Some(request.query_string()), "code").map_or(Ok(400), |code| code.parse());
    Err(values::with_headers(&name, code.map_err(HttpException::unhandled)?))?
}

async fn cookies() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    for header in values::COOKIES {
        response.append_header(header);
    }
    response.json(json!({}))
}

fn failures(app: &mut ServiceConfig) {
    app.service(web::resource("/crash").get(crash).post(async |body: Bytes| -> HttpResponse { panic!("{body:?}") }))
        .route("/crash-async", web::get().to(crash))
        .route(
            "/crash-invalid-answer",
            web::get().to(async || -> Result<HttpResponse> { Err(HttpException::unhandled("not a number")) }),
        )
        .route("/crash-in-stream", web::get().to(async || stream(values::broken_stream())))
        .route("/stream", web::get().to(async || stream(stream::iter(["one", "two"].map(Ok)))));
}

fn stream(parts: impl Stream<Item = io::Result<&'static str>> + 'static) -> HttpResponse {
    let parts = parts.map(|part| part.map(Bytes::from));
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").streaming(Box::pin(parts))
}

async fn crash() -> HttpResponse {
    panic!("a secret: <password>");
}

fn paths(app: &mut ServiceConfig) {
    app.service(web::resource("/items").get(echo).post(echo))
        .route("/things/", web::get().to(echo))
        .route("/things/", web::post().to(echo))
        .route("/both", web::get().to(echo))
        .route("/both/", web::get().to(async || Json("with slash")))
        .route("/only-put/", web::put().to(echo))
        .service(web::resource("/many").get(method).post(method).delete(method))
        .service(web::resource("/with-head").get(method).route(web::head().to(method)))
        .service(
            web::resource("/with-options").route(web::method(Method::OPTIONS).to(method)).get(method).patch(method),
        )
        .route("/words/{word}", web::get().to(word))
        .route("/slashed/{word}/", web::get().to(word))
        .route("/files/{path:.*}", web::get().to(async |path: Path<String>| Json(json!({"path": *path}))))
        .route("/numbers/{number}", web::get().to(number))
        .service(web::resource("/overlap/fixed").get(async || Json("fixed")).delete(async || Json("fixed")))
        .route("/overlap/{name}", web::delete().to(async |name: Path<String>| Json(name.into_inner())));
}

async fn echo(request: HttpRequest) -> Json<Value> {
    Json(values::echo(request.path(), Some(request.query_string()), request.method().as_str()))
}

async fn method(method: Method) -> Json<String> {
    Json(method.to_string())
}

async fn word(word: Path<String>) -> Json<Value> {
    Json(json!({"word": *word}))
}

async fn number(text: Path<String>) -> Result<Json<Value>> {
    Ok(Json(values::number(&text)?))
}

async fn inside(request: HttpRequest) -> Json<Value> {
    Json(json!({"path": request.path(), "root": "/sub"}))
}

async fn in_router(request: HttpRequest) -> Json<Value> {
    Json(json!({"path": request.path()}))
}

fn websockets(app: &mut ServiceConfig) {
    app.service(websocket("/ws/refuse/{code}").to(ws_refuse))
        .service(websocket("/ws/close-first/{code}").to(ws_refuse))
        .service(websocket("/ws/raise/{code}").to(ws_raise))
        .service(websocket("/ws/close/{code}").to(ws_raise))
        .service(websocket("/ws/echo").to(ws_echo))
        .service(websocket("/ws/greet-and-raise").to(ws_greet_and_raise))
        .service(websocket("/ws/return").to(async |request, body| accept(&request, body, async |_, _| {})))
        .service(
            websocket("/ws/return-first")
                .to(async || -> Result<HttpResponse> { Err(HttpException::unhandled("no answer")) }),
        )
        .service(
            websocket("/ws/crash").to(async |request, body| accept(&request, body, async |_, _| panic!("a secret"))),
        )
        .service(websocket("/ws/crash-first").to(crash))
        .service(websocket("/ws/http-exception/{code}").to(ws_http_exception))
        .service(websocket("/ws/deny").to(ws_deny))
        .service(websocket("/ws/typed/{number}").to(ws_typed))
        .service(websocket("/ws/protocol").to(ws_protocol));
}

/// A path that only WebSockets reach.
fn websocket(path: &str) -> Resource {
    web::resource(path).guard(guard::Header("upgrade", "websocket"))
}

fn accept<F: Future<Output = ()> + 'static>(
    request: &HttpRequest,
    body: Payload,
    talk: impl FnOnce(Session, MessageStream) -> F,
) -> actix_web::Result<HttpResponse> {
    let (response, session, messages) = actix_ws::handle(request, body)?;
    rt::spawn(talk(session, messages));
    Ok(response)
}

/// Closes as an exception says; one that cannot be sent drops the connection.
async fn close(session: Session, exception: &WebSocketException) {
    if let Ok(reason) = exception.to_close_reason() {
        // The client may be gone already.
        let _ = session.close(Some(reason)).await;
    }
}

async fn ws_refuse(code: Path<u16>, request: HttpRequest) -> Result<HttpResponse> {
    let reason = values::query(Some(request.query_string()), "reason");
    Err(WebSocketException::new(*code, reason.unwrap_or_default()))?
}

async fn ws_raise(code: Path<u16>, request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    let reason = values::query(Some(request.query_string()), "reason").unwrap_or_default();
    let exception = WebSocketException::new(*code, reason);
    accept(&request, body, async move |session, _| close(session, &exception).await)
}

async fn ws_echo(request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    accept(&request, body, async |mut session, mut messages| {
        while let Some(Ok(message)) = messages.recv().await {
            match message {
                Message::Text(text) if session.text(text.clone()).await.is_err() => return,
                Message::Close(reason) => {
                    let _ = session.close(reason).await;
                    return;
                }
                _ => {}
            }
        }
    })
}

async fn ws_greet_and_raise(request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    accept(&request, body, async |mut session, mut messages| {
        if session.text(values::greeting()).await.is_err() || session.binary(&b"\xFF\x00"[..]).await.is_err() {
            return;
        }
        if let Some(Ok(Message::Text(reason))) = messages.recv().await {
            let exception = WebSocketException::new(status::WS_1008_POLICY_VIOLATION, reason.to_string());
            close(session, &exception).await;
        }
    })
}

async fn ws_http_exception(code: Path<u16>, request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    if values::query(Some(request.query_string()), "accept").is_some() {
        return accept(&request, body, async |_, _| {});
    }
    Err(HttpException::from(values::not_here(*code)))?
}

async fn ws_deny() -> HttpResponse {
    HttpResponse::build(status::HTTP_401_UNAUTHORIZED)
        .insert_header(("www-authenticate", "Bearer"))
        .json(json!({"error": "log in"}))
}

async fn ws_typed(number: Path<String>, request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    let flag = values::query(Some(request.query_string()), "flag");
    let answer = values::typed(&number, flag.as_deref()).map_err(HttpException::from)?;
    accept(&request, body, async move |mut session, _| {
        if session.text(answer).await.is_ok() {
            close(session, &WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "")).await;
        }
    })
}

async fn ws_protocol(request: HttpRequest, body: Payload) -> actix_web::Result<HttpResponse> {
    let (response, session, _) = actix_ws::handle_with_protocols(&request, body, &["chat"])?;
    session.close(Some(CloseReason::from(status::WS_1000_NORMAL_CLOSURE))).await.map_err(HttpException::unhandled)?;
    Ok(response)
}

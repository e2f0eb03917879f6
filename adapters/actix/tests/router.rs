//! What the router answers, and what it leaves alone.

use std::future::ready;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_http::Request;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Logger;
use actix_web::test::{TestRequest, init_service, read_body, try_call_service};
use actix_web::{App, Error, HttpResponse, ResponseError, delete, get, guard, web};
use fastapi_status_actix::{FastapiDefaults, HttpException, Result, status};
use futures_util::future::LocalBoxFuture;
use futures_util::stream;

/// Runs into a panic, so that a test fails where a handler runs that should not.
async fn never() -> &'static str {
    unreachable!("this handler is not to run")
}

#[get("/macro/{id}")]
async fn by_macro() -> &'static str {
    never().await
}

#[delete("/macro/{id}")]
async fn delete_by_macro() -> &'static str {
    never().await
}

async fn app() -> impl Service<Request, Response = ServiceResponse, Error = Error> {
    app_with(FastapiDefaults::default()).await
}

async fn app_with(defaults: FastapiDefaults) -> impl Service<Request, Response = ServiceResponse, Error = Error> {
    let app = App::new()
        .wrap(actix_web::middleware::DefaultHeaders::new().add(("x-request-id", "7")))
        .wrap(actix_web::middleware::from_fn(two_cookies))
        .wrap(defaults)
        .service(web::resource("/items").get(never).post(never))
        .route("/route", web::get().to(never))
        .route("/route", web::post().to(never))
        .route("/orders/", web::post().to(never))
        .route("/bare", web::get().to(async || HttpResponse::NotFound()))
        .service(web::resource("/any").to(async || HttpResponse::NotFound()))
        .route("/bare405", web::get().to(async || HttpResponse::MethodNotAllowed()))
        .route("/panic", web::get().to(async || -> &'static str { panic!("secret") }))
        .route("/continue", web::get().to(async || HttpResponse::Continue()))
        .route("/204", web::get().to(async || HttpResponse::NoContent().json("never")))
        .route("/teapot", web::get().to(async || HttpResponse::build(status::HTTP_418_IM_A_TEAPOT)))
        .route("/io", web::get().to(async || -> Result<&str, io::Error> { Err(io::Error::other("secret")) }))
        .route(
            "/meant",
            web::get()
                .to(async || -> Result<()> { Err(HttpException::new(StatusCode::INTERNAL_SERVER_ERROR, "meant")) }),
        )
        .route("/chosen", web::get().to(async || -> Result<&str, Chosen> { Err(Chosen) }))
        .service(web::scope("/no-content").wrap(actix_web::middleware::from_fn(no_content)))
        .service(by_macro)
        .service(delete_by_macro)
        .service(
            web::scope("/scope").service(web::resource("/{id}").get(never)).route("/{id}/pages", web::put().to(never)),
        )
        .service(web::scope("/host").guard(guard::Host("elsewhere.test")).route("/it", web::get().to(never)))
        .service(web::scope("/twice").guard(guard::Header("x", "y")).route("/first", web::get().to(never)))
        .service(web::scope("/twice").route("/second", web::get().to(never)))
        .service(web::scope("/guarded").guard(guard::Get()).route("/it", web::get().to(never)))
        .service(web::scope("/self").route("", web::get().to(never)).route("", web::post().to(never)))
        .route("/tea time", web::get().to(never))
        .route("/café", web::get().to(never))
        .route("/missing", web::get().to(async || std::fs::read_to_string("/never/there")))
        .route(
            "/denied",
            web::get().to(async || -> Result<&str, io::Error> { Err(ErrorKind::PermissionDenied.into()) }),
        )
        .route("/utf-8", web::get().to(async || String::from_utf8(vec![0xff]).map_err(|error| error.utf8_error())))
        .route("/changed", web::get().to(async || changed()))
        .route("/named", web::get().to(async || HttpResponse::BadRequest().reason("Not Found").body("named")))
        .route("/own", web::get().to(async || HttpResponse::NotFound().reason("Gone Fishing").body("gone")));
    init_service(app).await
}

/// The answer of an exception whose status is changed then.
fn changed() -> HttpResponse {
    let mut response = HttpException::new(status::HTTP_422_UNPROCESSABLE_CONTENT, "changed").error_response();
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

/// An error that renders itself, as FastAPI's own exception handlers do.
#[derive(Debug)]
struct Chosen;

impl std::fmt::Display for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("chosen")
    }
}

impl ResponseError for Chosen {
    fn error_response(&self) -> HttpResponse {
        HttpResponse::InternalServerError().json("chosen")
    }
}

/// A middleware that gives every answer a header twice.
async fn two_cookies(
    request: ServiceRequest,
    next: actix_web::middleware::Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    for cookie in ["a=1", "b=2"] {
        response.headers_mut().append(header::SET_COOKIE, header::HeaderValue::from_static(cookie));
    }
    Ok(response)
}

/// A middleware that ends in an error with a status that allows no body.
async fn no_content(
    _: ServiceRequest,
    _: actix_web::middleware::Next<impl MessageBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    Err(actix_web::error::InternalError::new("never", StatusCode::NO_CONTENT).into())
}

async fn send(
    app: &impl Service<Request, Response = ServiceResponse, Error = Error>,
    method: &str,
    target: &str,
) -> (HttpResponse<()>, String) {
    let request = TestRequest::with_uri(target)
        .method(Method::from_bytes(method.as_bytes()).unwrap())
        .insert_header(("host", "shop.test"))
        .to_request();
    let response = match try_call_service(app, request).await {
        Ok(response) => response,
        // As actix-web's server does with an error that a middleware returns.
        Err(error) => ServiceResponse::new(TestRequest::default().to_http_request(), error.error_response()),
    };
    let head = response.response().head();
    let mut copy = HttpResponse::with_body(head.status, ());
    *copy.headers_mut() = head.headers.clone();
    copy.head_mut().reason = head.reason;
    (copy, String::from_utf8(read_body(response).await.to_vec()).unwrap())
}

#[actix_web::test]
async fn unknown_path() {
    let app = app().await;
    for path in ["/nowhere", "/scope/1/2", "/scope", "//", "/host/it"] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!(response.status(), 404, "{path}");
        if path != "/host/it" {
            assert_eq!(body, r#"{"detail":"Not Found"}"#, "{path}");
            assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), "application/json");
        }
    }
}

#[actix_web::test]
async fn a_guard_of_a_scope_tells_nothing_of_a_path_that_it_has_not() {
    let app = app().await;
    assert_eq!(send(&app, "POST", "/guarded/none").await.0.status(), 404);
    assert_eq!(send(&app, "POST", "/guarded/it/").await.0.status(), 307);
}

#[actix_web::test]
async fn wrong_method() {
    let app = app().await;
    for (method, path, allow) in [
        ("PUT", "/items", "GET, POST"),
        ("PUT", "/route", "GET, POST"),
        ("BREW", "/macro/1", "GET, DELETE"),
        ("POST", "/scope/1", "GET"),
        ("GET", "/scope/1/pages", "PUT"),
        ("HEAD", "/items", "GET, POST"),
        ("POST", "/twice/second", "GET"),
        ("POST", "/guarded/it", "GET"),
        ("DELETE", "/self", "GET, POST"),
    ] {
        let (response, body) = send(&app, method, path).await;
        assert_eq!(response.status(), 405, "{path}");
        assert_eq!(body, r#"{"detail":"Method Not Allowed"}"#);
        assert_eq!(response.headers().get(header::ALLOW).unwrap(), allow, "{path}");
    }
}

#[actix_web::test]
async fn a_handlers_own_answer_stays() {
    let app = app().await;
    for (path, status) in [("/bare", 404), ("/any", 404), ("/bare405", 405)] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!((response.status().as_u16(), body.as_str()), (status, ""), "{path}");
        assert_eq!(response.headers().get(header::CONTENT_TYPE), None);
    }
    assert_eq!(send(&app, "GET", "/meant").await.1, r#"{"detail":"meant"}"#);
    assert_eq!(send(&app, "GET", "/chosen").await.1, r#""chosen""#);
}

#[actix_web::test]
async fn an_unhandled_error_tells_nothing() {
    let app = app().await;
    for path in ["/panic", "/io", "/missing", "/denied", "/utf-8", "/continue"] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!(response.status(), 500, "{path}");
        assert_eq!(body, "Internal Server Error");
        assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), "text/plain; charset=utf-8");
    }
}

#[actix_web::test]
async fn a_panic_outside_of_a_handler_tells_nothing() {
    let panics = |request: ServiceRequest, _: &_| -> LocalBoxFuture<'static, Result<ServiceResponse, Error>> {
        assert_eq!(request.path(), "/polled", "secret");
        Box::pin(Panics)
    };
    let app = init_service(App::new().wrap_fn(panics).wrap(FastapiDefaults::default())).await;
    for path in ["/called", "/polled"] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!((response.status().as_u16(), body.as_str()), (500, "Internal Server Error"), "{path}");
    }
}

/// Panics when it is polled, and once more when it is dropped.
struct Panics;

impl Future for Panics {
    type Output = Result<ServiceResponse, Error>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        panic!("secret")
    }
}

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("secret")
    }
}

#[actix_web::test]
async fn a_body_that_the_status_forbids_is_dropped() {
    let app = app().await;
    for path in ["/204", "/no-content"] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!((response.status().as_u16(), body.as_str()), (204, ""), "{path}");
    }
}

#[actix_web::test]
async fn a_stream_of_a_middleware_stays_a_stream() {
    let parts = || stream::iter(["tea", "pot"].map(|part| Ok::<_, Error>(web::Bytes::from_static(part.as_bytes()))));
    let app = App::new()
        .route("/", web::get().to(move || ready(HttpResponse::Ok().streaming(parts()))))
        .wrap(Logger::default())
        .wrap(FastapiDefaults::default());
    let response = init_service(app).await.call(TestRequest::get().to_request()).await.unwrap();
    assert_eq!(response.response().body().size(), BodySize::Stream);
    assert_eq!(read_body(response).await, "teapot");
}

#[actix_web::test]
async fn reason_phrases() {
    let app = app().await;
    for (path, phrase) in [
        ("/teapot", "I'm a Teapot"),
        ("/changed", "Bad Request"),
        ("/own", "Gone Fishing"),
        // A service's own, too.
        ("/named", "Not Found"),
    ] {
        assert_eq!(send(&app, "GET", path).await.0.head().reason(), phrase);
    }
}

#[actix_web::test]
async fn trailing_slashes_are_redirected_without_running_a_handler() {
    let app = app().await;
    for (method, target, location) in [
        ("GET", "/items/", "http://shop.test/items"),
        ("DELETE", "/items//", "http://shop.test/items"),
        ("POST", "/orders?a=1&b=%20", "http://shop.test/orders/?a=1&b=%20"),
        ("GET", "/scope/1/", "http://shop.test/scope/1"),
        ("GET", "/tea%20time/", "http://shop.test/tea%20time"),
        ("GET", "/caf%c3%a9//", "http://shop.test/caf%C3%A9"),
    ] {
        let (response, body) = send(&app, method, target).await;
        assert_eq!(response.status(), 307, "{target}");
        assert_eq!(response.headers().get(header::LOCATION).unwrap(), location);
        assert_eq!(body, "");
    }
    let app = app_with(FastapiDefaults::default().redirect_slashes(false)).await;
    assert_eq!(send(&app, "GET", "/items/").await.0.status(), 404);
}

#[actix_web::test]
async fn headers_of_middleware_stay() {
    let app = app().await;
    for path in ["/nowhere", "/items/", "/bare"] {
        assert_eq!(send(&app, "GET", path).await.0.headers().get("x-request-id").unwrap(), "7", "{path}");
    }
    let (response, _) = send(&app, "PUT", "/items").await;
    assert_eq!(response.headers().get("x-request-id").unwrap(), "7");
    assert_eq!(response.headers().get_all(header::SET_COOKIE).collect::<Vec<_>>(), ["a=1", "b=2"]);
    assert_eq!(response.headers().get_all(header::CONTENT_TYPE).count(), 1);
}

#[actix_web::test]
async fn a_redirect_goes_to_no_host_but_the_clients_own() {
    for (host, location) in [
        ("shop.test", "http://shop.test/items"),
        ("evil.test/?", "/items"),
        ("shop.test@evil.test", "/items"),
        ("", "/items"),
    ] {
        let request = TestRequest::with_uri("/items/")
            .insert_header(("host", host))
            .insert_header(("x-forwarded-host", "evil.test"))
            .insert_header(("forwarded", "host=evil.test"))
            .to_request();
        let response = try_call_service(&app().await, request).await.unwrap();
        assert_eq!(response.headers().get(header::LOCATION).unwrap(), location);
    }
}

#[actix_web::test]
async fn the_last_proxy_says_which_scheme_a_redirect_has() {
    let app = app().await;
    for (schemes, location) in [
        (&["https"][..], "https://shop.test/items"),
        (&["https", "http"], "http://shop.test/items"),
        (&["http", " wss "], "wss://shop.test/items"),
        (&["https", "gopher"], "http://shop.test/items"),
    ] {
        let request = TestRequest::with_uri("/items/").insert_header(("host", "shop.test"));
        let request =
            schemes.iter().fold(request, |request, scheme| request.append_header(("x-forwarded-proto", *scheme)));
        let response = try_call_service(&app, request.to_request()).await.unwrap();
        assert_eq!(response.headers().get(header::LOCATION).unwrap(), location);
    }
}

//! What the router answers, and what it leaves alone.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, Version, header};
use axum::response::Response;
use axum::routing::{any, get, post};
use axum::{Router, middleware};
use fastapi_status_axum::{FastapiDefaults, HttpException, Result, status, with_fastapi_defaults};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// Runs into a panic, so that a test fails where a handler runs that should not.
async fn never() -> &'static str {
    unreachable!("this handler is not to run")
}

async fn send(app: &Router, method: &str, target: &str) -> (Response<()>, String) {
    let request = Request::builder()
        .method(Method::from_bytes(method.as_bytes()).unwrap())
        .uri(target)
        .header("host", "shop.test")
        .body(Body::empty())
        .unwrap();
    let (parts, body) = app.clone().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8(body.into()).unwrap())
}

fn app() -> Router {
    let nested = Router::new().route("/", get(never)).route("/{id}", get(async || "one").delete(never));
    Router::new()
        .route("/items", get(async || "items").post(never))
        .route("/orders/", post(async || "order"))
        .route("/any", any(never))
        .route("/bare", get(async || StatusCode::NOT_FOUND))
        .route("/bare405", get(async || StatusCode::METHOD_NOT_ALLOWED))
        .route("/panic", get(async || -> &'static str { panic!("secret") }))
        .route("/continue", get(async || StatusCode::CONTINUE))
        .route("/teapot", get(async || -> Result<()> { Err(HttpException::from_status(status::HTTP_418_IM_A_TEAPOT)) }))
        .nest("/nested", nested)
        .merge(Router::new().route("/merged", get(async || "merged")))
}

#[tokio::test]
async fn unknown_path() {
    let app = with_fastapi_defaults(app());
    for path in ["/nowhere", "/nested/1/2", "/items/1", "//"] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(body, r#"{"detail":"Not Found"}"#);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    }
}

#[tokio::test]
async fn head_of_an_unknown_path_has_no_body() {
    let app = with_fastapi_defaults(app());
    let (_, answered) = send(&app, "GET", "/nowhere").await;
    let (response, sent) = send(&app, "HEAD", "/nowhere").await;
    assert_eq!(response.headers()[header::CONTENT_LENGTH], answered.len().to_string());
    assert_eq!(sent, "");
}

#[tokio::test]
async fn wrong_method() {
    let app = with_fastapi_defaults(app());
    for (method, path, allow) in
        [("PUT", "/items", "GET,HEAD,POST"), ("BREW", "/nested/1", "GET,HEAD,DELETE"), ("POST", "/merged", "GET,HEAD")]
    {
        let (response, body) = send(&app, method, path).await;
        assert_eq!(response.status(), 405, "{path}");
        assert_eq!(body, r#"{"detail":"Method Not Allowed"}"#);
        assert_eq!(response.headers()[header::ALLOW], allow);
    }
}

#[tokio::test]
async fn a_handlers_own_answer_stays() {
    let app = with_fastapi_defaults(app());
    for (path, status) in [("/bare", 404), ("/bare405", 405)] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!((response.status().as_u16(), body.as_str()), (status, ""));
        assert_eq!(response.headers().get(header::CONTENT_TYPE), None);
    }
    let (response, _) = send(&app, "HEAD", "/items").await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_panic_tells_nothing() {
    let app = with_fastapi_defaults(app());
    for path in ["/panic", "/continue"] {
        let (response, body) = send(&app, "GET", path).await;
        assert_eq!(response.status(), 500);
        assert_eq!(body, "Internal Server Error");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    }
}

#[tokio::test]
async fn trailing_slashes_are_redirected_without_running_a_handler() {
    let app = with_fastapi_defaults(app());
    for (method, target, location) in [
        ("GET", "/items/", "http://shop.test/items"),
        ("DELETE", "/items//", "http://shop.test/items"),
        ("POST", "/orders?a=1&b=%20", "http://shop.test/orders/?a=1&b=%20"),
        ("GET", "/any/", "http://shop.test/any"),
        ("GET", "/nested/1/", "http://shop.test/nested/1"),
    ] {
        let (response, body) = send(&app, method, target).await;
        assert_eq!(response.status(), 307, "{target}");
        assert_eq!(response.headers()[header::LOCATION], location);
        assert_eq!(body, "");
    }
    let app = FastapiDefaults::default().redirect_slashes(false).apply(self::app());
    assert_eq!(send(&app, "GET", "/items/").await.0.status(), 404);
}

#[tokio::test]
async fn a_redirect_goes_to_no_host_but_the_clients_own() {
    let app = with_fastapi_defaults(app());
    let schemes = |schemes: &'static [&'static str]| schemes.iter().map(|scheme| ("x-forwarded-proto", *scheme));
    for (target, version, headers, location) in [
        (
            "/items/",
            Version::HTTP_11,
            vec![("host", "shop.test"), ("x-forwarded-host", "evil.test")],
            "http://shop.test/items",
        ),
        ("/items/", Version::HTTP_11, vec![("host", "evil.test/?")], "/items"),
        ("/items/", Version::HTTP_11, vec![("host", "shop.test@evil.test")], "/items"),
        ("/items/", Version::HTTP_10, vec![], "/items"),
        ("/items/", Version::HTTP_10, schemes(&["https"]).collect(), "/items"),
        // The client's word.
        ("https://shop.test/items/", Version::HTTP_11, vec![("host", "shop.test")], "http://shop.test/items"),
        ("https://shop.test/items/", Version::HTTP_2, vec![], "https://shop.test/items"),
        ("http://shop.test/items/", Version::HTTP_2, schemes(&["http", " wss "]).collect(), "wss://shop.test/items"),
        ("http://shop.test/items/", Version::HTTP_2, schemes(&["https", "gopher"]).collect(), "http://shop.test/items"),
    ] {
        let request = Request::get(target).version(version);
        let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.headers()[header::LOCATION], location, "{target}");
    }
}

#[tokio::test]
async fn what_is_no_path_has_no_other_form() {
    let app = with_fastapi_defaults(Router::new().route("/", get(never)));
    for (method, target) in [("CONNECT", "shop.test:80"), ("OPTIONS", "*")] {
        assert_eq!(send(&app, method, target).await.0.status(), 404);
    }
}

#[tokio::test]
async fn middleware_of_the_router_does_not_see_the_probe() {
    let app = Router::new().route("/items", get(never)).layer(middleware::from_fn(
        async |request: Request, next: middleware::Next| {
            assert_eq!(request.uri(), "/items/");
            next.run(request).await
        },
    ));
    let (response, _) = send(&with_fastapi_defaults(app), "GET", "/items/").await;
    assert_eq!(response.status(), 307);
}

#[tokio::test]
async fn a_nested_router_with_defaults_of_its_own() {
    let inner = with_fastapi_defaults(Router::new().route("/items", get(never)));
    let app = Router::new().nest_service("/api", inner);
    let (response, _) = send(&app, "GET", "/api/items/").await;
    assert_eq!(response.headers()[header::LOCATION], "http://shop.test/api/items");
}

#[tokio::test]
async fn the_bare_prefix_of_a_nested_router() {
    let inner = with_fastapi_defaults(Router::new().route("/", get(never)));
    let (response, _) = send(&Router::new().nest("/api", inner), "GET", "/api//").await;
    assert_eq!(response.headers()[header::LOCATION], "http://shop.test/api");
}

/// `@router.get("/")` of an `APIRouter(prefix="/api")`, as the guide to a port has it.
#[tokio::test]
async fn the_prefix_with_a_slash_stands_beside_the_nested_router() {
    let nested = Router::new().route("/{id}", get(never));
    let app = with_fastapi_defaults(Router::new().nest("/api", nested).route("/api/", get(async || "all")));
    assert_eq!(send(&app, "GET", "/api/").await.1, "all");
    assert_eq!(send(&app, "GET", "/api").await.0.headers()[header::LOCATION], "http://shop.test/api/");
}

#[tokio::test]
async fn a_handshake_is_refused_whether_the_other_form_is_known_or_not() {
    let app = with_fastapi_defaults(app());
    for target in ["/nowhere", "/items/", "/orders", "/any/"] {
        let request = Request::get(target).header("upgrade", "websocket").header("connection", "upgrade");
        let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 403, "{target}");
        assert_eq!(response.headers().get(header::ALLOW), None);
        assert_eq!(response.headers().get(header::LOCATION), None);
    }
}

#[tokio::test]
async fn an_empty_router() {
    let (response, _) = send(&with_fastapi_defaults(Router::new()), "GET", "/items/").await;
    assert_eq!(response.status(), 404);
}

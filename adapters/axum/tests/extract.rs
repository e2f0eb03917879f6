//! The extractors: what they accept, and the 422 they answer with.

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::request::Builder;
use axum::routing::{get, post};
use fastapi_status_axum::{All, Cookies, Form, Headers, HttpException, Json, Path, Query, status};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

#[derive(Deserialize, Serialize)]
struct Item {
    name: String,
    price: f64,
}

#[derive(Deserialize)]
struct Page {
    limit: Option<u8>,
    #[serde(default)]
    tag: Vec<String>,
}

#[derive(Deserialize)]
struct Client {
    x_version: u8,
}

#[derive(Deserialize)]
struct Visitor {
    visits: u32,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

type Everything = All<(Path<u32>, Query<Page>, Headers<Client>, Cookies<Visitor>, Json<Item>)>;

fn app() -> Router {
    Router::new()
        .route("/items/{item_id}", get(async |Path(item_id): Path<u32>| item_id.to_string()))
        .route("/items", post(async |Json(item): Json<Item>| (status::HTTP_201_CREATED, Json(item))))
        .route("/pages", get(async |Query(page): Query<Page>| format!("{:?} {:?}", page.limit, page.tag)))
        .route("/forms", post(async |Form(visitor): Form<Visitor>| visitor.visits.to_string()))
        .route("/optional", post(async |item: Result<Json<Item>, HttpException>| item.is_ok().to_string()))
        .route(
            "/all/{item_id}",
            post(async |All((Path(id), Query(page), Headers(client), Cookies(visitor), Json(item))): Everything| {
                format!("{id} {:?} {} {} {}", page.limit, client.x_version, visitor.visits, item.name)
            }),
        )
        .route(
            "/latin",
            get(async |Headers(header): Headers<Named>, Cookies(cookie): Cookies<Named>| {
                format!("{} {}", header.name, cookie.name)
            }),
        )
        .layer(DefaultBodyLimit::max(100))
}

async fn send(request: Builder, body: &str) -> (u16, String) {
    let response = app().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.into()).unwrap())
}

fn json(target: &str) -> Builder {
    Request::post(target).header("content-type", "application/json")
}

#[tokio::test]
async fn what_fastapi_accepts() {
    assert_eq!(send(Request::get("/items/7"), "").await, (200, "7".into()));
    assert_eq!(send(Request::get("/pages?limit=+3&tag=a&tag=b"), "").await, (200, r#"Some(3) ["a", "b"]"#.into()));
    let answer = send(json("/items"), r#"{"name": "Dune", "price": "1e16"}"#).await;
    assert_eq!(answer, (201, r#"{"name":"Dune","price":1e+16}"#.into()));
    let form = Request::post("/forms").header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(send(form, "visits=2").await, (200, "2".into()));
    let all = json("/all/1?limit=2").header("x-version", "3").header("cookie", "visits=4");
    assert_eq!(send(all, r#"{"name":"Dune","price":1}"#).await, (200, "1 Some(2) 3 4 Dune".into()));
}

#[tokio::test]
async fn what_fastapi_refuses() {
    for (request, body, kinds) in [
        (Request::get("/items/abc"), "", "int_parsing"),
        (Request::get("/pages?limit=x"), "", "int_parsing"),
        (json("/items"), r#"{"price": "high"}"#, "missing float_parsing"),
        (json("/items"), "{", "json_invalid"),
        (Request::post("/items"), "{}", "model_attributes_type"),
        (json("/items"), "", "missing"),
        (Request::post("/forms"), "visits=2", "missing"),
        (json("/all/x?limit=y"), "[]", "int_parsing int_parsing missing missing model_attributes_type"),
    ] {
        let what = format!("{request:?} {body}");
        let (status, body) = send(request, body).await;
        assert_eq!(status, 422, "{what}");
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let errors = body["detail"].as_array().unwrap();
        let found: Vec<_> = errors.iter().map(|error| error["type"].as_str().unwrap()).collect();
        assert_eq!(found.join(" "), kinds, "{what}");
    }
}

#[tokio::test]
async fn what_axum_refuses() {
    let large = format!(r#"{{"name": "{}", "price": 1}}"#, "x".repeat(100));
    assert_eq!(send(json("/items"), &large).await, (413, r#"{"detail":"Content Too Large"}"#.into()));
    assert_eq!(send(json("/optional"), &large).await, (200, "false".into()));
}

#[tokio::test]
async fn a_handshake_is_refused() {
    let (status, body) = send(
        Request::get("/pages?limit=x").header("upgrade", "websocket").header("connection", "keep-alive, Upgrade"),
        "",
    )
    .await;
    assert_eq!((status, body.as_str()), (403, ""));
}

/// As Python's servers decode them.
#[tokio::test]
async fn headers_and_cookies_are_latin_1() {
    let request =
        Request::get("/latin").header("name", &b"J\xFCrgen"[..]).header("cookie", &b"other=\xE9; name=\xC3\xBC"[..]);
    assert_eq!(send(request, "").await, (200, "Jürgen Ã¼".into()));
}

/// As Starlette has them: Latin-1 in headers and cookies, and replaced in a path.
#[tokio::test]
async fn bytes_that_are_not_ascii() {
    #[derive(Deserialize)]
    struct Said {
        x_name: String,
    }

    #[derive(Deserialize)]
    struct Kept {
        name: String,
    }

    let said =
        async |Headers(said): Headers<Said>, Cookies(kept): Cookies<Kept>| format!("{} {}", said.x_name, kept.name);
    let path = async |Path((name, rest)): Path<(String, String)>| format!("{name} {rest}");
    let nested = Router::new().route("/{name}/x/{*rest}", get(path));
    let app = Router::new().route("/", get(said)).nest("/nested", nested);
    let send = async |request: Builder| {
        let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().into()).unwrap()
    };

    let request = Request::get("/").header("x-name", &b"caf\xE9"[..]).header("cookie", &b"name=\xFF; a=b"[..]);
    assert_eq!(send(request).await, "caf\u{e9} \u{ff}");
    assert_eq!(send(Request::get("/nested/a%FFb/x/c/%C3%28/d%20e")).await, "a\u{fffd}b c/\u{fffd}(/d e");
}

#[test]
fn a_future_that_reads_a_body_is_smaller_than_three_requests() {
    let json = Json::<Item>::from_request(Request::default(), &());
    let all = All::<(Query<Page>, Json<Item>)>::from_request(Request::default(), &());
    assert!(size_of_val(&json) < 3 * size_of::<Request>());
    assert!(size_of_val(&all) < 3 * size_of::<Request>());
}

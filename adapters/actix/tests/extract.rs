//! The extractors: what they accept, and the 422 they answer with.

use actix_web::dev::Payload;
use actix_web::http::header::HeaderValue;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::PayloadConfig;
use actix_web::{App, FromRequest, web};
use fastapi_status_actix::{All, Cookies, Form, Headers, HttpException, Json, Path, Query, status};
use futures_util::{FutureExt, stream};
use serde::{Deserialize, Serialize};

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

async fn send(request: TestRequest, body: &str) -> (u16, String) {
    type Everything = All<(Path<u32>, Query<Page>, Headers<Client>, Cookies<Visitor>, Json<Item>)>;

    let app = App::new()
        .app_data(PayloadConfig::new(100))
        .route("/items/{item_id}", web::get().to(async |item_id: Path<u32>| item_id.to_string()))
        .route("/names/{name}", web::get().to(async |name: Path<String>| name.into_inner()))
        .route("/items", web::post().to(async |item: Json<Item>| (item, status::HTTP_201_CREATED)))
        .route("/pages", web::get().to(async |Query(page): Query<Page>| format!("{:?} {:?}", page.limit, page.tag)))
        .route("/forms", web::post().to(async |Form(visitor): Form<Visitor>| visitor.visits.to_string()))
        .route(
            "/latin",
            web::get()
                .to(async |header: Headers<Named>, cookie: Cookies<Named>| format!("{} {}", header.name, cookie.name)),
        )
        .route("/optional", web::post().to(async |item: Result<Json<Item>, HttpException>| item.is_ok().to_string()))
        .route(
            "/all/{item_id}",
            web::post().to(
                async |All((Path(id), Query(page), Headers(client), Cookies(visitor), Json(item))): Everything| {
                    format!("{id} {:?} {} {} {}", page.limit, client.x_version, visitor.visits, item.name)
                },
            ),
        );
    let request = request.set_payload(body.to_owned()).to_request();
    let response = call_service(&init_service(app).await, request).await;
    let status = response.status().as_u16();
    (status, String::from_utf8(read_body(response).await.to_vec()).unwrap())
}

fn get(target: &str) -> TestRequest {
    TestRequest::get().uri(target)
}

fn post(target: &str) -> TestRequest {
    TestRequest::post().uri(target)
}

fn json(target: &str) -> TestRequest {
    TestRequest::post().uri(target).insert_header(("content-type", "application/json"))
}

#[actix_web::test]
async fn what_fastapi_accepts() {
    assert_eq!(send(get("/items/7"), "").await, (200, "7".into()));
    assert_eq!(send(get("/pages?limit=+3&tag=a&tag=b"), "").await, (200, r#"Some(3) ["a", "b"]"#.into()));
    let answer = send(json("/items"), r#"{"name": "Dune", "price": "1e16"}"#).await;
    assert_eq!(answer, (201, r#"{"name":"Dune","price":1e+16}"#.into()));
    let form = post("/forms").insert_header(("content-type", "application/x-www-form-urlencoded"));
    assert_eq!(send(form, "visits=2").await, (200, "2".into()));
    let form = HeaderValue::from_bytes(b"application/x-www-form-urlencoded; charset=\xE9").unwrap();
    assert_eq!(send(post("/forms").insert_header(("content-type", form)), "visits=2").await, (200, "2".into()));
    let all = json("/all/1?limit=2").insert_header(("x-version", "3")).insert_header(("cookie", "visits=4"));
    assert_eq!(send(all, r#"{"name":"Dune","price":1}"#).await, (200, "1 Some(2) 3 4 Dune".into()));
}

#[actix_web::test]
async fn what_fastapi_refuses() {
    for (request, body, kinds) in [
        (get("/items/abc"), "", "int_parsing"),
        (get("/pages?limit=x"), "", "int_parsing"),
        (json("/items"), r#"{"price": "high"}"#, "missing float_parsing"),
        (json("/items"), "{", "json_invalid"),
        (post("/items"), "{}", "model_attributes_type"),
        (json("/items"), "", "missing"),
        (post("/forms"), "visits=2", "missing"),
        (json("/all/x?limit=y"), "[]", "int_parsing int_parsing missing missing model_attributes_type"),
    ] {
        let what = body;
        let (status, body) = send(request, body).await;
        assert_eq!(status, 422, "{what} {kinds}");
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let errors = body["detail"].as_array().unwrap();
        let found: Vec<_> = errors.iter().map(|error| error["type"].as_str().unwrap()).collect();
        assert_eq!(found.join(" "), kinds, "{what}");
    }
}

#[actix_web::test]
async fn what_actix_refuses() {
    let large = format!(r#"{{"name": "{}", "price": 1}}"#, "x".repeat(100));
    assert_eq!(send(json("/items"), &large).await, (413, r#"{"detail":"Content Too Large"}"#.into()));
    assert_eq!(send(json("/optional"), &large).await, (200, "false".into()));
    // As FastAPI reads it.
    assert_eq!(send(get("/names/caf%C3%A9%FF"), "").await, (200, "café\u{FFFD}".into()));
}

/// Behind it comes another protocol, which has no end.
#[actix_web::test]
async fn a_request_for_an_upgrade_has_no_body_unless_it_says_so() {
    let upgrade = TestRequest::post().insert_header(("upgrade", "websocket")).to_http_request();
    let mut endless: Payload = Payload::Stream { payload: Box::pin(stream::pending()) };
    let read = Json::<Item>::from_request(&upgrade, &mut endless).now_or_never().expect("it waits for nothing");
    assert!(read.is_err_and(|error| error.status() == 422));

    let item = r#"{"name":"Dune","price":1.0}"#;
    // It has a length then.
    assert_eq!(send(json("/items").insert_header(("upgrade", "websocket")), item).await, (201, item.into()));
}

#[actix_web::test]
async fn a_handshake_is_refused() {
    let (status, body) = send(
        get("/pages?limit=x").insert_header(("upgrade", "websocket")).insert_header(("connection", "Upgrade")),
        "",
    )
    .await;
    assert_eq!((status, body.as_str()), (403, ""));
}

/// As Python's servers decode them.
#[actix_web::test]
async fn headers_and_cookies_are_latin_1() {
    let value = |bytes: &[u8]| HeaderValue::from_bytes(bytes).unwrap();
    let request = get("/latin").insert_header(("name", value(b"J\xFCrgen")));
    let request = request.insert_header(("cookie", value(b"other=\xE9; name=\xC3\xBC")));
    assert_eq!(send(request, "").await, (200, "Jürgen Ã¼".into()));
}

/// As Starlette has them: Latin-1 in headers and cookies.
#[actix_web::test]
async fn bytes_that_are_not_ascii() {
    #[derive(Deserialize)]
    struct Said {
        x_name: String,
    }

    #[derive(Deserialize)]
    struct Kept {
        name: String,
    }

    let said = async |said: Headers<Said>, kept: Cookies<Kept>| format!("{} {}", said.x_name, kept.name);
    let app = init_service(App::new().route("/", web::get().to(said))).await;
    let value = |bytes: &'static [u8]| HeaderValue::from_bytes(bytes).unwrap();
    let request = TestRequest::get().insert_header(("x-name", value(b"caf\xE9")));
    let request = request.insert_header(("cookie", value(b"name=\xFF; a=b"))).to_request();

    assert_eq!(read_body(call_service(&app, request).await).await, "caf\u{e9} \u{ff}");
}

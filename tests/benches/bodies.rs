//! A valid body of JSON, through our `Json<T>` and through the framework's own.

use std::hint::black_box;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::test::TestRequest;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use futures_util::FutureExt;

use crate::measure::{Contestant, Measured, race};
use crate::models::{Order, valid};
use crate::table::{Aim, Row, Table};

const JSON: &str = "application/json";

pub(crate) fn run(table: &mut Table) {
    for lines in [1, 100] {
        let body = Bytes::from(valid(lines));
        let size = format!("{} bytes", body.len());
        push(table, &format!("valid JSON through Json<T>, axum, {size}"), "axum::Json", &axum(&body));
        push(table, &format!("valid JSON through Json<T>, actix-web, {size}"), "actix_web::web::Json", &actix(&body));
        push(table, &format!("valid JSON, hyper, {size}"), "serde_json::from_slice", &plain(&body));
    }
}

fn push(table: &mut Table, what: &str, against: &str, measured: &[Measured]) {
    let [ours, theirs] = measured else { return };
    table.push(Row::times(what, against, ours.nanos, theirs.nanos, theirs.ratio, Aim::Ratio(0.95)));
}

fn axum(body: &Bytes) -> Vec<Measured> {
    fn extract<T: FromRequest<()>>(request: Request) -> T {
        let result = T::from_request(request, &()).now_or_never().expect("the body is there");
        result.ok().expect("the body is valid")
    }
    let request = || Request::post("/orders").header("content-type", JSON).body(Body::from(body.clone()));
    let request = || request().expect("it is a request");
    race(vec![
        Contestant::fed("ours", request, extract::<fastapi_status_axum::Json<Order>>),
        Contestant::fed("theirs", request, extract::<axum::Json<Order>>),
    ])
}

fn actix(body: &Bytes) -> Vec<Measured> {
    fn extract<T: actix_web::FromRequest>((request, mut payload): (HttpRequest, Payload)) -> T {
        let result = T::from_request(&request, &mut payload).now_or_never().expect("the body is there");
        result.ok().expect("the body is valid")
    }
    let request =
        || TestRequest::post().insert_header(("content-type", JSON)).set_payload(body.clone()).to_http_parts();
    race(vec![
        Contestant::fed("ours", request, extract::<fastapi_status_actix::Json<Order>>),
        Contestant::fed("theirs", request, extract::<actix_web::web::Json<Order>>),
    ])
}

fn plain(body: &Bytes) -> Vec<Measured> {
    let ours = || fastapi_status_serde::from_json::<Order>(Some(JSON), black_box(body)).expect("the body is valid");
    let theirs = || serde_json::from_slice::<Order>(black_box(body)).expect("the body is valid");
    race(vec![Contestant::new("ours", ours), Contestant::new("theirs", theirs)])
}

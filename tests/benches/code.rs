//! Constants and conversions: what the compiler makes of them.

use std::hint::black_box;
use std::ptr::fn_addr_eq;

use crate::instructions;
use crate::measure::{Contestant, race};
use crate::table::{Aim, Row, Table};

pub(crate) fn run(table: &mut Table) {
    constants(table);
    conversions(table);
}

/// A handler that answers with our constant, and one that answers with the framework's own. Where both are the same
/// instructions, the compiler keeps one of them, and both have its address.
fn constants(table: &mut Table) {
    let axum: [fn(bool) -> http::StatusCode; 2] = [http_1::ours, http_1::theirs];
    let actix: [fn(bool) -> actix_web::http::StatusCode; 2] = [http_02::ours, http_02::theirs];
    let rows = [
        ("axum and hyper", "StatusCode::NOT_FOUND", fn_addr_eq(axum[0], axum[1])),
        ("actix-web", "StatusCode::NOT_FOUND", fn_addr_eq(actix[0], actix[1])),
    ];
    for (framework, against, is_same) in rows {
        let code = if is_same { "the same code" } else { "other code" };
        table.push(Row {
            what: format!("a constant in a handler, {framework}"),
            against: against.to_owned(),
            ours: code.to_owned(),
            theirs: code.to_owned(),
            ratio: is_same.then_some(1.0),
            aim: Aim::Is("the same machine code", is_same),
            limit: None,
        });
    }
}

mod http_1 {
    use http::StatusCode;

    #[inline(never)]
    pub(super) fn ours(is_there: bool) -> StatusCode {
        use fastapi_status_axum::status;
        if is_there { status::HTTP_200_OK } else { status::HTTP_404_NOT_FOUND }
    }

    #[inline(never)]
    pub(super) fn theirs(is_there: bool) -> StatusCode {
        if is_there { StatusCode::OK } else { StatusCode::NOT_FOUND }
    }
}

mod http_02 {
    use actix_web::http::StatusCode;

    #[inline(never)]
    pub(super) fn ours(is_there: bool) -> StatusCode {
        use fastapi_status_actix::status;
        if is_there { status::HTTP_200_OK } else { status::HTTP_404_NOT_FOUND }
    }

    #[inline(never)]
    pub(super) fn theirs(is_there: bool) -> StatusCode {
        if is_there { StatusCode::OK } else { StatusCode::NOT_FOUND }
    }
}

/// Every conversion, as something that can be done many times over.
pub(crate) const COUNTED: &[(&str, fn(u32))] = &[
    (COPY, |times| (0..times).for_each(|_| copy())),
    ("http to core", |times| (0..times).for_each(|_| http_to_core())),
    ("core to http", |times| (0..times).for_each(|_| core_to_http())),
    ("actix-web to core", |times| (0..times).for_each(|_| actix_to_core())),
    ("core to actix-web", |times| (0..times).for_each(|_| core_to_actix())),
];

const COPY: &str = "copy";

#[inline(always)]
fn copy() {
    black_box(black_box(404_u16));
}

#[inline(always)]
fn http_to_core() {
    black_box(fastapi_status_http::ToFastapi::to_fastapi(black_box(http::StatusCode::NOT_FOUND)));
}

#[inline(always)]
fn core_to_http() {
    black_box(fastapi_status_http::ToHttp::to_http(black_box(fastapi_status::status::HTTP_404_NOT_FOUND)));
}

#[inline(always)]
fn actix_to_core() {
    black_box(fastapi_status_actix::ToFastapi::to_fastapi(black_box(actix_web::http::StatusCode::NOT_FOUND)));
}

#[inline(always)]
fn core_to_actix() {
    black_box(fastapi_status_actix::ToActix::to_actix(black_box(fastapi_status::status::HTTP_404_NOT_FOUND)));
}

fn conversions(table: &mut Table) {
    let copied = instructions::count(COPY);
    for (name, convert) in &COUNTED[1..] {
        let counted = instructions::count(name);
        let many = |times: fn(u32)| move || times(1000);
        let measured = race(vec![
            Contestant::new("ours", many(*convert)).of(1000),
            Contestant::new("a copy", many(COUNTED[0].1)).of(1000),
        ]);
        let aim = match (&counted, &copied) {
            // A range is checked by a subtraction, an extension or two, a comparison and a jump.
            (Some(ours), Some(copy)) => Aim::Is("at most a range check more", *ours <= copy + 5.5),
            _ => Aim::None,
        };
        let row = Row::times(
            &format!("conversion, {name}"),
            "a copy of a u16",
            measured[0].nanos,
            measured[1].nanos,
            measured[1].ratio,
            aim,
        );
        table.push(row.with_instructions(counted, copied));
    }
    if copied.is_none() {
        table.skip("instructions of conversions and look-ups", "valgrind is not installed");
    }
}

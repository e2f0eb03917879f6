//! Written by `tests/record/record_pydantic.py`: the types of `transcripts/pydantic.json`, in Rust.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::support::{Answer, Color, Even, Literal, Lower, Request, Single, Span};

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M00 {
    price: u32,
    count: bool,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M01 {
    note: Single,
    #[serde(rename(deserialize = "Name"))]
    name: bool,
    price: Option<Vec<(Color,)>>,
    #[serde(default)]
    address: u16,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M02 {
    tags: Option<i128>,
    flag: Option<f64>,
    name: Vec<M00>,
    note: Vec<i8>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M03 {
    count: Literal,
    #[serde(rename(deserialize = "ExtraInfo"))]
    extra_info: BTreeMap<String, BTreeMap<u8, (Even,)>>,
    id: Literal,
    ratio: BTreeMap<u8, Lower>,
    address: ((Vec<i32>,), f64, Vec<Option<Single>>),
    flag: Option<Literal>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M04 {
    note: u16,
    flag: BTreeMap<bool, bool>,
    count: f64,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M05 {
    address: (i16,),
    flag: Color,
    kind: Vec<(u8, Color, Vec<Lower>)>,
    größe: Option<f64>,
    id: Option<Vec<Literal>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M06 {
    #[serde(default)]
    name: bool,
    kind: u128,
    address: BTreeMap<Color, Color>,
    tags: M04,
    extra_info: Single,
    ratio: BTreeMap<String, Vec<Even>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M07 {
    extra_info: Vec<u32>,
    name: u8,
    address: BTreeMap<String, M05>,
    id: i128,
    note: f64,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M08 {
    price: f64,
    ratio: Single,
    #[serde(default)]
    größe: Color,
    flag: bool,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M09 {
    name: (Lower,),
    #[serde(default)]
    ratio: Vec<BTreeMap<Even, M06>>,
    address: Option<Single>,
    #[serde(default)]
    tags: f64,
    größe: Option<(Option<Color>,)>,
    #[serde(rename(deserialize = "Count"))]
    count: Color,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M10 {
    tags: (Value,),
    extra_info: (),
    ratio: Span,
    note: Vec<u64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M11 {
    #[serde(rename(deserialize = "Id"))]
    id: Lower,
    price: ((Vec<Single>, Vec<u128>),),
    #[serde(rename(deserialize = "Name"))]
    name: Even,
    extra_info: (Vec<M00>, i8, Color),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M12 {
    price: (),
    address: Lower,
    #[serde(default)]
    count: i8,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M13 {
    tags: (String, i16, Color),
    #[serde(default)]
    count: String,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M14 {
    name: ((BTreeMap<Even, i16>, i64, (u64, u128)),),
    flag: u8,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M15 {
    kind: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M16 {
    count: M05,
    note: Vec<Vec<Option<i64>>>,
    größe: u64,
    name: Vec<Vec<Single>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M17 {
    price: Lower,
    flag: (Vec<(Lower, Lower)>, u32, Span),
    name: Vec<M15>,
    address: Vec<BTreeMap<i32, Vec<f64>>>,
    extra_info: Vec<Color>,
    tags: Vec<Color>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M18 {
    tags: Color,
    name: u8,
    #[serde(default, rename(deserialize = "Price"))]
    price: Vec<BTreeMap<i32, Color>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M19 {
    kind: M02,
    ratio: Single,
    #[serde(default)]
    flag: char,
    address: u32,
    count: u128,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M20 {
    ratio: Color,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M21 {
    #[serde(rename(deserialize = "Kind"))]
    kind: Lower,
    name: Vec<String>,
    ratio: (i16, i32),
    flag: i32,
    id: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M22 {
    kind: Single,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M23 {
    note: M02,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M24 {
    id: Vec<u64>,
    extra_info: String,
    flag: Single,
    größe: i16,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M25 {
    kind: char,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct M26 {
    #[serde(rename(deserialize = "Kind"))]
    kind: BTreeMap<Color, i8>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct M27 {
    ratio: M21,
    #[serde(default)]
    address: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP00 {
    #[serde(default)]
    price: Vec<u32>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP01 {
    note: Option<i16>,
    id: Vec<Color>,
    tags: Color,
    extra_info: Option<i8>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP02 {
    note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP03 {
    address: Option<Color>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP04 {
    price: Vec<Color>,
    address: Option<String>,
    kind: Option<u64>,
    note: Even,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP05 {
    address: Vec<f64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP06 {
    id: u8,
    price: Vec<Even>,
    flag: Option<char>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP07 {
    id: Lower,
    ratio: Vec<Literal>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP08 {
    ratio: String,
    flag: char,
    #[serde(default)]
    address: Color,
    id: Option<u64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct QueryP09 {
    ratio: u16,
    flag: Vec<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP00 {
    #[serde(default)]
    price: Vec<u32>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP01 {
    note: Option<i16>,
    id: Vec<Color>,
    tags: Color,
    extra_info: Option<i8>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP02 {
    note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP03 {
    address: Option<Color>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP04 {
    price: Vec<Color>,
    address: Option<String>,
    kind: Option<u64>,
    note: Even,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP05 {
    address: Vec<f64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP06 {
    id: u8,
    price: Vec<Even>,
    flag: Option<char>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP07 {
    id: Lower,
    ratio: Vec<Literal>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP08 {
    ratio: String,
    flag: char,
    #[serde(default)]
    address: Color,
    id: Option<u64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct FormP09 {
    ratio: u16,
    flag: Vec<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP00 {
    #[serde(default)]
    price: Vec<u32>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP01 {
    note: Option<i16>,
    id: Vec<Color>,
    tags: Color,
    extra_info: Option<i8>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP02 {
    note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP03 {
    address: Option<Color>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP04 {
    price: Vec<Color>,
    address: Option<String>,
    kind: Option<u64>,
    note: Even,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP05 {
    address: Vec<f64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP06 {
    id: u8,
    price: Vec<Even>,
    flag: Option<char>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP07 {
    id: Lower,
    ratio: Vec<Literal>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP08 {
    ratio: String,
    flag: char,
    #[serde(default)]
    address: Color,
    id: Option<u64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct HeaderP09 {
    ratio: u16,
    flag: Vec<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP01 {
    note: Option<i16>,
    tags: Color,
    extra_info: Option<i8>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP02 {
    note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP03 {
    address: Option<Color>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP04 {
    address: Option<String>,
    kind: Option<u64>,
    note: Even,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP06 {
    id: u8,
    flag: Option<char>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP07 {
    id: Lower,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP08 {
    ratio: String,
    flag: char,
    #[serde(default)]
    address: Color,
    id: Option<u64>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct CookieP09 {
    ratio: u16,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PathP01 {
    tags: Color,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PathP04 {
    note: Even,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PathP06 {
    id: u8,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PathP07 {
    id: Lower,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PathP08 {
    ratio: String,
    flag: char,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct PathP09 {
    ratio: u16,
}

/// Reads a request as its route does.
pub(crate) fn answer(request: &Request) -> Answer {
    match request.route.as_str() {
        "span" => request.body::<Span>(),
        "m00" => request.body::<M00>(),
        "m01" => request.body::<M01>(),
        "m02" => request.body::<M02>(),
        "m03" => request.body::<M03>(),
        "m04" => request.body::<M04>(),
        "m05" => request.body::<M05>(),
        "m06" => request.body::<M06>(),
        "m07" => request.body::<M07>(),
        "m08" => request.body::<M08>(),
        "m09" => request.body::<M09>(),
        "m10" => request.body::<M10>(),
        "m11" => request.body::<M11>(),
        "m12" => request.body::<M12>(),
        "m13" => request.body::<M13>(),
        "m14" => request.body::<M14>(),
        "m15" => request.body::<M15>(),
        "m16" => request.body::<M16>(),
        "m17" => request.body::<M17>(),
        "m18" => request.body::<M18>(),
        "m19" => request.body::<M19>(),
        "m20" => request.body::<M20>(),
        "m21" => request.body::<M21>(),
        "m22" => request.body::<M22>(),
        "m23" => request.body::<M23>(),
        "m24" => request.body::<M24>(),
        "m25" => request.body::<M25>(),
        "m26" => request.body::<M26>(),
        "m27" => request.body::<M27>(),
        "b00" => request.body::<Color>(),
        "b01" => request.body::<Vec<u64>>(),
        "b02" => request.body::<f64>(),
        "b03" => request.body::<bool>(),
        "b04" => request.body::<u8>(),
        "b05" => request.body::<String>(),
        "b06" => request.body::<BTreeMap<String, bool>>(),
        "b07" => request.body::<M09>(),
        "b08" => request.body::<(Vec<i32>,)>(),
        "b09" => request.body::<Option<Single>>(),
        "b10" => request.body::<bool>(),
        "b11" => request.body::<f64>(),
        "b12" => request.body::<Literal>(),
        "b13" => request.body::<M14>(),
        "b14" => request.body::<i32>(),
        "b15" => request.body::<u128>(),
        "b16" => request.body::<f64>(),
        "b17" => request.body::<Lower>(),
        "b18" => request.body::<Span>(),
        "b19" => request.body::<M03>(),
        "b20" => request.body::<Vec<Option<bool>>>(),
        "b21" => request.body::<Vec<Option<f64>>>(),
        "b22" => request.body::<String>(),
        "b23" => request.body::<String>(),
        "query_p00" => request.query::<QueryP00>(),
        "query_p01" => request.query::<QueryP01>(),
        "query_p02" => request.query::<QueryP02>(),
        "query_p03" => request.query::<QueryP03>(),
        "query_p04" => request.query::<QueryP04>(),
        "query_p05" => request.query::<QueryP05>(),
        "query_p06" => request.query::<QueryP06>(),
        "query_p07" => request.query::<QueryP07>(),
        "query_p08" => request.query::<QueryP08>(),
        "query_p09" => request.query::<QueryP09>(),
        "form_p00" => request.form::<FormP00>(),
        "form_p01" => request.form::<FormP01>(),
        "form_p02" => request.form::<FormP02>(),
        "form_p03" => request.form::<FormP03>(),
        "form_p04" => request.form::<FormP04>(),
        "form_p05" => request.form::<FormP05>(),
        "form_p06" => request.form::<FormP06>(),
        "form_p07" => request.form::<FormP07>(),
        "form_p08" => request.form::<FormP08>(),
        "form_p09" => request.form::<FormP09>(),
        "header_p00" => request.header::<HeaderP00>(),
        "header_p01" => request.header::<HeaderP01>(),
        "header_p02" => request.header::<HeaderP02>(),
        "header_p03" => request.header::<HeaderP03>(),
        "header_p04" => request.header::<HeaderP04>(),
        "header_p05" => request.header::<HeaderP05>(),
        "header_p06" => request.header::<HeaderP06>(),
        "header_p07" => request.header::<HeaderP07>(),
        "header_p08" => request.header::<HeaderP08>(),
        "header_p09" => request.header::<HeaderP09>(),
        "cookie_p01" => request.cookie::<CookieP01>(),
        "cookie_p02" => request.cookie::<CookieP02>(),
        "cookie_p03" => request.cookie::<CookieP03>(),
        "cookie_p04" => request.cookie::<CookieP04>(),
        "cookie_p06" => request.cookie::<CookieP06>(),
        "cookie_p07" => request.cookie::<CookieP07>(),
        "cookie_p08" => request.cookie::<CookieP08>(),
        "cookie_p09" => request.cookie::<CookieP09>(),
        "path_p01" => request.path::<PathP01>(),
        "path_p04" => request.path::<PathP04>(),
        "path_p06" => request.path::<PathP06>(),
        "path_p07" => request.path::<PathP07>(),
        "path_p08" => request.path::<PathP08>(),
        "path_p09" => request.path::<PathP09>(),
        route => panic!("no route {route}"),
    }
}

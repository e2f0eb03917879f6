//! The rest of the shop.

use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::web::{Data, Redirect, ServiceConfig, resource};
use actix_web::{HttpResponse, Responder};
use example_bookshop::{
    AccountCookies, Coffee, Login, NewGiftCards, ReportKind, Search, SearchHeaders, Shop, end_of_session,
    session_cookie, visits_cookie,
};
use fastapi_status_actix::{All, Cookies, Depends, Embed, Form, Headers, Json, Path, Query, Result, status};
use indexmap::IndexMap;

use crate::dependencies::StaffMember;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/").get(welcome))
        .service(resource("/jobs/{job_id}").get(read_job))
        .service(resource("/titles/{title}").get(find_title))
        .service(resource("/search").get(search))
        .service(resource("/prices").put(change_prices))
        .service(resource("/gift-cards").post(buy_gift_card))
        .service(resource("/login").post(log_in))
        .service(resource("/account").get(read_account))
        .service(resource("/account/logout").post(log_out))
        .service(resource("/catalogue").get(old_catalogue))
        .service(resource("/buy").post(old_order_form))
        .service(resource("/reports/{kind}").get(report))
        .service(resource("/coffee").post(brew));
}

async fn welcome(shop: Data<Shop>) -> HttpResponse {
    HttpResponse::Ok().json(shop.welcome())
}

/// A job is under way when first asked for, and done from then on.
async fn read_job(shop: Data<Shop>, Path(job_id): Path<i64>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.read_job(job_id)?))
}

async fn find_title(shop: Data<Shop>, Path(title): Path<String>) -> Result<HttpResponse> {
    let location = shop.find_title(&title)?;
    Ok(HttpResponse::build(status::HTTP_302_FOUND).insert_header((LOCATION, location)).finish())
}

/// Titles that contain `q`; a key has a few searches, and no more.
async fn search(
    shop: Data<Shop>,
    All((Query(search), Headers(headers))): All<(Query<Search>, Headers<SearchHeaders>)>,
) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.search(&search, &headers.x_api_key)?))
}

/// Many prices at once, by title; says for each title how it went.
async fn change_prices(
    shop: Data<Shop>,
    All((_, Json(prices))): All<(Depends<StaffMember>, Json<IndexMap<String, f64>>)>,
) -> HttpResponse {
    HttpResponse::build(status::HTTP_207_MULTI_STATUS).json(shop.change_prices(prices))
}

async fn buy_gift_card(shop: Data<Shop>, Embed(new): Embed<NewGiftCards>) -> Result<HttpResponse> {
    Ok(HttpResponse::build(status::HTTP_201_CREATED).json(shop.buy_gift_card(new)?))
}

async fn log_in(shop: Data<Shop>, Form(form): Form<Login>) -> Result<HttpResponse> {
    let token = shop.log_in(&form)?;
    let session = session_cookie(&token, form.remember_days);
    let mut response = HttpResponse::Ok();
    Ok(response.append_header((SET_COOKIE, session)).append_header((SET_COOKIE, visits_cookie())).json(token))
}

async fn read_account(
    shop: Data<Shop>,
    Cookies(AccountCookies { session }): Cookies<AccountCookies>,
) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.read_account(session.as_deref())?))
}

async fn log_out() -> HttpResponse {
    HttpResponse::build(status::HTTP_205_RESET_CONTENT).insert_header((SET_COOKIE, end_of_session())).finish()
}

async fn old_catalogue() -> HttpResponse {
    HttpResponse::build(status::HTTP_301_MOVED_PERMANENTLY).insert_header((LOCATION, "/books")).finish()
}

async fn old_order_form() -> impl Responder {
    Redirect::to("/orders/").permanent()
}

async fn report(
    shop: Data<Shop>,
    All((_, Path(kind))): All<(Depends<StaffMember>, Path<ReportKind>)>,
) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.report(kind)?))
}

/// The machine in the corner makes tea.
async fn brew(shop: Data<Shop>, Embed(Coffee { cups }): Embed<Coffee>) -> Result<HttpResponse> {
    shop.brew(cups)?;
    Ok(HttpResponse::Ok().json(()))
}

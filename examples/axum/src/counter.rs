//! The rest of the shop.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use axum::routing::{get, post, put};
use example_bookshop::{
    AccountCookies, Coffee, Job, Login, NewGiftCards, Report, ReportKind, Search, SearchHeaders, Shop, SoldGiftCards,
    User, Welcome, end_of_session, session_cookie, visits_cookie,
};
use fastapi_status_axum::{All, Cookies, Depends, Embed, Form, Headers, Json, Path, Query, Result, status};
use indexmap::IndexMap;

use crate::dependencies::StaffMember;

pub(crate) fn router() -> Router<Shop> {
    Router::new()
        .route("/", get(welcome))
        .route("/jobs/{job_id}", get(read_job))
        .route("/titles/{title}", get(find_title))
        .route("/search", get(search))
        .route("/prices", put(change_prices))
        .route("/gift-cards", post(buy_gift_card))
        .route("/login", post(log_in))
        .route("/account", get(read_account))
        .route("/account/logout", post(log_out))
        .route("/catalogue", get(old_catalogue))
        .route("/buy", post(old_order_form))
        .route("/reports/{kind}", get(report))
        .route("/coffee", post(brew))
}

async fn welcome(State(shop): State<Shop>) -> Json<Welcome> {
    Json(shop.welcome())
}

/// A job is under way when first asked for, and done from then on.
async fn read_job(State(shop): State<Shop>, Path(job_id): Path<i64>) -> Result<Json<Job>> {
    Ok(Json(shop.read_job(job_id)?))
}

async fn find_title(State(shop): State<Shop>, Path(title): Path<String>) -> Result<impl IntoResponse> {
    Ok((status::HTTP_302_FOUND, [(LOCATION, shop.find_title(&title)?)]))
}

/// Titles that contain `q`; a key has a few searches, and no more.
async fn search(
    State(shop): State<Shop>,
    All((Query(search), Headers(headers))): All<(Query<Search>, Headers<SearchHeaders>)>,
) -> Result<Json<Vec<String>>> {
    Ok(Json(shop.search(&search, &headers.x_api_key)?))
}

/// Many prices at once, by title; says for each title how it went.
async fn change_prices(
    State(shop): State<Shop>,
    All((_, Json(prices))): All<(Depends<StaffMember>, Json<IndexMap<String, f64>>)>,
) -> impl IntoResponse {
    (status::HTTP_207_MULTI_STATUS, Json(shop.change_prices(prices)))
}

async fn buy_gift_card(
    State(shop): State<Shop>,
    Embed(new): Embed<NewGiftCards>,
) -> Result<(StatusCode, Json<SoldGiftCards>)> {
    Ok((status::HTTP_201_CREATED, Json(shop.buy_gift_card(new)?)))
}

async fn log_in(State(shop): State<Shop>, Form(form): Form<Login>) -> Result<impl IntoResponse> {
    let token = shop.log_in(&form)?;
    let session = session_cookie(&token, form.remember_days);
    let cookies = AppendHeaders([(SET_COOKIE, session), (SET_COOKIE, visits_cookie().to_owned())]);
    Ok((cookies, Json(token)))
}

async fn read_account(
    State(shop): State<Shop>,
    Cookies(AccountCookies { session }): Cookies<AccountCookies>,
) -> Result<Json<User>> {
    Ok(Json(shop.read_account(session.as_deref())?))
}

async fn log_out() -> impl IntoResponse {
    (status::HTTP_205_RESET_CONTENT, [(SET_COOKIE, end_of_session())])
}

async fn old_catalogue() -> impl IntoResponse {
    (status::HTTP_301_MOVED_PERMANENTLY, [(LOCATION, "/books")])
}

async fn old_order_form() -> Redirect {
    Redirect::permanent("/orders/")
}

async fn report(
    State(shop): State<Shop>,
    All((_, Path(kind))): All<(Depends<StaffMember>, Path<ReportKind>)>,
) -> Result<Json<Report>> {
    Ok(Json(shop.report(kind)?))
}

/// The machine in the corner makes tea.
async fn brew(State(shop): State<Shop>, Embed(Coffee { cups }): Embed<Coffee>) -> Result<Json<()>> {
    Ok(Json(shop.brew(cups)?))
}

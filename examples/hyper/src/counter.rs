//! The rest of the shop.

use example_bookshop::{
    AccountCookies, Coffee, Login, NewGiftCards, Search, SearchHeaders, Shop, end_of_session, session_cookie,
    visits_cookie,
};
use fastapi_status_hyper::{Result, status};
use hyper::header::{HeaderValue, SET_COOKIE};

use crate::answer::{Response, empty, json, redirect};
use crate::books::staff_member;
use crate::call::{All as _, Call};

pub(crate) fn welcome(shop: &Shop, _: &Call) -> Result<Response> {
    json(status::HTTP_200_OK, [], &shop.welcome())
}

/// A job is under way when first asked for, and done from then on.
pub(crate) fn read_job(shop: &Shop, call: &Call) -> Result<Response> {
    json(status::HTTP_200_OK, [], &shop.read_job(call.path()?)?)
}

pub(crate) fn find_title(shop: &Shop, call: &Call) -> Result<Response> {
    let title: String = call.path()?;
    redirect(status::HTTP_302_FOUND, shop.find_title(&title)?)
}

/// Titles that contain `q`; a key has a few searches, and no more.
pub(crate) fn search(shop: &Shop, call: &Call) -> Result<Response> {
    let (search, SearchHeaders { x_api_key }): (Search, _) = (call.query(), call.headers()).all()?;
    json(status::HTTP_200_OK, [], &shop.search(&search, &x_api_key)?)
}

/// Many prices at once, by title; says for each title how it went.
pub(crate) fn change_prices(shop: &Shop, call: &Call) -> Result<Response> {
    let prices = call.json()?;
    let (_, prices) = (staff_member(shop, call)?, prices).all()?;
    json(status::HTTP_207_MULTI_STATUS, [], &shop.change_prices(prices))
}

pub(crate) fn buy_gift_card(shop: &Shop, call: &Call) -> Result<Response> {
    let new: NewGiftCards = call.embedded_json()??;
    json(status::HTTP_201_CREATED, [], &shop.buy_gift_card(new)?)
}

pub(crate) fn log_in(shop: &Shop, call: &Call) -> Result<Response> {
    let form: Login = call.form()?;
    let token = shop.log_in(&form)?;
    let session = session_cookie(&token, form.remember_days);
    json(status::HTTP_200_OK, [(SET_COOKIE, session), (SET_COOKIE, visits_cookie().to_owned())], &token)
}

pub(crate) fn read_account(shop: &Shop, call: &Call) -> Result<Response> {
    let AccountCookies { session } = call.cookies()?;
    json(status::HTTP_200_OK, [], &shop.read_account(session.as_deref())?)
}

pub(crate) fn log_out(_: &Shop, _: &Call) -> Result<Response> {
    let mut response = empty(status::HTTP_205_RESET_CONTENT);
    response.headers_mut().insert(SET_COOKIE, HeaderValue::from_static(end_of_session()));
    Ok(response)
}

pub(crate) fn old_catalogue(_: &Shop, _: &Call) -> Result<Response> {
    redirect(status::HTTP_301_MOVED_PERMANENTLY, "/books")
}

pub(crate) fn old_order_form(_: &Shop, _: &Call) -> Result<Response> {
    redirect(status::HTTP_308_PERMANENT_REDIRECT, "/orders/")
}

pub(crate) fn report(shop: &Shop, call: &Call) -> Result<Response> {
    let (_, kind) = (staff_member(shop, call)?, call.path()).all()?;
    json(status::HTTP_200_OK, [], &shop.report(kind)?)
}

/// The machine in the corner makes tea.
pub(crate) fn brew(shop: &Shop, call: &Call) -> Result<Response> {
    let Coffee { cups } = call.embedded_json()??;
    shop.brew(cups)?;
    json(status::HTTP_200_OK, [], &())
}

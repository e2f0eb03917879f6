//! Orders.

use example_bookshop::{Authorization, NewOrder, Order, Shop, User};
use fastapi_status_hyper::{Result, status};
use hyper::header::LOCATION;

use crate::answer::{Response, json};
use crate::call::Call;

fn current_user(shop: &Shop, call: &Call) -> Result<User> {
    let Authorization { authorization } = call.headers()?;
    Ok(shop.current_user(authorization.as_deref())?)
}

fn find_order(shop: &Shop, call: &Call) -> Result<(Order, User)> {
    let user = current_user(shop, call)?;
    let order = shop.find_order(call.path()?, &user)?;
    Ok((order, user))
}

pub(crate) fn list_orders(shop: &Shop, call: &Call) -> Result<Response> {
    let user = current_user(shop, call)?;
    json(status::HTTP_200_OK, [], &shop.list_orders(&user))
}

pub(crate) fn place_order(shop: &Shop, call: &Call) -> Result<Response> {
    let user = current_user(shop, call)?;
    let new: NewOrder = call.json()?;
    let order = shop.place_order(new, &user)?;
    json(status::HTTP_201_CREATED, [(LOCATION, order.location())], &order)
}

pub(crate) fn read_order(shop: &Shop, call: &Call) -> Result<Response> {
    let (order, _) = find_order(shop, call)?;
    json(status::HTTP_200_OK, [], &order)
}

pub(crate) fn cancel_order(shop: &Shop, call: &Call) -> Result<Response> {
    let (order, user) = find_order(shop, call)?;
    json(status::HTTP_200_OK, [], &shop.cancel_order(order.id, &user)?)
}

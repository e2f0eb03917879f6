//! Orders.

use example_bookshop::{Authorization, NewOrder, Order, Shop, User};
use fastapi_status_hyper::{Result, status};
use hyper::header::LOCATION;

use crate::answer::{Response, json};
use crate::call::{All as _, Call, Valid, depends};

/// Who sent the request.
fn current_user(shop: &Shop, call: &Call) -> Result<Valid<User>> {
    depends(call.headers(), |Authorization { authorization }| Ok(shop.current_user(authorization.as_deref())?))
}

/// The order with the id in the path, and who asks for it.
fn find_order(shop: &Shop, call: &Call) -> Result<Valid<(Order, User)>> {
    let user = current_user(shop, call)?;
    depends((user, call.path()).all(), |(user, order_id)| Ok((shop.find_order(order_id, &user)?, user)))
}

pub(crate) fn list_orders(shop: &Shop, call: &Call) -> Result<Response> {
    let user = current_user(shop, call)??;
    json(status::HTTP_200_OK, [], &shop.list_orders(&user))
}

pub(crate) fn place_order(shop: &Shop, call: &Call) -> Result<Response> {
    let new = call.json::<NewOrder>()?;
    let (user, new) = (current_user(shop, call)?, new).all()?;
    let order = shop.place_order(new, &user)?;
    json(status::HTTP_201_CREATED, [(LOCATION, order.location())], &order)
}

pub(crate) fn read_order(shop: &Shop, call: &Call) -> Result<Response> {
    let (order, _) = find_order(shop, call)??;
    json(status::HTTP_200_OK, [], &order)
}

pub(crate) fn cancel_order(shop: &Shop, call: &Call) -> Result<Response> {
    let (order, user) = find_order(shop, call)??;
    json(status::HTTP_200_OK, [], &shop.cancel_order(order.id, &user)?)
}

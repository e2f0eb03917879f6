//! Orders.

use axum::Router;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use example_bookshop::{NewOrder, Order, Shop};
use fastapi_status_axum::{Result, status};

use crate::dependencies::{CurrentUser, FoundOrder};
use crate::extract::Json;

pub(crate) fn router() -> Router<Shop> {
    Router::new()
        .route("/orders/", get(list_orders).post(place_order))
        .route("/orders/{order_id}", get(read_order))
        .route("/orders/{order_id}/cancel", post(cancel_order))
}

async fn list_orders(State(shop): State<Shop>, CurrentUser(user): CurrentUser) -> Json<Vec<Order>> {
    Json(shop.list_orders(&user))
}

async fn place_order(
    State(shop): State<Shop>,
    CurrentUser(user): CurrentUser,
    Json(new): Json<NewOrder>,
) -> Result<impl IntoResponse> {
    let order = shop.place_order(new, &user)?;
    Ok((status::HTTP_201_CREATED, [(LOCATION, order.location())], Json(order)))
}

async fn read_order(FoundOrder(order, _): FoundOrder) -> Json<Order> {
    Json(order)
}

async fn cancel_order(State(shop): State<Shop>, FoundOrder(order, user): FoundOrder) -> Result<Json<Order>> {
    Ok(Json(shop.cancel_order(order.id, &user)?))
}

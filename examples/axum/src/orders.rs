//! Orders.

use axum::Router;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use example_bookshop::{NewOrder, Order, Shop};
use fastapi_status_axum::{All, Depends, Json, Result, status};

use crate::dependencies::{CurrentUser, FoundOrder};

pub(crate) fn router() -> Router<Shop> {
    Router::new()
        .route("/orders/", get(list_orders).post(place_order))
        .route("/orders/{order_id}", get(read_order))
        .route("/orders/{order_id}/cancel", post(cancel_order))
}

async fn list_orders(State(shop): State<Shop>, Depends(CurrentUser(user)): Depends<CurrentUser>) -> Json<Vec<Order>> {
    Json(shop.list_orders(&user))
}

async fn place_order(
    State(shop): State<Shop>,
    All((Depends(CurrentUser(user)), Json(new))): All<(Depends<CurrentUser>, Json<NewOrder>)>,
) -> Result<impl IntoResponse> {
    let order = shop.place_order(new, &user)?;
    Ok((status::HTTP_201_CREATED, [(LOCATION, order.location())], Json(order)))
}

async fn read_order(
    All((_, Depends(FoundOrder(order)))): All<(Depends<CurrentUser>, Depends<FoundOrder>)>,
) -> Json<Order> {
    Json(order)
}

async fn cancel_order(
    State(shop): State<Shop>,
    All((Depends(CurrentUser(user)), Depends(FoundOrder(order)))): All<(Depends<CurrentUser>, Depends<FoundOrder>)>,
) -> Result<Json<Order>> {
    Ok(Json(shop.cancel_order(order.id, &user)?))
}

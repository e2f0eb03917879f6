//! Orders.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, ServiceConfig, resource};
use example_bookshop::{NewOrder, Shop};
use fastapi_status_actix::{Result, status};

use crate::dependencies::{CurrentUser, FoundOrder};
use crate::extract::Json;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/orders/").get(list_orders).post(place_order))
        .service(resource("/orders/{order_id}").get(read_order))
        .service(resource("/orders/{order_id}/cancel").post(cancel_order));
}

async fn list_orders(shop: Data<Shop>, CurrentUser(user): CurrentUser) -> HttpResponse {
    HttpResponse::Ok().json(shop.list_orders(&user))
}

async fn place_order(
    shop: Data<Shop>,
    CurrentUser(user): CurrentUser,
    Json(new): Json<NewOrder>,
) -> Result<HttpResponse> {
    let order = shop.place_order(new, &user)?;
    Ok(HttpResponse::build(status::HTTP_201_CREATED).insert_header((LOCATION, order.location())).json(order))
}

async fn read_order(FoundOrder(order, _): FoundOrder) -> HttpResponse {
    HttpResponse::Ok().json(order)
}

async fn cancel_order(shop: Data<Shop>, FoundOrder(order, user): FoundOrder) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.cancel_order(order.id, &user)?))
}

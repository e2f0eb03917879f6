//! Orders.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, ServiceConfig, resource};
use example_bookshop::{NewOrder, Shop};
use fastapi_status_actix::{All, Depends, Json, Result, status};

use crate::dependencies::{CurrentUser, FoundOrder};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/orders/").get(list_orders).post(place_order))
        .service(resource("/orders/{order_id}").get(read_order))
        .service(resource("/orders/{order_id}/cancel").post(cancel_order));
}

async fn list_orders(shop: Data<Shop>, Depends(CurrentUser(user)): Depends<CurrentUser>) -> HttpResponse {
    HttpResponse::Ok().json(shop.list_orders(&user))
}

async fn place_order(
    shop: Data<Shop>,
    All((Depends(CurrentUser(user)), Json(new))): All<(Depends<CurrentUser>, Json<NewOrder>)>,
) -> Result<HttpResponse> {
    let order = shop.place_order(new, &user)?;
    Ok(HttpResponse::build(status::HTTP_201_CREATED).insert_header((LOCATION, order.location())).json(order))
}

async fn read_order(
    All((_, Depends(FoundOrder(order)))): All<(Depends<CurrentUser>, Depends<FoundOrder>)>,
) -> HttpResponse {
    HttpResponse::Ok().json(order)
}

async fn cancel_order(
    shop: Data<Shop>,
    All((Depends(CurrentUser(user)), Depends(FoundOrder(order)))): All<(Depends<CurrentUser>, Depends<FoundOrder>)>,
) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(shop.cancel_order(order.id, &user)?))
}

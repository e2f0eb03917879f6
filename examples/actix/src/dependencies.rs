//! What the Python original says with `Depends`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use example_bookshop::{Authorization, Book, Order, Shop, User};
use fastapi_status_actix::{HttpException, Result};

use crate::extract::{Headers, Path};

fn shop(request: &HttpRequest) -> Result<&Shop> {
    let shop = request.app_data::<web::Data<Shop>>().map(web::Data::get_ref);
    shop.ok_or_else(|| HttpException::unhandled("the app has no shop"))
}

fn current_user(request: &HttpRequest) -> Result<User> {
    let Headers(Authorization { authorization }) = Headers::read(request)?;
    Ok(shop(request)?.current_user(authorization.as_deref())?)
}

/// The book with the id in the path.
pub(crate) struct FoundBook(pub(crate) Book);

impl FromRequest for FoundBook {
    type Error = HttpException;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let find = || {
            let Path(book_id) = Path::read(request)?;
            Ok(Self(shop(request)?.find_book(book_id)?))
        };
        ready(find())
    }
}

/// Who sent the request.
pub(crate) struct CurrentUser(pub(crate) User);

impl FromRequest for CurrentUser {
    type Error = HttpException;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(current_user(request).map(Self))
    }
}

/// Lets staff in, and nobody else.
pub(crate) struct StaffMember;

impl FromRequest for StaffMember {
    type Error = HttpException;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let find = || {
            let Headers(Authorization { authorization }) = Headers::read(request)?;
            shop(request)?.staff_member(authorization.as_deref())?;
            Ok(Self)
        };
        ready(find())
    }
}

/// The order with the id in the path, and who asks for it.
pub(crate) struct FoundOrder(pub(crate) Order, pub(crate) User);

impl FromRequest for FoundOrder {
    type Error = HttpException;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let find = || {
            let user = current_user(request)?;
            let Path(order_id) = Path::read(request)?;
            Ok(Self(shop(request)?.find_order(order_id, &user)?, user))
        };
        ready(find())
    }
}

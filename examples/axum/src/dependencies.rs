//! What the Python original says with `Depends`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use example_bookshop::{Authorization, Book, Order, Shop, User};
use fastapi_status_axum::{HttpException, Result};

use crate::extract::{Headers, Path};

/// The book with the id in the path.
pub(crate) struct FoundBook(pub(crate) Book);

impl FromRequestParts<Shop> for FoundBook {
    type Rejection = HttpException;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self> {
        let Path(book_id) = Path::from_request_parts(parts, shop).await?;
        Ok(Self(shop.find_book(book_id)?))
    }
}

/// Who sent the request.
pub(crate) struct CurrentUser(pub(crate) User);

impl FromRequestParts<Shop> for CurrentUser {
    type Rejection = HttpException;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self> {
        let Headers(Authorization { authorization }) = Headers::from_request_parts(parts, shop).await?;
        Ok(Self(shop.current_user(authorization.as_deref())?))
    }
}

/// Lets staff in, and nobody else.
pub(crate) struct StaffMember;

impl FromRequestParts<Shop> for StaffMember {
    type Rejection = HttpException;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self> {
        let Headers(Authorization { authorization }) = Headers::from_request_parts(parts, shop).await?;
        shop.staff_member(authorization.as_deref())?;
        Ok(Self)
    }
}

/// The order with the id in the path, and who asks for it.
pub(crate) struct FoundOrder(pub(crate) Order, pub(crate) User);

impl FromRequestParts<Shop> for FoundOrder {
    type Rejection = HttpException;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self> {
        let CurrentUser(user) = CurrentUser::from_request_parts(parts, shop).await?;
        let Path(order_id) = Path::from_request_parts(parts, shop).await?;
        Ok(Self(shop.find_order(order_id, &user)?, user))
    }
}

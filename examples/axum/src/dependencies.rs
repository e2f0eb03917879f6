//! What the Python original says with `Depends`.

use example_bookshop::{Authorization, Book, Order, Shop, User};
use fastapi_status_axum::{Dependency, Headers, Path, Result};

/// The book with the id in the path.
pub(crate) struct FoundBook(pub(crate) Book);

impl Dependency<Shop> for FoundBook {
    type Input = Path<i64>;

    async fn resolve(Path(book_id): Path<i64>, shop: &Shop) -> Result<Self> {
        Ok(Self(shop.find_book(book_id)?))
    }
}

/// Who sent the request.
pub(crate) struct CurrentUser(pub(crate) User);

impl Dependency<Shop> for CurrentUser {
    type Input = Headers<Authorization>;

    async fn resolve(Headers(headers): Self::Input, shop: &Shop) -> Result<Self> {
        Ok(Self(shop.current_user(headers.authorization.as_deref())?))
    }
}

/// Lets staff in, and nobody else.
pub(crate) struct StaffMember;

impl Dependency<Shop> for StaffMember {
    type Input = Headers<Authorization>;

    async fn resolve(Headers(headers): Self::Input, shop: &Shop) -> Result<Self> {
        shop.staff_member(headers.authorization.as_deref())?;
        Ok(Self)
    }
}

/// The order with the id in the path. It depends on [`CurrentUser`], which is to stand before it.
pub(crate) struct FoundOrder(pub(crate) Order);

impl Dependency<Shop> for FoundOrder {
    type Input = (Headers<Authorization>, Path<i64>);

    async fn resolve((headers, Path(order_id)): Self::Input, shop: &Shop) -> Result<Self> {
        let CurrentUser(user) = CurrentUser::resolve(headers, shop).await?;
        Ok(Self(shop.find_order(order_id, &user)?))
    }
}

//! What the Python original says with `Depends`.

use actix_web::{HttpRequest, web};
use example_bookshop::{Authorization, Book, Order, Shop, User};
use fastapi_status_actix::{Dependency, Headers, HttpException, Path, Result};

fn shop(request: &HttpRequest) -> Result<&Shop> {
    let shop = request.app_data::<web::Data<Shop>>().map(web::Data::get_ref);
    shop.ok_or_else(|| HttpException::unhandled("the app has no shop"))
}

/// The book with the id in the path.
pub(crate) struct FoundBook(pub(crate) Book);

impl Dependency for FoundBook {
    type Input = Path<i64>;

    async fn resolve(Path(book_id): Path<i64>, request: &HttpRequest) -> Result<Self> {
        Ok(Self(shop(request)?.find_book(book_id)?))
    }
}

/// Who sent the request.
pub(crate) struct CurrentUser(pub(crate) User);

impl Dependency for CurrentUser {
    type Input = Headers<Authorization>;

    async fn resolve(Headers(headers): Self::Input, request: &HttpRequest) -> Result<Self> {
        Ok(Self(shop(request)?.current_user(headers.authorization.as_deref())?))
    }
}

/// Lets staff in, and nobody else.
pub(crate) struct StaffMember;

impl Dependency for StaffMember {
    type Input = Headers<Authorization>;

    async fn resolve(Headers(headers): Self::Input, request: &HttpRequest) -> Result<Self> {
        shop(request)?.staff_member(headers.authorization.as_deref())?;
        Ok(Self)
    }
}

/// The order with the id in the path. It depends on [`CurrentUser`], which is to stand before it.
pub(crate) struct FoundOrder(pub(crate) Order);

impl Dependency for FoundOrder {
    type Input = (Headers<Authorization>, Path<i64>);

    async fn resolve((headers, Path(order_id)): Self::Input, request: &HttpRequest) -> Result<Self> {
        let CurrentUser(user) = CurrentUser::resolve(headers, request).await?;
        Ok(Self(shop(request)?.find_order(order_id, &user)?))
    }
}

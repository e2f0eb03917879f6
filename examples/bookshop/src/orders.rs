//! Orders.

use fastapi_status::{HttpException, status};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::shop::{State, next_id};
use crate::{Result, Shop, User};

/// So many copies of one book.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OrderLine {
    pub book_id: i64,
    #[serde(default = "OrderLine::one")]
    #[schema(default = 1)]
    pub copies: i64,
}

impl OrderLine {
    fn one() -> i64 {
        1
    }
}

/// Where an order goes.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Address {
    pub street: String,
    pub city: String,
    pub country: Option<String>,
}

/// What a customer sends.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewOrder {
    pub lines: Vec<OrderLine>,
    pub ship_to: Address,
    #[serde(default)]
    #[schema(default = false)]
    pub gift: bool,
    pub note: Option<String>,
}

/// An order as the shop shows it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Order {
    #[serde(flatten)]
    pub new: NewOrder,
    pub id: i64,
    pub customer: String,
    pub total: f64,
    #[schema(required = false, inline)]
    pub state: OrderState,
}

impl Order {
    /// Where it is shown.
    #[must_use]
    pub fn location(&self) -> String {
        format!("/orders/{}", self.id)
    }
}

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(default = "open")]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum OrderState {
    Open,
    Shipped,
    Cancelled,
}

impl Shop {
    /// The order with this id, for whom it concerns.
    pub fn find_order(&self, order_id: i64, user: &User) -> Result<Order> {
        self.state().find_order(order_id, user).cloned()
    }

    /// The user's orders; all of them for staff.
    #[must_use]
    pub fn list_orders(&self, user: &User) -> Vec<Order> {
        let concerns = |order: &&Order| user.staff || order.customer == user.name;
        self.state().orders.values().filter(concerns).cloned().collect()
    }

    /// Sells what is in stock to whoever has the credit.
    pub fn place_order(&self, new: NewOrder, user: &User) -> Result<Order> {
        if new.lines.is_empty() {
            return Err(HttpException::new(status::HTTP_400_BAD_REQUEST, "Nothing ordered"));
        }
        let mut guard = self.state();
        let state = &mut *guard;
        let mut total = 0.0;
        for line in &new.lines {
            let book = state.find_book(line.book_id)?;
            if line.copies > book.stock {
                return Err(HttpException::new(
                    status::HTTP_409_CONFLICT,
                    json!({"book_id": book.id, "wanted": line.copies, "in_stock": book.stock}),
                ));
            }
            total += book.new.price * line.copies as f64;
        }
        let account = state.users.values_mut().find(|account| account.name == user.name);
        let credit = account.as_ref().map_or(0.0, |account| account.credit);
        if total > credit {
            let detail = json!({"total": total, "credit": credit});
            return Err(HttpException::new(status::HTTP_402_PAYMENT_REQUIRED, detail));
        }
        if let Some(account) = account {
            account.credit -= total;
        }
        for line in &new.lines {
            if let Some(book) = state.books.get_mut(&line.book_id) {
                book.stock = book.stock.saturating_sub(line.copies);
            }
        }
        let id = next_id(&state.orders);
        let order = Order { new, id, customer: user.name.clone(), total, state: OrderState::Open };
        state.orders.insert(id, order.clone());
        Ok(order)
    }

    /// Cancels an order that is still open.
    pub fn cancel_order(&self, order_id: i64, user: &User) -> Result<Order> {
        let mut state = self.state();
        let order = state.find_order(order_id, user)?;
        let state_now = match order.state {
            OrderState::Open => {
                order.state = OrderState::Cancelled;
                return Ok(order.clone());
            }
            OrderState::Shipped => "shipped",
            OrderState::Cancelled => "cancelled",
        };
        Err(HttpException::new(status::HTTP_409_CONFLICT, format!("The order is {state_now}")))
    }
}

impl State {
    fn find_order(&mut self, order_id: i64, user: &User) -> Result<&mut Order> {
        let Some(order) = self.orders.get_mut(&order_id) else {
            return Err(HttpException::from_status(status::HTTP_404_NOT_FOUND));
        };
        if order.customer != user.name && !user.staff {
            return Err(HttpException::new(status::HTTP_403_FORBIDDEN, "This is somebody else's order"));
        }
        Ok(order)
    }
}

//! The shop's cookies, as Starlette's `Response.set_cookie` writes them.

use crate::Token;

/// Keeps a customer logged in: for so many days, or until the browser is closed.
#[must_use]
pub fn session_cookie(token: &Token, remember_days: i64) -> String {
    let max_age = match remember_days.saturating_mul(86400) {
        0 => String::new(),
        seconds => format!(" Max-Age={seconds};"),
    };
    format!("session={}; HttpOnly;{max_age} Path=/; SameSite=lax", token.access_token)
}

/// Ends what [`session_cookie`] began.
#[must_use]
pub fn end_of_session() -> &'static str {
    r#"session=""; Max-Age=0; Path=/; SameSite=lax"#
}

/// Greets the customer as a new one.
#[must_use]
pub fn visits_cookie() -> &'static str {
    "visits=1; Path=/; SameSite=lax"
}

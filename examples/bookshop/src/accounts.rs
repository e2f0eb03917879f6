//! Customers and staff, and how they show who they are.

use fastapi_status::{HttpException, status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Result, Shop};

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct User {
    pub name: String,
    pub staff: bool,
    pub credit: f64,
}

/// The form that [`Shop::log_in`] takes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = Body_log_in_login_post)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Login {
    pub username: String,
    pub password: String,
    #[serde(default)]
    #[schema(default = 0)]
    pub remember_days: i64,
}

/// What a client shows in `authorization` from then on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Token {
    pub access_token: String,
    #[schema(required = false, default = "bearer")]
    pub token_type: &'static str,
}

impl Shop {
    /// Who sent the request, by its `authorization` header.
    pub fn current_user(&self, authorization: Option<&str>) -> Result<User> {
        let Some(authorization) = authorization else {
            return Err(HttpException::new(status::HTTP_401_UNAUTHORIZED, "Not authenticated")
                .with_header("www-authenticate", r#"Bearer realm="bookshop""#));
        };
        let (scheme, token) = authorization.split_once(' ').unwrap_or((authorization, ""));
        match self.state().users.get(token) {
            Some(user) if scheme.eq_ignore_ascii_case("bearer") => Ok(user.clone()),
            _ => Err(HttpException::new(status::HTTP_401_UNAUTHORIZED, "Invalid token")
                .with_header("www-authenticate", r#"Bearer realm="bookshop", error="invalid_token""#)),
        }
    }

    /// Likewise, and only staff will do.
    pub fn staff_member(&self, authorization: Option<&str>) -> Result<User> {
        let user = self.current_user(authorization)?;
        if !user.staff {
            return Err(HttpException::new(status::HTTP_403_FORBIDDEN, "Staff only"));
        }
        Ok(user)
    }

    /// A token for a name and its password.
    pub fn log_in(&self, form: &Login) -> Result<Token> {
        if self.state().passwords.get(&form.username) != Some(&form.password) {
            return Err(HttpException::new(status::HTTP_401_UNAUTHORIZED, "Wrong name or password")
                .with_header("www-authenticate", r#"Form realm="bookshop""#));
        }
        Ok(Token { access_token: format!("{}-token", form.username), token_type: "bearer" })
    }

    /// The account of a session.
    pub fn read_account(&self, session: Option<&str>) -> Result<User> {
        let Some(session) = session else {
            return Err(HttpException::new(status::HTTP_303_SEE_OTHER, "Log in first")
                .with_header("location", "/login")
                .with_header("cache-control", "no-store"));
        };
        let broken = || HttpException::new(status::HTTP_400_BAD_REQUEST, "Your session is broken");
        self.state().users.get(session).cloned().ok_or_else(broken)
    }
}

//! What requests say besides their bodies: query, headers and cookies, as each route takes them.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Who sent the request.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Authorization {
    pub authorization: Option<String>,
}

/// What a client takes, and what it has already.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReadBookHeaders {
    #[serde(default = "ReadBookHeaders::anything")]
    #[param(default = "*/*")]
    pub accept: String,
    pub if_none_match: Option<String>,
}

impl ReadBookHeaders {
    fn anything() -> String {
        "*/*".into()
    }
}

/// The edition that a client means to replace.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReplaceBookHeaders {
    pub if_match: Option<String>,
}

/// Which part of a sample to send.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SampleHeaders {
    pub range: Option<String>,
}

/// What kind of picture a cover is.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub struct CoverHeaders {
    #[serde(default)]
    #[param(default = "")]
    pub content_type: String,
}

/// Whether to tell the author of a review.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReviewQuery {
    #[serde(default)]
    #[param(default = false)]
    pub notify: bool,
}

/// Which version of the app sends a review.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReviewHeaders {
    pub x_client_version: f64,
}

/// How often a reader has been here.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Cookie)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReviewCookies {
    #[serde(default)]
    #[param(default = 0)]
    pub visits: i64,
}

/// Who searches.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub struct SearchHeaders {
    pub x_api_key: String,
}

/// What [`Login`](crate::Login) left.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Cookie)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AccountCookies {
    pub session: Option<String>,
}

/// How much coffee to make.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = Body_brew_coffee_post)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Coffee {
    #[serde(default = "Coffee::one")]
    #[schema(default = 1)]
    pub cups: i64,
}

impl Coffee {
    fn one() -> i64 {
        1
    }
}

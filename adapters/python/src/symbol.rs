//! What a name of FastAPI's, Starlette's or `http`'s is to us.

use fastapi_status::Entry;

/// A name that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// `fastapi` or `starlette`, or a module of theirs.
    Package,
    /// `fastapi.status`.
    Status,
    /// A name in `fastapi.status`, rightly spelt or not.
    StatusName(String),
    /// `http.HTTPStatus`.
    HttpStatus,
    /// A member of it, rightly spelt or not.
    HttpStatusMember(String),
    HttpException,
    WebSocketException,
    /// A response class, whose status is 200 if it is given none.
    Response,
    /// A response class, whose status is 307 if it is given none.
    Redirect,
    /// `Request`, `BackgroundTasks` and the like, which FastAPI hands over as they are.
    Given,
    WebSocket,
    /// `Query`, `Body` and the like: a parameter that is read from the request, and checked.
    Parameter,
    /// A security scheme, and whether it raises even with `auto_error=False`.
    Scheme {
        always_raises: bool,
    },
    /// A form that FastAPI brings, as a dependency.
    LoginForm,
    /// `FastAPI` or `Starlette`.
    App,
    /// `APIRouter` or `Router`.
    Router,
    /// `Depends` or `Security`.
    Depends,
    /// Another name of theirs.
    Other,
}

/// What says in a signature where a parameter is read from.
const PARAMETERS: [&str; 7] = ["Path", "Query", "Header", "Cookie", "Body", "Form", "File"];

/// The security schemes that raise unless `auto_error=False`.
const SCHEMES: [&str; 10] = [
    "APIKeyCookie",
    "APIKeyHeader",
    "APIKeyQuery",
    "HTTPBase",
    "HTTPBearer",
    "HTTPDigest",
    "OAuth2",
    "OAuth2AuthorizationCodeBearer",
    "OAuth2PasswordBearer",
    "OpenIdConnect",
];

impl Symbol {
    /// From the name in full.
    pub(crate) fn of(name: &str) -> Self {
        let mut parts = name.split('.');
        let package = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.collect();
        if package == "http" {
            return match parts[..] {
                ["HTTPStatus"] => Self::HttpStatus,
                ["HTTPStatus", member] | ["HTTPStatus", member, "value"] => Self::HttpStatusMember(member.to_owned()),
                _ => Self::Other,
            };
        }
        match parts[..] {
            [] => Self::Package,
            ["status"] => Self::Status,
            ["status", name] if is_constant(name) => Self::StatusName(name.to_owned()),
            ["HTTPException"] | ["exceptions", "HTTPException"] => Self::HttpException,
            ["WebSocketException"] | ["exceptions", "WebSocketException"] => Self::WebSocketException,
            ["FastAPI"] | ["applications", "FastAPI" | "Starlette"] => Self::App,
            ["APIRouter"] | ["routing", "APIRouter" | "Router"] => Self::Router,
            ["Depends" | "Security"] | ["params" | "param_functions", "Depends" | "Security"] => Self::Depends,
            ["Response"] => Self::Response,
            ["responses", "RedirectResponse"] => Self::Redirect,
            ["responses" | "sse", name] if name.ends_with("Response") => Self::Response,
            ["WebSocket"] | ["websockets", "WebSocket"] => Self::WebSocket,
            ["Request" | "BackgroundTasks"]
            | ["requests", "Request" | "HTTPConnection"]
            | ["background", "BackgroundTasks"]
            | ["security", "SecurityScopes"]
            | ["security", "oauth2", "SecurityScopes"] => Self::Given,
            [name] | ["params" | "param_functions", name] if PARAMETERS.contains(&name) => Self::Parameter,
            ["security", name] | ["security", _, name] => match name {
                "HTTPBasic" => Self::Scheme { always_raises: true },
                "OAuth2PasswordRequestForm" | "OAuth2PasswordRequestFormStrict" => Self::LoginForm,
                _ if SCHEMES.contains(&name) => Self::Scheme { always_raises: false },
                _ => Self::Other,
            },
            [name] if name.starts_with(|first: char| first.is_ascii_lowercase()) => Self::Package,
            _ => Self::Other,
        }
    }

    /// Whether the framework has it: of the names in `status`, those that it spells so.
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Self::StatusName(name) => Entry::from_name(name).is_some(),
            Self::HttpStatusMember(member) => member_entry(member).is_some(),
            Self::Other => false,
            _ => true,
        }
    }
}

/// Whether it is written as a constant: a name in `status` that is not is no status (`status.__all__`).
fn is_constant(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The row of a member of `http.HTTPStatus`: its name is FastAPI's without the number, of an old spelling too.
///
/// Python has no word for 306, and takes both spellings where RFC 9110 brought a new one.
pub(crate) fn member_entry(member: &str) -> Option<&'static Entry> {
    let is_named = |entry: &&Entry| entry.name().get("HTTP_404_".len()..) == Some(member);
    Entry::all().filter(|entry| entry.is_http() && entry.phrase().is_some()).find(is_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_full() {
        assert_eq!(Symbol::of("starlette.status"), Symbol::Status);
        assert_eq!(Symbol::of("fastapi.status.HTTP_404"), Symbol::StatusName("HTTP_404".to_owned()));
        assert_eq!(Symbol::of("fastapi.status.__all__"), Symbol::Other);
        assert_eq!(Symbol::of("starlette.exceptions.HTTPException"), Symbol::HttpException);
        assert_eq!(Symbol::of("fastapi.responses.JSONResponse"), Symbol::Response);
        assert_eq!(Symbol::of("starlette.responses.RedirectResponse"), Symbol::Redirect);
        assert_eq!(Symbol::of("fastapi.Header"), Symbol::Parameter);
        assert_eq!(Symbol::of("fastapi.security.http.HTTPBasic"), Symbol::Scheme { always_raises: true });
        assert_eq!(Symbol::of("fastapi.security.OAuth2PasswordBearer"), Symbol::Scheme { always_raises: false });
        assert_eq!(Symbol::of("http.HTTPStatus.OK"), Symbol::HttpStatusMember("OK".to_owned()));
    }

    #[test]
    fn members_of_http_status() {
        let code = |member| member_entry(member).map(Entry::code);
        assert_eq!(code("NOT_FOUND"), Some(404));
        assert_eq!(code("HTTP_VERSION_NOT_SUPPORTED"), Some(505));
        assert_eq!(code("UNPROCESSABLE_ENTITY"), Some(422));
        assert_eq!(code("UNPROCESSABLE_CONTENT"), Some(422));
        assert_eq!(code("RESERVED"), None);
    }
}

//! What was recorded and is not asked, because the frameworks have nothing like it: each with its reason.

/// What no port is asked: targets, with all below them, and why.
pub const LEFT_OUT: [(&str, &str); 1] =
    [("/starlette", "a mounted application of Starlette's own, which answers 404 and 405 as text")];

/// What is not asked of axum: targets, with nothing below them.
pub const ON_AXUM: [(&str, &str); 2] = [
    ("/sub", "`nest_service` answers at its prefix without a slash too; FastAPI redirects to the one with it"),
    ("/router", "FastAPI redirects from a mount's prefix to one with a slash even where nothing is"),
];
/// Likewise of actix-web.
pub const ON_ACTIX: [(&str, &str); 1] = [ON_AXUM[1]];
/// Likewise of hyper.
pub const ON_HYPER: [(&str, &str); 1] = [ON_AXUM[1]];

//! The service of tests/record/corners.py, on each framework.

use fastapi_status_tests::Transcript;

pub(crate) mod actix;
pub(crate) mod axum;
pub(crate) mod hyper;
mod hyper_ws;
mod values;

/// What no port is asked: targets, with all below them, and why.
const LEFT_OUT: [(&str, &str); 1] =
    [("/starlette", "a mounted application of Starlette's own, which answers 404 and 405 as text")];

/// What is not asked of one port: targets, with nothing below them.
pub(crate) const ON_AXUM: [(&str, &str); 2] = [
    ("/sub", "`nest_service` answers at its prefix without a slash too; FastAPI redirects to the one with it"),
    ("/router", "FastAPI redirects from a mount's prefix to one with a slash even where nothing is"),
];
pub(crate) const ON_ACTIX: [(&str, &str); 1] = [ON_AXUM[1]];
pub(crate) const ON_HYPER: [(&str, &str); 1] = [ON_AXUM[1]];

/// What the original was asked and answered, but for what is left out.
pub(crate) fn transcript(left_out: &[(&str, &str)]) -> Transcript {
    let mut transcript = Transcript::load("corners");
    transcript.exchanges.retain(|exchange| {
        let target = &exchange.request.target;
        let is_below =
            |path: &str| target.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        !left_out.iter().any(|(path, _)| path == target) && !LEFT_OUT.iter().any(|(path, _)| is_below(path))
    });
    transcript
}

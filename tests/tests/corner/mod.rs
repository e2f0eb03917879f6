//! The service of tests/record/corners.py, on each framework.

use fastapi_status_tests::Transcript;
use fastapi_status_tests::differences::LEFT_OUT;

pub(crate) mod actix;
pub(crate) mod axum;
pub(crate) mod hyper;
mod hyper_ws;
mod values;

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

//! The service of tests/record/corners.py, on each framework.

pub(crate) mod actix;
pub(crate) mod axum;
mod values;

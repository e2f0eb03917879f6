//! `fastapi-port routes` over a small service.

mod common;

use common::{fixtures, run_in};

#[test]
fn text() {
    insta::assert_snapshot!(run_in(&fixtures("routes"), &["routes", "."]).all());
}

#[test]
fn json() {
    insta::assert_snapshot!(run_in(&fixtures("routes"), &["routes", "--format", "json"]).all());
}

#[test]
fn markdown() {
    insta::assert_snapshot!(run_in(&fixtures("routes"), &["routes", "--format", "markdown"]).all());
}

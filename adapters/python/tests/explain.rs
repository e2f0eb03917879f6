//! `fastapi-port explain`, and the help texts.

mod common;

use common::run;

#[test]
fn codes_names_and_words() {
    for query in ["422", "HTTP_422_UNPROCESSABLE_ENTITY", "teapot", "1008", "ws_1008_policy_violation", "204", "306"] {
        insta::assert_snapshot!(format!("explain_{query}"), run(&["explain", query]).all());
    }
    insta::assert_snapshot!("explain_several", run(&["explain", "not"]).all());
    insta::assert_snapshot!("explain_words", run(&["explain", "too", "many"]).all());
}

#[test]
fn what_has_no_name_or_is_no_code() {
    let answers = ["599", "4001", "99", "-1", "zebra", "HTTP_404_NOTFOUND", "unprocesable", ""]
        .map(|query| run(&["explain", query]).all());
    insta::assert_snapshot!(answers.join("\n"));
}

#[test]
fn help() {
    insta::assert_snapshot!(run(&["--help"]).all());
    for command in ["scan", "fix", "routes", "explain"] {
        insta::assert_snapshot!(format!("help_{command}"), run(&[command, "--help"]).all());
    }
}

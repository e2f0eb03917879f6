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

#[test]
fn answers() {
    insta::assert_snapshot!(run_in(&fixtures("answers"), &["routes", "."]).all());
}

#[test]
fn answers_in_json() {
    insta::assert_snapshot!(run_in(&fixtures("answers"), &["routes", "--format", "json", "sockets.py"]).all());
}

#[test]
fn exceptions_that_are_raised_by_their_names() {
    insta::assert_snapshot!(run_in(&fixtures("raised"), &["routes", "main.py"]).all());
}

#[test]
fn exceptions_that_are_made_once() {
    insta::assert_snapshot!(run_in(&fixtures("raised"), &["routes", "instances.py", "errors.py"]).all());
}

#[test]
fn exceptions_that_are_given_a_status() {
    insta::assert_snapshot!(run_in(&fixtures("raised"), &["routes", "given.py"]).all());
}

#[test]
fn exceptions_that_a_call_makes() {
    insta::assert_snapshot!(run_in(&fixtures("raised"), &["routes", "calls.py"]).all());
}

#[test]
fn objects_that_are_attributes_of_others() {
    insta::assert_snapshot!(run_in(&fixtures("objects"), &["routes", "attributes.py"]).all());
}

#[test]
fn methods_of_classes_that_derive_from_others() {
    insta::assert_snapshot!(run_in(&fixtures("objects"), &["routes", "derived.py"]).all());
}

#[test]
fn instances_of_which_the_class_is_clear() {
    insta::assert_snapshot!(run_in(&fixtures("objects"), &["routes", "clear.py"]).all());
}

#[test]
fn routers_of_classes_and_functions() {
    insta::assert_snapshot!(run_in(&fixtures("setup"), &["routes", "."]).all());
}

#[test]
fn several_of_one_name() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "redefined.py"]).all());
}

#[test]
fn conditions_in_expressions() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "flow.py"]).all());
}

#[test]
fn classes_that_derive_from_a_router_or_from_several() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "derived.py"]).all());
}

#[test]
fn what_a_class_of_routers_hands_on() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "inits.py"]).all());
}

#[test]
fn what_is_declared_around_a_websocket_is_for_other_routes() {
    let folder = tempfile::tempdir().unwrap();
    let text = "from fastapi import APIRouter, FastAPI\n\
        from elsewhere import ERRORS\n\
        app = FastAPI(responses={404: {}})\n\
        router = APIRouter(responses={409: {}})\n\
        @router.websocket('/feed')\n\
        async def feed(socket): ...\n\
        @router.get('/page')\n\
        def page(): ...\n\
        app.include_router(router, responses=ERRORS)\n";
    std::fs::write(folder.path().join("main.py"), text).unwrap();
    let output = run_in(folder.path(), &["routes", "--format", "json"]);
    let rows: Vec<serde_json::Value> = output.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let declared: Vec<_> = rows.iter().map(|row| (row["responses"].clone(), row["unknown"].clone())).collect();
    let unknown = serde_json::json!(["responses depend on `ERRORS`"]);
    let none = serde_json::json!([]);
    assert_eq!(declared, [(none.clone(), none), (serde_json::json!([404, 409]), unknown)]);
}

#[test]
fn arguments_that_are_handed_on() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "arguments.py"]).all());
}

#[test]
fn the_order_of_the_imports() {
    insta::assert_snapshot!(run_in(&fixtures("order").join(".."), &["routes", "order"]).all());
}

#[test]
fn signatures_that_are_hidden() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "signatures.py"]).all());
}

#[test]
fn apps_that_are_handed_on_or_may_be_others() {
    insta::assert_snapshot!(run_in(&fixtures("unsure"), &["routes", "handed.py"]).all());
}

#[test]
fn what_doubles_with_each_line_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "from fastapi import APIRouter, FastAPI\nP0 = 'long'\nr0 = APIRouter()\napp = FastAPI()\n\
        @r0.get('/x')\ndef x(): ...\n"
        .to_owned();
    for n in 1..30 {
        let last = n - 1;
        text += &format!("P{n} = P{last} + P{last}\nr{n} = APIRouter()\nr{n}.include_router(r{last}, prefix='/a')\n");
        text += &format!("r{n}.include_router(r{last}, prefix='/b')\n");
    }
    text += "app.include_router(r29)\n@app.get('/' + P12)\ndef y(): ...\n";
    std::fs::write(folder.path().join("main.py"), text).unwrap();
    let output = run_in(folder.path(), &["routes", "."]);
    assert!(output.stdout.contains("there are too many inclusions"), "{}", output.stderr);
    assert!(output.stdout.contains("the path depends on `a text of many parts`"));
}

#[test]
fn what_is_too_long_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "from fastapi import FastAPI\ndef x(): ...\ndef install(app, p):\n".to_owned();
    for n in 0..3_000 {
        text += &format!("    v{n} = '/{n}'\n    app.add_api_route(p + v{n}, x)\n");
    }
    text += "app = FastAPI()\ninstall(app, '/1')\ninstall(app, '/2')\n";
    std::fs::write(folder.path().join("main.py"), text).unwrap();
    let output = run_in(folder.path(), &["routes", "."]);
    assert!(output.stdout.contains("the routes of `what is too much to follow` are not known"), "{}", output.stderr);
}

#[test]
fn routes_of_starlettes_own_kind() {
    let folder = tempfile::tempdir().unwrap();
    let text = "from fastapi import APIRouter, FastAPI, HTTPException\n\
        from starlette.endpoints import HTTPEndpoint\n\
        app = FastAPI()\n\
        sub = FastAPI()\n\
        router = APIRouter(prefix='/r')\n\
        class Page(HTTPEndpoint):\n    \
            def get(self, request): raise HTTPException(404)\n    \
            def post(self, request): raise HTTPException(409)\n\
        def plain(request): ...\n\
        @sub.get('/inside')\n\
        def inside(): ...\n";
    let text = text.to_owned()
        + "sub.router.add_route('/plain', plain)\n\
        app.mount('/sub/', sub)\n\
        router.add_route('/page', Page)\n\
        router.add_api_route('/b', plain)\n\
        app.include_router(router, prefix='/v1')\n";
    std::fs::write(folder.path().join("main.py"), text).unwrap();
    let output = run_in(folder.path(), &["routes", "--format", "json"]);
    let rows: Vec<serde_json::Value> = output.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let row = |row: &serde_json::Value| {
        let raises: Vec<_> =
            row["raises"].as_array().unwrap().iter().map(|raised| raised["code"].to_string()).collect();
        assert_eq!(row["unknown"], serde_json::json!([]));
        format!(
            "{} {} {} {}",
            row["method"].as_str().unwrap(),
            row["path"].as_str().unwrap(),
            row["in_schema"],
            raises.join(" ")
        )
    };
    let mut rows: Vec<String> = rows.iter().map(row).collect();
    rows.sort();
    // As FastAPI 0.165 has them: `add_route` does not take the router's prefix, and OpenAPI does not have it.
    assert_eq!(
        rows,
        [
            "GET /sub/inside false ",
            "GET /sub/plain false ",
            "GET /v1/page false 404",
            "GET /v1/r/b true ",
            "HEAD /sub/plain false ",
            "HEAD /v1/page false 404",
            "POST /v1/page false 409",
        ]
    );
}

#[test]
fn what_the_bases_of_views_depend_on() {
    insta::assert_snapshot!(run_in(&fixtures("handed"), &["routes", "views.py"]).all());
}

#[test]
fn functions_that_are_handed_to_what_calls_them() {
    insta::assert_snapshot!(run_in(&fixtures("handed"), &["routes", "functions.py"]).all());
}

#[test]
fn decorators_of_what_is_called() {
    insta::assert_snapshot!(run_in(&fixtures("handed"), &["routes", "decorators.py"]).all());
}

#[test]
fn lambdas() {
    insta::assert_snapshot!(run_in(&fixtures("handed"), &["routes", "lambdas.py"]).all());
}

#[test]
fn what_a_with_calls() {
    insta::assert_snapshot!(run_in(&fixtures("handed"), &["routes", "contexts.py"]).all());
}

#[test]
fn the_statuses_of_templates() {
    insta::assert_snapshot!(run_in(&fixtures("handed"), &["routes", "templates.py"]).all());
}

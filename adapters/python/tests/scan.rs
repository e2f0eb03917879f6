//! `fastapi-port scan` over small Python files, each for one thing that can be right or wrong.

mod common;

use common::{fixtures, run, run_in};

fn text(file: &str) -> String {
    run_in(&fixtures("scan"), &["scan", file]).all()
}

#[test]
fn every_way_to_have_the_names() {
    insta::assert_snapshot!(text("names.py"));
}

#[test]
fn numbers_and_members_where_a_status_is_expected() {
    insta::assert_snapshot!(text("numbers.py"));
}

#[test]
fn close_codes() {
    insta::assert_snapshot!(text("sockets.py"));
}

#[test]
fn unknown_and_deprecated() {
    insta::assert_snapshot!(text("unknown.py"));
}

#[test]
fn shadowed_names_are_not_reported() {
    insta::assert_snapshot!(text("shadowed.py"));
}

#[test]
fn imports_that_may_fail() {
    insta::assert_snapshot!(text("fallback.py"));
}

#[test]
fn star_imports() {
    insta::assert_snapshot!(text("stars.py"));
}

#[test]
fn other_frameworks() {
    insta::assert_snapshot!(text("elsewhere.py"));
}

#[test]
fn names_from_other_modules_of_the_tree() {
    insta::assert_snapshot!(text("app"));
    // A file alone has its neighbours too, as in pre-commit.
    insta::assert_snapshot!("routes_alone", text("app/api/routes.py"));
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_rest_goes_on() {
    let output = run_in(&fixtures("scan"), &["scan", "bom.py", "latin1.py", "python2.py", "missing.py"]);
    insta::assert_snapshot!(output.all());
    assert_eq!(output.code, 0);

    let output = run_in(&fixtures("scan"), &["scan", "latin1.py", "missing.py"]);
    assert_eq!(output.code, 2, "nothing could be read");
}

#[test]
fn where_there_is_nothing_to_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "from fastapi.status import HTTP_200_OK\n").unwrap();
    };
    ["docs/a.md", "docs/.hidden.py", "code/b.py"].iter().for_each(|name| write(name));
    let run = |arguments: &[&str]| run_in(&folder.path().join("docs"), arguments);

    let output = run(&["scan", "--check"]);
    assert_eq!(
        output.all(),
        "Not read: 1 path, named above.\n----- stderr\n.: no Python file in this folder\n----- exit code 2"
    );
    for command in ["fix", "routes"] {
        let output = run(&[command, "../docs"]);
        let said = output.stderr.lines().next();
        assert_eq!((output.code, said), (2, Some("../docs: no Python file in this folder")), "{command}");
    }
    // Where something was read, it is named all the same.
    let output = run(&["scan", "--check", ".", "../code"]);
    assert_eq!((output.code, &*output.stderr), (0, ".: no Python file in this folder\n"));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_named() {
    let output = run(&["scan", "--check", "/dev/null"]);
    assert_eq!((output.code, &*output.stderr), (2, "/dev/null: not a regular file\n"));
}

#[test]
fn a_notebook_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let cell =
        r#"{"cells": [{"source": ["from fastapi import status\n", "status.HTTP_404_NOTFOUND"]}], "nbformat": 4}"#;
    std::fs::write(folder.path().join("a.ipynb"), cell).unwrap();
    let said = "a.ipynb: a notebook, not Python: `jupyter nbconvert --to script` makes a Python file of it";
    for arguments in [&["scan", "--check", "a.ipynb"][..], &["routes", "a.ipynb"], &["fix", "a.ipynb"]] {
        let output = run_in(folder.path(), arguments);
        assert_eq!((output.code, output.stderr.lines().next()), (2, Some(said)), "{arguments:?}");
    }
}

#[test]
fn json() {
    let output = run(&["scan", "--format", "json", fixtures("scan").join("app").to_str().unwrap()]);
    insta::assert_snapshot!(output.all());
    insta::assert_snapshot!(
        "json_unknown",
        run_in(&fixtures("scan"), &["scan", "--format=json", "unknown.py", "sockets.py"]).all()
    );
}

#[test]
fn github() {
    insta::assert_snapshot!(run_in(&fixtures("scan"), &["scan", "--format", "github", "unknown.py", "names.py"]).all());
}

#[test]
fn check_fails_for_what_is_deprecated_or_unknown() {
    let check = |file| run_in(&fixtures("scan"), &["scan", "--check", "--format", "github", file]).code;
    assert_eq!(check("names.py"), 0);
    assert_eq!(check("unknown.py"), 1);
}

#[test]
fn standard_input() {
    let output =
        common::run_with_input(&["scan", "--format=json", "-"], b"from fastapi import status\nstatus.HTTP_200_OK\n");
    insta::assert_snapshot!(output.all());
}

#[test]
fn folders_are_walked_as_ripgrep_does() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "from fastapi.status import HTTP_200_OK\n").unwrap();
    };
    ["b.py", "a.py", "a/z.py", "a-b.py", "sub/c.pyi", "ignored/d.py", ".hidden/e.py", "f.txt"]
        .iter()
        .for_each(|name| write(name));
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    std::fs::write(folder.path().join(".gitignore"), "ignored\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).unwrap();

    let paths = |arguments: &[&str]| {
        let output = run_in(folder.path(), arguments);
        let lines = output.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.map(|line| line["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&["scan", "--format=json"]), ["a/z.py", "a-b.py", "a.py", "b.py", "sub/c.pyi"]);
    assert_eq!(paths(&["scan", "--format=json", "sub"]), ["c.pyi"]);
    assert_eq!(paths(&["scan", "--format=json", "sub", "a.py", "f.txt"]), ["a.py", "f.txt", "sub/c.pyi"]);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let plain = run_in(&fixtures("scan"), &["scan", "names.py"]).stdout;
    let coloured = run_in(&fixtures("scan"), &["--color", "always", "scan", "names.py"]).stdout;
    assert!(!plain.contains('\x1b'));
    assert!(coloured.contains("\x1b["));
}

#[test]
fn classes_and_modules_that_lead_in_circles() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    let many = |name: &str| format!("{name}.A, {name}.B, ").repeat(50);
    write("a.py", format!("from fastapi import status\nimport b\nclass A({}): ...\nclass B(A, A): ...\n", many("b")));
    write("b.py", format!("from fastapi import status\nimport a\nclass A({}): ...\nclass B(A, A): ...\n", many("a")));
    for index in 0..12 {
        let stars = (0..12).map(|other| format!("from star{other} import *\n"));
        write(&format!("star{index}.py"), "import fastapi\n".to_owned() + &stars.collect::<String>());
    }
    let names: Vec<_> = (0..40).map(|index| format!("C{index}")).collect();
    let classes: String = names.iter().map(|name| format!("class {name}({}): ...\n", names.join(", "))).collect();
    let text = "from fastapi import HTTPException\nfrom a import A\nfrom star0 import *\n".to_owned()
        + &classes
        + "A(404)\nC0(404)\nNowhere(404)\nraise HTTPException(404)\n";
    write("main.py", text);
    let output = run_in(folder.path(), &["scan", "main.py"]);
    assert!(output.stdout.contains("1 use"), "{}", output.stdout);
    let output = run_in(folder.path(), &["routes", "."]);
    assert!(output.stdout.contains("0 routes"), "{}", output.stdout);
}

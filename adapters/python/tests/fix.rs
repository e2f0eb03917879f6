//! `fastapi-port fix` over small Python files: what changes, what does not, and what is left alone.

mod common;

use std::fs;
use std::path::Path;

use common::{fixtures, run_in, run_with_input};

/// The diff of a fixture; then it is fixed in a copy, and a second run finds nothing to do.
fn fixed(name: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    copy(&fixtures("fix"), folder.path());
    let run = |more: &[&str]| run_in(folder.path(), &[&["fix", name], arguments, more].concat());

    let diff = run(&["--diff"]);
    let first = run(&[]);
    assert_eq!(first.code, 0, "{}", first.all());
    let read = || fs::read(folder.path().join(name)).unwrap_or_default();
    let after = read();
    let second = run(&[]);
    assert_eq!(second.stdout, "", "a second run changes nothing");
    assert_eq!(read(), after);
    diff.all()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn deprecated_names() {
    insta::assert_snapshot!(fixed("rename.py", &[]));
}

#[test]
fn what_is_left_alone() {
    insta::assert_snapshot!(fixed("left.py", &[]));
    insta::assert_snapshot!("handed_on", fixed(".", &[]));
}

#[test]
fn numbers() {
    insta::assert_snapshot!(fixed("numbers.py", &["--numbers"]));
}

#[test]
fn the_import_that_is_missing() {
    for name in ["lines.py", "module.py", "named.py", "typing_only.py", "starlette_only.py", "optional.py"] {
        insta::assert_snapshot!(name, fixed(name, &["--numbers"]));
    }
}

/// What `fix --numbers` makes of a file.
fn numbered(before: &str) -> String {
    let output = run_with_input(&["fix", "--numbers", "-"], before.as_bytes());
    assert_eq!(output.code, 0, "{}", output.all());
    output.stdout
}

#[test]
fn the_import_comes_before_the_first_use() {
    let late = "import starlette.exceptions as e\nx = e.HTTPException(404)\nfrom fastapi import FastAPI\n";
    let after = "from fastapi import status\nimport starlette.exceptions as e\nx = e.HTTPException(status.HTTP_404_NOT_FOUND)\n\
        from fastapi import FastAPI\n";
    assert_eq!(numbered(late), after);
    let no_line = "\"\"\"d\"\"\"; import fastapi.x as e; x = e.HTTPException(status_code=404)\n";
    assert_eq!(numbered(no_line), no_line);
    let global =
        "from fastapi import HTTPException\nraise HTTPException(404)\ndef f():\n    global status\n    status = 1\n";
    assert_eq!(numbered(global), global);
    // An import would give `status.WS_1004_…` a meaning, which a second run would rename.
    let unbound = "from fastapi import WebSocket\nasync def f(websocket: WebSocket):\n    \
        await websocket.close(code=1008)\n    await websocket.close(code=status.WS_1004_NO_STATUS_RCVD)\n";
    assert_eq!(numbered(unbound), unbound);
}

#[test]
fn the_import_is_written_as_the_file_is() {
    let lone_returns = "'d'\rimport starlette.exceptions as e\rraise e.HTTPException(404)\r";
    let after = "'d'\rfrom starlette import status\rimport starlette.exceptions as e\r\
        raise e.HTTPException(status.HTTP_404_NOT_FOUND)\r";
    assert_eq!(numbered(lone_returns), after);
    let backslash = "from fastapi import FastAPI, \\\n    HTTPException\nraise HTTPException(404)\n";
    let after = "from fastapi import FastAPI, \\\n    HTTPException, status\n\
        raise HTTPException(status.HTTP_404_NOT_FOUND)\n";
    assert_eq!(numbered(backslash), after);
}

#[test]
fn a_name_that_is_deleted() {
    let before =
        "from fastapi import HTTPException, status\nA = HTTPException(404)\ndel status\nB = HTTPException(404)\n";
    assert_eq!(numbered(before), before);
    // Once the module is done, the name is gone for its functions too.
    let before = "from fastapi import HTTPException, status\ndef f():\n    raise HTTPException(404)\ndel status\n";
    assert_eq!(numbered(before), before);
}

#[test]
fn a_long_file_with_many_uses() {
    let line = "x = status.HTTP_422_UNPROCESSABLE_ENTITY, '................................................'\n";
    let before = format!("from fastapi import status\n{}", line.repeat(60_000));
    let output = run_with_input(&["fix", "-"], before.as_bytes());
    assert_eq!(output.stdout, before.replace("_ENTITY", "_CONTENT"));
}

#[test]
fn all_other_bytes_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.py");
    let before = "\u{feff}from fastapi import  status\r\nx = status . HTTP_422_UNPROCESSABLE_ENTITY;\ty=1 # \u{e9}\r\n\x0c\r\nz = 1";
    fs::write(&path, before).unwrap();
    set_mode(&path, 0o754);

    assert_eq!(run_in(folder.path(), &["fix", "a.py"]).code, 0);
    let after = before.replace("HTTP_422_UNPROCESSABLE_ENTITY", "HTTP_422_UNPROCESSABLE_CONTENT");
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
    assert_eq!(mode(&path), 0o754);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left behind");
}

#[test]
fn a_diff_ends_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a.py", "from fastapi import status\rx = status.HTTP_422_UNPROCESSABLE_ENTITY\r");
    write("b.py", "from fastapi import status\nx = status.HTTP_422_UNPROCESSABLE_ENTITY");
    write("c.py", "\u{feff}from fastapi import status\nx = status.HTTP_422_UNPROCESSABLE_ENTITY\n");

    let diff = run_in(folder.path(), &["fix", "--diff", "."]).stdout;
    let expected = "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n\
        -from fastapi import status\rx = status.HTTP_422_UNPROCESSABLE_ENTITY\r\n\\ No newline at end of file\n\
        +from fastapi import status\rx = status.HTTP_422_UNPROCESSABLE_CONTENT\r\n\\ No newline at end of file\n\
        --- a/b.py\n+++ b/b.py\n@@ -1,2 +1,2 @@\n from fastapi import status\n\
        -x = status.HTTP_422_UNPROCESSABLE_ENTITY\n\\ No newline at end of file\n\
        +x = status.HTTP_422_UNPROCESSABLE_CONTENT\n\\ No newline at end of file\n\
        --- a/c.py\n+++ b/c.py\n@@ -1,2 +1,2 @@\n \u{feff}from fastapi import status\n\
        -x = status.HTTP_422_UNPROCESSABLE_ENTITY\n+x = status.HTTP_422_UNPROCESSABLE_CONTENT\n";
    assert_eq!(diff, expected);
}

#[test]
fn what_does_not_change_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.py");
    fs::write(&path, "from fastapi import status\nx = status.HTTP_200_OK\n").unwrap();
    let modified = || fs::metadata(&path).unwrap().modified().unwrap();
    let before = modified();
    assert_eq!(run_in(folder.path(), &["fix", "--numbers", "."]).code, 0);
    assert_eq!(modified(), before);
}

#[test]
fn a_file_that_cannot_be_written_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.py");
    let before = "from fastapi import status\nx = status.HTTP_422_UNPROCESSABLE_ENTITY\n";
    fs::write(&path, before).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();

    let output = run_in(folder.path(), &["fix", "a.py"]);
    assert_eq!(output.stderr.lines().next(), Some("a.py: the file is read-only"));
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.py"), "from fastapi.status import HTTP_422_UNPROCESSABLE_ENTITY\n").unwrap();
    std::os::unix::fs::symlink("a.py", folder.path().join("b.py")).unwrap();

    assert_eq!(run_in(folder.path(), &["fix", "b.py"]).code, 0);
    assert!(folder.path().join("b.py").is_symlink());
    let after = fs::read_to_string(folder.path().join("a.py")).unwrap();
    assert_eq!(after, "from fastapi.status import HTTP_422_UNPROCESSABLE_CONTENT\n");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let output =
        run_with_input(&["fix", "-"], b"from fastapi import status\r\nstatus.HTTP_422_UNPROCESSABLE_ENTITY\r\n");
    assert_eq!(output.stdout, "from fastapi import status\r\nstatus.HTTP_422_UNPROCESSABLE_CONTENT\r\n");
    let output = run_with_input(&["fix", "-"], b"x = 1");
    assert_eq!(output.stdout, "x = 1");
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

#[cfg(not(unix))]
fn mode(_: &Path) -> u32 {
    0o754
}

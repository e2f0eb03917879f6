//! `fastapi-port scan`, against the same walk with Python's `ast`: each as a whole program, from its start to its end.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::measure::median;
use crate::python::Python;
use crate::table::{Aim, Row, Table};

/// How many copies of the bookshop are read.
const COPIES: usize = 300;

pub(crate) fn run(table: &mut Table, python: Option<&Python>) {
    let what = "fastapi-port scan";
    let Some(python) = python else { return };
    let program = match build() {
        Ok(program) => program,
        Err(error) => return table.skip(what, error),
    };
    let services = match copies() {
        Ok(files) => files,
        Err(error) => return table.skip(what, error),
    };
    let walk = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/python/walk.py");
    for (files, tree) in
        [(services, format!("{COPIES} services")), (python.packages(), "FastAPI's packages".to_owned())]
    {
        let ours = || time(Command::new(&program).arg("scan").arg(&files));
        let theirs = || time(python.command().arg(&walk).arg(&files));
        let (ours, theirs): (Vec<_>, Vec<_>) = (0..5).map(|_| (ours(), theirs())).unzip();
        let ratio = median(theirs.iter().zip(&ours).map(|(theirs, ours)| theirs / ours).collect());
        let (what, against) = (format!("{what}, {tree}"), "a walk with Python's ast");
        table.push(Row::times(&what, against, median(ours), median(theirs), ratio, Aim::Ratio(20.0)));
    }
}

/// Nanoseconds until the program ends.
fn time(command: &mut Command) -> f64 {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output().expect("the program is there");
    let took = start.elapsed().as_nanos() as f64;
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stdout.is_empty(), "{command:?} found nothing");
    took
}

/// The program, in the release profile.
fn build() -> io::Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = ["build", "--release", "--quiet", "--package", "fastapi-status-python", "--bin", "fastapi-port"];
    let status = Command::new(cargo).args(build).current_dir(env!("CARGO_MANIFEST_DIR")).status()?;
    // Both stand in the same profile's folder, this one among its `deps`.
    let folder = env::current_exe()?.ancestors().nth(2).map(Path::to_owned);
    let program = folder.unwrap_or_default().join(format!("fastapi-port{}", env::consts::EXE_SUFFIX));
    if status.success() && program.exists() {
        Ok(program)
    } else {
        Err(io::Error::other("fastapi-port does not build"))
    }
}

/// A folder with many services.
fn copies() -> io::Result<PathBuf> {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/fastapi/main.py");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("services");
    for copy in 0..COPIES {
        let service = folder.join(format!("service_{copy}"));
        fs::create_dir_all(&service)?;
        fs::copy(&original, service.join("main.py"))?;
    }
    Ok(folder)
}

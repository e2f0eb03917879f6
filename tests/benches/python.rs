//! Python 3.13 with pinned packages, where it is present.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A virtual environment in the target directory.
#[derive(Debug)]
pub(crate) struct Python {
    program: PathBuf,
}

/// The Python programs of this folder.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/python");

/// What tells in the virtual environment which packages it has.
const STAMP: &str = "installed.txt";

fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("python")
}

fn requirements() -> [PathBuf; 2] {
    [Path::new(SCRIPTS).join("requirements.txt"), Path::new(env!("CARGO_MANIFEST_DIR")).join("record/requirements.txt")]
}

fn wanted() -> String {
    requirements().iter().map(|file| fs::read_to_string(file).unwrap_or_default()).collect()
}

impl Python {
    /// Finds Python 3.13 and installs the packages, unless that was done before; or says why not.
    pub(crate) fn find() -> Result<Self, String> {
        if let Some(installed) = Self::installed() {
            return Ok(installed);
        }
        let home = home();
        let program = home.join("bin/python");
        let mut venv = system().ok_or("Python 3.13 is not installed")?;
        println!("making a virtual environment for the Python peers …");
        let made = venv.args(["-m", "venv", "--clear", "--without-scm-ignore-files"]).arg(&home).status();
        let mut install = Command::new(&program);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        for file in requirements() {
            install.arg("-r").arg(file);
        }
        if !made.is_ok_and(|status| status.success()) || !install.status().is_ok_and(|status| status.success()) {
            return Err("its packages could not be installed".to_owned());
        }
        fs::write(home.join(STAMP), wanted()).map_err(|error| error.to_string())?;
        Ok(Self { program })
    }

    /// That with the packages, if they are installed.
    pub(crate) fn installed() -> Option<Self> {
        let installed = fs::read_to_string(home().join(STAMP)).ok()?;
        (installed == wanted()).then(|| Self { program: home().join("bin/python") })
    }

    /// The folder of its packages.
    pub(crate) fn packages(&self) -> PathBuf {
        self.program.with_file_name("../lib/python3.13/site-packages")
    }

    /// A command with the interpreter.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env("PYTHONDONTWRITEBYTECODE", "1").stdin(Stdio::null());
        command
    }

    /// Starts a script of ours that takes turns.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub(crate) fn start<I: AsRef<OsStr>>(&self, script: &str, arguments: impl IntoIterator<Item = I>) -> Peer {
        let mut command = self.command();
        command.arg(Path::new(SCRIPTS).join(script)).args(arguments);
        let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = process.expect("the virtual environment has a Python");
        let (turns, times) = process.stdin.take().zip(process.stdout.take()).expect("they are piped");
        Peer { process, turns: RefCell::new((turns, BufReader::new(times))) }
    }
}

/// A script that runs, until this is dropped.
#[derive(Debug)]
pub(crate) struct Peer {
    process: Child,
    turns: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

impl Peer {
    /// Has it do something so many times, and says how long that took.
    ///
    /// # Panics
    ///
    /// When the script does not answer; it has said why.
    pub(crate) fn run(&self, what: &str, times: u32) -> Duration {
        let (turns, answers) = &mut *self.turns.borrow_mut();
        let mut answer = String::new();
        let read = writeln!(turns, "{what} {times}").and_then(|()| answers.read_line(&mut answer));
        let nanos = answer.trim().parse();
        Duration::from_nanos(nanos.unwrap_or_else(|_| panic!("Python answers {answer:?} to {what:?}: {read:?}")))
    }
}

/// Python 3.13: on the path, or one of pyenv's.
fn system() -> Option<Command> {
    let plain = || Command::new("python3.13");
    let pyenv = || {
        let root = Path::new(&std::env::var_os("HOME")?).join(".pyenv/versions");
        let versions = fs::read_dir(root).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let version = versions.filter(|name| name.starts_with("3.13")).max()?;
        let mut command = plain();
        command.env("PYENV_VERSION", version);
        Some(command)
    };
    let candidates: [&dyn Fn() -> Option<Command>; 2] = [&|| Some(plain()), &pyenv];
    candidates.into_iter().find_map(|candidate| {
        let is_right = "import sys; sys.exit(sys.version_info[:2] != (3, 13))";
        // pyenv's shims exist for versions that are not selected, so one has to run to count.
        let status = candidate()?.args(["-c", is_right]).stderr(Stdio::null()).status().ok()?;
        if status.success() { candidate() } else { None }
    })
}

//! Python 3.13 with pinned packages, where it is present.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A virtual environment in the target directory.
#[derive(Debug)]
pub(crate) struct Python {
    program: PathBuf,
}

/// The Python programs of this folder.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/python");

impl Python {
    /// Finds Python 3.13 and installs the packages, unless that was done before; or says why not.
    pub(crate) fn find() -> Result<Self, String> {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
        let program = home.join("bin/python");
        let requirements = [
            Path::new(SCRIPTS).join("requirements.txt"),
            Path::new(env!("CARGO_MANIFEST_DIR")).join("record/requirements.txt"),
        ];
        let wanted: String = requirements.iter().map(|file| fs::read_to_string(file).unwrap_or_default()).collect();
        let stamp = home.join("installed.txt");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(Self { program });
        }
        let mut venv = system().ok_or("Python 3.13 is not installed")?;
        println!("making a virtual environment for the Python peers …");
        let made = venv.args(["-m", "venv", "--clear", "--without-scm-ignore-files"]).arg(&home).status();
        let mut install = Command::new(&program);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        for file in &requirements {
            install.arg("-r").arg(file);
        }
        if !made.is_ok_and(|status| status.success()) || !install.status().is_ok_and(|status| status.success()) {
            return Err("its packages could not be installed".to_owned());
        }
        fs::write(stamp, wanted).map_err(|error| error.to_string())?;
        Ok(Self { program })
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

    /// Runs a script of ours, which prints lines of a name and a number.
    ///
    /// # Panics
    ///
    /// When it fails.
    pub(crate) fn numbers<I: AsRef<std::ffi::OsStr>>(
        &self,
        script: &str,
        arguments: impl IntoIterator<Item = I>,
    ) -> HashMap<String, f64> {
        let output = self.command().arg(Path::new(SCRIPTS).join(script)).args(arguments).output();
        let output = output.expect("the virtual environment has a Python");
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers = text.lines().filter_map(|line| line.rsplit_once(' '));
        numbers.filter_map(|(name, number)| Some((name.to_owned(), number.parse().ok()?))).collect()
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

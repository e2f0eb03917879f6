//! What a crate costs to build, and how much larger it makes a program: a hello-world of each framework, with its adapter
//! and without; and what each further type of body makes it larger.

mod programs;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use programs::{HELLOS, Hello, Program};

use crate::table::{Aim, Row, Table, time};

/// How often each is built.
const BUILDS: usize = 5;

pub(crate) fn run(table: &mut Table) {
    let result = Workspace::new().and_then(|workspace| {
        HELLOS.iter().try_for_each(|hello| with_and_without(table, &workspace, hello))?;
        core(table, &workspace)?;
        types(table, &workspace)
    });
    if let Err(error) = result {
        table.skip("build time and size", error);
    }
}

fn with_and_without(table: &mut Table, workspace: &Workspace, hello: &Hello) -> io::Result<()> {
    let programs = hello.programs(&workspace.root);
    let costs = workspace.costs(&programs)?;
    let without = &costs[0];
    let seconds = |with: &Cost| format!("{:.1} s", with.seconds - without.seconds);
    let kilobytes = |with: &Cost| format!("{:.1} KB", (with.size as f64 - without.size as f64) / 1024.0);
    let by_hand = |more: &dyn Fn(&Cost) -> String| {
        let ways = programs.iter().zip(&costs).skip(1 + hello.choices());
        let ways = ways.map(|(program, cost)| {
            let way = program.what.trim_start_matches("the same answers by hand").trim_start_matches(", ");
            if way.is_empty() { more(cost) } else { format!("{way} {}", more(cost)) }
        });
        format!("by hand {}", ways.collect::<Vec<_>>().join(", "))
    };
    for (place, (program, with)) in programs.iter().zip(&costs).enumerate().skip(1) {
        let is_ours = place <= hello.choices();
        let aim = |what, is_reached| if is_ours { Aim::Is(what, is_reached) } else { Aim::None };
        let what = format!("hello-world, {}, {}", hello.framework, program.what);
        table.push(Row {
            what: format!("build time, {what}, {} more", seconds(with)),
            against: "itself without the adapter".to_owned(),
            ours: time(with.seconds * 1e9),
            theirs: time(without.seconds * 1e9),
            ratio: None,
            aim: aim("under 2 s more", with.seconds - without.seconds < 2.0),
            limit: is_ours.then(|| by_hand(&seconds)),
        });
        table.push(Row {
            what: format!("program size, {what}, {} more", kilobytes(with)),
            against: "itself without the adapter".to_owned(),
            ours: format!("{} KB", with.size / 1024),
            theirs: format!("{} KB", without.size / 1024),
            ratio: None,
            aim: aim("under 50 KB more", with.size < without.size + 50 * 1024),
            limit: is_ours.then(|| by_hand(&kilobytes)),
        });
    }
    Ok(())
}

fn core(table: &mut Table, workspace: &Workspace) -> io::Result<()> {
    let fastest = |name: &str, is_after: bool| -> io::Result<f64> {
        let mut seconds = f64::INFINITY;
        for _ in 0..BUILDS {
            workspace.clean()?;
            if is_after {
                workspace.build("serde-json", "dev")?;
            }
            seconds = seconds.min(workspace.build(name, "dev")?);
        }
        Ok(seconds)
    };
    let serde_json = fastest("serde-json", false)?;
    for (name, what, is_after, limit) in [
        ("core-names", "names only", false, None),
        ("core-all", "after its dependency, serde_json", true, None),
        ("core-all", "with its dependency, serde_json", false, Some(format!("serde_json alone {serde_json:.1} s"))),
    ] {
        let seconds = fastest(name, is_after)?;
        table.push(Row {
            what: format!("build time, core alone, {what}"),
            against: "-".to_owned(),
            ours: time(seconds * 1e9),
            theirs: "-".to_owned(),
            ratio: None,
            aim: Aim::Is("under 1 s", seconds < 1.0),
            limit,
        });
    }
    Ok(())
}

/// How many types there are besides the first.
const FURTHER: usize = 20;

/// What is compiled for each type that a body is read into.
fn types(table: &mut Table, workspace: &Workspace) -> io::Result<()> {
    let [ours, theirs @ ..] = programs::types(&workspace.root, FURTHER);
    let each = |programs: &[Program; 2]| -> io::Result<f64> {
        let [one, many] = programs;
        for program in programs {
            workspace.build(&program.name, "release")?;
        }
        let more = workspace.size(&many.name)? as f64 - workspace.size(&one.name)? as f64;
        Ok(more / (FURTHER as f64 * 1024.0))
    };
    let ours = each(&ours)?;
    for programs in &theirs {
        let theirs = each(programs)?;
        table.push(Row {
            what: "program size, each further type of body (a struct with a list of structs)".to_owned(),
            against: programs[0].what.to_owned(),
            ours: format!("{ours:.1} KB"),
            theirs: format!("{theirs:.1} KB"),
            ratio: None,
            aim: Aim::None,
            limit: None,
        });
    }
    Ok(())
}

/// Of a development build from nothing the time, and the size of the program in the release profile.
struct Cost {
    seconds: f64,
    size: u64,
}

/// The programs, in the target directory.
struct Workspace {
    /// Of the repository.
    root: PathBuf,
    folder: PathBuf,
}

impl Workspace {
    /// Writes all of them afresh.
    fn new() -> io::Result<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("builds");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let mut members = Vec::new();
        let hellos = HELLOS.iter().flat_map(|hello| hello.programs(&root));
        let types = programs::types(&root, FURTHER).into_iter().flatten();
        for Program { name, dependencies, code, .. } in hellos.chain(programs::core(&root)).chain(types) {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
            );
            fs::create_dir_all(folder.join(&name).join("src"))?;
            fs::write(folder.join(&name).join("Cargo.toml"), manifest)?;
            fs::write(folder.join(&name).join("src/main.rs"), code)?;
            members.push(name);
        }
        // Cargo builds what comes from a registry, as the adapter does for its users, without incremental compilation, and
        // what it finds in a folder with it, which takes half as long again.
        let dependencies = "[profile.dev.package.\"*\"]\nincremental = false\n";
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{dependencies}");
        fs::write(folder.join("Cargo.toml"), workspace)?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Self { root, folder })
    }

    /// What each costs. They are built in turns, and the fastest build counts: what else the machine does can only add to
    /// it.
    fn costs(&self, programs: &[Program]) -> io::Result<Vec<Cost>> {
        let mut costs = Vec::with_capacity(programs.len());
        for program in programs {
            self.build(&program.name, "release")?;
            costs.push(Cost { seconds: f64::INFINITY, size: self.size(&program.name)? });
        }
        for _ in 0..BUILDS {
            for (cost, program) in costs.iter_mut().zip(programs) {
                self.clean()?;
                cost.seconds = cost.seconds.min(self.build(&program.name, "dev")?);
            }
        }
        Ok(costs)
    }

    /// Builds one, and says how many seconds it took.
    fn build(&self, name: &str, profile: &str) -> io::Result<f64> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["build", "--offline", "--quiet", "--package", name, "--profile", profile]);
        command.arg("--target-dir").arg(self.folder.join("target")).current_dir(&self.folder);
        command.env_remove("CARGO_INCREMENTAL");
        let start = Instant::now();
        let output = command.stdin(Stdio::null()).output()?;
        if output.status.success() {
            Ok(start.elapsed().as_secs_f64())
        } else {
            Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
        }
    }

    /// Has the next development build begin with nothing.
    fn clean(&self) -> io::Result<()> {
        let built = self.folder.join("target/debug");
        if built.exists() { fs::remove_dir_all(built) } else { Ok(()) }
    }

    /// The size of the program in the release profile, without its symbols where they can be taken out.
    fn size(&self, name: &str) -> io::Result<u64> {
        let program = self.folder.join("target/release").join(name);
        let stripped = program.with_extension("stripped");
        let strip = Command::new("strip").arg("-o").arg(&stripped).arg(&program).status();
        let shown = if strip.is_ok_and(|status| status.success()) { stripped } else { program };
        Ok(fs::metadata(shown)?.len())
    }
}

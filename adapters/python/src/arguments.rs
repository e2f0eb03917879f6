//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads FastAPI services in Python: which statuses they use and where, and what those become in Rust.
#[derive(Debug, Parser)]
#[command(name = "fastapi-port", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes:
  0  all went well; single files that cannot be read are named on standard error
  1  --check found something
  2  the arguments are wrong, or nothing could be read";

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    pub(crate) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists every use of a status, and what it becomes in Rust.
    Scan(Scan),
    /// Renames deprecated statuses; with --numbers, gives bare numbers their names.
    Fix(Fix),
    /// Lists every route, and all that it can answer with.
    Routes(Routes),
    /// Explains a code, a name, or the words of a phrase.
    Explain(Explain),
}

#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files and folders to read; `-` is standard input.
    #[arg(default_value = ".", value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Lists every use of a status, and what it becomes in Rust.
///
/// Names of `fastapi.status` are found under whatever name a file has them. Bare numbers and members of
/// `http.HTTPStatus` are found where a status is expected. A name that is imported counts as a use itself.
///
/// Lines and columns count from 1, columns in characters; they tell where the name or number itself begins. In the JSON
/// output, `name` is the name as FastAPI spells it; where `standing` is `unknown`, it is the nearest that FastAPI has.
#[derive(Debug, Args)]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ScanFormat,

    /// Exit with 1 if anything is deprecated or unknown.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ScanFormat {
    /// For people: by file, with a summary.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
    /// Annotations for a GitHub workflow, of what is deprecated or unknown.
    Github,
}

/// Renames deprecated statuses; with --numbers, gives bare numbers their names.
///
/// Only the names change, where they are imported and where they are used: line ends, comments and formatting stay as
/// they are, byte for byte. The current names need Starlette 0.48 or later. What cannot be renamed without breaking
/// something is left alone and named on standard error: names in strings, names that other modules import from here,
/// names that provide for older releases, and names that would clash. Standard input (`-`) is written to standard output.
///
/// With --numbers, a number becomes `status.NAME` where a status is expected, and `status` is imported where it is
/// missing. Bounds (`status_code < 300`) stay numbers.
#[derive(Debug, Args)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Replace bare numbers by names too.
    #[arg(long)]
    pub(crate) numbers: bool,

    /// Show what would change, and write nothing.
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Lists every route, and all that it can answer with.
///
/// A row is a method and a full path: prefixes of routers and inclusions are put together across files. The rows of an app
/// are in the order in which FastAPI tries them. What cannot be known without running the service is marked so: such a row
/// tells what is missing.
///
/// What a handler can answer is looked for in it, in the functions of the same tree that it calls, and in its
/// dependencies, each with its place. `raises`: exceptions, and FastAPI's security schemes. `returns`: responses with a
/// status of their own, and `response.status_code = …`. `closes`: the codes that a WebSocket is closed with. `checks`: the
/// parameters that FastAPI answers 422 for (a WebSocket: closes with 1008) if they do not fit; `?` stands before what may
/// have such parameters.
#[derive(Debug, Args)]
pub(crate) struct Routes {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: RoutesFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum RoutesFormat {
    /// For people: by app.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
    /// A table.
    Markdown,
}

/// Explains a code, a name, or the words of a phrase: `422`, `HTTP_422_UNPROCESSABLE_ENTITY`, `teapot`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code, the name, or the words.
    #[arg(required = true, allow_hyphen_values = true)]
    pub(crate) query: Vec<String>,
}

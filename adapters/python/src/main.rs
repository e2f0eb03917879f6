//! The program `fastapi-port`: its arguments, and what it prints. The library does the work.
#![forbid(unsafe_code)]

mod arguments;
mod commands;
mod progress;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    arguments.color.write_global();
    match commands::run(&arguments.command) {
        Ok(code) => code,
        // `fastapi-port scan | head`: whoever reads has read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

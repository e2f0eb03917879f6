//! What the three programs have in common: command line, log, and what they say.

use std::io::{self, IsTerminal};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

/// The command line.
#[derive(Clone, Debug, Parser)]
#[command(about = "Serves the bookshop on 127.0.0.1.")]
struct Options {
    /// The port to listen on; 0 for any that is free
    #[arg(long, default_value_t = 8000)]
    port: u16,
}

/// Runs a port of the bookshop: reads the command line, starts the log, listens, and hands the listener to `serve`, which
/// is to return once it was told to stop.
///
/// What goes wrong is told on standard error, with exit code 1.
pub fn run(serve: impl FnOnce(TcpListener) -> io::Result<()>) -> ExitCode {
    let options = Options::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let is_terminal = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(is_terminal).init();
    match listen(options.port).and_then(serve) {
        Ok(()) => {
            println!("The shop is closed.");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).map_err(|error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => "; choose another with --port",
            _ => "",
        };
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}{advice}"))
    })?;
    listener.set_nonblocking(true)?;
    greet(listener.local_addr()?);
    Ok(listener)
}

fn greet(address: SocketAddr) {
    println!(
        "The bookshop listens on http://{address} (Ctrl-C closes it). Try:

    curl -i http://{address}/books/1
    curl -i http://{address}/books/6
    curl -i http://{address}/books/one
    curl -i http://{address}/orders/ -H 'authorization: Bearer ada-token'
"
    );
}

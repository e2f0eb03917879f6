//! A part of the bookshop, three times on each framework: with our adapter; as one writes it on the bare framework, with the
//! framework's own errors; and so, but that it refuses as FastAPI does, written by hand. Each runs in a process of its own,
//! in one thread.

mod actix;
mod axum;
mod by_hand;
mod hyper;

use std::env;
use std::io::{self, BufRead, BufReader, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::thread;

use example_bookshop::NewBook;

use crate::instructions;
use crate::load::Client;

/// The argument with which this program runs itself as a server.
pub(crate) const ARGUMENT: &str = "--serve";

/// Of how many requests instructions are counted.
const COUNTED: u32 = 100;

type Serve = fn(TcpListener) -> io::Result<()>;

const SERVICES: &[(&str, Serve)] = &[
    ("axum", axum::serve_ours),
    ("bare axum", axum::serve_bare),
    ("bare axum, by hand", axum::serve_by_hand),
    ("actix-web", actix::serve_ours),
    ("bare actix-web", actix::serve_bare),
    ("bare actix-web, by hand", actix::serve_by_hand),
    ("hyper", hyper::serve_ours),
    ("bare hyper", hyper::serve_bare),
    ("bare hyper, by hand", hyper::serve_by_hand),
];

/// Serves until standard input is closed.
///
/// # Panics
///
/// When there is no such service, or nothing to listen on.
pub(crate) fn serve(name: &str) {
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let (_, serve) = SERVICES.iter().find(|(known, _)| *known == name).expect("a service has this name");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.set_nonblocking(true).expect("a listener can be made not to block");
    println!("{}", listener.local_addr().expect("a listener has an address"));
    serve(listener).expect("it serves");
}

/// A server in another process, which ends with this.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    pub(crate) addr: SocketAddr,
}

impl Server {
    /// Starts one of the services.
    ///
    /// # Panics
    ///
    /// When it does not start.
    pub(crate) fn start(name: &str) -> Self {
        let this_program = Command::new(env::current_exe().expect("a program knows where it is"));
        Self::start_as(this_program, name).expect("this program can run itself, and says where it listens")
    }

    fn start_as(mut this_program: Command, name: &str) -> io::Result<Self> {
        let command = this_program.args([ARGUMENT, name]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = Self::of(command.spawn()?, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let mut addr = String::new();
        if let Some(output) = &mut server.process.stdout {
            BufReader::new(output).read_line(&mut addr)?;
        }
        server.addr = addr.trim().parse().map_err(io::Error::other)?;
        Ok(server)
    }

    /// The instructions that one of the services takes for a request, without those of the kernel. `None` where valgrind
    /// is not installed, or does not run this program.
    pub(crate) fn instructions(name: &str, request: &[u8]) -> Option<f64> {
        instructions::of_one(COUNTED, |times| {
            let mut callgrind = instructions::this_program()?;
            callgrind.stderr(Stdio::piped());
            let mut server = Self::start_as(callgrind, name).ok()?;
            let mut client = Client::connect(server.addr).ok()?;
            for _ in 0..times {
                client.try_ask(request).ok()?;
            }
            // It ends with this.
            server.process.stdin.take();
            let mut report = String::new();
            server.process.stderr.take()?.read_to_string(&mut report).ok()?;
            instructions::collected(&report)
        })
    }

    /// A server that was started by hand.
    pub(crate) fn of(process: Child, addr: SocketAddr) -> Self {
        Self { process, addr }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Stands for what a handler does with a valid book; none of the requests sends one.
fn title(book: &NewBook) -> String {
    book.title.clone()
}

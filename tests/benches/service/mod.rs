//! A part of the bookshop, three times on each framework: with our adapter; as one writes it on the bare framework, with the
//! framework's own errors; and so, but that it refuses with our adapter's answers, which were made beforehand. Each runs in a
//! process of its own, in one thread.

mod actix;
mod axum;
mod hyper;

use std::env;
use std::io::{self, BufRead, BufReader, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::thread;

use example_bookshop::NewBook;

/// The argument with which this program runs itself as a server.
pub(crate) const ARGUMENT: &str = "--serve";

type Serve = fn(TcpListener) -> io::Result<()>;

const SERVICES: &[(&str, Serve)] = &[
    ("axum", axum::serve_ours),
    ("bare axum", axum::serve_bare::<false>),
    ("bare axum, the same answers", axum::serve_bare::<true>),
    ("actix-web", actix::serve_ours),
    ("bare actix-web", actix::serve_bare::<false>),
    ("bare actix-web, the same answers", actix::serve_bare::<true>),
    ("hyper", hyper::serve_ours),
    ("bare hyper", hyper::serve_bare::<false>),
    ("bare hyper, the same answers", hyper::serve_bare::<true>),
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
        let mut command = Command::new(env::current_exe().expect("a program knows where it is"));
        command.args([ARGUMENT, name]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("this program can run itself");
        let mut addr = String::new();
        if let Some(output) = &mut process.stdout {
            BufReader::new(output).read_line(&mut addr).expect("a server says where it listens");
        }
        Self { process, addr: addr.trim().parse().expect("it listens on an address") }
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

/// What FastAPI answers to an unknown path.
const UNKNOWN: &str = r#"{"detail":"Not Found"}"#;

/// And to the path and the body of `requests.rs` that it refuses.
const BAD_PATH: &str = r#"{"detail":[{"type":"int_parsing","loc":["path","book_id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"one"}]}"#;
const BAD_BODY: &str = r#"{"detail":[{"type":"float_parsing","loc":["body","price"],"msg":"Input should be a valid number, unable to parse string as a number","input":"high"},{"type":"enum","loc":["body","genre"],"msg":"Input should be 'fiction', 'science', 'poetry' or 'cookery'","input":"crime","ctx":{"expected":"'fiction', 'science', 'poetry' or 'cookery'"}}]}"#;

/// Stands for what a handler does with a valid book; none of the requests sends one.
fn title(book: &NewBook) -> String {
    book.title.clone()
}

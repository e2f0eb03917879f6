//! A server that lives as long as a test.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

/// Is ready when the server is to stop.
pub type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A server in a thread of its own, on a free port of 127.0.0.1. It is stopped when this is dropped.
#[derive(Debug)]
pub struct Server {
    addr: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Server {
    /// Runs `serve`, which is to serve the non-blocking listener until it is told to stop, and to return then.
    ///
    /// # Panics
    ///
    /// When there is nothing to listen on.
    pub fn start(serve: impl FnOnce(TcpListener, Stop) -> io::Result<()> + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        listener.set_nonblocking(true).expect("a listener can be made not to block");
        let addr = listener.local_addr().expect("a listener has an address");
        let (stop, stopped) = oneshot::channel();
        let stopped = Box::pin(async {
            // A sender that is gone says so, too.
            let _ = stopped.await;
        });
        let thread = thread::spawn(move || serve(listener, stopped));
        Self { addr, stop: Some(stop), thread: Some(thread) }
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        if !thread::panicking() {
            assert!(matches!(ended, Some(Ok(Ok(())))), "the server ended badly: {ended:?}");
        }
    }
}

//! Many connections at once.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use crate::differences::Differences;
use crate::replay::{Against, Heard, ask};
use crate::report::{Outcome, Report};
use crate::transcript::{Exchange, Transcript};
use crate::wire::Connection;

/// However fast the server is, no connection asks more.
const MOST: usize = 1000;

/// Sends the requests of the transcript on many connections at once, each kept alive, for as long as `duration`; compares
/// every answer with what was recorded.
///
/// Every connection begins at another request. Left out are those after which either server closes the connection, all but
/// an unhandled error, after which only uvicorn does.
#[must_use]
pub fn load(
    addr: SocketAddr,
    transcript: &Transcript,
    differences: &Differences,
    connections: usize,
    duration: Duration,
) -> Report {
    let exchanges: Vec<&Exchange> = transcript.exchanges.iter().filter(|exchange| stays_open(exchange)).collect();
    let against = Against { transcript, differences };
    let talk = &|first: usize| -> Vec<Outcome> {
        let mut connection = Connection::open(addr);
        let end = Instant::now() + duration;
        let requests = exchanges.iter().cycle().skip(first).take(MOST);
        // The first is asked in any case.
        let requests = requests.enumerate().take_while(|(place, _)| *place == 0 || Instant::now() < end);
        let compare = |(_, recorded): (_, &&Exchange)| {
            let answer = ask(&mut connection, &recorded.request, &transcript.host);
            let answer = answer.map(Some).map_err(|failure| format!("{failure:?}"));
            against.compare(recorded, Heard { answer, closes: false })
        };
        requests.map(compare).collect()
    };
    let stride = exchanges.len() / connections.max(1);
    let outcomes = thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|place| scope.spawn(move || talk(place * stride))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a connection can be opened")).collect()
    });
    Report { outcomes }
}

fn stays_open(Exchange { request, response, closes, .. }: &Exchange) -> bool {
    let Some(answer) = response else {
        return false;
    };
    let is_uri = !request.target.contains(|c| "\"<>\\^`{|}".contains(c));
    // What is validated is read to its end.
    let is_read = answer.status == 422 || request.headers.is_empty() && request.body.is_none();
    is_uri && is_read && (!closes || answer.status == 500)
}

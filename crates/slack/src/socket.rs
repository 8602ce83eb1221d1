//! Socket Mode: which connections there are, and what becomes of what they bring. **Invariant:** an envelope is
//! acknowledged only after the intake took it, and a gap between two connections is filled from history first.
//!
//! The client of slack-morphism 2.31 (read: `hyper_tokio/socket_mode/`) did not fit: it connects to whatever host it
//! is told, without a time limit, keeps a refused token to itself, closes the old connection before it opens
//! the new one, leaves tasks behind that nothing ends, and logs addresses that let in whoever has them.

mod connection;

use std::time::Duration;

use calls::Backoff;
use conversation::{Intake, SendError};
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;
use serde_json::Value;
use tokio::sync::mpsc;

use crate::adapter::Slack;
use crate::history;
use crate::intake::take_in;
use connection::{End, connect};

/// What waits to be written; beyond it we read no further.
const MOST_WAITING: usize = 512;
/// Before what could not be had or taken in is fetched from history.
const AGAIN_AFTER: Duration = Duration::from_secs(15);

/// What a connection tells.
enum Signal {
    Hello,
    /// Slack will end it: another is wanted before.
    Leaving,
    Envelope(Envelope),
}

struct Envelope {
    payload: Value,
    id: String,
    acknowledge: mpsc::UnboundedSender<String>,
}

/// What became of a piece of work.
enum Done {
    Taken,
    Refused,
    CaughtUp,
    /// History could not be had.
    Behind,
}

struct Listener<'a> {
    slack: &'a Slack,
    intake: &'a dyn Intake,
    signals: mpsc::Sender<Signal>,
    connections: FuturesUnordered<BoxFuture<'a, End>>,
    work: FuturesUnordered<BoxFuture<'a, Done>>,
    backoff: Backoff,
    /// Connections that said hello and did not end.
    greeted: usize,
    /// Something may have been said while nobody listened.
    gap: bool,
    catching_up: bool,
}

/// Ends only when Slack refuses us.
pub(crate) async fn listen(slack: &Slack, intake: &dyn Intake) -> SendError {
    let (signals, mut heard) = mpsc::channel(MOST_WAITING);
    let mut listener = Listener {
        slack,
        intake,
        signals,
        connections: FuturesUnordered::new(),
        work: FuturesUnordered::new(),
        backoff: Backoff::default(),
        greeted: 0,
        gap: true,
        catching_up: false,
    };
    listener.open(Duration::ZERO);
    loop {
        let has_room = listener.work.len() < MOST_WAITING;
        tokio::select! {
            Some(signal) = heard.recv(), if has_room => listener.hear(signal),
            Some(done) = listener.work.next(), if !listener.work.is_empty() => {
                listener.finish(&done);
            }
            Some(end) = listener.connections.next() => {
                if let Some(end) = listener.ended(end) {
                    return end;
                }
            }
        }
    }
}

impl<'a> Listener<'a> {
    fn open(&mut self, after: Duration) {
        let (slack, signals) = (self.slack, self.signals.clone());
        let connection = async move {
            tokio::time::sleep(after).await;
            connect(slack, &signals).await
        };
        self.connections.push(connection.boxed());
    }

    fn hear(&mut self, signal: Signal) {
        match signal {
            Signal::Hello => {
                self.backoff.reset();
                self.greeted += 1;
                if std::mem::take(&mut self.gap) {
                    self.catch_up(Duration::ZERO);
                }
            }
            Signal::Leaving => {
                if self.connections.len() < 2 {
                    self.open(Duration::ZERO);
                }
            }
            Signal::Envelope(envelope) => {
                let work = taken(self.slack, self.intake, envelope);
                self.work.push(work.boxed());
            }
        }
    }

    /// What came before is in line before what comes now: both wait for their turn in `Slack::order`.
    fn catch_up(&mut self, after: Duration) {
        self.catching_up = true;
        let (slack, intake) = (self.slack, self.intake);
        let work = async move {
            if !after.is_zero() {
                tokio::time::sleep(after).await;
            }
            match history::catch_up(slack, intake).await {
                Ok(()) => Done::CaughtUp,
                Err(_) => Done::Behind,
            }
        };
        self.work.push(work.boxed());
    }

    fn finish(&mut self, done: &Done) {
        match done {
            Done::Taken => {}
            Done::CaughtUp => self.catching_up = false,
            Done::Refused if self.catching_up => {}
            Done::Refused | Done::Behind => self.catch_up(AGAIN_AFTER),
        }
    }

    /// `Some` if there is no point in going on.
    fn ended(&mut self, end: End) -> Option<SendError> {
        if end.greeted {
            self.greeted = self.greeted.saturating_sub(1);
        }
        if self.greeted == 0 {
            self.gap = true;
        }
        if let Some(refused) = end.refused {
            return Some(refused);
        }
        tracing::warn!(reason = end.reason, "a connection to Slack ended");
        if self.connections.is_empty() {
            let wait = self.backoff.next().max(end.wait);
            self.open(wait);
        }
        None
    }
}

async fn taken(slack: &Slack, intake: &dyn Intake, envelope: Envelope) -> Done {
    match take_in(slack, &envelope.payload, intake).await {
        Ok(()) => {
            let ack = serde_json::json!({"envelope_id": envelope.id});
            // Where the connection ended meanwhile, Slack offers it again, and it is known then.
            envelope.acknowledge.send(ack.to_string()).ok();
            Done::Taken
        }
        Err(error) => {
            tracing::warn!(%error, "Slack must keep its events for a while");
            Done::Refused
        }
    }
}

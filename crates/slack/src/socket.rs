//! Socket Mode: which connections there are. **Invariant:** where nobody listened for a while, whoever takes in what comes
//! is told of the gap before it.
//!
//! The client of slack-morphism 2.31 (read: `hyper_tokio/socket_mode/`) did not fit: it connects to whatever host it
//! is told, without a time limit, keeps a refused token to itself, closes the old connection before it opens
//! the new one, leaves tasks behind that nothing ends, and logs addresses that let in whoever has them.

mod connection;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use calls::Backoff;
use conversation::{Intake, SendError};
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;
use tokio::sync::mpsc;

use crate::bot::Slack;
use crate::id::PLATFORM;
use connection::{End, Shared, Signal, connect};

struct Listener<'a> {
    slack: &'a Slack,
    shared: &'a Shared,
    connections: FuturesUnordered<BoxFuture<'a, End>>,
    backoff: Backoff,
}

/// Ends only when Slack refuses us.
pub(crate) async fn listen(slack: &Slack, intake: &dyn Intake) -> SendError {
    let (signals, mut told) = mpsc::unbounded_channel();
    let shared = Shared {
        signals,
        opened: AtomicUsize::new(0),
        greeted: AtomicUsize::new(0),
    };
    let mut listener = Listener {
        slack,
        shared: &shared,
        connections: FuturesUnordered::new(),
        backoff: Backoff::default(),
    };
    listener.open(Duration::ZERO);
    loop {
        tokio::select! {
            Some(signal) = told.recv() => {
                if matches!(signal, Signal::Hello) {
                    intake.note_hearing(&PLATFORM.into(), None).await;
                }
                listener.hear(&signal);
            }
            Some(end) = listener.connections.next() => {
                // One that was announced to end has its successor by this, and needs no other.
                while let Ok(signal) = told.try_recv() {
                    listener.hear(&signal);
                }
                let trouble = (!end.greeted).then(|| end.reason.clone());
                if let Some(end) = listener.ended(end) {
                    return end;
                }
                if trouble.is_some() {
                    intake.note_hearing(&PLATFORM.into(), trouble).await;
                }
            }
        }
    }
}

impl<'a> Listener<'a> {
    fn open(&mut self, after: Duration) {
        let (slack, shared) = (self.slack, self.shared);
        shared.opened.fetch_add(1, Ordering::Relaxed);
        let connection = async move {
            tokio::time::sleep(after).await;
            connect(slack, shared).await
        };
        self.connections.push(connection.boxed());
    }

    fn hear(&mut self, signal: &Signal) {
        match signal {
            Signal::Hello => self.backoff.reset(),
            Signal::Leaving if self.connections.len() < 2 => self.open(Duration::ZERO),
            Signal::Leaving => {}
        }
    }

    /// `Some` if there is no point in going on.
    fn ended(&mut self, end: End) -> Option<SendError> {
        self.shared.opened.fetch_sub(1, Ordering::Relaxed);
        if end.greeted {
            self.shared.greeted.fetch_sub(1, Ordering::Relaxed);
        }
        if let Some(refused) = end.refused {
            return Some(refused);
        }
        tracing::info!(reason = end.reason, "a connection to Slack ended");
        if self.connections.is_empty() {
            let wait = self.backoff.next().max(end.wait);
            self.open(wait);
        }
        None
    }
}

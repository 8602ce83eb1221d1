//! The queues in which people's new mail waits to go out, and what becomes of it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};

use super::mailbox::MailId;
use crate::kit::now_ms;

/// Connections at a time. A person's mails all take the same one.
const LANES: usize = 8;

/// A mail that stands in its author's Sent folder and goes out by itself.
#[derive(Debug)]
pub struct Written {
    pub id: MailId,
    /// Without angle brackets.
    pub message_id: String,
    pub(super) outcome: oneshot::Receiver<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server answered 250.
    Taken,
    /// For good, with its words; the author got a bounce.
    Refused(String),
    /// The mail world ended before there was an answer.
    Abandoned,
}

impl Written {
    /// Waits until the server took or refused the mail, through all retries.
    pub async fn taken(self) -> Outcome {
        self.outcome.await.unwrap_or(Outcome::Abandoned)
    }
}

pub(super) struct Job {
    pub(super) id: MailId,
    pub(super) sender: String,
    pub(super) recipients: Vec<String>,
    pub(super) raw: Bytes,
    pub(super) attempts: u32,
    pub(super) refused: Option<String>,
    pub(super) outcome: oneshot::Sender<Outcome>,
}

pub(crate) struct Lanes {
    senders: Vec<UnboundedSender<Job>>,
    /// Until the first server is named.
    waiting: Vec<UnboundedReceiver<Job>>,
    pub(super) server: watch::Sender<Option<String>>,
}

impl Default for Lanes {
    fn default() -> Lanes {
        let (senders, waiting) = (0..LANES).map(|_| unbounded_channel()).unzip();
        let server = watch::Sender::default();
        Lanes {
            senders,
            waiting,
            server,
        }
    }
}

impl Lanes {
    /// What waits for a server, the first time only.
    pub(super) fn take_waiting(&mut self) -> Vec<UnboundedReceiver<Job>> {
        std::mem::take(&mut self.waiting)
    }

    pub(super) fn push(&self, job: Job) {
        let mut hasher = DefaultHasher::new();
        job.sender.hash(&mut hasher);
        let lane = hasher.finish() as usize % self.senders.len();
        // A lane ends only with the world that owns these senders.
        let _ = self.senders[lane].send(job);
    }
}

/// Where a sent mail is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transit {
    pub state: TransitState,
    pub attempts: u32,
    /// What the server said last.
    pub answer: Option<String>,
    pub next_attempt_at_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TransitState {
    Queued,
    Waiting,
    Refused,
}

impl Transit {
    pub(crate) fn queued() -> Transit {
        Transit {
            state: TransitState::Queued,
            attempts: 0,
            answer: None,
            next_attempt_at_ms: None,
        }
    }

    pub(crate) fn waiting(attempts: u32, answer: String, wait: Duration) -> Transit {
        let wait_ms = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        Transit {
            state: TransitState::Waiting,
            next_attempt_at_ms: Some(now_ms().saturating_add(wait_ms)),
            ..Transit::refused(attempts, answer)
        }
    }

    pub(crate) fn refused(attempts: u32, answer: String) -> Transit {
        Transit {
            state: TransitState::Refused,
            attempts,
            answer: Some(answer),
            ..Transit::queued()
        }
    }
}

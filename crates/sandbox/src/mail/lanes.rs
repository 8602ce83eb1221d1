//! The queues in which people's new mail waits to go out.

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};

use super::mailbox::MailId;

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

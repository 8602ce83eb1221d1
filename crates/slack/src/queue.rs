//! What came and was not taken yet.

use serde_json::Value;
use tokio::sync::{Mutex, mpsc};

/// What waits to be taken; beyond it no connection is read any further.
const MOST_QUEUED: usize = 512;

/// Told what became of a payload.
pub(crate) type Answer = Box<dyn FnOnce(Told) + Send>;

pub(crate) enum Told {
    /// All that it says is on disk.
    Taken,
    /// Slack is to keep it.
    Refused,
    /// Nothing is to be taken: Slack shows this to whoever waits.
    Says(Value),
}

impl Told {
    pub(crate) fn taken(is_taken: bool) -> Told {
        if is_taken { Told::Taken } else { Told::Refused }
    }
}

pub(crate) enum Heard {
    /// Something may have been said before what comes next, and was not heard.
    Gap,
    Payload(Payload),
}

pub(crate) struct Payload {
    pub(crate) payload: Value,
    pub(crate) answer: Answer,
    /// With what comes over another connection.
    pub(crate) takes_turns: bool,
}

/// What came and was not taken yet. It outlives whoever takes it.
#[derive(Debug)]
pub(crate) struct Queue {
    sender: mpsc::Sender<Heard>,
    pub(crate) heard: Mutex<mpsc::Receiver<Heard>>,
}

impl Default for Queue {
    fn default() -> Queue {
        let (sender, heard) = mpsc::channel(MOST_QUEUED);
        Queue {
            sender,
            heard: Mutex::new(heard),
        }
    }
}

impl Queue {
    /// Waits for room.
    pub(crate) async fn put(&self, heard: Heard) {
        // The other end is ours, too.
        let _ = self.sender.send(heard).await;
    }
}

//! What is kept for those who measure: counts, and a cheap log of what the app said.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::Serialize;

use super::Slack;
use super::ids::{ChannelId, Ts};

/// One message of the app, written down when it was accepted and never trimmed, so that a message that
/// came twice counts twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub ts: Ts,
    pub thread: Option<Ts>,
    pub text: String,
    pub username: Option<String>,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By the method's published name.
    pub by_method: BTreeMap<String, u64>,
    /// By the `error` of the answer, or by HTTP status.
    pub errors: BTreeMap<String, u64>,
    /// Requests that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the app that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
    /// People and groups that messages of the app rang for.
    pub pings: u64,
    /// Events made, each counted once.
    pub events: u64,
    /// Envelopes acknowledged and pushes answered with 2xx.
    pub acks: u64,
    /// Deliveries of an event after its first.
    pub redeliveries: u64,
    /// Events that were given up after the last try.
    pub lost_events: u64,
    pub sockets_opened: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Keeping {
    pub(crate) counters: Counters,
    pub(crate) last: Option<usize>,
    pub(crate) log: bool,
}

impl Slack {
    pub fn counters(&self) -> Counters {
        self.look(|world| world.keeping.counters.clone())
    }

    pub fn early_requests(&self) -> u64 {
        self.look(|world| world.keeping.counters.early_requests)
    }

    /// From now on each channel keeps only its newest messages, so that a long load fits in memory.
    pub fn keep_last(&self, messages: usize) {
        self.look(|world| world.keeping.last = Some(messages));
    }

    /// From now on all that the app says is written down for `log_of`.
    pub fn keep_log(&self) {
        self.look(|world| world.keeping.log = true);
    }

    /// What the app said in a channel since `keep_log`, in the order of acceptance.
    pub fn log_of(&self, channel: &ChannelId) -> Vec<Logged> {
        self.log_since(channel, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, channel: &ChannelId, skip: usize) -> Vec<Logged> {
        self.look(|world| {
            let log = world.channels.get(&channel.0).map(|it| it.log.as_slice());
            log.and_then(|it| it.get(skip..))
                .unwrap_or_default()
                .to_vec()
        })
    }

    /// How many messages `log_of` holds, without copying them.
    pub fn log_len(&self, channel: &ChannelId) -> usize {
        self.look(|world| world.channels.get(&channel.0).map_or(0, |it| it.log.len()))
    }
}

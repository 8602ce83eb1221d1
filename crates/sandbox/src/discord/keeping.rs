//! What is kept for those who measure: counts, and a cheap log of what the bot and its webhooks said.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::Serialize;

use super::Discord;
use super::ids::{ChannelId, MessageId};

/// One message of the bot or of a webhook, written down when it was accepted and never trimmed, so that a
/// message that came twice counts twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub message_id: MessageId,
    /// The name that it was shown under.
    pub author: String,
    pub text: String,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By method and template: `POST /channels/{channel_id}/messages`.
    pub by_route: BTreeMap<&'static str, u64>,
    /// By HTTP status, 200 to 299 apart.
    pub errors: BTreeMap<u16, u64>,
    /// Requests that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the bot and of webhooks that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
    /// People, roles and @everyone that messages of the bot and of webhooks rang at.
    pub pings: u64,
    /// Messages that were not made again because their nonce was known.
    pub known_nonces: u64,
    /// Sockets of the gateway that were opened.
    pub connections: u64,
    pub identifies: u64,
    /// IDENTIFYs within 5 s of the one before: more than the real server takes.
    pub hasty_identifies: u64,
    pub resumes: u64,
    /// RESUMEs that were answered with op 9.
    pub refused_resumes: u64,
    pub heartbeats: u64,
    /// Events that went to sessions, once per session.
    pub events: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Keeping {
    pub(crate) counters: Counters,
    pub(crate) last: Option<usize>,
    pub(crate) log: bool,
}

impl Discord {
    pub fn counters(&self) -> Counters {
        self.look(|world| world.keeping.counters.clone())
    }

    pub fn early_requests(&self) -> u64 {
        self.look(|world| world.keeping.counters.early_requests)
    }

    /// How many people, roles and @everyone the bot and its webhooks rang at.
    pub fn pings(&self) -> u64 {
        self.look(|world| world.keeping.counters.pings)
    }

    /// From now on each channel keeps only its newest messages, so that a long load fits in memory.
    pub fn keep_last(&self, messages: usize) {
        self.look(|world| world.keeping.last = Some(messages));
    }

    /// From now on all that the bot and its webhooks say is written down for `log_of`.
    pub fn keep_log(&self) {
        self.look(|world| world.keeping.log = true);
    }

    /// What was said by the bot and its webhooks in a channel since `keep_log`, in the order of acceptance.
    pub fn log_of(&self, channel: ChannelId) -> Vec<Logged> {
        self.log_since(channel, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, channel: ChannelId, skip: usize) -> Vec<Logged> {
        self.look(|world| {
            let log = world.channels.get(&channel.0).map(|it| it.log.as_slice());
            log.and_then(|it| it.get(skip..))
                .unwrap_or_default()
                .to_vec()
        })
    }

    /// How many messages `log_of` holds, without copying them.
    pub fn log_len(&self, channel: ChannelId) -> usize {
        self.look(|world| world.channels.get(&channel.0).map_or(0, |it| it.log.len()))
    }
}

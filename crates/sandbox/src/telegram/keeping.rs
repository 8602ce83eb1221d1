//! What is kept for those who measure: counts, and a cheap log of what the bot said.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::Serialize;

use super::Telegram;
use super::ids::{ChatId, MessageId};

/// One message of the bot, written down when it was accepted and never trimmed, so that a message that
/// came twice counts twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub message_id: MessageId,
    /// The text, or the caption.
    pub text: String,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By the method's published name.
    pub by_method: BTreeMap<&'static str, u64>,
    /// By HTTP status, 200 apart.
    pub errors: BTreeMap<u16, u64>,
    /// Requests to a chat that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the bot that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Keeping {
    pub(crate) counters: Counters,
    pub(crate) last: Option<usize>,
    pub(crate) log: bool,
}

impl Telegram {
    pub fn counters(&self) -> Counters {
        self.look(|world| world.keeping.counters.clone())
    }

    pub fn early_requests(&self) -> u64 {
        self.look(|world| world.keeping.counters.early_requests)
    }

    /// From now on each chat keeps only its newest messages, so that a long load fits in memory.
    /// Answers to the others are still taken; edits of them are not.
    pub fn keep_last(&self, messages: usize) {
        self.look(|world| world.keeping.last = Some(messages));
    }

    /// From now on all that the bot says is written down for `log_of`.
    pub fn keep_log(&self) {
        self.look(|world| world.keeping.log = true);
    }

    /// What the bot said in a chat since `keep_log`, in the order of acceptance.
    pub fn log_of(&self, chat: ChatId) -> Vec<Logged> {
        self.log_since(chat, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, chat: ChatId, skip: usize) -> Vec<Logged> {
        self.look(|world| {
            let log = world.chats.get(&chat.0).map(|it| it.log.as_slice());
            log.and_then(|it| it.get(skip..))
                .unwrap_or_default()
                .to_vec()
        })
    }

    /// How many messages `log_of` holds, without copying them.
    pub fn log_len(&self, chat: ChatId) -> usize {
        self.look(|world| world.chats.get(&chat.0).map_or(0, |it| it.log.len()))
    }
}

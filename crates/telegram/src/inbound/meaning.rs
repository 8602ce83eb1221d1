//! An update, what it means, and what all its readers share.

use conversation::{Inbound, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::id::ChatAddress;
use crate::wire::Message;

/// Who we are on Telegram, as `getMe` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bot {
    pub id: i64,
    #[serde(default)]
    pub username: String,
}

/// What an update means to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Normalised {
    Events(Vec<Inbound>),
    /// Known, and of no use to a conversation; named by a code that does not change.
    Ignored(&'static str),
    /// To be kept raw under the code `reason`.
    Unreadable {
        reason: &'static str,
        raw: String,
    },
}

/// An update with what is needed to acknowledge it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Update {
    /// Missing only where the raw text is no update at all.
    pub(crate) id: Option<i32>,
    pub(crate) meaning: Normalised,
    /// The chat of a message, new or changed.
    pub(crate) chat: Option<i64>,
    /// What a chat is called that is no person's.
    pub(crate) title: Option<(i64, String)>,
    /// Set on each part of an album; unique within the chat.
    pub(crate) album: Option<String>,
    /// A pressed button shows a spinner until its query is answered.
    pub(crate) query: Option<String>,
}

/// As `Normalised`, for readers that do not have the whole text at hand.
pub(super) enum Meaning {
    Events(Vec<Inbound>),
    Ignored(&'static str),
    Unreadable(&'static str),
}

pub(super) const MALFORMED: Meaning = Meaning::Unreadable("malformed-update");

pub(super) fn parse<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp(seconds.saturating_mul(1000))
}

pub(super) fn one(event: Inbound) -> Meaning {
    Meaning::Events(vec![event])
}

/// Outside of forums `message_thread_id` names a thread of replies, which is no place of its own.
pub(super) fn place(message: &Message) -> ChatAddress {
    ChatAddress {
        chat: message.chat.id,
        topic: message
            .message_thread_id
            .filter(|_| message.is_topic_message),
    }
}

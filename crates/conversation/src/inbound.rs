//! What a platform told us, in our words.

use serde::{Deserialize, Serialize};

use crate::{Author, ChannelRef, Content, EventKey, RemoteId, Timestamp};

/// One thing that happened in one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Absorbs what a platform delivers twice.
    pub key: EventKey,
    pub channel: ChannelRef,
    /// The larger place that the channel is a part of, as a forum is of its topic: it counts where the channel
    /// itself is in no room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<ChannelRef>,
    /// When it happened, by the platform's clock.
    pub at: Timestamp,
    pub actor: Author,
    pub event: Event,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Posted(Posted),
    Edited {
        message: RemoteId,
        content: Content,
    },
    Deleted {
        messages: Vec<RemoteId>,
    },
    Reacted(ReactionChange),
    Joined,
    Left,
    Commanded {
        message: RemoteId,
        /// Without the platform's own prefix.
        text: String,
    },
    /// A button of a message of ours.
    Pressed {
        message: RemoteId,
        button: String,
    },
    /// An answer to a question that we asked in a direct message.
    Answered {
        message: RemoteId,
        question: RemoteId,
        content: Content,
    },
    /// The platform gave the channel another id, and counts its messages anew.
    Moved {
        to: ChannelRef,
    },
    /// The platform closed the channel to us: kicked, blocked, archived.
    Closed,
    /// The channel that was closed to us is open again.
    Opened,
    /// What was said from then until now cannot be had any more.
    Missed {
        since: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// One, or as many as an album has parts; the first stands for the whole.
    pub messages: Vec<RemoteId>,
    /// What this answers, most trusted first: the first one known to us wins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reply_to: Vec<RemoteId>,
    /// The platform's own name of the thread in which it stands. Where nothing that it answers is known, it goes
    /// under the first message that we heard of this thread, and is that one if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<RemoteId>,
    /// Where the platform has subjects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionChange {
    pub message: RemoteId,
    /// Emoji, as Unicode.
    pub added: Vec<String>,
    pub removed: Vec<String>,
}

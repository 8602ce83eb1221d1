//! What a platform told us, in our words.

use serde::{Deserialize, Serialize};

use crate::{Author, AuthorKind, ChannelRef, Content, EventKey, Proof, RemoteId, Timestamp};

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
    /// That it was the actor.
    #[serde(default, skip_serializing_if = "Proof::is_of_platform")]
    pub proof: Proof,
    pub event: Event,
    /// On which its actor alone can be answered. It is written down nowhere but encrypted.
    #[serde(skip)]
    pub way_back: Option<WayBack>,
}

/// A way on which one person is answered alone, in the words of the adapter that made it. Whoever has it can speak there,
/// so what it prints says nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct WayBack {
    pub token: String,
    /// When the platform closes it.
    pub until: Timestamp,
}

impl std::fmt::Debug for WayBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let until = &self.until;
        f.debug_struct("WayBack")
            .field("until", until)
            .finish_non_exhaustive()
    }
}

impl Inbound {
    /// Surely: no program, and nobody who is only said to have done it.
    pub fn is_of_a_person(&self) -> bool {
        self.actor.kind == AuthorKind::Person
            && matches!(self.proof, Proof::OfPlatform | Proof::Proven)
    }

    /// What happens there is taken in one after the other.
    pub fn line(&self) -> &ChannelRef {
        self.within.as_ref().unwrap_or(&self.channel)
    }

    pub fn fingerprint(&self) -> Option<&str> {
        self.twin().map(|it| it.fingerprint.as_str())
    }

    /// As it is called where another one bears its id. `None` if its platform gives no id twice.
    #[must_use]
    pub fn under_its_other_name(&self) -> Option<Inbound> {
        let twin = self.twin()?.clone();
        let mut renamed = self.clone();
        renamed.key = twin.key;
        if let Event::Posted(posted) = &mut renamed.event {
            posted.messages = vec![twin.message];
        }
        Some(renamed)
    }

    fn twin(&self) -> Option<&Twin> {
        match &self.event {
            Event::Posted(posted) => posted.twin.as_ref(),
            _ => None,
        }
    }
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
    /// A button of a message of ours. Where the platform tells no time of the press, it happened when we heard of it.
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
    Closed {
        /// What happened, and what lets us in again; empty where the platform does not tell.
        why: String,
    },
    /// The channel that was closed to us is open again.
    Opened,
    /// The platform takes back that it posted something of ours.
    Failed {
        message: RemoteId,
        why: String,
    },
    /// Something of ours has arrived, which the answer to its post did not say yet.
    Confirmed {
        message: RemoteId,
    },
    /// What was said from then until now cannot be had any more.
    Missed {
        since: Timestamp,
    },
}

impl Event {
    pub fn closed(why: &str) -> Event {
        Event::Closed {
            why: why.to_owned(),
        }
    }

    /// What happened, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::Posted(_) => "posted",
            Event::Edited { .. } => "edited",
            Event::Deleted { .. } => "deleted",
            Event::Reacted(_) => "reacted",
            Event::Joined => "joined",
            Event::Left => "left",
            Event::Commanded { .. } => "commanded",
            Event::Pressed { .. } => "pressed",
            Event::Answered { .. } => "answered",
            Event::Moved { .. } => "moved",
            Event::Closed { .. } => "closed",
            Event::Opened => "opened",
            Event::Failed { .. } => "failed",
            Event::Confirmed { .. } => "confirmed",
            Event::Missed { .. } => "missed",
        }
    }
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
    /// What was left out of the words, as a quote of what is answered: kept beside them, and shown to nobody.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub elided: String,
    /// Where people's own programs give messages their ids, as in mail, two messages may bear the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<Twin>,
}

/// What tells a message from another one under the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// Of what it says: under the same id, the same is a repeat, and another is a message of its own.
    pub fingerprint: String,
    /// What it goes by where its own id is another's: the same each time that it comes.
    pub key: EventKey,
    pub message: RemoteId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionChange {
    pub message: RemoteId,
    /// Emoji, as Unicode.
    pub added: Vec<String>,
    pub removed: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_tells_nothing_of_itself() {
        let way_back = WayBack {
            token: "canary".to_owned(),
            until: Timestamp(7),
        };
        let shown = format!("{way_back:?} {:?}", Some(&way_back));
        assert!(!shown.contains("canary"), "{shown}");
    }
}

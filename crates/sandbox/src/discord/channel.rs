//! A channel with its messages: a text channel, a forum, a thread, or the private channel with a person.

use std::collections::{BTreeMap, HashSet};

use super::message::Message;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Text = 0,
    Private = 1,
    Announcement = 5,
    Thread = 11,
    Forum = 15,
}

impl Kind {
    /// The number on the wire.
    pub(crate) fn wire(self) -> u8 {
        self as u8
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Private => "private",
            Kind::Announcement => "announcement",
            Kind::Thread => "thread",
            Kind::Forum => "forum",
        }
    }
}

/// What the bot may do in a channel, by its bit; it may do all of it until something is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    AddReactions = 6,
    ViewChannel = 10,
    SendMessages = 11,
    ManageMessages = 13,
    AttachFiles = 15,
    ReadMessageHistory = 16,
    ManageWebhooks = 29,
    ManageThreads = 34,
    CreatePublicThreads = 35,
    SendMessagesInThreads = 38,
}

impl Permission {
    pub(crate) fn bit(self) -> u64 {
        1 << self as u64
    }
}

#[derive(Debug, Default)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) parent: Option<u64>,
    pub(crate) position: usize,
    pub(crate) denied: HashSet<Permission>,
    pub(crate) messages: BTreeMap<u64, Message>,
    pub(crate) last_message: Option<u64>,
    pub(crate) thread: Option<Thread>,
    /// The person of a private channel.
    pub(crate) recipient: Option<u64>,
}

#[derive(Debug, Default)]
pub(crate) struct Thread {
    pub(crate) owner: u64,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    /// Seen by its members and by those who manage threads alone.
    pub(crate) is_private: bool,
    pub(crate) auto_archive_min: u64,
    /// Unix milliseconds of the last change of `archived`.
    pub(crate) archived_at: i64,
    /// Without the first message where that lies in the parent.
    pub(crate) message_count: u64,
    pub(crate) ever_sent: u64,
    pub(crate) members: Vec<u64>,
}

impl Channel {
    pub(crate) fn new(id: u64, kind: Kind, name: &str) -> Channel {
        Channel {
            id,
            kind,
            name: name.to_owned(),
            ..Channel::default()
        }
    }

    pub(crate) fn holds_messages(&self) -> bool {
        self.kind != Kind::Forum
    }

    pub(crate) fn is_private_thread(&self) -> bool {
        self.thread.as_ref().is_some_and(|it| it.is_private)
    }

    pub(crate) fn is_archived(&self) -> bool {
        self.thread.as_ref().is_some_and(|it| it.archived)
    }

    pub(crate) fn is_open_thread(&self) -> bool {
        self.thread.as_ref().is_some_and(|it| !it.archived)
    }
}

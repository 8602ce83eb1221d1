//! A channel with its messages: a text channel, a forum, a thread, or the private channel with a person.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::message::Message;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Private,
    Announcement,
    Thread,
    Forum,
}

impl Kind {
    /// The number on the wire.
    pub(crate) fn wire(self) -> u8 {
        match self {
            Kind::Text => 0,
            Kind::Private => 1,
            Kind::Announcement => 5,
            Kind::Thread => 11,
            Kind::Forum => 15,
        }
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

/// What the bot may do in a channel; it may do all of it until something is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    ViewChannel,
    SendMessages,
    SendMessagesInThreads,
    CreatePublicThreads,
    ManageWebhooks,
    ManageMessages,
    ManageThreads,
    ReadMessageHistory,
    AddReactions,
    AttachFiles,
}

impl Permission {
    pub(crate) fn bit(self) -> u64 {
        1 << match self {
            Permission::AddReactions => 6,
            Permission::ViewChannel => 10,
            Permission::SendMessages => 11,
            Permission::ManageMessages => 13,
            Permission::AttachFiles => 15,
            Permission::ReadMessageHistory => 16,
            Permission::ManageWebhooks => 29,
            Permission::ManageThreads => 34,
            Permission::CreatePublicThreads => 35,
            Permission::SendMessagesInThreads => 38,
        }
    }
}

#[derive(Debug)]
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

#[derive(Debug)]
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
            parent: None,
            position: 0,
            denied: HashSet::new(),
            messages: BTreeMap::new(),
            last_message: None,
            thread: None,
            recipient: None,
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

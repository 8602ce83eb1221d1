//! A channel or a direct message: its messages by time, what stands in its main column, and its threads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::ids::now_micros;
use super::message::Stored;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Public,
    Private,
    Im,
}

impl Kind {
    fn names(self) -> [&'static str; 4] {
        match self {
            Kind::Public => ["channel", "channel", "public_channel", "channels"],
            Kind::Private => ["group", "group", "private_channel", "groups"],
            Kind::Im => ["im", "channel", "im", "im"],
        }
    }

    /// As a message event's `channel_type`.
    pub(crate) fn channel_type(self) -> &'static str {
        self.names()[0]
    }

    /// What the names of events about it begin with.
    pub(crate) fn family(self) -> &'static str {
        self.names()[1]
    }

    /// As `conversations.list` wants it in `types`.
    pub(crate) fn list_type(self) -> &'static str {
        self.names()[2]
    }

    /// What the names of the scopes begin with: `channels:history`.
    pub(crate) fn scope_family(self) -> &'static str {
        self.names()[3]
    }
}

#[derive(Debug, Default)]
pub(crate) struct Thread {
    pub(crate) replies: BTreeSet<u64>,
    /// Those who answered, first ones first.
    pub(crate) users: Vec<String>,
}

/// Seen by one person until they reload.
#[derive(Debug, Clone)]
pub(crate) struct Ephemeral {
    pub(crate) ts: u64,
    pub(crate) to: String,
    pub(crate) author: String,
    pub(crate) text: String,
    pub(crate) blocks: Option<Value>,
}

#[derive(Debug, Default)]
pub(crate) struct Channel {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) creator: String,
    pub(crate) created: u64,
    pub(crate) is_archived: bool,
    pub(crate) topic: String,
    /// In the order in which they joined.
    pub(crate) members: Vec<String>,
    /// Whom a direct message is with.
    pub(crate) with: Option<String>,
    pub(crate) messages: BTreeMap<u64, Stored>,
    /// The main column: no replies but broadcast ones.
    pub(crate) timeline: BTreeSet<u64>,
    pub(crate) threads: HashMap<u64, Thread>,
    pub(crate) ephemeral: Vec<Ephemeral>,
    pub(crate) last_ts: u64,
}

impl Channel {
    pub(crate) fn new(id: &str, name: &str, kind: Kind, creator: &str) -> Channel {
        Channel {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            creator: creator.to_owned(),
            created: now_micros() / 1_000_000,
            ..Channel::default()
        }
    }

    pub(crate) fn has(&self, user: &str) -> bool {
        self.members.iter().any(|it| it == user)
    }

    /// No other message of this channel has it or will have it.
    pub(crate) fn next_ts(&mut self) -> u64 {
        self.last_ts = now_micros().max(self.last_ts + 100);
        self.last_ts
    }

    /// Puts a message where its time and thread say.
    pub(crate) fn insert(&mut self, message: Stored) {
        let ts = message.ts;
        if message.thread.is_none() || message.broadcast {
            self.timeline.insert(ts);
        }
        if let Some(root) = message.thread {
            let thread = self.threads.entry(root).or_default();
            thread.replies.insert(ts);
            if !thread.users.contains(&message.user) {
                thread.users.push(message.user.clone());
            }
        }
        self.messages.insert(ts, message);
    }

    pub(crate) fn take(&mut self, ts: u64) -> Option<Stored> {
        let message = self.messages.remove(&ts)?;
        self.timeline.remove(&ts);
        if let Some(root) = message.thread {
            self.leave_thread(root, ts);
        }
        Some(message)
    }

    /// Without replies a thread is none, and the stone over a deleted root goes too.
    fn leave_thread(&mut self, root: u64, ts: u64) {
        let Some(thread) = self.threads.get_mut(&root) else {
            return;
        };
        thread.replies.remove(&ts);
        thread.users.clear();
        for reply in thread.replies.iter().filter_map(|it| self.messages.get(it)) {
            if !thread.users.contains(&reply.user) {
                thread.users.push(reply.user.clone());
            }
        }
        if thread.replies.is_empty() {
            self.threads.remove(&root);
            if self.messages.get(&root).is_some_and(Stored::is_tombstone) {
                self.messages.remove(&root);
                self.timeline.remove(&root);
            }
        }
    }

    pub(crate) fn forget_all_but(&mut self, last: usize) {
        while self.messages.len() > last {
            let Some((oldest, _)) = self.messages.pop_first() else {
                return;
            };
            self.timeline.remove(&oldest);
            self.threads.remove(&oldest);
        }
    }

    /// As `conversations.info` shows it to the bot.
    pub(crate) fn value(&self, bot: &str, team: &str) -> Value {
        if self.kind == Kind::Im {
            return json!({
                "id": self.id, "user": self.with, "created": self.created, "updated": self.created * 1000,
                "context_team_id": team, "is_im": true, "is_org_shared": false, "is_archived": self.is_archived,
                "is_user_deleted": false, "priority": 0,
            });
        }
        let text = |value: &str| json!({ "value": value, "creator": self.creator, "last_set": self.created });
        json!({
            "id": self.id, "name": self.name, "name_normalized": self.name, "previous_names": [],
            "is_channel": self.kind == Kind::Public, "is_private": self.kind == Kind::Private,
            "is_group": false, "is_im": false, "is_mpim": false, "is_general": false, "is_archived": self.is_archived,
            "created": self.created, "updated": self.created * 1000, "creator": self.creator, "unlinked": 0,
            "is_shared": false, "is_org_shared": false, "is_ext_shared": false, "is_pending_ext_shared": false,
            "pending_shared": [], "pending_connected_team_ids": [], "shared_team_ids": [team],
            "context_team_id": team, "parent_conversation": null,
            "topic": text(&self.topic), "purpose": text(""),
            "is_member": self.has(bot), "num_members": self.members.len(),
        })
    }
}

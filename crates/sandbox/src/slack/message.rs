//! One message as the workspace remembers it, and as it stands on the wire.

use serde_json::{Map, Value, json};

use super::channel::Channel;
use super::ids::Ts;

#[derive(Debug, Clone, Default)]
pub(crate) struct Stored {
    pub(crate) ts: u64,
    /// The author; of an app's message, its bot user.
    pub(crate) user: String,
    pub(crate) bot: Option<Box<Voice>>,
    pub(crate) subtype: Option<&'static str>,
    pub(crate) text: String,
    pub(crate) blocks: Option<Value>,
    pub(crate) attachments: Option<Value>,
    /// Their ids.
    pub(crate) files: Vec<String>,
    /// The root that this answers.
    pub(crate) thread: Option<u64>,
    pub(crate) broadcast: bool,
    /// By whom and when.
    pub(crate) edited: Option<(String, u64)>,
    /// By name, first ones first, each with those who reacted.
    pub(crate) reactions: Vec<(String, Vec<String>)>,
    pub(crate) metadata: Option<Value>,
    pub(crate) client_msg_id: Option<String>,
    pub(crate) extra: Map<String, Value>,
}

/// How a bot speaks in one message.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    pub(crate) bot_id: String,
    pub(crate) app_id: String,
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    pub(crate) icon_url: Option<String>,
    pub(crate) icon_emoji: Option<String>,
}

/// Whether metadata is part of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metadata {
    Whole,
    Left,
}

pub(crate) fn ts(micros: u64) -> String {
    Ts(micros).to_string()
}

impl Voice {
    fn is_customised(&self) -> bool {
        self.username.is_some() || self.icon_url.is_some() || self.icon_emoji.is_some()
    }

    fn put(&self, message: &mut Value, user: &str, team: &str) {
        message["bot_id"] = self.bot_id.as_str().into();
        message["app_id"] = self.app_id.as_str().into();
        if !self.is_customised() {
            message["user"] = user.into();
            message["team"] = team.into();
            message["bot_profile"] = json!({
                "id": self.bot_id,
                "app_id": self.app_id,
                "user_id": user,
                "name": self.name,
                "icons": { "image_36": "https://a.slack-edge.com/bot_36.png", "image_48": "https://a.slack-edge.com/bot_48.png", "image_72": "https://a.slack-edge.com/bot_72.png" },
                "deleted": false,
                "updated": 1_700_000_000,
                "team_id": team,
            });
            return;
        }
        message["username"] = self.username.as_deref().unwrap_or(&self.name).into();
        if let Some(url) = &self.icon_url {
            message["icons"] = json!({ "image_36": url, "image_48": url, "image_72": url });
        } else if let Some(emoji) = &self.icon_emoji {
            message["icons"] = json!({ "emoji": emoji });
        }
    }
}

impl Stored {
    pub(crate) fn is_tombstone(&self) -> bool {
        self.subtype == Some("tombstone")
    }

    /// As the wire names it; a bot with a name of its own speaks as `bot_message`.
    pub(crate) fn shown_subtype(&self) -> Option<&'static str> {
        let customised = self.bot.as_ref().is_some_and(|it| it.is_customised());
        match self.subtype {
            Some(subtype) => Some(subtype),
            None if self.broadcast => Some("thread_broadcast"),
            None if customised => Some("bot_message"),
            None => None,
        }
    }

    /// Without its files and its thread, which only the world knows.
    fn bare(&self, team: &str) -> Value {
        let mut message = json!({ "type": "message", "ts": ts(self.ts), "text": self.text });
        if let Some(subtype) = self.shown_subtype() {
            message["subtype"] = subtype.into();
        }
        match &self.bot {
            Some(voice) => voice.put(&mut message, &self.user, team),
            None => message["user"] = self.user.as_str().into(),
        }
        if let Some(id) = &self.client_msg_id {
            message["client_msg_id"] = id.as_str().into();
            message["team"] = team.into();
        }
        if let Some(blocks) = &self.blocks {
            message["blocks"] = blocks.clone();
        }
        if let Some(attachments) = &self.attachments {
            message["attachments"] = attachments.clone();
        }
        if let Some((user, at)) = &self.edited {
            message["edited"] = json!({ "user": user, "ts": ts(*at) });
        }
        for (name, value) in &self.extra {
            message[name] = value.clone();
        }
        message
    }

    pub(crate) fn reactions_value(&self) -> Value {
        let each = self.reactions.iter();
        each.map(|(name, users)| json!({ "name": name, "users": users, "count": users.len() }))
            .collect()
    }

    /// `files` are already written out.
    pub(crate) fn value(
        &self,
        channel: &Channel,
        team: &str,
        files: Vec<Value>,
        metadata: Metadata,
    ) -> Value {
        let mut message = self.bare(team);
        if !files.is_empty() {
            message["files"] = files.into();
            message["upload"] = self.bot.is_some().into();
        }
        if !self.reactions.is_empty() {
            message["reactions"] = self.reactions_value();
        }
        if let Some(whole) = self
            .metadata
            .as_ref()
            .filter(|_| metadata == Metadata::Whole)
        {
            message["metadata"] = whole.clone();
        }
        self.put_thread(&mut message, channel, team);
        message
    }

    fn put_thread(&self, message: &mut Value, channel: &Channel, team: &str) {
        if let Some(root) = self.thread {
            message["thread_ts"] = ts(root).into();
            let parent = channel.messages.get(&root);
            if let Some(parent) = parent {
                message["parent_user_id"] = parent.user.as_str().into();
            }
            if let Some(parent) = parent.filter(|_| self.broadcast) {
                message["root"] = parent.bare(team);
                message["root"]["thread_ts"] = ts(root).into();
            }
            return;
        }
        let Some(thread) = channel.threads.get(&self.ts) else {
            return;
        };
        message["thread_ts"] = ts(self.ts).into();
        message["reply_count"] = thread.replies.len().into();
        message["reply_users_count"] = thread.users.len().into();
        message["reply_users"] = thread.users.iter().take(5).cloned().collect();
        message["latest_reply"] = thread.replies.last().map(|it| ts(*it)).into();
        message["is_locked"] = false.into();
        message["subscribed"] = false.into();
    }
}

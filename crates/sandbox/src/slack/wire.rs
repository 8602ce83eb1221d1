//! Messages as they stand on the wire.

use serde_json::{Value, json};

use super::channel::Channel;
use super::ids::Ts;
use super::message::{Stored, Voice};
use crate::kit::Fields;

/// Whether metadata is part of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metadata {
    Whole,
    Left,
}

pub(crate) fn ts(micros: u64) -> String {
    Ts(micros).to_string()
}

pub(crate) fn icons() -> Value {
    let icon = |size: u32| {
        let url = format!("https://a.slack-edge.com/bot_{size}.png");
        (format!("image_{size}"), url.into())
    };
    Value::Object([36, 48, 72].map(icon).into_iter().collect())
}

impl Voice {
    fn put(&self, message: &mut Value, user: &str, team: &str) {
        message["bot_id"] = self.bot_id.as_str().into();
        message["app_id"] = self.app_id.as_str().into();
        if !self.is_customised() {
            message["user"] = user.into();
            message["team"] = team.into();
            message["bot_profile"] = json!({
                "id": self.bot_id, "app_id": self.app_id, "user_id": user, "name": self.name, "icons": icons(),
                "deleted": false, "updated": 1_700_000_000, "team_id": team,
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
    /// Without its files and its thread, which only the world knows.
    fn bare(&self, team: &str) -> Value {
        let mut message = json!({ "type": "message", "ts": ts(self.ts), "text": self.text });
        message.put("subtype", self.shown_subtype());
        match &self.bot {
            Some(voice) => voice.put(&mut message, &self.user, team),
            None => message["user"] = self.user.as_str().into(),
        }
        message.put("client_msg_id", self.client_msg_id.as_deref());
        message.put("team", self.client_msg_id.as_ref().map(|_| team));
        message.put("blocks", self.blocks.clone());
        message.put("attachments", self.attachments.clone());
        let edited = self.edited.as_ref();
        let edited = edited.map(|(user, at)| json!({ "user": user, "ts": ts(*at) }));
        message.put("edited", edited);
        message.lay_over(Value::Object(self.extra.clone()));
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
        let whole = self.metadata.clone();
        message.put("metadata", whole.filter(|_| metadata == Metadata::Whole));
        self.put_thread(&mut message, channel, team);
        message
    }

    fn put_thread(&self, message: &mut Value, channel: &Channel, team: &str) {
        if let Some(root) = self.thread {
            message["thread_ts"] = ts(root).into();
            let parent = channel.messages.get(&root);
            message.put("parent_user_id", parent.map(|it| it.user.as_str()));
            if let Some(parent) = parent.filter(|_| self.broadcast) {
                message["root"] = parent.bare(team);
                message["root"]["thread_ts"] = ts(root).into();
            }
            return;
        }
        let Some(thread) = channel.threads.get(&self.ts) else {
            return;
        };
        message.lay_over(json!({
            "thread_ts": ts(self.ts), "reply_count": thread.replies.len(),
            "reply_users_count": thread.users.len(),
            "reply_users": thread.users.iter().take(5).collect::<Vec<_>>(),
            "latest_reply": thread.replies.last().map(|it| ts(*it)), "is_locked": false, "subscribed": false,
        }));
    }
}

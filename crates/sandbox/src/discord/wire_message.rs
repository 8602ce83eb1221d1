//! Messages as the JSON objects of the API: plain in answers, with the guild and the author's membership in events.

use serde_json::{Value, json};

use super::ids::made_at_ms;
use super::message::{Attachment, Message, Reaction};
use super::wire;
use super::world::World;
use crate::kit::Fields;

/// Whether the answered message is shown inside: it never holds one itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    WithReply,
    Alone,
}

impl World {
    pub(crate) fn message_value(&self, message: &Message) -> Value {
        self.message_at(message, Depth::WithReply)
    }

    fn message_at(&self, message: &Message, depth: Depth) -> Value {
        let mut value = self.content_value(message);
        value.lay_over(json!({
            "id": wire::id(message.id), "channel_id": wire::id(message.channel),
            "author": self.author_value(&message.by), "pinned": message.pinned,
            "mention_everyone": message.pings.everyone, "tts": false,
        }));
        self.add_what_is_rare(&mut value, message);
        if depth == Depth::WithReply {
            self.add_reply(&mut value, message);
        }
        value
    }

    /// What a forwarded message shows of the original.
    pub(crate) fn content_value(&self, message: &Message) -> Value {
        let attachments = message.attachments.iter();
        let attachments = attachments.map(|it| self.attachment_value(message.channel, it));
        let mentions = message.pings.users.iter().map(|it| self.user_value(*it));
        let mut value = json!({
            "type": message.kind, "content": message.content, "mentions": mentions.collect::<Vec<_>>(),
            "mention_roles": wire::ids(&message.pings.roles), "attachments": attachments.collect::<Vec<_>>(),
            "embeds": message.embeds, "timestamp": wire::timestamp(made_at_ms(message.id)),
            "edited_timestamp": message.edited_at.map(wire::timestamp), "flags": message.flags,
            "components": message.components,
        });
        value.put("sticker_items", unless_empty(&message.stickers));
        value
    }

    fn add_what_is_rare(&self, value: &mut Value, message: &Message) {
        value.put("webhook_id", message.webhook().map(wire::id));
        value.put("application_id", message.application.map(wire::id));
        value.put("nonce", message.nonce.clone());
        value.put("poll", message.poll.clone());
        value.put("message_snapshots", unless_empty(&message.snapshots));
        let reactions = message.reactions.iter().map(|it| self.reaction_value(it));
        value.put("reactions", unless_empty(&reactions.collect::<Vec<_>>()));
        let thread = self.channels.get(&message.id);
        let thread = thread.filter(|it| it.parent == Some(message.channel));
        value.put("thread", thread.map(|it| self.channel_value(it)));
        value.lay_over(Value::Object(message.more.clone()));
    }

    fn add_reply(&self, value: &mut Value, message: &Message) {
        let Some(reference) = message.reference else {
            return;
        };
        let channel = wire::id(reference.channel);
        let mut pointer = json!({ "type": u8::from(reference.forwarded), "channel_id": channel });
        pointer.put("message_id", reference.message.map(wire::id));
        let guild = || wire::id(self.guild.id);
        pointer.put("guild_id", self.is_in_guild(reference.channel).then(guild));
        value["message_reference"] = pointer;
        if matches!(message.kind, 19 | 21 | 23) {
            let parent = reference.message;
            let parent = parent.and_then(|id| self.message(reference.channel, id));
            let parent = parent.map(|it| self.message_at(it, Depth::Alone));
            value["referenced_message"] = parent.unwrap_or(Value::Null);
        }
    }

    pub(crate) fn is_in_guild(&self, channel: u64) -> bool {
        let channel = self.channels.get(&channel);
        channel.is_some_and(|it| it.recipient.is_none())
    }

    pub(crate) fn attachment_value(&self, channel: u64, attachment: &Attachment) -> Value {
        let link = self.cdn.link(channel, attachment);
        let mut value = json!({
            "id": wire::id(attachment.id), "filename": attachment.name, "size": attachment.bytes.len(),
            "url": link, "proxy_url": link, "content_type": attachment.mime,
        });
        value.put("description", attachment.description.as_deref());
        value.put("width", attachment.size.map(|it| it.0));
        value.put("height", attachment.size.map(|it| it.1));
        value.put("duration_secs", attachment.voice_s);
        let waveform = "FzYACgAAAAAAACQAAAAAAAA=";
        value.put("waveform", attachment.voice_s.map(|_| waveform));
        value
    }

    fn reaction_value(&self, reaction: &Reaction) -> Value {
        let count = reaction.by.len();
        json!({
            "emoji": wire::emoji(&reaction.emoji), "count": count,
            "count_details": { "burst": 0, "normal": count }, "burst_colors": [], "me_burst": false,
            "me": reaction.by.contains(&self.bot.id),
        })
    }

    /// As events carry it.
    pub(crate) fn message_event(&self, message: &Message) -> Value {
        let mut value = self.message_value(message);
        let place = self.channels.get(&message.channel);
        value["channel_type"] = place.map_or(0, |it| self.wire_kind(it)).into();
        if self.is_in_guild(message.channel) {
            value["guild_id"] = wire::id(self.guild.id);
            let bare = |user: &u64| self.guild.members.get(user).map(wire::bare_member);
            value.put("member", message.user().as_ref().and_then(bare));
            let mention = |user: &u64| {
                let mut value = self.user_value(*user);
                value.put("member", bare(user));
                value
            };
            value["mentions"] = message.pings.users.iter().map(mention).collect();
        }
        value
    }
}

fn unless_empty(list: &[Value]) -> Option<Vec<Value>> {
    (!list.is_empty()).then(|| list.to_vec())
}

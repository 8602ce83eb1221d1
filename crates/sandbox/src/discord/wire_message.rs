//! Messages as the JSON objects of the API: plain in answers, with the guild and the author's membership in events.

use serde_json::{Map, Value, json};

use super::ids::made_at_ms;
use super::message::{Attachment, By, Message, Reaction};
use super::wire;
use super::world::World;

/// Whether the answered message is shown inside: it never holds one itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    WithReply,
    Alone,
}

impl World {
    pub(crate) fn message_value(&self, message: &Message) -> Value {
        Value::Object(self.message_fields(message, Depth::WithReply))
    }

    fn message_fields(&self, message: &Message, depth: Depth) -> Map<String, Value> {
        let mut fields = self.content_fields(message);
        fields.insert("id".into(), wire::id(message.id));
        fields.insert("channel_id".into(), wire::id(message.channel));
        fields.insert("author".into(), self.author_value(&message.by));
        fields.insert("pinned".into(), message.pinned.into());
        fields.insert("mention_everyone".into(), message.pings.everyone.into());
        fields.insert("tts".into(), false.into());
        self.add_what_is_rare(&mut fields, message);
        if depth == Depth::WithReply {
            self.add_reply(&mut fields, message);
        }
        fields
    }

    /// What a forwarded message shows of the original.
    pub(crate) fn content_fields(&self, message: &Message) -> Map<String, Value> {
        let attachments = message.attachments.iter();
        let attachments = attachments.map(|it| self.attachment_value(message.channel, it));
        let mentions = message.pings.users.iter().map(|it| self.user_value(*it));
        let mut fields = Map::new();
        fields.insert("type".into(), message.kind.into());
        fields.insert("content".into(), message.content.as_str().into());
        fields.insert("mentions".into(), mentions.collect());
        fields.insert("mention_roles".into(), wire::ids(&message.pings.roles));
        fields.insert("attachments".into(), attachments.collect());
        fields.insert("embeds".into(), message.embeds.clone().into());
        fields.insert("timestamp".into(), wire::timestamp(made_at_ms(message.id)));
        let edited = message.edited_at.map_or(Value::Null, wire::timestamp);
        fields.insert("edited_timestamp".into(), edited);
        fields.insert("flags".into(), message.flags.into());
        fields.insert("components".into(), message.components.clone().into());
        if !message.stickers.is_empty() {
            fields.insert("sticker_items".into(), message.stickers.clone().into());
        }
        fields
    }

    fn add_what_is_rare(&self, fields: &mut Map<String, Value>, message: &Message) {
        if let By::Webhook { id, .. } = message.by {
            fields.insert("webhook_id".into(), wire::id(id));
        }
        if let Some(application) = message.application {
            fields.insert("application_id".into(), wire::id(application));
        }
        if let Some(nonce) = &message.nonce {
            fields.insert("nonce".into(), nonce.clone());
        }
        if let Some(poll) = &message.poll {
            fields.insert("poll".into(), poll.clone());
        }
        if !message.snapshots.is_empty() {
            fields.insert("message_snapshots".into(), message.snapshots.clone().into());
        }
        if !message.reactions.is_empty() {
            let reactions = message.reactions.iter().map(|it| self.reaction_value(it));
            fields.insert("reactions".into(), reactions.collect());
        }
        let thread = self
            .channels
            .get(&message.id)
            .filter(|it| it.parent == Some(message.channel));
        if let Some(thread) = thread {
            fields.insert("thread".into(), self.channel_value(thread));
        }
        fields.extend(message.more.clone());
    }

    fn add_reply(&self, fields: &mut Map<String, Value>, message: &Message) {
        let Some(reference) = message.reference else {
            return;
        };
        let mut value = json!({
            "type": u8::from(reference.forwarded),
            "channel_id": wire::id(reference.channel),
        });
        if let Some(id) = reference.message {
            value["message_id"] = wire::id(id);
        }
        if self.is_in_guild(reference.channel) {
            value["guild_id"] = wire::id(self.guild.id);
        }
        fields.insert("message_reference".into(), value);
        if matches!(message.kind, 19 | 21 | 23) {
            let parent = reference
                .message
                .and_then(|id| self.message(reference.channel, id));
            let parent = parent.map(|it| Value::Object(self.message_fields(it, Depth::Alone)));
            fields.insert("referenced_message".into(), parent.unwrap_or(Value::Null));
        }
    }

    pub(crate) fn is_in_guild(&self, channel: u64) -> bool {
        let channel = self.channels.get(&channel);
        channel.is_some_and(|it| it.recipient.is_none())
    }

    pub(crate) fn attachment_value(&self, channel: u64, attachment: &Attachment) -> Value {
        let link = self.cdn.link(channel, attachment);
        let mut value = json!({
            "id": wire::id(attachment.id),
            "filename": attachment.name,
            "size": attachment.bytes.len(),
            "url": link,
            "proxy_url": link,
            "content_type": attachment.mime,
        });
        if let Some(description) = &attachment.description {
            value["description"] = description.as_str().into();
        }
        if let Some((width, height)) = attachment.size {
            value["width"] = width.into();
            value["height"] = height.into();
        }
        if let Some(seconds) = attachment.voice_s {
            value["duration_secs"] = seconds.into();
            value["waveform"] = "FzYACgAAAAAAACQAAAAAAAA=".into();
        }
        value
    }

    fn reaction_value(&self, reaction: &Reaction) -> Value {
        let count = reaction.by.len();
        json!({
            "emoji": wire::emoji(&reaction.emoji),
            "count": count,
            "count_details": { "burst": 0, "normal": count },
            "burst_colors": [],
            "me_burst": false,
            "me": reaction.by.contains(&self.bot.id),
        })
    }

    /// As events carry it.
    pub(crate) fn message_event(&self, message: &Message) -> Value {
        let mut fields = self.message_fields(message, Depth::WithReply);
        let place = self.channels.get(&message.channel);
        let kind = place.map_or(0, |it| self.wire_kind(it));
        fields.insert("channel_type".into(), kind.into());
        if self.is_in_guild(message.channel) {
            fields.insert("guild_id".into(), wire::id(self.guild.id));
            let member = message.user().and_then(|it| self.guild.members.get(&it));
            if let Some(member) = member {
                fields.insert("member".into(), wire::bare_member(member));
            }
            self.add_memberships(&mut fields, message);
        }
        Value::Object(fields)
    }

    fn add_memberships(&self, fields: &mut Map<String, Value>, message: &Message) {
        let mention = |user: &u64| {
            let mut value = self.user_value(*user);
            if let Some(member) = self.guild.members.get(user) {
                value["member"] = wire::bare_member(member);
            }
            value
        };
        let mentions = message.pings.users.iter().map(mention);
        fields.insert("mentions".into(), mentions.collect());
    }
}

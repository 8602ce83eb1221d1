//! Messages, what hangs on them, and what happens to them.

use serde::Deserialize;
use serde_json::Value;

use super::server::{Channel, HasId, Member, User, or_default};
use crate::id::Snowflake;

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: Snowflake,
    pub(crate) channel_id: Snowflake,
    pub(crate) guild_id: Option<Snowflake>,
    pub(crate) author: Option<User>,
    pub(crate) member: Option<Member>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) content: String,
    pub(crate) edited_timestamp: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(crate) kind: u64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) flags: u64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) mentions: Vec<Mentioned>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) attachments: Vec<Attachment>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) embeds: Vec<Embed>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) sticker_items: Vec<Sticker>,
    pub(crate) poll: Option<Poll>,
    /// Buttons, and the words of programs that lay their messages out themselves.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) components: Vec<Value>,
    pub(crate) webhook_id: Option<Snowflake>,
    pub(crate) application_id: Option<Snowflake>,
    pub(crate) message_reference: Option<Reference>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) message_snapshots: Vec<Snapshot>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) reactions: Vec<Reactions>,
    pub(crate) nonce: Option<Value>,
}

/// A person whom the text names, with their name in this server.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Mentioned {
    #[serde(flatten)]
    pub(crate) user: User,
    pub(crate) member: Option<Member>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Reference {
    /// 0 for an answer, 1 for a forwarded message.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(crate) kind: u64,
    pub(crate) message_id: Option<Snowflake>,
    pub(crate) channel_id: Option<Snowflake>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) message: Forwarded,
}

/// A message of somewhere else, without its author.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Forwarded {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) content: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) mentions: Vec<Mentioned>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) attachments: Vec<Attachment>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) embeds: Vec<Embed>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) sticker_items: Vec<Sticker>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Attachment {
    pub(crate) id: Snowflake,
    pub(crate) filename: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) size: Option<u64>,
    pub(crate) url: Option<String>,
    pub(crate) waveform: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Sticker {
    pub(crate) id: Snowflake,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) format_type: u64,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Embed {
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) url: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) fields: Vec<EmbedField>,
    pub(crate) footer: Option<EmbedText>,
    pub(crate) author: Option<EmbedText>,
    pub(crate) image: Option<EmbedImage>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EmbedField {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) value: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EmbedText {
    #[serde(alias = "name")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EmbedImage {
    pub(crate) url: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Poll {
    pub(crate) question: PollText,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) answers: Vec<PollAnswer>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PollAnswer {
    pub(crate) poll_media: PollText,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PollText {
    pub(crate) text: Option<String>,
    pub(crate) emoji: Option<Emoji>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Emoji {
    /// Set for a server's own picture.
    pub(crate) id: Option<Snowflake>,
    pub(crate) name: Option<String>,
}

/// All reactions of one emoji under a message.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Reactions {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) me: bool,
    pub(crate) emoji: Emoji,
}

/// Added and removed by a person, or taken off by a moderator; the last two name no person.
#[derive(Debug, Deserialize)]
pub(crate) struct ReactionChanged {
    pub(crate) user_id: Option<Snowflake>,
    pub(crate) channel_id: Snowflake,
    pub(crate) guild_id: Option<Snowflake>,
    pub(crate) message_id: Snowflake,
    pub(crate) member: Option<Member>,
    pub(crate) emoji: Option<Emoji>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Interaction {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(crate) kind: u64,
    pub(crate) guild_id: Option<Snowflake>,
    pub(crate) channel_id: Option<Snowflake>,
    pub(crate) member: Option<Member>,
    pub(crate) user: Option<User>,
    pub(crate) data: Option<InteractionData>,
    pub(crate) message: Option<HasId>,
}

/// Where an interaction was made: of the channel not all, but which kind it is and in which other.
#[derive(Debug, Deserialize)]
pub(crate) struct MadeIn {
    pub(crate) channel: Channel,
    pub(crate) guild_id: Option<Snowflake>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct InteractionData {
    pub(crate) name: Option<String>,
    pub(crate) custom_id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) options: Vec<InteractionOption>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct InteractionOption {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) name: String,
    pub(crate) value: Option<Value>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) options: Vec<InteractionOption>,
    /// It is being filled in.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) focused: bool,
    /// 1 is a subcommand, 2 a group of them.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(crate) kind: u64,
}

//! What Telegram sends, as far as we read it: shapes of Bot API 10.1, with every field that we can do
//! without optional. Unknown fields and unknown values of `type` are no error: Telegram adds some every month.
//!
//! These are ours because teloxide-core's do lose words: one entity of a kind that it does not know yet, or a
//! rich message, and the whole message is read as empty (`tests/normalise/library.rs` looks whether it still is).

use serde::Deserialize;
use serde_json::value::RawValue;

mod media;

pub(crate) use media::{
    Checklist, Contact, Dice, Location, Media, PaidMedia, PhotoSize, Poll, Sticker, Titled, Venue,
};

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    #[serde(default)]
    pub(crate) is_bot: bool,
    #[serde(default)]
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
    pub(crate) username: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    #[serde(rename = "type", default)]
    pub(crate) kind: String,
    pub(crate) title: Option<String>,
    pub(crate) username: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
}

impl Chat {
    pub(crate) fn titled(&self) -> Option<(i64, String)> {
        Some((self.id, self.title.clone()?))
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Message {
    pub(crate) message_id: i32,
    pub(crate) message_thread_id: Option<i32>,
    #[serde(default)]
    pub(crate) is_topic_message: bool,
    pub(crate) from: Option<User>,
    pub(crate) sender_chat: Option<Chat>,
    pub(crate) author_signature: Option<String>,
    pub(crate) date: i64,
    pub(crate) edit_date: Option<i64>,
    pub(crate) chat: Chat,
    pub(crate) via_bot: Option<User>,
    pub(crate) media_group_id: Option<String>,

    pub(crate) forward_origin: Option<Origin>,
    #[serde(default)]
    pub(crate) is_automatic_forward: bool,
    pub(crate) reply_to_message: Option<Parent>,
    pub(crate) external_reply: Option<ExternalReply>,
    pub(crate) quote: Option<TextQuote>,

    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) entities: Vec<MessageEntity>,
    pub(crate) caption: Option<String>,
    #[serde(default)]
    pub(crate) caption_entities: Vec<MessageEntity>,
    pub(crate) rich_message: Option<Box<RawValue>>,

    pub(crate) animation: Option<Media>,
    #[serde(default)]
    pub(crate) photo: Vec<PhotoSize>,
    pub(crate) video: Option<Media>,
    pub(crate) video_note: Option<Media>,
    pub(crate) audio: Option<Media>,
    pub(crate) voice: Option<Media>,
    pub(crate) document: Option<Media>,
    pub(crate) sticker: Option<Sticker>,

    pub(crate) venue: Option<Venue>,
    pub(crate) location: Option<Location>,
    pub(crate) contact: Option<Contact>,
    pub(crate) poll: Option<Poll>,
    pub(crate) checklist: Option<Checklist>,
    pub(crate) dice: Option<Dice>,
    pub(crate) game: Option<Titled>,
    pub(crate) invoice: Option<Titled>,
    pub(crate) story: Option<Story>,
    pub(crate) paid_media: Option<PaidMedia>,

    pub(crate) new_chat_members: Option<Vec<User>>,
    pub(crate) left_chat_member: Option<User>,
    pub(crate) migrate_to_chat_id: Option<i64>,
}

/// A range of a text with its meaning. Offsets are UTF-16 units, and not to be believed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct MessageEntity {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) offset: i64,
    pub(crate) length: i64,
    pub(crate) url: Option<String>,
    pub(crate) user: Option<User>,
    pub(crate) language: Option<String>,
    pub(crate) custom_emoji_id: Option<String>,
}

/// The message that is answered: no more of it than we need.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Parent {
    pub(crate) message_id: i32,
    pub(crate) forum_topic_created: Option<TopicCreated>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TopicCreated {
    #[serde(default)]
    pub(crate) name: String,
}

/// Who wrote a forwarded or quoted message first. One shape for all four types.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Origin {
    pub(crate) sender_user: Option<User>,
    pub(crate) sender_user_name: Option<String>,
    pub(crate) sender_chat: Option<Chat>,
    pub(crate) chat: Option<Chat>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ExternalReply {
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TextQuote {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) entities: Vec<MessageEntity>,
    #[serde(default)]
    pub(crate) is_manual: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Story {
    pub(crate) chat: Option<Chat>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct MessageReactionUpdated {
    pub(crate) chat: Chat,
    pub(crate) message_id: i32,
    pub(crate) user: Option<User>,
    pub(crate) actor_chat: Option<Chat>,
    pub(crate) date: i64,
    pub(crate) old_reaction: Vec<Reaction>,
    pub(crate) new_reaction: Vec<Reaction>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Reaction {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) emoji: Option<String>,
    pub(crate) custom_emoji_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ChatMemberUpdated {
    pub(crate) chat: Chat,
    pub(crate) from: User,
    pub(crate) date: i64,
    pub(crate) old_chat_member: ChatMember,
    pub(crate) new_chat_member: ChatMember,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ChatMember {
    pub(crate) status: String,
    /// Said of who is restricted, and may have left.
    pub(crate) is_member: Option<bool>,
    pub(crate) can_send_messages: Option<bool>,
    pub(crate) can_post_messages: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CallbackQuery {
    pub(crate) id: String,
    pub(crate) from: User,
    pub(crate) message: Option<ButtonMessage>,
    pub(crate) data: Option<String>,
}

/// The message under which the button stands. Its date says nothing of the press.
#[derive(Debug, Deserialize)]
pub(crate) struct ButtonMessage {
    pub(crate) message_id: i32,
    pub(crate) chat: Chat,
    pub(crate) message_thread_id: Option<i32>,
    #[serde(default)]
    pub(crate) is_topic_message: bool,
}

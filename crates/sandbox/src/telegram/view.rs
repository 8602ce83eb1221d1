//! What people see: each chat with its messages as they stand now, ready for a page or a snapshot.

use serde::Serialize;
use serde_json::Value;

use super::ids::{ChatId, MessageId, UserId};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TelegramView {
    /// In the order in which they came to be.
    pub chats: Vec<ChatView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChatView {
    pub id: ChatId,
    pub title: String,
    /// `private`, `group`, `supergroup` or `forum`.
    pub kind: &'static str,
    /// `administrator`, `member`, `left`, `kicked`, `blocked` or `not_started`.
    pub bot: &'static str,
    pub migrated_to: Option<ChatId>,
    pub topics: Vec<TopicView>,
    pub members: Vec<MemberView>,
    /// Oldest first.
    pub messages: Vec<MessageView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicView {
    pub id: MessageId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberView {
    pub id: UserId,
    pub name: String,
    pub is_bot: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageView {
    pub id: MessageId,
    /// Unix seconds.
    pub at: i64,
    pub author: String,
    pub author_id: UserId,
    pub is_bot: bool,
    /// Written by Telegram itself: somebody joined, a topic was opened.
    pub is_service: bool,
    pub text: String,
    /// `MessageEntity` objects of the text.
    pub entities: Vec<Value>,
    pub reply_to: Option<ReplyView>,
    pub forwarded_from: Option<String>,
    pub edited: bool,
    pub topic: Option<MessageId>,
    /// Messages of one album share it.
    pub album: Option<String>,
    pub attachments: Vec<AttachmentView>,
    pub reactions: Vec<ReactionView>,
    /// The rows of `InlineKeyboardButton` objects below the message.
    pub buttons: Vec<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyView {
    pub id: MessageId,
    pub author: String,
    pub excerpt: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    /// As the field of `Message` is called: `photo`, `document`, `location`, …
    pub kind: &'static str,
    /// The file's name; for a place its coordinates, for a poll its question and options.
    pub name: String,
    pub mime: Option<String>,
    /// In bytes.
    pub size: usize,
    /// Below the page's own address.
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReactionView {
    pub emoji: String,
    /// Names, in the order of their reactions.
    pub by: Vec<String>,
}

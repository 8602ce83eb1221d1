//! What people see: each channel with its messages as they stand now, ready for a page or a snapshot.

use serde::Serialize;
use serde_json::Value;

use super::ids::{ChannelId, MessageId, UserId, WebhookId};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiscordView {
    pub guild: String,
    pub has_bot: bool,
    /// In the order in which they came to be; threads stand among them with their `parent`.
    pub channels: Vec<ChannelView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelView {
    pub id: ChannelId,
    pub name: String,
    /// `text`, `announcement`, `forum`, `thread` or `private`.
    pub kind: &'static str,
    pub parent: Option<ChannelId>,
    pub archived: bool,
    pub locked: bool,
    /// Everybody who can write there.
    pub members: Vec<MemberView>,
    /// Oldest first.
    pub messages: Vec<MessageView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberView {
    pub id: UserId,
    pub name: String,
    pub picture: Option<String>,
    pub is_bot: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageView {
    pub id: MessageId,
    /// Unix milliseconds.
    pub at: i64,
    pub author: String,
    /// None where a webhook wrote it.
    pub author_id: Option<UserId>,
    pub webhook: Option<WebhookId>,
    /// An address, below the page's own or as a webhook asked for it.
    pub picture: Option<String>,
    /// Whether the APP badge stands beside the name.
    pub is_app: bool,
    /// Written by Discord itself: somebody joined, a thread was opened.
    pub is_system: bool,
    /// Markdown.
    pub text: String,
    pub reply_to: Option<ReplyView>,
    /// The text of a forwarded message.
    pub forwarded: Option<String>,
    pub edited: bool,
    pub pinned: bool,
    /// The thread that hangs on it.
    pub thread: Option<ChannelId>,
    pub attachments: Vec<AttachmentView>,
    /// By name.
    pub stickers: Vec<String>,
    pub poll: Option<PollView>,
    pub reactions: Vec<ReactionView>,
    /// The rows of components below the message.
    pub buttons: Vec<Value>,
    pub embeds: Vec<Value>,
    /// Whom it rang at: names, roles as `@name`, and `@everyone`.
    pub pings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyView {
    pub id: MessageId,
    pub author: String,
    pub excerpt: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    pub name: String,
    pub mime: String,
    /// In bytes.
    pub size: usize,
    pub description: Option<String>,
    pub is_voice: bool,
    /// Below the page's own address.
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PollView {
    pub question: String,
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReactionView {
    pub emoji: String,
    pub count: usize,
    /// Names, in the order of their reactions.
    pub by: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookView {
    pub id: WebhookId,
    pub channel: ChannelId,
    pub name: String,
    /// Who made it.
    pub by: UserId,
    /// Whoever has it can write there.
    #[serde(skip)]
    pub token: String,
}

//! What people see: each channel with its messages as they stand now, ready for a page or a snapshot.

use serde::Serialize;
use serde_json::Value;

use super::ids::{ChannelId, Ts, UserId, ViewId};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlackView {
    pub team: String,
    /// In the order in which they came to be.
    pub channels: Vec<ChannelView>,
    pub people: Vec<MemberView>,
    pub modals: Vec<ModalView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelView {
    pub id: ChannelId,
    /// Without `#`; of a direct message, the person's name.
    pub name: String,
    /// `public_channel`, `private_channel` or `im`.
    pub kind: &'static str,
    pub archived: bool,
    pub topic: String,
    pub bot_is_member: bool,
    pub members: Vec<MemberView>,
    /// Oldest first; replies stand below their root, broadcast ones here as well.
    pub messages: Vec<MessageView>,
    /// What only one person sees.
    pub ephemeral: Vec<EphemeralView>,
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
    pub ts: Ts,
    pub author: String,
    pub author_id: Option<UserId>,
    pub picture: Option<String>,
    /// Shown with the APP badge.
    pub is_app: bool,
    pub subtype: Option<String>,
    /// As shown, without marks.
    pub text: String,
    pub body: Vec<Piece>,
    pub edited: bool,
    /// The root that it answers, where it is a reply.
    pub thread: Option<Ts>,
    pub broadcast: bool,
    pub reply_count: usize,
    pub replies: Vec<MessageView>,
    pub reactions: Vec<ReactionView>,
    pub files: Vec<FileView>,
    pub buttons: Vec<ButtonView>,
    /// Names of those whom it rang for: people, `@here`, user groups.
    pub pings: Vec<String>,
    pub metadata: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReactionView {
    /// Without colons: `thumbsup`.
    pub name: String,
    /// Names, in the order of their reactions.
    pub by: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileView {
    pub id: String,
    pub name: String,
    pub mime: String,
    /// In bytes.
    pub size: usize,
    pub alt_text: Option<String>,
    /// Under `Slack::files_router`.
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ButtonView {
    pub action_id: String,
    pub label: String,
    pub value: Option<String>,
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EphemeralView {
    pub ts: Ts,
    pub to: UserId,
    pub author: String,
    pub text: String,
    pub body: Vec<Piece>,
    pub buttons: Vec<ButtonView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModalView {
    pub id: ViewId,
    pub user: UserId,
    pub title: String,
    pub callback_id: String,
    pub blocks: Value,
    /// By block id, as the app answered a submission.
    pub errors: Value,
}

/// A line, a quote, a block of code, an item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// `paragraph`, `quote`, `code_block`, `item`, `heading`, `context`, `divider` or `image`.
    pub kind: &'static str,
    pub indent: u32,
    /// Of an item in an ordered list, from 1.
    pub number: Option<u32>,
    pub spans: Vec<Span>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    pub text: String,
    /// `text`, `link`, `user`, `channel`, `group`, `broadcast` or `emoji`.
    pub kind: &'static str,
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub code: bool,
    /// The address of a link, the id of whom or what is mentioned.
    pub target: Option<String>,
}

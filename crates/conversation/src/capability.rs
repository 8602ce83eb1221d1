//! What a channel can do, declared by its adapter as data. Nobody outside an adapter asks which platform it is.

use std::time::Duration;

use serde::Serialize;

/// How far a platform goes in one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// Not possible: nothing is sent, and the delivery says so.
    None,
    /// Said in words instead.
    Fallback,
    Native,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// The platform's name as people write it, as in `Telegram`.
    pub label: &'static str,
    pub text: TextLimit,
    /// The text that goes with files; equal to `text` where the platform makes no difference.
    pub caption: TextLimit,
    pub attachments: AttachmentLimits,
    /// Bold, links, code and the like.
    pub markup: Support,
    pub replies: Support,
    /// Threads or topics with a life of their own, beyond replies.
    /// Shown to people alone: nothing is decided by it.
    pub threads: Support,
    /// Does a message or its thread bear a subject of its own, beside its words?
    pub subjects: Support,
    /// Can a posted copy be changed? As a fallback, what changed is said once more in a few words.
    pub edits: EditLimits,
    /// Can a posted copy be taken back?
    pub deletes: Support,
    /// Does the platform tell us when a person deletes?
    /// Shown to people alone: nothing is decided by it.
    pub deletes_seen: Support,
    /// Can we put a person's reaction on a copy? As a fallback, the next digest names them.
    pub reactions: Support,
    /// Does the platform tell us of reactions?
    /// Shown to people alone: nothing is decided by it.
    pub reactions_seen: Support,
    /// Can each relayed message carry its author's own name, or must the text carry it?
    pub author_name: Support,
    /// Shown to people alone: nothing is decided by it.
    pub author_picture: Support,
    /// How many buttons stand below one message. Where it would take more, the text says what to answer.
    pub buttons: usize,
    pub direct_messages: DirectMessages,
    /// Can we read what stands in the channel, to find out whether a message arrived?
    /// Shown to people alone: nothing is decided by it.
    pub history: Support,
    /// Does the platform itself drop a second post with the same key?
    /// Shown to people alone: nothing is decided by it.
    pub idempotency_key: Support,
    pub distribution: Distribution,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TextLimit {
    pub max: usize,
    pub unit: TextUnit,
}

/// What a platform counts when it counts text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextUnit {
    Utf16,
    Chars,
    Bytes,
    /// Characters of the source in Markdown: signs that must be escaped count twice, and marks count themselves.
    Markdown,
}

impl TextUnit {
    pub fn count(self, text: &str) -> usize {
        match self {
            TextUnit::Bytes => text.len(),
            _ => text.chars().map(|it| self.cost(it)).sum(),
        }
    }

    pub fn cost(self, c: char) -> usize {
        match self {
            TextUnit::Utf16 => c.len_utf16(),
            TextUnit::Chars => 1,
            TextUnit::Bytes => c.len_utf8(),
            TextUnit::Markdown => 1 + usize::from(SIGNS.contains(c)),
        }
    }
}

/// What Markdown may take for a mark; an adapter may escape fewer of them.
const SIGNS: &str = "\\*_~`|>#<[]()@:-+";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AttachmentLimits {
    pub support: Support,
    /// The largest file that we may post, in bytes.
    pub max_upload: u64,
    /// The largest file that we can fetch, in bytes.
    pub max_download: u64,
    /// How many files one post carries, 1 where albums are unknown.
    pub per_post: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EditLimits {
    pub support: Support,
    /// For how long after the post, where there is an end to it.
    pub within: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectMessages {
    AnyTime,
    /// Only after the person wrote to us first.
    AfterContact,
    WithinHours(u32),
    Never,
}

/// Who carries a post to the other people of the same channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// A chat group: everybody in it sees the post.
    ByPlatform,
    /// A mailing list that we are: a post reaches the others only if we send it to them.
    ByUs,
}

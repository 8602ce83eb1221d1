//! A message as it is kept.

use bytes::Bytes;
use serde_json::{Map, Value};

/// In bytes, for each file in a guild without boosts.
pub(crate) const LARGEST_UPLOAD: usize = 10 * 1024 * 1024;

#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) by: By,
    /// The number on the wire: 0 for what people write, 19 for replies, others for what Discord writes itself.
    pub(crate) kind: u8,
    pub(crate) content: String,
    /// Unix milliseconds.
    pub(crate) edited_at: Option<i64>,
    pub(crate) reference: Option<Reference>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) stickers: Vec<Value>,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) poll: Option<Value>,
    /// What was forwarded, as it stood then.
    pub(crate) snapshots: Vec<Value>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) pings: Pings,
    pub(crate) flags: u64,
    pub(crate) pinned: bool,
    pub(crate) nonce: Option<Value>,
    /// Of the application, where one wrote it or answered with it.
    pub(crate) application: Option<u64>,
    /// `interaction_metadata` and the like: fields that only few messages have.
    pub(crate) more: Map<String, Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum By {
    User(u64),
    Webhook {
        id: u64,
        name: String,
        /// As it was asked for.
        picture: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) channel: u64,
    pub(crate) message: Option<u64>,
    pub(crate) forwarded: bool,
}

impl Reference {
    pub(crate) fn to(channel: u64, message: u64) -> Reference {
        Reference {
            channel,
            message: Some(message),
            forwarded: false,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) description: Option<String>,
    pub(crate) bytes: Bytes,
    /// Width and height of a picture.
    pub(crate) size: Option<(i64, i64)>,
    /// Length in seconds of a voice message.
    pub(crate) voice_s: Option<f64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Reaction {
    pub(crate) emoji: Emoji,
    pub(crate) by: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Emoji {
    /// None where it is of Unicode.
    pub(crate) id: Option<u64>,
    pub(crate) name: String,
}

/// Whom a message rings at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pings {
    pub(crate) users: Vec<u64>,
    pub(crate) roles: Vec<u64>,
    pub(crate) everyone: bool,
}

impl Default for By {
    fn default() -> By {
        By::User(0)
    }
}

impl Pings {
    pub(crate) fn count(&self) -> usize {
        self.users.len() + self.roles.len() + usize::from(self.everyone)
    }
}

impl Message {
    pub(crate) fn new(channel: u64, by: By) -> Message {
        Message {
            channel,
            by,
            ..Message::default()
        }
    }

    /// By a person or a bot, about another message.
    pub(crate) fn about(kind: u8, by: u64, channel: u64, reference: Reference) -> Message {
        Message {
            kind,
            reference: Some(reference),
            ..Message::new(channel, By::User(by))
        }
    }

    /// Written by Discord itself: somebody joined, a message was pinned, a thread was opened.
    pub(crate) fn is_system(&self) -> bool {
        !matches!(self.kind, 0 | 19 | 20 | 23)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.attachments.is_empty()
            && self.stickers.is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.poll.is_none()
            && self.snapshots.is_empty()
    }

    pub(crate) fn user(&self) -> Option<u64> {
        match self.by {
            By::User(id) => Some(id),
            By::Webhook { .. } => None,
        }
    }

    pub(crate) fn webhook(&self) -> Option<u64> {
        match self.by {
            By::Webhook { id, .. } => Some(id),
            By::User(_) => None,
        }
    }
}

impl Emoji {
    /// `👍`, `name:id`, `<:name:id>` or `<a:name:id>`.
    pub(crate) fn parse(text: &str) -> Option<Emoji> {
        let inner = text.trim_start_matches('<').trim_end_matches('>');
        let inner = inner.strip_prefix("a:").unwrap_or(inner);
        let inner = inner.trim_start_matches(':');
        if let Some((name, id)) = inner.split_once(':') {
            return Some(Emoji {
                id: Some(id.parse().ok()?),
                name: name.to_owned(),
            });
        }
        let of_unicode = !inner.is_empty() && !inner.is_ascii() && inner.chars().count() <= 12;
        of_unicode.then(|| Emoji {
            id: None,
            name: inner.to_owned(),
        })
    }

    pub(crate) fn shown(&self) -> String {
        match self.id {
            Some(_) => format!(":{}:", self.name),
            None => self.name.clone(),
        }
    }
}

//! What the tests of several modules and crates start from.

use std::time::Duration;

use crate::{
    AttachmentLimits, Author, AuthorKind, Capabilities, DirectMessages, Distribution, EditLimits,
    Support, TextLimit, TextUnit,
};

/// Of the platforms that a bridge may join.
pub(crate) const LABELS: [&str; 6] = ["Chat", "Talk", "Telegram", "Discord", "Slack", "email"];

/// Chats measure so: texts of 4,096 UTF-16 units, captions of 1,024.
pub fn chat() -> Capabilities {
    let limit = |max| TextLimit {
        max,
        unit: TextUnit::Utf16,
    };
    Capabilities {
        label: "Chat",
        text: limit(4096),
        caption: limit(1024),
        attachments: AttachmentLimits {
            support: Support::Native,
            max_upload: 50_000_000,
            max_download: 20_000_000,
            per_post: 10,
        },
        markup: Support::Native,
        replies: Support::Native,
        threads: Support::None,
        subjects: Support::Fallback,
        edits: EditLimits {
            support: Support::Native,
            within: Some(Duration::from_secs(48 * 3600)),
        },
        deletes: Support::Native,
        deletes_seen: Support::None,
        reactions: Support::Native,
        reactions_seen: Support::Native,
        author_name: Support::Fallback,
        author_picture: Support::None,
        buttons: 0,
        direct_messages: DirectMessages::AfterContact,
        history: Support::None,
        idempotency_key: Support::None,
        distribution: Distribution::ByPlatform,
    }
}

pub(crate) fn author(name: &str) -> Author {
    Author {
        picture: None,
        account: "1".into(),
        display_name: name.to_owned(),
        kind: AuthorKind::Person,
    }
}

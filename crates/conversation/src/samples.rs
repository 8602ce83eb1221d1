//! What the tests of several modules and crates start from.

use std::time::Duration;

use crate::{
    AttachmentLimits, Author, AuthorKind, Capabilities, DirectMessages, Distribution, EditLimits,
    Markup, Part, Post, Support, TextLimit, TextUnit, Timestamp,
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

/// What Bo says by email, on its way to another platform.
pub fn a_post(text: Markup) -> Post {
    Post {
        author: Author {
            account: "bo@example.org".into(),
            display_name: "Bo".to_owned(),
            picture: Some("https://example.org/bo.png".to_owned()),
            kind: AuthorKind::Person,
        },
        shown_name: "Bo (email)".to_owned(),
        from: "email".into(),
        at: Timestamp(0),
        original: None,
        reply: None,
        thread: None,
        subject: "Friday".to_owned(),
        has_own_subject: false,
        part: Part {
            number: 0,
            of: 1,
            text,
            files: Vec::new(),
            buttons: Vec::new(),
        },
        progress: None,
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

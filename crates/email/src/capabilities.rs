//! What an email list can do, as data.

use conversation::{
    AttachmentLimits, Capabilities, DirectMessages, Distribution, EditLimits, Support, TextLimit,
    TextUnit,
};

/// Mail has no limit of its own; this one keeps a single post far under what mail servers accept.
const TEXT: TextLimit = TextLimit {
    max: 1_000_000,
    unit: TextUnit::Chars,
};

/// Base64 makes this a mail of 27 MB, which most providers still take.
const MAX_FILE_BYTES: u64 = 20 * 1024 * 1024;

pub fn capabilities() -> Capabilities {
    Capabilities {
        label: "email",
        text: TEXT,
        caption: TEXT,
        attachments: AttachmentLimits {
            support: Support::Native,
            max_upload: MAX_FILE_BYTES,
            max_download: MAX_FILE_BYTES,
            per_post: 100,
        },
        markup: Support::Native,
        replies: Support::Native,
        threads: Support::Native,
        subjects: Support::Native,
        edits: EditLimits {
            support: Support::Fallback,
            within: None,
        },
        deletes: Support::None,
        deletes_seen: Support::None,
        reactions: Support::Fallback,
        reactions_seen: Support::None,
        // The munged From carries the author's name.
        author_name: Support::Native,
        author_picture: Support::None,
        buttons: 0,
        direct_messages: DirectMessages::AnyTime,
        history: Support::None,
        // A mailbox keeps two mails with one Message-ID, and most programs show both.
        idempotency_key: Support::None,
        distribution: Distribution::ByUs,
    }
}

//! What a bot can do in a Telegram chat, as data. The figures are those of the Bot API's own pages.

use conversation::{
    AttachmentLimits, Capabilities, DirectMessages, Distribution, EditLimits, Support, TextLimit,
    TextUnit,
};

use crate::settings::Settings;

/// "1-4096 characters after entities parsing", counted in UTF-16 units.
pub(crate) const MAX_TEXT: usize = 4096;
/// "0-1024 characters after entities parsing".
pub(crate) const MAX_CAPTION: usize = 1024;
/// `sendMediaGroup` takes 2 to 10.
pub(crate) const MAX_FILES: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A chat without topics, or one topic.
    Chat,
    /// A forum as one channel.
    Forum,
}

pub(crate) fn capabilities(settings: &Settings, kind: Kind) -> Capabilities {
    let topics = match kind {
        Kind::Chat => Support::Fallback,
        Kind::Forum => Support::Native,
    };
    Capabilities {
        label: "Telegram",
        text: utf16(MAX_TEXT),
        caption: utf16(MAX_CAPTION),
        attachments: AttachmentLimits {
            support: Support::Native,
            max_upload: settings.max_upload_bytes,
            max_download: settings.max_download_bytes,
            per_post: MAX_FILES,
        },
        markup: Support::Native,
        replies: Support::Native,
        threads: topics,
        subjects: topics,
        edits: EditLimits {
            support: Support::Native,
            within: None,
        },
        // Within 48 hours, or for ever where the bot is an administrator.
        deletes: Support::Native,
        // No update tells a bot that a person deleted a message.
        deletes_seen: Support::None,
        reactions: Support::Native,
        reactions_seen: Support::Native,
        author_name: Support::Fallback,
        author_picture: Support::None,
        // The Bot API names no number: nobody reads more.
        buttons: 100,
        direct_messages: DirectMessages::AfterContact,
        history: Support::None,
        idempotency_key: Support::None,
        distribution: Distribution::ByPlatform,
    }
}

fn utf16(max: usize) -> TextLimit {
    TextLimit {
        max,
        unit: TextUnit::Utf16,
    }
}

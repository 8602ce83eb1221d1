//! What a channel of Slack can do, as data.

use conversation::{
    AttachmentLimits, Capabilities, DirectMessages, Distribution, EditLimits, Support, TextLimit,
    TextUnit,
};

use crate::settings::Settings;

/// Slack takes 40,000 characters, and asks for no more than this to be read well.
pub(crate) const MAX_TEXT: usize = 4_000;
/// What Slack's own programs put into one message.
pub(crate) const MAX_FILES: usize = 10;
/// Of a block of actions: "a maximum of 25 elements".
const MOST_BUTTONS: usize = 25;

pub(crate) fn capabilities(settings: &Settings) -> Capabilities {
    let text = TextLimit {
        max: MAX_TEXT,
        unit: TextUnit::Chars,
    };
    Capabilities {
        label: "Slack",
        text,
        caption: text,
        attachments: AttachmentLimits {
            support: Support::Native,
            max_upload: settings.max_upload_bytes,
            max_download: settings.max_download_bytes,
            per_post: MAX_FILES,
        },
        markup: Support::Native,
        replies: Support::Native,
        threads: Support::Native,
        subjects: Support::Fallback,
        edits: EditLimits {
            support: Support::Native,
            within: None,
        },
        deletes: Support::Native,
        deletes_seen: Support::Native,
        reactions: Support::Native,
        reactions_seen: Support::Native,
        // But for messages with files, whose words say the name: `outbound/files.rs`.
        author_name: Support::Native,
        author_picture: Support::Native,
        buttons: MOST_BUTTONS,
        direct_messages: DirectMessages::AnyTime,
        history: Support::Native,
        // Messages bear our key as metadata, by which history finds them.
        idempotency_key: Support::None,
        distribution: Distribution::ByPlatform,
    }
}

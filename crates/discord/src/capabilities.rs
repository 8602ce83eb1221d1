//! What we can do in a channel of Discord, as data. The figures are those of Discord's own pages.

use conversation::{
    AttachmentLimits, Capabilities, DirectMessages, Distribution, EditLimits, Support, TextLimit,
    TextUnit,
};

use crate::known::KnownChannel;
use crate::settings::{AuthorMode, Settings};

/// "the message contents (up to 2000 characters)", marks included.
pub(crate) const MAX_TEXT: usize = 2000;
/// "Up to 10 files".
pub(crate) const MAX_FILES: usize = 10;
/// Five in each of five rows.
const MOST_BUTTONS: usize = 25;

pub(crate) fn capabilities(settings: &Settings, place: &KnownChannel) -> Capabilities {
    // Webhooks cannot speak to one person alone, nor in a thread without its channel.
    let of_webhooks = match settings.author {
        AuthorMode::Webhook if place.takes_webhooks() => Support::Native,
        _ => Support::None,
    };
    let limit = TextLimit {
        max: MAX_TEXT,
        unit: TextUnit::Markdown,
    };
    Capabilities {
        label: "Discord",
        text: limit,
        caption: limit,
        attachments: AttachmentLimits {
            support: Support::Native,
            max_upload: settings.max_upload_bytes,
            max_download: settings.max_download_bytes,
            per_post: MAX_FILES,
        },
        markup: Support::Native,
        // Webhooks cannot answer a message, so theirs go into the thread of its root.
        replies: Support::Native,
        threads: match place.is_direct() || place.parent.is_some() {
            true => Support::None,
            false => Support::Native,
        },
        subjects: match place.is_forum() {
            true => Support::Native,
            false => Support::Fallback,
        },
        edits: EditLimits {
            support: Support::Native,
            within: None,
        },
        deletes: Support::Native,
        deletes_seen: Support::Native,
        reactions: Support::Native,
        reactions_seen: Support::Native,
        author_name: of_webhooks.max(Support::Fallback),
        author_picture: of_webhooks,
        buttons: MOST_BUTTONS,
        direct_messages: DirectMessages::AnyTime,
        history: Support::Native,
        idempotency_key: match of_webhooks {
            Support::Native => Support::None,
            _ => Support::Native,
        },
        distribution: Distribution::ByPlatform,
    }
}

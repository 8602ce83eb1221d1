//! Keys under which an event is accepted once and for ever.

use conversation::EventKey;

use super::meaning::Bot;
use crate::wire::Chat;

/// Supergroups and channels number their messages for all to see. In private chats and basic groups every
/// bot counts for itself, so its id belongs to the key.
pub(super) fn message(kind: &str, chat: &Chat, message: i32, bot: &Bot) -> EventKey {
    let key = match chat.kind.as_str() {
        "supergroup" | "channel" => format!("{kind}:{}:{message}", chat.id),
        _ => format!("{kind}:{}:{}:{message}", bot.id, chat.id),
    };
    EventKey(key)
}

/// Update ids start anew somewhere else after a quiet week, so the date belongs to the key.
pub(super) fn update(kind: &str, bot: &Bot, update: i32, date: i64) -> EventKey {
    EventKey(format!("{kind}:{}:{update}:{date}", bot.id))
}

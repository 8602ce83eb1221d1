//! What we know and do not need, each by its own name; what Telegram will add tomorrow is kept raw.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::meaning::Meaning;

/// Updates that we do not ask for and that may come all the same.
const UNUSED_UPDATES: &[(&str, &str)] = &[
    ("business_connection", "business"),
    ("business_message", "business"),
    ("edited_business_message", "business"),
    ("deleted_business_messages", "business"),
    ("guest_message", "guest-message"),
    ("message_reaction_count", "anonymous-reactions"),
    ("inline_query", "inline"),
    ("chosen_inline_result", "inline"),
    ("shipping_query", "payment"),
    ("pre_checkout_query", "payment"),
    ("purchased_paid_media", "payment"),
    ("poll", "poll-state"),
    ("poll_answer", "poll-answer"),
    // The chat's own service messages tell who joins and leaves; counting both would count twice.
    ("chat_member", "chat-member"),
    ("chat_join_request", "join-request"),
    ("chat_boost", "boost"),
    ("removed_chat_boost", "boost"),
    ("managed_bot", "managed-bot"),
];

/// Messages in which nobody says anything: the field that makes them, and the name of the reason.
const SERVICE_MESSAGES: &[(&str, &str)] = &[
    ("migrate_from_chat_id", "moved-here"),
    ("pinned_message", "pinned"),
    ("new_chat_title", "title-changed"),
    ("new_chat_photo", "photo-changed"),
    ("delete_chat_photo", "photo-changed"),
    ("group_chat_created", "chat-created"),
    ("supergroup_chat_created", "chat-created"),
    ("channel_chat_created", "chat-created"),
    ("chat_owner_left", "owner-changed"),
    ("chat_owner_changed", "owner-changed"),
    ("message_auto_delete_timer_changed", "auto-delete-changed"),
    ("forum_topic_created", "topic-changed"),
    ("forum_topic_edited", "topic-changed"),
    ("forum_topic_closed", "topic-changed"),
    ("forum_topic_reopened", "topic-changed"),
    ("general_forum_topic_hidden", "topic-changed"),
    ("general_forum_topic_unhidden", "topic-changed"),
    ("video_chat_scheduled", "video-chat"),
    ("video_chat_started", "video-chat"),
    ("video_chat_ended", "video-chat"),
    ("video_chat_participants_invited", "video-chat"),
    ("giveaway_created", "giveaway"),
    ("giveaway", "giveaway"),
    ("giveaway_winners", "giveaway"),
    ("giveaway_completed", "giveaway"),
    ("gift", "gift"),
    ("unique_gift", "gift"),
    ("gift_upgrade_sent", "gift"),
    ("boost_added", "boost"),
    ("chat_background_set", "background-changed"),
    ("checklist_tasks_done", "checklist-changed"),
    ("checklist_tasks_added", "checklist-changed"),
    ("poll_option_added", "poll-changed"),
    ("poll_option_deleted", "poll-changed"),
    ("proximity_alert_triggered", "proximity-alert"),
    ("successful_payment", "payment"),
    ("refunded_payment", "payment"),
    ("direct_message_price_changed", "price-changed"),
    ("paid_message_price_changed", "price-changed"),
    ("suggested_post_approved", "suggested-post"),
    ("suggested_post_approval_failed", "suggested-post"),
    ("suggested_post_declined", "suggested-post"),
    ("suggested_post_paid", "suggested-post"),
    ("suggested_post_refunded", "suggested-post"),
    ("users_shared", "shared"),
    ("chat_shared", "shared"),
    ("connected_website", "login"),
    ("write_access_allowed", "login"),
    ("passport_data", "passport"),
    ("web_app_data", "web-app"),
    ("managed_bot_created", "managed-bot"),
];

pub(super) fn unused_update(kind: &str) -> Meaning {
    match named(UNUSED_UPDATES, kind) {
        Some(reason) => Meaning::Ignored(reason),
        None => Meaning::Unreadable("unknown-update"),
    }
}

/// A message without words and files: a service message, or something that we have never heard of.
pub(super) fn without_content(raw: &RawValue) -> Meaning {
    let fields: BTreeMap<String, IgnoredAny> = serde_json::from_str(raw.get()).unwrap_or_default();
    match fields.keys().find_map(|it| named(SERVICE_MESSAGES, it)) {
        Some(reason) => Meaning::Ignored(reason),
        None => Meaning::Unreadable("unknown-message"),
    }
}

fn named(table: &[(&str, &'static str)], field: &str) -> Option<&'static str> {
    let (_, reason) = table.iter().find(|(name, _)| *name == field)?;
    Some(reason)
}

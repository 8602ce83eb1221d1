//! From one raw payload to events in our words. **Invariant:** pure; every payload becomes events, or is
//! ignored by a name, or is handed back as unreadable: none vanishes.

use conversation::Timestamp;
use serde_json::Value;

pub(crate) mod author;
mod blocks;
mod channel;
mod command;
mod content;
pub(crate) mod emoji;
mod files;
mod form;
mod ids;
mod interaction;
mod key;
mod meaning;
mod message;
mod names;
mod reaction;
#[cfg(test)]
mod tests;
mod workspace;

pub(crate) use ids::Ids;
pub(crate) use interaction::ACTION as BUTTON;
pub(crate) use meaning::Context;
pub use meaning::{App, Normalised};
use meaning::{Meaning, text};
pub use names::{Names, User};

/// Reads one payload: of the Events API, of an interaction or of a slash command, also in Socket Mode's envelope.
/// `now` counts where a payload bears no time of its own.
pub fn normalise(raw: &str, app: &App, names: &Names, now: Timestamp) -> Normalised {
    let meaning = match serde_json::from_str::<Value>(raw) {
        Ok(payload) => read(&payload, &Context { app, names, now }),
        Err(_) => Meaning::Unreadable("malformed-payload"),
    };
    meaning.normalised(|| raw.to_owned())
}

/// As `normalise`, for a payload that was read already.
pub(crate) fn normalise_value(payload: &Value, context: &Context<'_>) -> Normalised {
    read(payload, context).normalised(|| payload.to_string())
}

/// What stands in Socket Mode's envelope, in the Events API's wrapper, or alone.
pub(crate) fn event_of(payload: &Value) -> &Value {
    let payload = match payload.get("envelope_id") {
        Some(_) => &payload["payload"],
        None => payload,
    };
    match payload["type"] == "event_callback" {
        true => &payload["event"],
        false => payload,
    }
}

fn read(payload: &Value, context: &Context<'_>) -> Meaning {
    let inner = match payload.get("envelope_id") {
        Some(_) => &payload["payload"],
        None => payload,
    };
    let ours = context.app.app_id.as_deref();
    let theirs = text(inner, "api_app_id");
    if theirs.is_some() && ours.is_some() && theirs != ours {
        return Meaning::Ignored("another-app");
    }
    match workspace::is_elsewhere(inner, context.app) {
        true => Meaning::Ignored("another-workspace"),
        false => read_inner(inner, context),
    }
}

fn read_inner(payload: &Value, context: &Context<'_>) -> Meaning {
    if payload.get("command").is_some() {
        return command::commanded(payload, context);
    }
    match payload["type"].as_str() {
        Some("event_callback") => read_event(&payload["event"], payload, context),
        Some("block_actions") => interaction::pressed(payload, context),
        Some("view_submission") => interaction::submitted(payload, context),
        Some(
            "shortcut" | "message_action" | "view_closed" | "block_suggestion"
            | "workflow_step_edit",
        ) => Meaning::Ignored("unused-interaction"),
        Some("app_rate_limited") => Meaning::Ignored("rate-limited"),
        _ => read_event(payload, payload, context),
    }
}

/// The events of the manifest, and a few that come without being asked for.
fn read_event(event: &Value, wrapper: &Value, context: &Context<'_>) -> Meaning {
    let Some(kind) = event["type"].as_str() else {
        return Meaning::Unreadable("malformed-payload");
    };
    match kind {
        "message" => message::message(event, context),
        "reaction_added" | "reaction_removed" => reaction::changed(event, wrapper, context),
        "app_uninstalled" | "tokens_revoked"
            if workspace::happened_elsewhere(wrapper, context.app) =>
        {
            Meaning::Ignored("another-workspace")
        }
        "app_uninstalled" => Meaning::Revoked("app_uninstalled"),
        "tokens_revoked" => match event["tokens"]["bot"].as_array() {
            Some(bots) if !bots.is_empty() => Meaning::Revoked("token_revoked"),
            _ => Meaning::Ignored("other-token-revoked"),
        },
        "user_change" => Meaning::Ignored(PROFILE_CHANGED),
        "channel_rename" | "group_rename" => Meaning::Ignored(CHANNEL_RENAMED),
        kind if channel::EVENTS.contains(&kind) => {
            channel::changed(kind, (event, wrapper), context)
        }
        kind if UNUSED.contains(&kind) => Meaning::Ignored("unused-event"),
        _ => Meaning::Unreadable("unknown-event"),
    }
}

/// Changes what is remembered of names.
pub(crate) const PROFILE_CHANGED: &str = "profile-changed";
pub(crate) const CHANNEL_RENAMED: &str = "channel-renamed";

/// A mention of us, a file or a pin is told by the message that brings it.
const UNUSED: &[&str] = &[
    "app_mention",
    "app_home_opened",
    "channel_created",
    "emoji_changed",
    "file_change",
    "file_created",
    "file_deleted",
    "file_public",
    "file_shared",
    "file_unshared",
    "im_created",
    "im_open",
    "im_close",
    "link_shared",
    "message_metadata_deleted",
    "message_metadata_posted",
    "message_metadata_updated",
    "pin_added",
    "pin_removed",
    "subteam_created",
    "subteam_updated",
    "team_join",
    "team_rename",
];

/// What the adapter hears of; the app's manifest asks Slack for exactly these.
pub const SUBSCRIBED: &[&str] = &[
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
    "user_change",
];

//! Who comes and goes, and what becomes of a channel; of ourselves: whether we may still speak there.

use conversation::Event;
use serde_json::Value;

use super::meaning::{Context, Meaning, one, stamp, text};
use super::{author, key};
use crate::errors::INVITE;
use crate::id;

pub(super) const EVENTS: &[&str] = &[
    "member_joined_channel",
    "member_left_channel",
    "channel_archive",
    "channel_unarchive",
    "channel_deleted",
    "channel_left",
    "channel_id_changed",
    "group_archive",
    "group_unarchive",
    "group_deleted",
    "group_left",
];

pub(super) fn changed(kind: &str, told: (&Value, &Value), context: &Context<'_>) -> Meaning {
    read(kind, told, context).unwrap_or(Meaning::Unreadable("malformed-channel-event"))
}

/// What lets us in again.
fn why_closed(kind: &str) -> &'static str {
    match kind {
        "channel_archive" | "group_archive" => "it is archived: unarchive the channel",
        "channel_deleted" | "group_deleted" => {
            "it is deleted: take it out of its room with `causeway room unlink`, and link another"
        }
        _ => INVITE,
    }
}

fn read(kind: &str, (event, wrapper): (&Value, &Value), context: &Context<'_>) -> Option<Meaning> {
    let (event_ts, at) = stamp(event, wrapper).unwrap_or(("", context.now));
    let channel = text(event, "channel").or_else(|| text(event, "old_channel_id"))?;
    let user = text(event, "user").or_else(|| text(event, "actor_id"));
    let ourselves = user == Some(context.app.user_id.as_str());
    let what = match kind {
        "member_joined_channel" if ourselves => Event::Opened,
        "member_joined_channel" => Event::Joined,
        "member_left_channel" if ourselves => Event::closed(INVITE),
        "member_left_channel" => Event::Left,
        "channel_unarchive" | "group_unarchive" => Event::Opened,
        "channel_id_changed" => Event::Moved {
            to: id::channel(text(event, "new_channel_id")?),
        },
        _ => Event::closed(why_closed(kind)),
    };
    if matches!(what, Event::Joined | Event::Left) && user.is_none() {
        return None;
    }
    let actor = user.map_or_else(author::slack_itself, |it| author::of_user(it, context));
    Some(one(calls::happened(
        key::of(&[kind, channel, user.unwrap_or_default(), event_ts]),
        id::channel(channel),
        at,
        actor,
        what,
    )))
}

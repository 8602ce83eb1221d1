//! Reactions under messages.

use conversation::{Event, ReactionChange, Timestamp};
use serde_json::Value;

use super::meaning::{Context, Meaning, one, stamp, text};
use super::{author, emoji, key};
use crate::id;

pub(super) fn changed(event: &Value, wrapper: &Value, context: &Context<'_>) -> Meaning {
    let item = &event["item"];
    if matches!(text(item, "type"), Some("file" | "file_comment")) {
        return Meaning::Ignored("reaction-to-a-file");
    }
    let read = stamp(event, wrapper).and_then(|it| read(event, it, context));
    read.unwrap_or(Meaning::Unreadable("malformed-reaction"))
}

fn read(
    event: &Value,
    (event_ts, at): (&str, Timestamp),
    context: &Context<'_>,
) -> Option<Meaning> {
    let item = &event["item"];
    let (channel, ts) = (text(item, "channel")?, text(item, "ts")?);
    let (user, name) = (text(event, "user")?, text(event, "reaction")?);
    id::at(ts)?;
    let emoji = vec![emoji::to_unicode(name)];
    let is_added = event["type"] == "reaction_added";
    let (kind, added, removed) = match is_added {
        true => ("react", emoji, Vec::new()),
        false => ("unreact", Vec::new(), emoji),
    };
    Some(one(calls::happened(
        key::of(&[kind, channel, ts, user, name, event_ts]),
        id::channel(channel),
        at,
        author::of_user(user, context),
        Event::Reacted(ReactionChange {
            message: ts.into(),
            added,
            removed,
        }),
    )))
}

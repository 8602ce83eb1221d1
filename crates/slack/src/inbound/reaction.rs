//! Reactions under messages.

use conversation::{Event, Inbound, ReactionChange};
use serde_json::Value;

use super::{Context, Meaning, author, emoji, key, one, text};
use crate::id;

pub(super) fn changed(event: &Value, context: &Context<'_>) -> Meaning {
    let item = &event["item"];
    if matches!(text(item, "type"), Some("file" | "file_comment")) {
        return Meaning::Ignored("reaction-to-a-file");
    }
    read(event, item, context).unwrap_or(Meaning::Unreadable("malformed-reaction"))
}

fn read(event: &Value, item: &Value, context: &Context<'_>) -> Option<Meaning> {
    let (channel, ts) = (text(item, "channel")?, text(item, "ts")?);
    let (user, name) = (text(event, "user")?, text(event, "reaction")?);
    let event_ts = text(event, "event_ts")?;
    let at = id::at(event_ts)?;
    id::at(ts)?;
    let emoji = vec![emoji::to_unicode(name)];
    let is_added = event["type"] == "reaction_added";
    let (kind, added, removed) = match is_added {
        true => ("react", emoji, Vec::new()),
        false => ("unreact", Vec::new(), emoji),
    };
    Some(one(Inbound {
        key: key::of(&[kind, channel, ts, user, name, event_ts]),
        channel: id::channel(channel),
        within: None,
        at,
        actor: author::of_user(user, context),
        event: Event::Reacted(ReactionChange {
            message: ts.into(),
            added,
            removed,
        }),
    }))
}

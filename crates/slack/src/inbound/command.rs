//! Slash commands. They bear neither a thread nor a time, and stand in no message.

use conversation::{Event, Inbound, Proof};
use serde_json::Value;

use super::{Context, Meaning, author, key, one, text};
use crate::id;
use crate::markup::unescaped;

/// The program's own command; others stand for themselves.
const COMMAND: &str = "/causeway";

pub(super) fn commanded(payload: &Value, context: &Context<'_>) -> Meaning {
    read(payload, context).unwrap_or(Meaning::Unreadable("malformed-command"))
}

fn read(payload: &Value, context: &Context<'_>) -> Option<Meaning> {
    let (channel, user) = (text(payload, "channel_id")?, text(payload, "user_id")?);
    let trigger = text(payload, "trigger_id")?;
    let said = unescaped(text(payload, "text").unwrap_or_default());
    let said = said.trim();
    let words = match text(payload, "command")? {
        COMMAND if said.is_empty() => "help".to_owned(),
        COMMAND => said.to_owned(),
        other => format!("{} {said}", other.trim_start_matches('/'))
            .trim_end()
            .to_owned(),
    };
    Some(one(Inbound {
        key: key::of(&["command", channel, user, trigger]),
        channel: id::channel(channel),
        within: None,
        at: context.now,
        actor: author::of_user(user, context),
        proof: Proof::OfPlatform,
        event: Event::Commanded {
            message: trigger.into(),
            text: words,
        },
    }))
}

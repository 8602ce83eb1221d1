//! What is said to us: slash commands, which bear neither a thread nor a time and stand in no message, and messages that begin
//! with our name.

use conversation::{Event, Inbound, behind_slash};
use serde_json::Value;

use super::meaning::{Context, Meaning, one, text};
use super::{author, key};
use crate::markup::unescaped;
use crate::{id, way};

/// The program's own command; others stand for themselves.
const COMMAND: &str = "/causeway";

pub(super) fn commanded(payload: &Value, context: &Context<'_>) -> Meaning {
    read(payload, context).unwrap_or(Meaning::Unreadable("malformed-command"))
}

/// What follows our name, where a message begins with it; or a command that was sent as words, as a blank before its slash makes
/// it.
pub(super) fn addressed(message: &Value, context: &Context<'_>) -> Option<String> {
    let said = text(message, "text")?.trim_start();
    let words = behind_our_name(said, context).or_else(|| behind_slash(said))?;
    Some(match words {
        "" => "help".to_owned(),
        words => as_typed(words),
    })
}

/// Without what Slack makes of it on its way: an address is as it was typed, a person or channel as commands take it.
fn as_typed(text: &str) -> String {
    let mut typed = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        typed += &unescaped(before);
        let Some((inside, behind)) = behind.split_once('>') else {
            rest = behind;
            continue;
        };
        let (target, label) = inside.split_once('|').unwrap_or((inside, inside));
        match target.strip_prefix(['@', '#']) {
            Some(id) => typed += &format!("{}:{id}", id::PLATFORM),
            None => typed += &unescaped(label),
        }
        rest = behind;
    }
    typed + &unescaped(rest)
}

fn behind_our_name<'a>(said: &'a str, context: &Context<'_>) -> Option<&'a str> {
    let (sign, rest) = said.strip_prefix("<@")?.split_once('>')?;
    let account = sign.split('|').next()?;
    let is_us = !context.app.user_id.is_empty() && account == context.app.user_id;
    is_us.then(|| rest.trim_start_matches([',', ':']).trim())
}

fn read(payload: &Value, context: &Context<'_>) -> Option<Meaning> {
    let (channel, user) = (text(payload, "channel_id")?, text(payload, "user_id")?);
    let trigger = text(payload, "trigger_id")?;
    let said = as_typed(text(payload, "text").unwrap_or_default());
    let said = said.trim();
    let words = match text(payload, "command")? {
        COMMAND if said.is_empty() => "help".to_owned(),
        COMMAND => said.to_owned(),
        other => format!("{} {said}", other.trim_start_matches('/'))
            .trim_end()
            .to_owned(),
    };
    Some(one(Inbound {
        way_back: text(payload, "response_url").and_then(|it| way::by_address(it, context.now)),
        ..calls::happened(
            key::of(&["command", channel, user, trigger]),
            id::channel(channel),
            context.now,
            author::of_user(user, context),
            Event::Commanded {
                message: trigger.into(),
                text: words,
            },
        )
    }))
}

//! Recorded updates and what becomes of them. One line says which event it is, where, when and by whom; the
//! next what happened.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use conversation::{Inbound, Timestamp};
use telegram::{Bot, Normalised, normalise};

mod answers;
mod asks;
mod changes;
mod damaged;
mod files;
mod library;
mod odd;
mod people;
mod words;

/// For what bears no time of its own.
const NOW: Timestamp = Timestamp(7);

fn shown(payload: &str) -> String {
    match normalise(&recorded(payload), &us(), NOW) {
        Normalised::Events(events) => events.iter().map(line).collect::<Vec<_>>().join("\n"),
        Normalised::Ignored(reason) => format!("ignored: {reason}"),
        Normalised::Unreadable { reason, .. } => format!("kept raw: {reason}"),
    }
}

fn line(event: &Inbound) -> String {
    let Inbound {
        key,
        channel,
        within: _,
        at,
        actor,
        proof: _,
        event,
        way_back: _,
    } = event;
    let (account, name, kind) = (&actor.account, &actor.display_name, actor.kind);
    let what = serde_json::to_string(event).unwrap();
    format!(
        "{key} in {channel} at {} by {account} {name:?} ({kind:?})\n  {what}",
        at.0
    )
}

fn recorded(payload: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads");
    std::fs::read_to_string(folder.join(format!("{payload}.json"))).unwrap()
}

fn us() -> Bot {
    serde_json::from_str(r#"{"id": 4242, "username": "causeway_bot"}"#).unwrap()
}

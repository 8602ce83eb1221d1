//! Forms of ours that were sent: each is the command that it is about.

use std::collections::HashMap;

use conversation::command::{Chosen, Fault, Param, Verb};
use conversation::{Event, Inbound, Language};
use serde_json::{Value, json};

use super::meaning::{Context, Meaning, items, one, text};
use super::{author, key};
use crate::form::About;
use crate::id;

pub(super) fn sent(payload: &Value, context: &Context<'_>) -> Meaning {
    read(payload, context).unwrap_or(Meaning::Unreadable("malformed-form"))
}

fn read(payload: &Value, context: &Context<'_>) -> Option<Meaning> {
    let view = &payload["view"];
    let about: About = serde_json::from_str(text(view, "private_metadata")?).ok()?;
    let values = view["state"]["values"].as_object()?;
    let given = values
        .iter()
        .filter_map(|(block, it)| Some((block.clone(), value(it)?)));
    let chosen = Chosen {
        path: Verb::named(&about.command)?.path(),
        options: given.collect(),
    };
    let faults = chosen.faults();
    if !faults.is_empty() {
        return Some(Meaning::SentBack(sent_back(&faults)));
    }
    let (view_id, user) = (text(view, "id")?, text(&payload["user"], "id")?);
    Some(one(Inbound {
        way_back: about.way_back(),
        ..calls::happened(
            key::of(&["form", view_id]),
            id::channel(&about.channel),
            context.now,
            author::of_user(user, context),
            Event::Commanded {
                message: view_id.into(),
                text: chosen.line(),
            },
        )
    }))
}

/// Of the one element of its block.
fn value(block: &Value) -> Option<String> {
    let element = block.as_object()?.values().next()?;
    let chosen = items(element, "selected_options").next();
    let chosen = chosen.unwrap_or(&element["selected_option"]);
    let said = text(element, "value")
        .or_else(|| text(chosen, "value"))?
        .trim();
    (!said.is_empty()).then(|| said.to_owned())
}

/// What Slack shows below each block.
fn sent_back(faults: &[(&'static Param, Fault)]) -> Value {
    let said = |(param, fault): &(&'static Param, Fault)| {
        let about = param.about.fixed(Language::ENGLISH);
        let why = fault.sentence().map(|it| it.fixed(Language::ENGLISH));
        (
            param.name(),
            format!("{}: {about}", why.unwrap_or_default()),
        )
    };
    let errors: HashMap<String, String> = faults.iter().map(said).collect();
    json!({ "response_action": "errors", "errors": errors })
}

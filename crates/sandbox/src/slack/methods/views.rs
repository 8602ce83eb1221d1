//! Modals: opened within seconds of what a person did, and rewritten later.

use serde_json::{Value, json};

use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::blocks;
use crate::slack::params::Params;
use crate::slack::world::World;

pub(super) fn open(world: &mut World, params: &Params) -> Answer {
    let trigger = params.text("trigger_id");
    let trigger = trigger.ok_or("invalid_arguments")?;
    let view = view(params)?;
    let user = world.interactions.use_trigger(&trigger)?;
    let id = world.new_id('V');
    world.interactions.open_modal(&id, user, view);
    Ok(json!({ "view": world.modal_value(&id) }))
}

pub(super) fn update(world: &mut World, params: &Params) -> Answer {
    let id = params.text("view_id").unwrap_or_default();
    let view = view(params)?;
    world.interactions.update_modal(&id, view)?;
    Ok(json!({ "view": world.modal_value(&id) }))
}

fn view(params: &Params) -> Checked<Value> {
    let view = params.json("view", "invalid_arguments")?;
    let view = view.ok_or("invalid_arguments")?;
    match check(&view) {
        wrong if wrong.is_empty() => Ok(named(view)),
        wrong => Err(ApiError::with_messages("invalid_arguments", &wrong)),
    }
}

/// Slack gives a name to each block that has none.
fn named(mut view: Value) -> Value {
    view["blocks"] = blocks::with_ids(view["blocks"].take());
    view
}

fn check(view: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if !matches!(view["type"].as_str(), Some("modal")) {
        wrong.push("type must be modal [json-pointer:/view/type]".into());
    }
    for (name, is_needed) in [("title", true), ("submit", false), ("close", false)] {
        let length = view[name]["text"]
            .as_str()
            .map_or(0, |it| it.chars().count());
        let is_there = is_needed || !view[name].is_null();
        if is_there && !(view[name]["type"] == "plain_text" && (1..=24).contains(&length)) {
            wrong.push(format!(
                "{name} must be plain_text of 1 to 24 characters [json-pointer:/view/{name}/text]"
            ));
        }
    }
    for (name, most) in [
        ("private_metadata", 3_000),
        ("callback_id", 255),
        ("external_id", 255),
    ] {
        let length = view[name].as_str().map_or(0, |it| it.chars().count());
        if length > most {
            wrong.push(format!(
                "must be less than {} characters [json-pointer:/view/{name}]",
                most + 1
            ));
        }
    }
    let has_input = |it: &Value| it["type"] == "input";
    let blocks = view["blocks"].as_array();
    if blocks.is_some_and(|it| it.iter().any(has_input)) && view["submit"].is_null() {
        wrong.push("submit is needed where there are inputs [json-pointer:/view/submit]".into());
    }
    match blocks {
        None => wrong.push("blocks must be a list [json-pointer:/view/blocks]".into()),
        Some(_) => wrong.extend(
            blocks::check_view(&view["blocks"])
                .err()
                .unwrap_or_default(),
        ),
    }
    wrong
}

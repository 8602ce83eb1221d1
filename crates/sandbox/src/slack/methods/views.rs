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
        wrong if wrong.is_empty() => Ok(view),
        wrong => Err(ApiError::with_messages("invalid_arguments", &wrong)),
    }
}

fn check(view: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if !matches!(view["type"].as_str(), Some("modal")) {
        wrong.push("type must be modal [json-pointer:/view/type]".into());
    }
    let title = view["title"]["text"].as_str().unwrap_or("");
    if title.is_empty() || title.chars().count() > 24 {
        wrong.push("title must have 1 to 24 characters [json-pointer:/view/title/text]".into());
    }
    let has_input = |it: &Value| it["type"] == "input";
    let blocks = view["blocks"].as_array();
    if blocks.is_some_and(|it| it.iter().any(has_input)) && view["submit"].is_null() {
        wrong.push("submit is needed where there are inputs [json-pointer:/view/submit]".into());
    }
    match blocks {
        None => wrong.push("blocks must be a list [json-pointer:/view/blocks]".into()),
        Some(_) => wrong.extend(blocks::check(&view["blocks"]).err().unwrap_or_default()),
    }
    wrong
}

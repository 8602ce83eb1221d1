//! What people fill in: which fields an input block may have, and what comes back of them.

use serde_json::{Value, json};

use super::rich::{Wrong, note};
use super::{check_text, is_plain};

const LONGEST_LABEL: usize = 2_000;
const LONGEST_TYPED: u64 = 3_000;
const LONGEST_CHOICE: usize = 75;
const LONGEST_VALUE: usize = 150;

pub(super) fn check(block: &Value, at: &str, wrong: &mut Wrong) {
    for name in ["label", "hint"] {
        if name == "label" || !block[name].is_null() {
            let at = format!("{at}/{name}");
            check_text(&block[name], &at, LONGEST_LABEL, wrong);
            note!(wrong, !is_plain(&block[name]) => &at, "/type", "must be plain_text");
        }
    }
    let element = &block["element"];
    let at = format!("{at}/element");
    note!(wrong, !element.is_object() => &at, "", "missing required field: element");
    let action = element["action_id"].as_str().unwrap_or_default();
    note!(wrong, action.len() > 255 => &at, "/action_id", "must be at most 255 characters");
    match element["type"].as_str().unwrap_or_default() {
        "plain_text_input" => check_typed(element, &at, wrong),
        "static_select" | "multi_static_select" => check_choices(element, &at, 100, wrong),
        "radio_buttons" | "checkboxes" => check_choices(element, &at, 10, wrong),
        "users_select"
        | "conversations_select"
        | "channels_select"
        | "datepicker"
        | "timepicker"
        | "email_text_input"
        | "url_text_input"
        | "number_input"
        | "rich_text_input"
        | "external_select"
        | "file_input" => {}
        other => wrong.note(&at, "/type", format!("unsupported type: {other}")),
    }
}

fn check_typed(element: &Value, at: &str, wrong: &mut Wrong) {
    let most = element["max_length"].as_u64().unwrap_or(LONGEST_TYPED);
    note!(wrong, most == 0 || most > LONGEST_TYPED => at, "/max_length", "must be between 1 and 3000");
    let initial = element["initial_value"].as_str().unwrap_or_default();
    let length = u64::try_from(initial.chars().count()).unwrap_or(u64::MAX);
    note!(wrong, length > most => at, "/initial_value", "must be at most {most} characters");
    if !element["placeholder"].is_null() {
        check_text(
            &element["placeholder"],
            &format!("{at}/placeholder"),
            150,
            wrong,
        );
    }
}

fn check_choices(element: &Value, at: &str, most: usize, wrong: &mut Wrong) {
    let Some(choices) = element["options"].as_array() else {
        let has_groups = element["option_groups"].is_array();
        note!(wrong, !has_groups => at, "", "missing required field: options");
        return;
    };
    note!(wrong, choices.is_empty() || choices.len() > most => at, "/options", "must have 1 to {most} items");
    for (index, choice) in choices.iter().enumerate() {
        let at = format!("{at}/options/{index}");
        check_text(
            &choice["text"],
            &format!("{at}/text"),
            LONGEST_CHOICE,
            wrong,
        );
        let value = choice["value"].as_str().map_or(0, |it| it.chars().count());
        note!(wrong, value == 0 || value > LONGEST_VALUE => &at, "/value", "must have 1 to 150 characters");
    }
    let initial = element["initial_options"].as_array().into_iter().flatten();
    let initial = initial.chain(element.get("initial_option"));
    for it in initial {
        note!(wrong, !choices.contains(it) => at, "/initial_option", "must be one of the options");
    }
}

/// What an app complains of are input blocks by their names, at least one.
pub(crate) fn are_named(blocks: &Value, errors: &Value) -> bool {
    let all = || blocks.as_array().into_iter().flatten();
    let is_input = |id: &str| all().any(|it| it["type"] == "input" && it["block_id"] == id);
    let errors = errors.as_object().filter(|it| !it.is_empty());
    errors.is_some_and(|it| it.iter().all(|(id, why)| is_input(id) && why.is_string()))
}

/// Why a client does not send it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unsent {
    NotFilledIn(String),
    NoChoice(String, String),
}

/// In the form of `view.state.values`: what was typed or chosen, by action id, or else what stood there.
pub(crate) fn filled_in(blocks: &Value, values: &[(&str, &str)]) -> Result<Value, Unsent> {
    let mut state = json!({});
    for block in blocks.as_array().into_iter().flatten() {
        let element = &block["element"];
        let (Some(id), Some(action)) = (block["block_id"].as_str(), element["action_id"].as_str())
        else {
            continue;
        };
        let value = values.iter().find(|it| it.0 == action).map(|it| it.1);
        let value = value.filter(|it| !it.is_empty());
        let filled = filled(element, action, value)?;
        let is_empty = |it: &Value| it.is_null() || it.as_array().is_some_and(Vec::is_empty);
        let is_needed = block["optional"] != true;
        refuse!(is_needed && is_empty(&filled.1) => Unsent::NotFilledIn(action.to_owned()));
        state[id][action] = json!({ "type": element["type"], filled.0: filled.1 });
    }
    Ok(state)
}

/// Under which name it comes, and what.
fn filled(
    element: &Value,
    action: &str,
    value: Option<&str>,
) -> Result<(&'static str, Value), Unsent> {
    let choices = element["options"].as_array().into_iter().flatten();
    let choice = |value: &str| {
        let mut choices = choices.clone();
        let found = choices.find(|it| it["value"] == value);
        let none = || Unsent::NoChoice(action.to_owned(), value.to_owned());
        found.cloned().ok_or_else(none)
    };
    let initial = |name: &str| element.get(name).cloned().unwrap_or_default();
    let value = match element["type"].as_str() {
        Some("static_select" | "radio_buttons") => match value {
            Some(value) => ("selected_option", choice(value)?),
            None => ("selected_option", initial("initial_option")),
        },
        Some("checkboxes" | "multi_static_select") => match value {
            Some(several) => {
                let chosen: Result<Vec<Value>, Unsent> = several.split(',').map(choice).collect();
                ("selected_options", chosen?.into())
            }
            None => match initial("initial_options") {
                Value::Null => ("selected_options", json!([])),
                some => ("selected_options", some),
            },
        },
        _ => match value {
            Some(typed) => ("value", typed.into()),
            None => ("value", initial("initial_value")),
        },
    };
    Ok(value)
}

//! The commands that a bot registers: what Discord's documents allow of their names, lengths and numbers, and what may stand in
//! what.

use serde_json::Value;

use super::answer::{ApiError, Checked};

pub(crate) const SUBCOMMAND: u64 = 1;
pub(crate) const GROUP: u64 = 2;
pub(crate) const STRING: u64 = 3;
pub(crate) const INTEGER: u64 = 4;
pub(crate) const BOOLEAN: u64 = 5;
pub(crate) const NUMBER: u64 = 10;
const LAST: u64 = 11;

const LONGEST_NAME: usize = 32;
const LONGEST_TEXT: usize = 100;
pub(crate) const MOST: usize = 25;
/// Of all names, descriptions and values of a command.
const LARGEST: usize = 8_000;

/// `at` names it in what is refused.
pub(crate) fn check(command: &Value, at: &str) -> Checked {
    let size = checked(command, at, None)?;
    let code = "APPLICATION_COMMAND_TOO_LARGE";
    refuse!(size > LARGEST => ApiError::form(at, code, "Command exceeds maximum size (8000)"));
    Ok(())
}

pub(crate) fn kind(option: &Value) -> u64 {
    option["type"].as_u64().unwrap_or(0)
}

pub(crate) fn inner(holder: &Value) -> &[Value] {
    holder["options"].as_array().map_or(&[], Vec::as_slice)
}

/// Its size, with all that it holds; `within` is the kind of what holds it.
fn checked(it: &Value, at: &str, within: Option<u64>) -> Checked<usize> {
    let own = within.map(|_| kind(it));
    refuse!(own.is_some_and(|own| !may_stand(own, within)) => ApiError::form(
        &format!("{at}.type"),
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Sub-command and sub-command group option types are mutually exclusive to all other types",
    ));
    let mut size = named(it, at)? + choices(it, at)?;
    let options = inner(it);
    refuse!(options.len() > MOST => ApiError::too_long(&format!("{at}.options"), MOST));
    for (number, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{number}");
        let before = &options[..number];
        let wrong = |code, message| ApiError::form(&at, code, message);
        refuse!(before.iter().any(|it| it["name"] == option["name"]) => wrong(
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
            "Option name already exists",
        ));
        let is_late = option["required"] == true && before.iter().any(|it| it["required"] != true);
        refuse!(is_late => wrong(
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            "Required options must be placed before non-required options",
        ));
        refuse!(is_inner(kind(option)) != is_inner(kind(&options[0])) => wrong(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        ));
        size += checked(option, &at, Some(own.unwrap_or(0)))?;
    }
    Ok(size)
}

fn is_inner(kind: u64) -> bool {
    matches!(kind, SUBCOMMAND | GROUP)
}

/// A command, 0, holds all kinds; a group subcommands; a subcommand what is filled in, which holds nothing.
fn may_stand(kind: u64, within: Option<u64>) -> bool {
    match within {
        Some(0) => (SUBCOMMAND..=LAST).contains(&kind),
        Some(GROUP) => kind == SUBCOMMAND,
        Some(SUBCOMMAND) => (STRING..=LAST).contains(&kind),
        _ => false,
    }
}

fn named(it: &Value, at: &str) -> Checked<usize> {
    let name = it["name"].as_str().unwrap_or("");
    let about = it["description"].as_str().unwrap_or("");
    let is_one = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '\'');
    let length = name.chars().count();
    let is_odd = !(1..=LONGEST_NAME).contains(&length) || !name.chars().all(is_one);
    let wrong = |message| {
        ApiError::form(
            &format!("{at}.name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            message,
        )
    };
    refuse!(is_odd || name.to_lowercase() != name => wrong("Command name is invalid"));
    let described = about.chars().count();
    let field = format!("{at}.description");
    refuse!(!(1..=LONGEST_TEXT).contains(&described) => ApiError::bad_length(&field, LONGEST_TEXT));
    Ok(length + described)
}

/// Discord offers what was registered, or asks the bot while somebody types: not both.
fn choices(option: &Value, at: &str) -> Checked<usize> {
    let Some(choices) = option["choices"].as_array() else {
        return Ok(0);
    };
    let field = format!("{at}.choices");
    refuse!(option["autocomplete"] == true && !choices.is_empty() => ApiError::form(
        &field,
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
        "Autocomplete options cannot have choices",
    ));
    check_choices(choices, &field)
}

/// Of an option, or of what the bot answers while somebody types.
pub(crate) fn check_choices(choices: &[Value], field: &str) -> Checked<usize> {
    refuse!(choices.len() > MOST => ApiError::too_long(field, MOST));
    let mut size = 0;
    for (number, choice) in choices.iter().enumerate() {
        for part in ["name", "value"] {
            let field = format!("{field}.{number}.{part}");
            let text = match &choice[part] {
                Value::String(text) => text.clone(),
                it if it.is_number() && part == "value" => it.to_string(),
                _ => return Err(ApiError::required(&field)),
            };
            let length = text.chars().count();
            refuse!(!(1..=LONGEST_TEXT).contains(&length) => ApiError::bad_length(&field, LONGEST_TEXT));
            size += length;
        }
    }
    Ok(size)
}

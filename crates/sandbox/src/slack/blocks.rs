//! What Slack checks in blocks before it takes them, and where their buttons are.

use serde_json::Value;

mod input;
mod rich;

pub(crate) use input::{Unsent, are_named, filled_in};
use rich::{Wrong, note};

const MOST_BLOCKS: usize = 50;
const MOST_IN_A_VIEW: usize = 100;
const LONGEST_TEXT: usize = 3_000;
const LONGEST_MARKDOWN: usize = 12_000;

/// Of a message. Says what is wrong, each with a pointer to where.
pub(crate) fn check(blocks: &Value) -> Result<(), Vec<String>> {
    check_up_to(blocks, MOST_BLOCKS)
}

/// Of a modal, where no two may have one name.
pub(crate) fn check_view(blocks: &Value) -> Result<(), Vec<String>> {
    check_up_to(blocks, MOST_IN_A_VIEW)?;
    let all = blocks.as_array().into_iter().flatten();
    let mut ids: Vec<&str> = all.filter_map(|it| it["block_id"].as_str()).collect();
    let before = ids.len();
    ids.sort_unstable();
    ids.dedup();
    refuse!(ids.len() < before => vec!["block_id is used twice [json-pointer:/view/blocks]".to_owned()]);
    Ok(())
}

fn check_up_to(blocks: &Value, most: usize) -> Result<(), Vec<String>> {
    let mut wrong = Wrong::default();
    match blocks.as_array() {
        None => wrong.note("/blocks", "", "must be a list"),
        Some(all) => {
            note!(wrong, all.len() > most => "/blocks", "", "no more than {most} items allowed");
            for (index, block) in all.iter().enumerate() {
                check_block(block, &format!("/blocks/{index}"), &mut wrong);
            }
        }
    }
    refuse!(!wrong.0.is_empty() => wrong.0);
    Ok(())
}

fn check_block(block: &Value, at: &str, wrong: &mut Wrong) {
    let id = block["block_id"].as_str().unwrap_or_default();
    note!(wrong, id.len() > 255 => at, "/block_id", "must be at most 255 characters");
    match block["type"].as_str().unwrap_or("") {
        "rich_text" => rich::check(block, at, wrong),
        "section" => check_section(block, at, wrong),
        "context" => check_count(block, at, 10, wrong),
        "actions" => check_actions(block, at, wrong),
        "header" => check_text(&block["text"], &format!("{at}/text"), 150, wrong),
        "image" => {
            note!(wrong, !block["alt_text"].is_string() => at, "", "missing required field: alt_text");
        }
        "markdown" => {
            let length = block["text"].as_str().map_or(0, |it| it.chars().count());
            note!(wrong, length == 0 || length > LONGEST_MARKDOWN => at, "/text", "must have 1 to 12000 characters");
        }
        "input" => input::check(block, at, wrong),
        "divider" | "file" | "video" => {}
        other => wrong.note(at, "/type", format!("unsupported type: {other}")),
    }
}

fn check_section(block: &Value, at: &str, wrong: &mut Wrong) {
    let fields = block["fields"].as_array();
    note!(wrong, block["text"].is_null() && fields.is_none() => at, "", "must have text or fields");
    if !block["text"].is_null() {
        check_text(&block["text"], &format!("{at}/text"), LONGEST_TEXT, wrong);
    }
    for (index, field) in fields.into_iter().flatten().enumerate() {
        check_text(field, &format!("{at}/fields/{index}"), 2_000, wrong);
    }
}

fn check_actions(block: &Value, at: &str, wrong: &mut Wrong) {
    check_count(block, at, 25, wrong);
    let elements = block["elements"].as_array();
    for (index, element) in elements.into_iter().flatten().enumerate() {
        let at = format!("{at}/elements/{index}");
        if element["type"] == "button" {
            check_text(&element["text"], &format!("{at}/text"), 75, wrong);
        }
        for (field, most) in [("action_id", 255), ("value", 2_000), ("url", 3_000)] {
            let text = element[field].as_str().unwrap_or_default();
            note!(wrong, text.chars().count() > most => &at, &format!("/{field}"), "must be at most {most} characters");
        }
    }
}

fn check_count(block: &Value, at: &str, most: usize, wrong: &mut Wrong) {
    let count = block["elements"].as_array().map_or(0, Vec::len);
    note!(wrong, count == 0 || count > most => at, "/elements", "must have 1 to {most} items");
}

fn check_text(object: &Value, at: &str, most: usize, wrong: &mut Wrong) {
    note!(wrong, !matches!(object["type"].as_str(), Some("mrkdwn" | "plain_text")) => at, "/type", "must be mrkdwn or plain_text");
    let length = object["text"].as_str().map_or(0, |it| it.chars().count());
    note!(wrong, length == 0 => at, "/text", "must be more than 0 characters");
    note!(wrong, length > most => at, "/text", "must be less than {} characters", most + 1);
}

fn is_plain(object: &Value) -> bool {
    object["type"] == "plain_text"
}

/// Slack gives a name to every block that has none.
pub(crate) fn with_ids(mut blocks: Value) -> Value {
    for (index, block) in blocks.as_array_mut().into_iter().flatten().enumerate() {
        if block.get("block_id").is_none() && block.is_object() {
            block["block_id"] = format!("b{index}").into();
        }
    }
    blocks
}

/// All that can be pressed, with the block that it stands in.
pub(crate) fn buttons(blocks: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for block in blocks.as_array().into_iter().flatten() {
        let id = block["block_id"].as_str().unwrap_or_default();
        let elements = block["elements"].as_array().into_iter().flatten();
        let accessory = block.get("accessory");
        for element in elements.chain(accessory) {
            if element["type"] == "button" {
                found.push((id.to_owned(), element.clone()));
            }
        }
    }
    found
}

/// By its action id or by what stands on it.
pub(crate) fn find_button(blocks: &Value, name: &str) -> Option<(String, Value)> {
    let is_it = |it: &Value| it["action_id"] == name || it["text"]["text"] == name;
    buttons(blocks).into_iter().find(|(_, it)| is_it(it))
}

//! What most methods are told: a chat, numbers, a keyboard.

use serde_json::Value;

use crate::telegram::answer::{ApiError, Checked};
use crate::telegram::params::Params;

/// The chat of a call. Names of public chats are unknown here: no chat of the stand-in has one.
pub(super) fn chat_id(params: &Params, name: &str) -> Checked<i64> {
    match params.text(name).as_deref().map(str::trim) {
        None | Some("") => Err(ApiError::bad(format!("{name} is empty"))),
        Some(text) => text.parse().map_err(|_| ApiError::bad("chat not found")),
    }
}

pub(super) fn required_integer(params: &Params, name: &str, why: &str) -> Checked<i64> {
    params
        .integer(name)
        .filter(|it| *it > 0)
        .ok_or_else(|| ApiError::bad(why))
}

/// A keyboard under a message; only inline keyboards stay there.
pub(super) fn markup(params: &Params) -> Checked<Option<Value>> {
    let Some(markup) = params.json("reply_markup")? else {
        return Ok(None);
    };
    refuse!(!markup.is_object() => "object expected as reply markup");
    let Some(rows) = markup["inline_keyboard"].as_array() else {
        return Ok(None);
    };
    for button in rows.iter().flat_map(|row| row.as_array()).flatten() {
        if !button["text"].is_string() {
            return Err(ApiError::bad(
                "can't parse inline keyboard button: Can't find field \"text\"",
            ));
        }
        let data = button["callback_data"].as_str().unwrap_or("");
        refuse!(data.len() > 64 => "BUTTON_DATA_INVALID");
    }
    Ok((!rows.is_empty()).then_some(markup))
}

//! The methods that bots call, by family. A name is found whatever its case, as on the real server.

use serde_json::Value;

use super::Telegram;
use super::answer::{Answer, ApiError};
use super::params::Params;
use super::world::World;

mod about;
mod album;
pub(super) mod change;
mod copy;
mod media;
mod people;
mod place;
mod post;
mod topics;
mod words;

type Run = fn(&mut World, &Params) -> Answer;

pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) run: How,
}

pub(crate) enum How {
    /// At once, under the lock.
    Now(Run),
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
}

const fn now(name: &'static str, run: Run) -> Method {
    Method {
        name,
        run: How::Now(run),
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "getUpdates",
        run: How::GetUpdates,
    },
    Method {
        name: "setWebhook",
        run: How::SetWebhook,
    },
    Method {
        name: "deleteWebhook",
        run: How::DeleteWebhook,
    },
    now("sendMessage", words::send_message),
    now("editMessageText", change::edit_text),
    now("editMessageCaption", change::edit_caption),
    now("editMessageReplyMarkup", change::edit_markup),
    now("deleteMessage", change::delete_message),
    now("deleteMessages", change::delete_messages),
    now("setMessageReaction", change::set_reaction),
    now("sendPhoto", media::send_photo),
    now("sendVideo", media::send_video),
    now("sendAnimation", media::send_animation),
    now("sendAudio", media::send_audio),
    now("sendVoice", media::send_voice),
    now("sendVideoNote", media::send_video_note),
    now("sendDocument", media::send_document),
    now("sendSticker", media::send_sticker),
    now("sendLocation", media::send_location),
    now("sendPoll", media::send_poll),
    now("sendMediaGroup", album::send_media_group),
    now("copyMessage", copy::copy_message),
    now("forwardMessage", copy::forward_message),
    now("sendChatAction", place::send_chat_action),
    now("getChat", place::get_chat),
    now("leaveChat", place::leave_chat),
    now("getChatMember", people::get_chat_member),
    now("getChatMemberCount", people::get_chat_member_count),
    now("getChatAdministrators", people::get_chat_administrators),
    now("createForumTopic", topics::create),
    now("editForumTopic", topics::edit),
    now("answerCallbackQuery", about::answer_callback_query),
    now("getFile", about::get_file),
    now("getMe", about::get_me),
    now("getWebhookInfo", about::get_webhook_info),
    now("setMyCommands", about::set_my_commands),
    now("getMyCommands", about::get_my_commands),
    now("deleteMyCommands", about::delete_my_commands),
    now("logOut", about::agreed),
    now("close", about::agreed),
];

impl Telegram {
    /// The published names of all methods that the stand-in knows.
    pub fn methods() -> impl Iterator<Item = &'static str> {
        METHODS.iter().map(|method| method.name)
    }
}

pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS
        .iter()
        .find(|method| method.name.eq_ignore_ascii_case(name))
}

/// How many messages the call would post, for the limits.
pub(crate) fn posts(method: &str, params: &Params) -> usize {
    match method {
        "sendChatAction" => 0,
        "sendMediaGroup" => {
            let media = params.json("media").ok().flatten();
            media
                .and_then(|it| it.as_array().map(Vec::len))
                .unwrap_or(1)
        }
        "copyMessage" | "forwardMessage" => 1,
        _ => usize::from(method.starts_with("send")),
    }
}

/// The chat of a call. Names of public chats are unknown here: no chat of the stand-in has one.
pub(crate) fn chat_id(params: &Params, name: &str) -> Result<i64, ApiError> {
    match params.text(name).as_deref().map(str::trim) {
        None | Some("") => Err(ApiError::bad(format!("{name} is empty"))),
        Some(text) => text.parse().map_err(|_| ApiError::bad("chat not found")),
    }
}

fn required_integer(params: &Params, name: &str, why: &str) -> Result<i64, ApiError> {
    params
        .integer(name)
        .filter(|it| *it > 0)
        .ok_or_else(|| ApiError::bad(why))
}

/// A keyboard under a message; only inline keyboards stay there.
fn markup(params: &Params) -> Result<Option<Value>, ApiError> {
    let Some(markup) = params.json("reply_markup")? else {
        return Ok(None);
    };
    if !markup.is_object() {
        return Err(ApiError::bad("object expected as reply markup"));
    }
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
        if data.len() > 64 {
            return Err(ApiError::bad("BUTTON_DATA_INVALID"));
        }
    }
    Ok((!rows.is_empty()).then_some(markup))
}

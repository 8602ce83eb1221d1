//! The methods that bots call, by family. A name is found whatever its case, as on the real server.

use super::answer::Answer;
use super::params::Params;
use super::said::FileKind;
use super::world::World;

mod about;
mod album;
pub(super) mod change;
mod commands;
mod copy;
mod media;
mod place;
mod post;
mod words;

pub(crate) use commands::Menu;
pub(crate) use media::send_file;

type Run = fn(&mut World, &Params) -> Answer;

pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) run: How,
}

pub(crate) enum How {
    /// At once, under the lock.
    Now(Run),
    /// A file of this kind.
    Send(FileKind),
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
}

const fn method(name: &'static str, run: How) -> Method {
    Method { name, run }
}

const fn now(name: &'static str, run: Run) -> Method {
    method(name, How::Now(run))
}

const fn file(name: &'static str, kind: FileKind) -> Method {
    method(name, How::Send(kind))
}

pub(super) static METHODS: &[Method] = &[
    method("getUpdates", How::GetUpdates),
    method("setWebhook", How::SetWebhook),
    method("deleteWebhook", How::DeleteWebhook),
    now("sendMessage", words::send_message),
    now("editMessageText", change::edit_text),
    now("editMessageCaption", change::edit_caption),
    now("editMessageReplyMarkup", change::edit_markup),
    now("deleteMessage", change::delete_message),
    now("deleteMessages", change::delete_messages),
    now("setMessageReaction", change::set_reaction),
    file("sendPhoto", FileKind::Photo),
    file("sendVideo", FileKind::Video),
    file("sendAnimation", FileKind::Animation),
    file("sendAudio", FileKind::Audio),
    file("sendVoice", FileKind::Voice),
    file("sendVideoNote", FileKind::VideoNote),
    file("sendDocument", FileKind::Document),
    file("sendSticker", FileKind::Sticker),
    now("sendLocation", media::send_location),
    now("sendPoll", media::send_poll),
    now("sendMediaGroup", album::send_media_group),
    now("copyMessage", copy::copy_message),
    now("forwardMessage", copy::forward_message),
    now("sendChatAction", place::send_chat_action),
    now("getChat", place::get_chat),
    now("leaveChat", place::leave_chat),
    now("getChatMember", place::get_chat_member),
    now("getChatMemberCount", place::get_chat_member_count),
    now("getChatAdministrators", place::get_chat_administrators),
    now("createForumTopic", place::create),
    now("editForumTopic", place::edit),
    now("answerCallbackQuery", about::answer_callback_query),
    now("getFile", about::get_file),
    now("getMe", about::get_me),
    now("getWebhookInfo", about::get_webhook_info),
    now("setMyCommands", commands::set),
    now("getMyCommands", commands::get),
    now("deleteMyCommands", commands::delete),
    now("logOut", about::agreed),
    now("close", about::agreed),
];

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

//! Parameters of the methods, named as in the Bot API.

use serde::Serialize;

use crate::api::Request;
use crate::id::Place;
use crate::markup::MessageEntity;

#[derive(Serialize)]
pub(super) struct SendMessage<'a> {
    pub(super) chat_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_thread_id: Option<i64>,
    pub(super) text: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) entities: &'a [MessageEntity],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_parameters: Option<ReplyParameters>,
}

#[derive(Serialize)]
pub(super) struct ReplyParameters {
    pub(super) message_id: i64,
    pub(super) allow_sending_without_reply: bool,
}

#[derive(Serialize)]
pub(super) struct EditMessageText<'a> {
    pub(super) chat_id: i64,
    pub(super) message_id: i64,
    pub(super) text: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) entities: &'a [MessageEntity],
}

#[derive(Serialize)]
pub(super) struct EditMessageCaption<'a> {
    pub(super) chat_id: i64,
    pub(super) message_id: i64,
    pub(super) caption: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) caption_entities: &'a [MessageEntity],
}

/// One part of an album; `media` names the field of the form that holds the bytes.
#[derive(Serialize)]
pub(super) struct InputMedia<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) media: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) caption: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) caption_entities: &'a [MessageEntity],
}

#[derive(Serialize)]
struct DeleteMessage {
    chat_id: i64,
    message_id: i64,
}

#[derive(Serialize)]
struct DeleteMessages<'a> {
    chat_id: i64,
    message_ids: &'a [i64],
}

pub(super) fn delete(place: Place, messages: &[i64]) -> Request {
    let chat_id = place.chat;
    match messages {
        [message_id] => Request::json(
            "deleteMessage",
            &DeleteMessage {
                chat_id,
                message_id: *message_id,
            },
        ),
        message_ids => Request::json(
            "deleteMessages",
            &DeleteMessages {
                chat_id,
                message_ids,
            },
        ),
    }
}

#[derive(Serialize)]
struct SetMessageReaction<'a> {
    chat_id: i64,
    message_id: i64,
    reaction: &'a [ReactionTypeEmoji],
}

#[derive(Serialize)]
struct ReactionTypeEmoji {
    #[serde(rename = "type")]
    kind: &'static str,
    emoji: &'static str,
}

/// No emoji takes back the one that stands there.
pub(super) fn react(place: Place, message_id: i64, emoji: Option<&'static str>) -> Request {
    let reaction = emoji.map(|emoji| ReactionTypeEmoji {
        kind: "emoji",
        emoji,
    });
    Request::json(
        "setMessageReaction",
        &SetMessageReaction {
            chat_id: place.chat,
            message_id,
            reaction: reaction.as_slice(),
        },
    )
}

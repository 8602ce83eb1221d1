//! Words: new messages, and changes of texts and captions.

use conversation::{Post, SendError, TextUnit};

use super::parameters::{EditMessageCaption, EditMessageText, ReplyParameters, SendMessage};
use super::refused;
use crate::api::Request;
use crate::capabilities::{MAX_CAPTION, MAX_TEXT};
use crate::id::{PLATFORM, Place, parse_message_id};
use crate::markup::{IdsOf, MessageEntity, to_entities};

pub(super) fn send(place: Place, post: &Post) -> Result<Request, SendError> {
    let (text, entities) = text(post)?;
    let parameters = SendMessage {
        chat_id: place.chat,
        message_thread_id: place.topic,
        text: &text,
        entities: &entities,
        reply_parameters: reply(post),
    };
    Ok(Request::json("sendMessage", &parameters))
}

pub(super) fn edit(
    place: Place,
    message_id: i64,
    post: &Post,
    is_caption: bool,
) -> Result<Request, SendError> {
    let chat_id = place.chat;
    if is_caption {
        let (caption, caption_entities) = caption(post)?;
        let parameters = EditMessageCaption {
            chat_id,
            message_id,
            caption: &caption,
            caption_entities: &caption_entities,
        };
        return Ok(Request::json("editMessageCaption", &parameters));
    }
    let (text, entities) = text(post)?;
    let parameters = EditMessageText {
        chat_id,
        message_id,
        text: &text,
        entities: &entities,
    };
    Ok(Request::json("editMessageText", &parameters))
}

/// Sent all the same where the message that it answers is gone.
pub(super) fn reply(post: &Post) -> Option<ReplyParameters> {
    let reply = post.reply.as_ref()?;
    Some(ReplyParameters {
        message_id: parse_message_id(&reply.to)?,
        allow_sending_without_reply: true,
    })
}

fn text(post: &Post) -> Result<(String, Vec<MessageEntity>), SendError> {
    let (text, entities) = words(post, MAX_TEXT)?;
    if text.trim().is_empty() {
        return Err(refused("there are no words in the message"));
    }
    Ok((text, entities))
}

/// May be empty.
pub(super) fn caption(post: &Post) -> Result<(String, Vec<MessageEntity>), SendError> {
    words(post, MAX_CAPTION)
}

fn words(post: &Post, max: usize) -> Result<(String, Vec<MessageEntity>), SendError> {
    let ids = match post.from.as_str() {
        PLATFORM => IdsOf::Telegram,
        _ => IdsOf::AnotherPlatform,
    };
    let (text, entities) = to_entities(&post.part.text, ids);
    let length = TextUnit::Utf16.count(&text);
    if length > max {
        let problem = format!("{length} UTF-16 units are more than the {max} that Telegram takes");
        return Err(refused(&problem));
    }
    Ok((text, entities))
}

//! Words: new messages, and changes of texts and captions.

use calls::refused;
use conversation::{Post, SendError, TextUnit};
use teloxide_core::payloads::{EditMessageCaption, EditMessageText, SendMessage};
use teloxide_core::types::{MessageEntity, MessageId, ReplyMarkup, ReplyParameters};

use super::buttons;
use crate::api::Request;
use crate::capabilities::{MAX_CAPTION, MAX_TEXT};
use crate::id::{ChatAddress, PLATFORM, parse_message_id};
use crate::markup::{IdsOf, to_entities};

pub(super) fn send(place: ChatAddress, post: &Post) -> Result<Request, SendError> {
    let (text, entities) = text(post)?;
    let mut payload = SendMessage::new(place.recipient(), text);
    payload.message_thread_id = place.thread();
    payload.entities = some(entities);
    payload.reply_parameters = reply(post);
    payload.reply_markup = buttons::keyboard(post).map(ReplyMarkup::InlineKeyboard);
    Ok(Request::of(&payload))
}

pub(super) fn edit(
    place: ChatAddress,
    message: MessageId,
    post: &Post,
    is_caption: bool,
) -> Result<Request, SendError> {
    if is_caption {
        let (caption, entities) = caption(post)?;
        let mut payload = EditMessageCaption::new(place.recipient(), message);
        payload.caption = Some(caption);
        payload.caption_entities = some(entities);
        payload.reply_markup = buttons::keyboard(post);
        return Ok(Request::of(&payload));
    }
    let (text, entities) = text(post)?;
    let mut payload = EditMessageText::new(place.recipient(), message, text);
    payload.entities = some(entities);
    // Without one, that of before goes.
    payload.reply_markup = buttons::keyboard(post);
    Ok(Request::of(&payload))
}

fn some(entities: Vec<MessageEntity>) -> Option<Vec<MessageEntity>> {
    Some(entities).filter(|it| !it.is_empty())
}

/// Sent all the same where the message that it answers is gone.
pub(super) fn reply(post: &Post) -> Option<ReplyParameters> {
    let reply = post.reply.as_ref()?;
    let to = parse_message_id(&reply.to)?;
    Some(ReplyParameters::new(to).allow_sending_without_reply())
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

//! What is asked of us, as calls of the Bot API: one call each, apart from a photo that Telegram cannot
//! read, which goes again as a plain file. **Invariant:** nothing longer than declared and nothing empty is sent.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use calls::{Repeated, refused};
use conversation::{Post, Receipt, RemoteId, SendError};
use serde::de::IgnoredAny;
use teloxide_core::payloads::{
    DeleteMessage, DeleteMessages, SetMessageReaction, SetMessageReactionSetters,
};
use teloxide_core::types::{MessageId, ReactionType, True};

mod buttons;
mod emoji;
mod files;
mod text;

use crate::api::Request;
use crate::bot::Telegram;
use crate::errors::CallError;
use crate::id::{ChatAddress, message_id, parse_message_id};
use crate::pace::Cost;
use files::Shapes;

/// `deleteMessages` takes 1 to 100.
const MOST_DELETES: usize = 100;

pub(crate) async fn post(
    telegram: &Telegram,
    place: ChatAddress,
    post: &Post,
) -> Result<Receipt, SendError> {
    if post.part.files.is_empty() {
        let request = text::send(place, post)?;
        telegram.make_room(place, Cost::Messages(1))?;
        let sent = telegram.api.call_for(&request).await;
        return sent
            .map(|id| receipt(&[id]))
            .map_err(|error| telegram.failed(error, place, Repeated::Doubles));
    }
    let sent = post_files(telegram, place, post).await?;
    Ok(receipt(&sent))
}

async fn post_files(
    telegram: &Telegram,
    place: ChatAddress,
    post: &Post,
) -> Result<Vec<MessageId>, SendError> {
    let sizes = files::sizes(&post.part.files, telegram.settings.max_upload_bytes).await?;
    let shapes = Shapes::of(&post.part, &sizes);
    let request = files::send(place, post, &shapes)?;
    let count = u32::try_from(post.part.files.len()).unwrap_or(u32::MAX);
    telegram.make_room(place, Cost::Messages(count))?;
    let sent = match send_files(telegram, &request, &shapes).await {
        Err(error) if shapes.could_be_plainer() && files::wants_documents(&error) => {
            let shapes = Shapes::documents(&post.part);
            let request = files::send(place, post, &shapes)?;
            send_files(telegram, &request, &shapes).await
        }
        outcome => outcome,
    };
    sent.map_err(|error| telegram.failed(error, place, Repeated::Doubles))
}

async fn send_files(
    telegram: &Telegram,
    request: &Request,
    shapes: &Shapes,
) -> Result<Vec<MessageId>, CallError> {
    match shapes {
        Shapes::Album(_) => telegram.api.call_for(request).await,
        Shapes::Single(_) => Ok(vec![telegram.api.call_for(request).await?]),
    }
}

/// Captions are edited by another method than texts, and what once had a file may have lost it on our side.
pub(crate) async fn edit(
    telegram: &Telegram,
    place: ChatAddress,
    targets: &[RemoteId],
    post: &Post,
) -> Result<Receipt, SendError> {
    let target = targets.first().ok_or_else(|| refused("nothing to edit"))?;
    let target = parse_target(target)?;
    let is_caption = !post.part.files.is_empty();
    let request = text::edit(place, target, post, is_caption)?;
    telegram.make_room(place, Cost::Messages(1))?;
    let mut outcome = call_edit(telegram, &request).await;
    let other_kind = match is_caption {
        true => "there is no caption in the message to edit",
        false => "there is no text in the message to edit",
    };
    if let Err(error) = &outcome
        && error.says(other_kind)
    {
        let request = text::edit(place, target, post, !is_caption)?;
        outcome = call_edit(telegram, &request).await;
    }
    match outcome {
        Ok(()) => Ok(calls::receipt(targets.to_vec())),
        Err(error) => Err(telegram.failed(error, place, Repeated::IsHarmless)),
    }
}

async fn call_edit(telegram: &Telegram, request: &Request) -> Result<(), CallError> {
    let edited: Result<IgnoredAny, _> = telegram.api.call_for(request).await;
    match edited {
        Err(error) if !error.says("message is not modified") => Err(error),
        _ => Ok(()),
    }
}

pub(crate) async fn delete(
    telegram: &Telegram,
    place: ChatAddress,
    targets: &[RemoteId],
) -> Result<Receipt, SendError> {
    let ids: Result<BTreeSet<i32>, SendError> =
        targets.iter().map(|it| Ok(parse_target(it)?.0)).collect();
    let ids: Vec<MessageId> = ids?.into_iter().map(MessageId).collect();
    for some in ids.chunks(MOST_DELETES) {
        let request = delete_request(place, some);
        telegram.make_room(place, Cost::Call)?;
        let deleted: Result<True, _> = telegram.api.call_for(&request).await;
        if let Err(error) = deleted
            && !error.says("message to delete not found")
        {
            return Err(telegram.failed(error, place, Repeated::IsHarmless));
        }
    }
    Ok(Receipt::default())
}

fn delete_request(place: ChatAddress, messages: &[MessageId]) -> Request {
    match messages {
        [message] => Request::of(&DeleteMessage::new(place.recipient(), *message)),
        many => Request::of(&DeleteMessages::new(
            place.recipient(),
            many.iter().copied(),
        )),
    }
}

pub(crate) async fn react(
    telegram: &Telegram,
    place: ChatAddress,
    target: &RemoteId,
    emoji: &[String],
) -> Result<Receipt, SendError> {
    let target = parse_target(target)?;
    let reaction = emoji::allowed(emoji)?;
    let payload = reaction_payload(place, target, reaction);
    telegram.make_room(place, Cost::Call)?;
    match telegram.api.call(&payload).await {
        Err(error) if !error.says("MESSAGE_NOT_MODIFIED") && !error.says("is not modified") => {
            Err(telegram.failed(error, place, Repeated::IsHarmless))
        }
        _ => Ok(Receipt::default()),
    }
}

/// No emoji takes back the one that stands there.
fn reaction_payload(
    place: ChatAddress,
    message: MessageId,
    emoji: Option<&'static str>,
) -> SetMessageReaction {
    let reaction = emoji.map(|emoji| ReactionType::Emoji {
        emoji: emoji.to_owned(),
    });
    SetMessageReaction::new(place.recipient(), message).reaction(reaction)
}

/// A message that the server puts off has the id 0, by which nothing can be found.
fn receipt(sent: &[MessageId]) -> Receipt {
    let ids = sent.iter().map(|it| it.0).filter(|id| *id > 0);
    calls::receipt(ids.map(message_id).collect())
}

fn parse_target(id: &RemoteId) -> Result<MessageId, SendError> {
    parse_message_id(id).ok_or_else(|| refused(format!("{id} is no message of Telegram")))
}

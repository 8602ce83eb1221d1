//! Changes to what stands in a chat already: edits, deletions and reactions of the bot.

use serde_json::{Value, json};

use super::post::{self, required_integer};
use super::words;
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::chat::{ChatKind, Standing};
use crate::telegram::ids::MessageId;
use crate::telegram::message::{Stored, possible_reaction};
use crate::telegram::params::Params;
use crate::telegram::text::Formatted;
use crate::telegram::world::{World, now};

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly \
     the same as a current content and reply markup of the message";

pub(super) fn edit_text(world: &mut World, params: &Params) -> Answer {
    let words = words::message_text(world, params)?;
    let (chat, id) = target(world, params, "edit")?;
    words::check_text(&words)?;
    let stored = own(world, chat, id)?;
    let is_text = stored.media().is_none() && !stored.is_service();
    refuse!(!is_text => "there is no text in the message to edit");
    reword(world, (chat, id), words, post::markup(params)?)
}

pub(super) fn edit_caption(world: &mut World, params: &Params) -> Answer {
    let words = words::caption(world, params)?;
    let (chat, id) = target(world, params, "edit")?;
    refuse!(own(world, chat, id)?.media().is_none() => "there is no caption in the message to edit");
    reword(world, (chat, id), words, post::markup(params)?)
}

pub(super) fn edit_markup(world: &mut World, params: &Params) -> Answer {
    let (chat, id) = target(world, params, "edit")?;
    let stored = own(world, chat, id)?;
    let words = Formatted {
        text: stored.text.clone(),
        entities: stored.entities.clone(),
    };
    reword(world, (chat, id), words, post::markup(params)?)
}

fn reword(
    world: &mut World,
    (chat, id): (i64, MessageId),
    words: Formatted,
    markup: Option<Value>,
) -> Answer {
    let stored = world
        .message_mut(chat, id)
        .ok_or("message to edit not found")?;
    let is_same = stored.text == words.text
        && stored.entities == words.entities
        && stored.markup() == markup.as_ref();
    refuse!(is_same => NOT_MODIFIED);
    (stored.text, stored.entities) = (words.text, words.entities);
    stored.edit_date = Some(now());
    if markup.is_some() || stored.markup().is_some() {
        stored.extra_mut().markup = markup;
    }
    post::shown(world, chat, id)
}

/// The message that a call is about; `what` completes "message to … not found".
fn target(world: &World, params: &Params, what: &str) -> Checked<(i64, MessageId)> {
    let chat = post::chat_id(params, "chat_id")?;
    world.chat(chat)?.check_write()?;
    let why = "message identifier is not specified";
    let id = required_integer(params, "message_id", why)?;
    match world.message(chat, id) {
        Some(_) => Ok((chat, id)),
        None => Err(ApiError::bad(format!("message to {what} not found"))),
    }
}

fn own(world: &World, chat: i64, id: MessageId) -> Checked<&Stored> {
    let stored = world.message(chat, id);
    let stored = stored.ok_or("message to edit not found")?;
    refuse!(stored.from != world.bot.id => "message can't be edited");
    Ok(stored)
}

pub(super) fn delete_message(world: &mut World, params: &Params) -> Answer {
    let (chat, id) = target(world, params, "delete")?;
    refuse!(!may_delete(world, chat, id) => "message can't be deleted");
    world.chat_mut(chat)?.messages.remove(&id);
    Ok(true.into())
}

/// What is not there or may not go is passed over.
pub(super) fn delete_messages(world: &mut World, params: &Params) -> Answer {
    let chat = post::chat_id(params, "chat_id")?;
    world.chat(chat)?.check_write()?;
    let ids = params.json("message_ids")?.unwrap_or_default();
    let ids = ids
        .as_array()
        .filter(|it| !it.is_empty())
        .ok_or("message identifiers are not specified")?;
    refuse!(ids.len() > 100 => "too many message identifiers specified");
    for id in ids.iter().filter_map(Value::as_i64) {
        if may_delete(world, chat, id) {
            world.chat_mut(chat)?.messages.remove(&id);
        }
    }
    Ok(true.into())
}

/// Its own messages, anybody's in a private chat, and as administrator anybody's in a group.
fn may_delete(world: &World, chat: i64, id: MessageId) -> bool {
    let (Ok(place), Some(stored)) = (world.chat(chat), world.message(chat, id)) else {
        return false;
    };
    stored.from == world.bot.id
        || place.kind == ChatKind::Private
        || place.bot == Standing::Administrator
}

pub(super) fn set_reaction(world: &mut World, params: &Params) -> Answer {
    let (chat, id) = target(world, params, "react")?;
    let reactions = params.json("reaction")?.unwrap_or_default();
    let reactions = reactions.as_array().cloned().unwrap_or_default();
    refuse!(reactions.len() > 1 => "REACTIONS_TOO_MANY");
    refuse!(!reactions.iter().all(is_possible) => "REACTION_INVALID");
    let reactions = reactions.iter().map(spelled).collect();
    let bot = world.bot.id;
    world.set_reaction(chat, id, bot, reactions);
    Ok(true.into())
}

fn spelled(reaction: &Value) -> Value {
    let emoji = possible_reaction(reaction["emoji"].as_str().unwrap_or(""));
    json!({ "type": "emoji", "emoji": emoji })
}

fn is_possible(reaction: &Value) -> bool {
    let emoji = reaction["emoji"].as_str().unwrap_or("");
    reaction["type"] == "emoji" && possible_reaction(emoji).is_some()
}

//! What all sending methods share: what they are told, where the message goes, what it answers, and its way into the chat.

use serde_json::{Map, Value, json};

use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::chat::{Chat, ChatKind};
use crate::telegram::ids::MessageId;
use crate::telegram::message::{Media, Stored};
use crate::telegram::params::Params;
use crate::telegram::text::{Formatted, utf16_len};
use crate::telegram::wire::Depth;
use crate::telegram::world::{World, now};

/// Where a message of the bot goes.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) chat: i64,
    thread: Option<MessageId>,
    reply_to: Option<MessageId>,
    /// `quote` and `external_reply`.
    fields: Map<String, Value>,
}

#[derive(Default)]
pub(super) struct Draft {
    pub(super) words: Formatted,
    pub(super) media: Option<Media>,
    pub(super) group: Option<String>,
    pub(super) markup: Option<Value>,
}

pub(super) fn target(world: &mut World, params: &Params) -> Checked<Target> {
    let id = chat_id(params, "chat_id")?;
    refuse!(world.user(id).is_some_and(|it| it.is_bot) => ApiError::forbidden("bots can't send messages to bots"));
    world.private_chat(id);
    let chat = world.chat(id)?;
    chat.check_write()?;
    let thread = thread_asked(chat, params)?;
    let mut target = Target {
        chat: id,
        thread,
        reply_to: None,
        fields: Map::new(),
    };
    if let Some(reply) = reply_asked(params)? {
        add_reply(world, &mut target, &reply)?;
    }
    if target.thread.is_none() {
        target.thread = world.thread(id, None, target.reply_to);
    }
    Ok(target)
}

/// Only forums have topics, and General is not to be named; elsewhere the parameter says nothing.
fn thread_asked(chat: &Chat, params: &Params) -> Checked<Option<MessageId>> {
    let Some(thread) = params.integer("message_thread_id").filter(|it| *it != 0) else {
        return Ok(None);
    };
    match chat.kind {
        ChatKind::Group | ChatKind::Supergroup => Ok(None),
        _ if chat.topic(thread).is_some() => Ok(Some(thread)),
        _ => Err(ApiError::bad("message thread not found")),
    }
}

fn reply_asked(params: &Params) -> Checked<Option<Value>> {
    if let Some(reply) = params.json("reply_parameters")? {
        return match reply.is_object() {
            true => Ok(Some(reply)),
            false => Err(ApiError::bad("object expected as reply parameters")),
        };
    }
    let old_style = params.integer("reply_to_message_id");
    Ok(old_style.map(|id| {
        json!({
            "message_id": id, "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        })
    }))
}

fn add_reply(world: &World, target: &mut Target, reply: &Value) -> Checked {
    let id = match &reply["message_id"] {
        Value::String(text) => text.parse().unwrap_or(0),
        number => number.as_i64().unwrap_or(0),
    };
    if id <= 0 {
        return Ok(());
    }
    let place = reply["chat_id"].as_i64().unwrap_or(target.chat);
    let Some(parent) = world.message(place, id) else {
        let forgotten = world.chat(place).is_ok_and(|it| id <= it.forgotten);
        let is_allowed = reply["allow_sending_without_reply"].as_bool() == Some(true);
        return match forgotten || is_allowed {
            true => Ok(()),
            false => Err(ApiError::bad("message to be replied not found")),
        };
    };
    let elsewhere = place != target.chat
        || target
            .thread
            .is_some_and(|topic| parent.thread != Some(topic));
    if elsewhere {
        let external = external_reply(world, place, parent);
        target.fields.insert("external_reply".into(), external);
    } else {
        target.reply_to = Some(id);
    }
    add_quote(target, parent, reply)
}

fn add_quote(target: &mut Target, parent: &Stored, reply: &Value) -> Checked {
    let Some(quote) = reply["quote"].as_str().filter(|it| !it.is_empty()) else {
        return Ok(());
    };
    let Some(at) = parent.text.find(quote) else {
        return Err(ApiError::bad("QUOTE_TEXT_INVALID"));
    };
    let position = utf16_len(&parent.text[..at]);
    let quote = json!({ "text": quote, "position": position, "is_manual": true });
    target.fields.insert("quote".into(), quote);
    Ok(())
}

/// In other chats and topics a reply only tells where the answered message came from.
fn external_reply(world: &World, place: i64, parent: &Stored) -> Value {
    let mut external = json!({
        "origin": {
            "type": "user", "date": parent.date, "sender_user": world.user_value(parent.from),
        },
    });
    if let Some(chat) = world.chats.get(&place)
        && chat.counts_its_own_messages()
    {
        external["chat"] = world.chat_value(chat);
        external["message_id"] = parent.id.into();
    }
    if let Some(media) = parent.media() {
        external[media.field] = media.value.clone();
    }
    external
}

/// Puts the message there and gives its id.
pub(super) fn put(world: &mut World, target: &Target, draft: Draft) -> MessageId {
    let mut message = Stored {
        from: world.bot.id,
        date: now(),
        thread: target.thread,
        reply_to: target.reply_to,
        text: draft.words.text,
        entities: draft.words.entities,
        ..Stored::default()
    };
    if draft.media.is_some() || draft.markup.is_some() || !target.fields.is_empty() {
        let extra = message.extra_mut();
        extra.media = draft.media;
        extra.media_group = draft.group;
        extra.markup = draft.markup;
        extra.fields.clone_from(&target.fields);
    }
    world.insert(target.chat, message)
}

/// Puts the message there and gives it as the answer.
pub(super) fn send(world: &mut World, target: &Target, draft: Draft) -> Answer {
    let id = put(world, target, draft);
    shown(world, target.chat, id)
}

pub(super) fn shown(world: &World, chat: i64, id: MessageId) -> Answer {
    let chat = world.chat(chat)?;
    let message = chat.messages.get(&id);
    let message = message.ok_or("message not found")?;
    Ok(world.message_value(chat, message, Depth::WithReply))
}

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

//! Messages of the bot, and the history that it may read.

use serde_json::Value;

use super::super::answer::{Answer, ApiError, nothing, ok};
use super::super::call::{Call, id_in};
use super::super::channel::Permission;
use super::super::message::{By, Message};
use super::super::world::World;
use super::compose::Draft;

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    let place = world.channel(call.id("channel_id")?)?;
    if !place.holds_messages() {
        return Err(ApiError::no_text_channel());
    }
    let limit = call.limit(50, 100)?;
    let (before, after) = (call.asked_id("before")?, call.asked_id("after")?);
    let around = call.asked_id("around")?;
    if !world.may(place, Permission::ReadMessageHistory) {
        return ok(Value::Array(Vec::new()));
    }
    let messages = &place.messages;
    // The newest come first, whichever way they were sought.
    let mut found: Vec<&Message> = match (around, before, after) {
        (Some(around), ..) => {
            let newer = messages.range(around..).take(limit / 2 + 1);
            let older = messages.range(..around).rev().take(limit / 2);
            let mut found: Vec<&Message> = newer.map(|(_, it)| it).collect();
            found.reverse();
            found.extend(older.map(|(_, it)| it));
            found
        }
        (_, Some(before), _) => messages
            .range(..before)
            .rev()
            .take(limit)
            .map(|(_, it)| it)
            .collect(),
        (_, _, Some(after)) => {
            let newer = messages.range(after.saturating_add(1)..).take(limit);
            let mut found: Vec<&Message> = newer.map(|(_, it)| it).collect();
            found.reverse();
            found
        }
        _ => messages.values().rev().take(limit).collect(),
    };
    found.truncate(limit);
    ok(found
        .into_iter()
        .map(|it| world.message_value(it))
        .collect())
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    world.channel(channel)?;
    let message = world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?;
    ok(world.message_value(message))
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.bot_needs_to_write(channel)?;
    if !call.files.is_empty() {
        world.needs(channel, Permission::AttachFiles)?;
    }
    let nonce = call.body.get("nonce").filter(|it| !it.is_null());
    if nonce.is_some_and(|it| it.as_str().is_some_and(|it| it.chars().count() > 25)) {
        return Err(ApiError::too_long("nonce", 25));
    }
    let unique = nonce
        .filter(|_| call.body["enforce_nonce"] == true)
        .map(Value::to_string);
    if let Some(known) = unique.as_ref().and_then(|it| world.of_nonce(it)) {
        let value = world.message_value(known);
        world.keeping.counters.known_nonces += 1;
        return ok(value);
    }
    let mut message = Message::new(channel, By::User(world.bot.id));
    message.nonce = nonce.cloned();
    Draft::of(call).fill(world, &mut message)?;
    let id = world.post(message);
    if let Some(nonce) = unique {
        world.remember_nonce(nonce, channel, id);
    }
    let message = world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?;
    ok(world.message_value(message))
}

pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    world.channel(channel)?;
    let message = world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?
        .clone();
    if message.user() != Some(world.bot.id) {
        return Err(ApiError::not_the_author());
    }
    let thread = world.channel(channel)?.thread.as_ref();
    if thread.is_some_and(|it| it.archived) {
        return Err(ApiError::archived());
    }
    let changed = Draft::of(call).change(world, message)?;
    world.reword(channel, id, |it| *it = changed);
    get(world, call)
}

pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let place = world.channel(channel)?;
    let message = place
        .messages
        .get(&id)
        .ok_or_else(ApiError::unknown_message)?;
    let own = message.user() == Some(world.bot.id);
    if !own && place.recipient.is_some() {
        return Err(ApiError::new(
            403,
            50003,
            "Cannot execute action on a DM channel",
        ));
    }
    if !own && !world.may(place, Permission::ManageMessages) {
        return Err(ApiError::missing_permissions());
    }
    if place.thread.as_ref().is_some_and(|it| it.archived) {
        return Err(ApiError::archived());
    }
    world.remove(channel, id);
    nothing()
}

pub(super) fn bulk_delete(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.needs(channel, Permission::ManageMessages)?;
    let list = call.body["messages"]
        .as_array()
        .ok_or_else(|| ApiError::required("messages"))?;
    let ids: Vec<u64> = list.iter().filter_map(id_in).collect();
    if !(2..=100).contains(&ids.len()) {
        let why = "You can only delete between 2 and 100 messages at a time.";
        return Err(ApiError::new(400, 50016, why));
    }
    world.remove_all(channel, &ids);
    nothing()
}

//! Messages of the bot, and the history that it may read.

use serde_json::Value;

use super::compose::Draft;
use crate::discord::answer::{Answer, ApiError, nothing, ok};
use crate::discord::call::{Call, id_in};
use crate::discord::channel::Permission;
use crate::discord::message::{By, Message};
use crate::discord::world::World;

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    let place = world.channel(call.id("channel_id")?)?;
    refuse!(!place.holds_messages() => ApiError::NO_TEXT_CHANNEL);
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
            newest_first(newer).chain(older.map(|it| it.1)).collect()
        }
        (_, Some(before), _) => {
            let older = messages.range(..before).rev().take(limit);
            older.map(|it| it.1).collect()
        }
        (_, _, Some(after)) => {
            let newer = messages.range(after.saturating_add(1)..).take(limit);
            newest_first(newer).collect()
        }
        _ => messages.values().rev().take(limit).collect(),
    };
    found.truncate(limit);
    let found = found.into_iter();
    ok(found.map(|it| world.message_value(it)).collect())
}

fn newest_first<'a>(
    newer: impl Iterator<Item = (&'a u64, &'a Message)>,
) -> impl Iterator<Item = &'a Message> {
    let newer: Vec<&Message> = newer.map(|it| it.1).collect();
    newer.into_iter().rev()
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = call.message()?;
    world.channel(channel)?;
    ok(world.message_value(world.found((channel, id))?))
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.bot_needs_to_write(channel)?;
    if !call.files.is_empty() {
        world.needs(channel, Permission::AttachFiles)?;
    }
    let nonce = call.body.get("nonce").filter(|it| !it.is_null());
    let length = nonce
        .and_then(Value::as_str)
        .map_or(0, |it| it.chars().count());
    refuse!(length > 25 => ApiError::too_long("nonce", 25));
    let unique = nonce.filter(|_| call.body["enforce_nonce"] == true);
    let unique = unique.map(Value::to_string);
    if let Some(known) = unique.as_ref().and_then(|it| world.of_nonce(it)) {
        let value = world.message_value(known);
        world.kit.counters.known_nonces += 1;
        return ok(value);
    }
    let mut message = Message::new(channel, By::User(world.bot.id));
    message.nonce = nonce.cloned();
    Draft::of(call).fill(world, &mut message)?;
    let id = world.post(message);
    if let Some(nonce) = unique {
        world.remember_nonce(nonce, channel, id);
    }
    ok(world.message_value(world.found((channel, id))?))
}

pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = call.message()?;
    world.channel(channel)?;
    let message = world.found((channel, id))?.clone();
    refuse!(message.user() != Some(world.bot.id) => ApiError::NOT_THE_AUTHOR);
    world.still_open(channel)?;
    let changed = Draft::of(call).change(world, message)?;
    world.reword(channel, id, |it| *it = changed);
    get(world, call)
}

pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = call.message()?;
    let place = world.channel(channel)?;
    let own = world.found((channel, id))?.user() == Some(world.bot.id);
    refuse!(!own && place.recipient.is_some() => ApiError::NOT_IN_PRIVATE);
    refuse!(!own && !world.may(place, Permission::ManageMessages) => ApiError::MISSING_PERMISSIONS);
    world.still_open(channel)?;
    world.remove(channel, id);
    nothing()
}

pub(super) fn bulk_delete(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.needs(channel, Permission::ManageMessages)?;
    let list = call.body["messages"].as_array();
    let list = list.ok_or_else(|| ApiError::required("messages"))?;
    let ids: Vec<u64> = list.iter().filter_map(id_in).collect();
    refuse!(!(2..=100).contains(&ids.len()) => ApiError::NOT_SO_MANY);
    world.remove_all(channel, &ids);
    nothing()
}

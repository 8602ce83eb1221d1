//! Channels as such: looked at, renamed, archived, locked, deleted; and private ones opened.

use serde_json::Value;

use super::threads::{archive_after, name_in};
use crate::discord::answer::{Answer, ApiError, nothing, ok};
use crate::discord::call::{Call, id_in};
use crate::discord::channel::{Kind, Permission};
use crate::discord::world::World;
use crate::kit::now_ms;

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    let place = world.channel(call.id("channel_id")?)?;
    ok(world.channel_value(place))
}

pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    let body = &call.body;
    let place = world.channel(channel)?;
    let is_thread = place.kind == Kind::Thread;
    let thread = place.thread.as_ref();
    let own = thread.is_some_and(|it| it.owner == world.bot.id);
    let touches_lock = body.get("locked").is_some();
    let permitted = own && !touches_lock || world.may(place, Permission::ManageThreads);
    refuse!(is_thread && !permitted => ApiError::MISSING_PERMISSIONS);
    // An archived thread changes only together with being opened.
    refuse!(place.is_archived() && body["archived"] != false && body.get("name").is_some() => ApiError::ARCHIVED);
    let name = body.get("name").map(|_| name_in(body)).transpose()?;
    let minutes = archive_after(body)?;
    let place = world.channel_mut(channel)?;
    if let Some(name) = name {
        place.name = name;
    }
    if let Some(thread) = &mut place.thread {
        if let Some(archived) = body["archived"].as_bool() {
            thread.archived = archived;
            thread.archived_at = now_ms();
        }
        thread.locked = body["locked"].as_bool().unwrap_or(thread.locked);
        thread.auto_archive_min = minutes.unwrap_or(thread.auto_archive_min);
    }
    let event = match is_thread {
        true => "THREAD_UPDATE",
        false => "CHANNEL_UPDATE",
    };
    world.tell_channel(event, channel);
    get(world, call)
}

pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    let place = world.channel(channel)?;
    let kind = place.kind;
    let value = world.channel_value(place);
    if kind == Kind::Thread {
        world.needs(channel, Permission::ManageThreads)?;
    }
    if kind != Kind::Private {
        world.remove_channel(channel);
    }
    ok(value)
}

pub(super) fn typing(world: &mut World, call: &Call) -> Answer {
    world.bot_needs_to_write(call.id("channel_id")?)?;
    nothing()
}

pub(super) fn open_private(world: &mut World, call: &Call) -> Answer {
    let recipient = match &call.body["recipient_id"] {
        Value::Null => return Err(ApiError::required("recipient_id")),
        other => id_in(other),
    };
    let recipient = recipient.filter(|it| *it != world.bot.id && world.users.contains_key(it));
    let recipient = recipient.ok_or(ApiError::INVALID_RECIPIENT)?;
    let channel = world.private_channel(recipient);
    ok(world.channel_value(world.channel(channel)?))
}

//! Threads: from a message, without one, as posts of a forum; those that are open and those that are archived.

use serde_json::{Value, json};

use super::compose::Draft;
use crate::discord::answer::{Answer, ApiError, Checked, created, nothing, ok};
use crate::discord::call::{Call, text_in};
use crate::discord::channel::{Channel, Kind, Permission};
use crate::discord::ids::made_at_ms;
use crate::discord::message::{By, Message};
use crate::discord::wire;
use crate::discord::world::World;
use crate::kit::Fields;

const LONGEST_NAME: usize = 100;

pub(super) fn name_in(body: &Value) -> Checked<String> {
    let name = text_in(body, "name")?.unwrap_or("").trim();
    refuse!(name.is_empty() => ApiError::required("name"));
    refuse!(name.chars().count() > LONGEST_NAME => ApiError::bad_length("name", LONGEST_NAME));
    Ok(name.to_owned())
}

pub(super) fn archive_after(body: &Value) -> Checked<Option<u64>> {
    let field = "auto_archive_duration";
    let Some(asked) = body.get(field).filter(|it| !it.is_null()) else {
        return Ok(None);
    };
    let is_choice = |it: &u64| [60, 1_440, 4_320, 10_080].contains(it);
    let minutes = asked.as_u64().filter(is_choice);
    refuse!(minutes.is_none() => ApiError::choices(field, "60, 1440, 4320, 10080"));
    Ok(minutes)
}

pub(super) fn create_from_message(world: &mut World, call: &Call) -> Answer {
    let (channel, id) = call.message()?;
    let place = world.channel(channel)?;
    refuse!(!matches!(place.kind, Kind::Text | Kind::Announcement) => ApiError::WRONG_CHANNEL_TYPE);
    world.needs(channel, Permission::CreatePublicThreads)?;
    let message = world.found((channel, id))?;
    refuse!(message.is_system() => ApiError::OF_THE_SYSTEM);
    let (name, minutes) = (name_in(&call.body)?, archive_after(&call.body)?);
    refuse!(world.channels.contains_key(&id) => ApiError::THREAD_EXISTS);
    let thread = world.begin_thread(channel, world.bot.id, &name, Some(id));
    begun(world, thread, minutes, None)
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    let kind = world.channel(channel)?.kind;
    world.needs(channel, Permission::CreatePublicThreads)?;
    let (name, minutes) = (name_in(&call.body)?, archive_after(&call.body)?);
    if matches!(kind, Kind::Text | Kind::Announcement) {
        let thread = world.begin_thread(channel, world.bot.id, &name, None);
        return begun(world, thread, minutes, None);
    }
    refuse!(kind != Kind::Forum => ApiError::WRONG_CHANNEL_TYPE);
    let body = call.body.get("message").filter(|it| it.is_object());
    let draft = Draft {
        body: body.ok_or_else(|| ApiError::required("message"))?,
        files: &call.files,
    };
    let mut first = Message::new(channel, By::User(world.bot.id));
    draft.fill(world, &mut first)?;
    let (thread, message) = world.forum_post(channel, world.bot.id, &name, first);
    let message = world.message(thread, message);
    let message = message.map(|it| world.message_value(it));
    begun(world, thread, minutes, message)
}

fn begun(world: &mut World, thread: u64, minutes: Option<u64>, message: Option<Value>) -> Answer {
    let place = world.channel_mut(thread)?;
    if let (Some(thread), Some(minutes)) = (&mut place.thread, minutes) {
        thread.auto_archive_min = minutes;
    }
    let mut value = world.channel_value(world.channel(thread)?);
    value.put("message", message);
    created(value)
}

pub(super) fn active(world: &mut World, call: &Call) -> Answer {
    super::about::known(world, call)?;
    let visible = |it: &&Channel| it.is_open_thread() && world.channel(it.id).is_ok();
    let open: Vec<&Channel> = world.channels.values().rev().filter(visible).collect();
    ok(listed(world, &open, false))
}

pub(super) fn archived(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.channel(channel)?;
    world.needs(channel, Permission::ReadMessageHistory)?;
    let limit = call.limit(50, 100)?;
    let before = match call.asked("before") {
        None => i64::MAX,
        Some(text) => {
            let wrong = format!("Could not parse {text}. Should be ISO8601.");
            let wrong = |_| ApiError::form("before", "DATETIME_TYPE_PARSE", &wrong);
            let at: jiff::Timestamp = text.parse().map_err(wrong)?;
            at.as_millisecond()
        }
    };
    let at = |it: &Channel| {
        let thread = it.thread.as_ref().filter(|it| it.archived);
        thread.map(|it| it.archived_at)
    };
    let of_channel = |it: &&Channel| {
        it.parent == Some(channel)
            && !it.is_private_thread()
            && at(it).is_some_and(|it| it < before)
    };
    let mut found: Vec<&Channel> = world.channels.values().filter(of_channel).collect();
    found.sort_by_key(|it| std::cmp::Reverse((at(it), it.id)));
    let has_more = found.len() > limit;
    found.truncate(limit);
    ok(listed(world, &found, has_more))
}

fn listed(world: &World, threads: &[&Channel], has_more: bool) -> Value {
    let joined = threads.iter().filter(|it| {
        let thread = it.thread.as_ref();
        thread.is_some_and(|it| it.members.contains(&world.bot.id))
    });
    json!({
        "threads": threads.iter().map(|it| world.channel_value(it)).collect::<Vec<_>>(),
        "members": joined.map(|it| wire::thread_member(it.id, world.bot.id)).collect::<Vec<_>>(),
        "has_more": has_more,
    })
}

pub(super) fn join(world: &mut World, call: &Call) -> Answer {
    let bot = world.bot.id;
    let members = members(world, call)?;
    if !members.contains(&bot) {
        members.push(bot);
    }
    nothing()
}

pub(super) fn member(world: &mut World, call: &Call) -> Answer {
    let (thread, user) = (call.id("channel_id")?, call.id("user_id")?);
    match members(world, call)?.contains(&user) {
        true => ok(json!({
            "id": wire::id(thread), "user_id": wire::id(user),
            "join_timestamp": wire::timestamp(made_at_ms(thread)), "flags": 0,
        })),
        false => Err(ApiError::UNKNOWN_MEMBER),
    }
}

pub(super) fn leave(world: &mut World, call: &Call) -> Answer {
    let bot = world.bot.id;
    members(world, call)?.retain(|it| *it != bot);
    nothing()
}

fn members<'a>(world: &'a mut World, call: &Call) -> Checked<&'a mut Vec<u64>> {
    let thread = world.channel_mut(call.id("channel_id")?)?.thread.as_mut();
    let thread = thread.ok_or(ApiError::WRONG_CHANNEL_TYPE)?;
    refuse!(thread.archived => ApiError::ARCHIVED);
    Ok(&mut thread.members)
}

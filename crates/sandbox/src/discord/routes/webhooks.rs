//! Webhooks: made, found again, spoken through under any name, and what they said changed.

use serde_json::Value;

use super::compose::Draft;
use super::{responses, threads};
use crate::discord::answer::{Answer, ApiError, Checked, nothing, ok};
use crate::discord::call::{Call, text_in};
use crate::discord::channel::{Kind, Permission};
use crate::discord::guild::Webhook;
use crate::discord::message::{By, Message};
use crate::discord::wire;
use crate::discord::world::World;

/// No channel has more.
const MOST: usize = 15;

/// Words that no name of a webhook may hold.
const FORBIDDEN: [&str; 2] = ["discord", "clyde"];

fn checked_name<'a>(body: &'a Value, field: &str) -> Checked<Option<&'a str>> {
    let Some(name) = text_in(body, field)? else {
        return Ok(None);
    };
    // What has no width is taken away before anybody looks.
    let has_width = |it: &char| !matches!(it, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let lower: String = name.to_lowercase().chars().filter(has_width).collect();
    if let Some(word) = FORBIDDEN.iter().find(|it| lower.contains(**it)) {
        let message = format!("Username cannot contain \"{word}\"");
        return Err(ApiError::form(field, "USERNAME_INVALID_CONTAINS", &message));
    }
    let is_taken = matches!(lower.trim(), "everyone" | "here" | "system message");
    let taken = || format!("Username cannot be \"{}\"", lower.trim());
    refuse!(is_taken => ApiError::form(field, "USERNAME_INVALID", &taken()));
    refuse!(!(1..=80).contains(&name.trim().chars().count()) => ApiError::bad_length(field, 80));
    Ok(Some(name.trim()))
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.needs(channel, Permission::ManageWebhooks)?;
    let here = world.webhooks.values().filter(|it| it.channel == channel);
    ok(here.map(|it| wire::webhook(it, world, false)).collect())
}

pub(super) fn list_of_guild(world: &mut World, call: &Call) -> Answer {
    super::about::known(world, call)?;
    let all = world.webhooks.values();
    ok(all.map(|it| wire::webhook(it, world, false)).collect())
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    let kind = world.channel(channel)?.kind;
    refuse!(!matches!(kind, Kind::Text | Kind::Announcement | Kind::Forum) => ApiError::WRONG_CHANNEL_TYPE);
    world.needs(channel, Permission::ManageWebhooks)?;
    let name = checked_name(&call.body, "name")?;
    let name = name.ok_or_else(|| ApiError::required("name"))?.to_owned();
    let avatar = text_in(&call.body, "avatar")?.map(str::to_owned);
    let here = world.webhooks.values().filter(|it| it.channel == channel);
    refuse!(here.count() >= MOST => ApiError::MANY_WEBHOOKS);
    let webhook = world.new_webhook(channel, name, avatar, world.bot.id);
    ok(wire::webhook(known(world, webhook)?, world, false))
}

fn known(world: &World, webhook: u64) -> Checked<&Webhook> {
    let webhook = world.webhooks.get(&webhook);
    webhook.ok_or(ApiError::UNKNOWN_WEBHOOK)
}

fn of_bot<'a>(world: &'a World, call: &Call) -> Checked<&'a Webhook> {
    let webhook = known(world, call.id("webhook_id")?)?;
    world.needs(webhook.channel, Permission::ManageWebhooks)?;
    Ok(webhook)
}

fn of_token<'a>(world: &'a World, call: &Call) -> Checked<&'a Webhook> {
    let webhook = known(world, call.id("webhook_id")?)?;
    refuse!(webhook.token != call.text("webhook_token") => ApiError::INVALID_WEBHOOK_TOKEN);
    Ok(webhook)
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    let webhook = of_bot(world, call)?;
    ok(wire::webhook(webhook, world, false))
}

pub(super) fn get_by_token(world: &mut World, call: &Call) -> Answer {
    let webhook = of_token(world, call)?;
    ok(wire::webhook(webhook, world, true))
}

pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let id = of_bot(world, call)?.id;
    let name = checked_name(&call.body, "name")?;
    let webhook = world.webhooks.get_mut(&id);
    let webhook = webhook.ok_or(ApiError::UNKNOWN_WEBHOOK)?;
    if let Some(name) = name {
        name.clone_into(&mut webhook.name);
    }
    if let Some(avatar) = call.body.get("avatar") {
        webhook.avatar = avatar.as_str().map(str::to_owned);
    }
    let channel = webhook.channel;
    let moved = call.body["channel_id"].as_str();
    let moved = moved.and_then(|it| it.parse().ok()).unwrap_or(channel);
    webhook.channel = moved;
    world.tell_webhooks(channel);
    if moved != channel {
        world.tell_webhooks(moved);
    }
    get(world, call)
}

pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = of_bot(world, call)?.id;
    world.remove_webhook(id);
    nothing()
}

pub(super) fn delete_by_token(world: &mut World, call: &Call) -> Answer {
    let id = of_token(world, call)?.id;
    world.remove_webhook(id);
    nothing()
}

pub(super) fn execute(world: &mut World, call: &Call) -> Answer {
    if world.is_application(call) {
        return responses::follow_up(world, call);
    }
    let webhook = of_token(world, call)?.clone();
    let name = checked_name(&call.body, "username")?.unwrap_or(&webhook.name);
    let picture = text_in(&call.body, "avatar_url")?.map(str::to_owned);
    let by = By::Webhook {
        id: webhook.id,
        name: name.to_owned(),
        picture: picture.or_else(|| webhook.avatar.clone()),
    };
    let title = text_in(&call.body, "thread_name")?.filter(|it| !it.is_empty());
    let thread = call.asked_id("thread_id")?;
    let channel = destination(world, &webhook, thread, title)?;
    let mut message = Message::new(channel, by);
    message.application = world.owns(&webhook).then_some(world.bot.id);
    Draft::of(call).fill(world, &mut message)?;
    let (channel, id) = match title {
        None => (channel, world.post(message)),
        Some(title) => {
            threads::name_in(&serde_json::json!({ "name": title }))?;
            world.forum_post(webhook.channel, webhook.id, title, message)
        }
    };
    if !call.flag("wait") {
        return nothing();
    }
    ok(world.message_value(world.found((channel, id))?))
}

fn destination(
    world: &World,
    webhook: &Webhook,
    thread: Option<u64>,
    title: Option<&str>,
) -> Checked<u64> {
    let home = world.channels.get(&webhook.channel);
    let forum = home.ok_or(ApiError::UNKNOWN_WEBHOOK)?.kind == Kind::Forum;
    match (thread, title) {
        (Some(_), Some(_)) => Err(ApiError::ONE_THREAD_ONLY),
        (None, None) if forum => Err(ApiError::NO_THREAD_NAMED),
        (None, Some(_)) if !forum => Err(ApiError::NO_FORUM),
        (None, _) => Ok(webhook.channel),
        (Some(thread), None) => {
            let thread = thread_of(world, webhook, thread)?;
            world.takes_messages(thread, false)?;
            Ok(thread)
        }
    }
}

fn thread_of(world: &World, webhook: &Webhook, thread: u64) -> Checked<u64> {
    let place = world.channels.get(&thread);
    let place = place.filter(|it| it.parent == Some(webhook.channel));
    Ok(place.ok_or(ApiError::UNKNOWN_CHANNEL)?.id)
}

/// A message of this webhook, in its channel or in the thread that the call names.
fn said<'a>(world: &'a World, call: &Call) -> Checked<&'a Message> {
    let webhook = of_token(world, call)?;
    let channel = match call.asked_id("thread_id")? {
        None => webhook.channel,
        Some(thread) => thread_of(world, webhook, thread)?,
    };
    let message = world.message(channel, call.id("message_id")?);
    let message = message.filter(|it| it.webhook() == Some(webhook.id));
    message.ok_or(ApiError::UNKNOWN_MESSAGE)
}

pub(super) fn get_message(world: &mut World, call: &Call) -> Answer {
    if world.is_application(call) {
        return responses::get(world, call);
    }
    let message = said(world, call)?;
    ok(world.message_value(message))
}

pub(super) fn update_message(world: &mut World, call: &Call) -> Answer {
    if world.is_application(call) {
        return responses::update(world, call);
    }
    let message = said(world, call)?.clone();
    let (channel, id) = (message.channel, message.id);
    world.still_open(channel)?;
    let changed = Draft::of(call).change(world, message)?;
    world.reword(channel, id, |it| *it = changed);
    get_message(world, call)
}

pub(super) fn delete_message(world: &mut World, call: &Call) -> Answer {
    if world.is_application(call) {
        return responses::delete(world, call);
    }
    let message = said(world, call)?;
    let (channel, id) = (message.channel, message.id);
    world.still_open(channel)?;
    world.remove(channel, id);
    nothing()
}

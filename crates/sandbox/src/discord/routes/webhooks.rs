//! Webhooks: made, found again, spoken through under any name, and what they said changed.

use serde_json::Value;

use super::super::answer::{Answer, ApiError, nothing, ok};
use super::super::call::{Call, text_in};
use super::super::channel::{Kind, Permission};
use super::super::gateway::WEBHOOKS;
use super::super::message::{By, Message};
use super::super::wire;
use super::super::world::{Webhook, World};
use super::compose::Draft;
use super::{responses, threads};

/// No channel has more.
const MOST: usize = 15;

/// Words that no name of a webhook may hold.
const FORBIDDEN: [&str; 2] = ["discord", "clyde"];

fn checked_name<'a>(body: &'a Value, field: &str) -> Result<Option<&'a str>, ApiError> {
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
    if matches!(lower.trim(), "everyone" | "here" | "system message") {
        let message = format!("Username cannot be \"{}\"", lower.trim());
        return Err(ApiError::form(field, "USERNAME_INVALID", &message));
    }
    match name.trim().chars().count() {
        1..=80 => Ok(Some(name.trim())),
        _ => {
            let message = "Must be between 1 and 80 in length.";
            Err(ApiError::form(field, "BASE_TYPE_BAD_LENGTH", message))
        }
    }
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.needs(channel, Permission::ManageWebhooks)?;
    let here = world.webhooks.values().filter(|it| it.channel == channel);
    ok(here.map(|it| wire::webhook(it, world, false)).collect())
}

pub(super) fn list_of_guild(world: &mut World, call: &Call) -> Answer {
    super::guilds::known(world, call)?;
    let all = world.webhooks.values();
    ok(all.map(|it| wire::webhook(it, world, false)).collect())
}

pub(super) fn create(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    let kind = world.channel(channel)?.kind;
    if !matches!(kind, Kind::Text | Kind::Announcement | Kind::Forum) {
        return Err(ApiError::wrong_channel_type());
    }
    world.needs(channel, Permission::ManageWebhooks)?;
    let name = checked_name(&call.body, "name")?;
    let name = name.ok_or_else(|| ApiError::required("name"))?.to_owned();
    let avatar = text_in(&call.body, "avatar")?.map(str::to_owned);
    if world
        .webhooks
        .values()
        .filter(|it| it.channel == channel)
        .count()
        >= MOST
    {
        return Err(ApiError::new(
            400,
            30007,
            "Maximum number of webhooks reached (15)",
        ));
    }
    let webhook = world.new_webhook(channel, name, avatar, world.bot.id);
    let webhook = world
        .webhooks
        .get(&webhook)
        .ok_or_else(ApiError::unknown_webhook)?;
    ok(wire::webhook(webhook, world, false))
}

impl World {
    pub(crate) fn new_webhook(
        &mut self,
        channel: u64,
        name: String,
        avatar: Option<String>,
        user: u64,
    ) -> u64 {
        let id = self.new_id();
        let token = format!(
            "{:034x}{:034x}",
            u128::from(id).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835),
            id
        );
        self.webhooks.insert(
            id,
            Webhook {
                id,
                token,
                channel,
                name,
                avatar,
                user,
            },
        );
        self.tell_webhooks(channel);
        id
    }

    pub(crate) fn remove_webhook(&mut self, id: u64) -> bool {
        let Some(webhook) = self.webhooks.remove(&id) else {
            return false;
        };
        self.tell_webhooks(webhook.channel);
        true
    }

    /// The event names the channel and nothing else.
    fn tell_webhooks(&mut self, channel: u64) {
        let body = serde_json::json!({
            "guild_id": wire::id(self.guild.id),
            "channel_id": wire::id(channel),
        });
        self.tell_of("WEBHOOKS_UPDATE", WEBHOOKS, channel, body);
    }
}

fn of_bot<'a>(world: &'a World, call: &Call) -> Result<&'a Webhook, ApiError> {
    let webhook = world.webhooks.get(&call.id("webhook_id")?);
    let webhook = webhook.ok_or_else(ApiError::unknown_webhook)?;
    world.needs(webhook.channel, Permission::ManageWebhooks)?;
    Ok(webhook)
}

fn of_token<'a>(world: &'a World, call: &Call) -> Result<&'a Webhook, ApiError> {
    let webhook = world.webhooks.get(&call.id("webhook_id")?);
    let webhook = webhook.ok_or_else(ApiError::unknown_webhook)?;
    match webhook.token == call.text("webhook_token") {
        true => Ok(webhook),
        false => Err(ApiError::invalid_webhook_token()),
    }
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
    let webhook = world
        .webhooks
        .get_mut(&id)
        .ok_or_else(ApiError::unknown_webhook)?;
    if let Some(name) = name {
        name.clone_into(&mut webhook.name);
    }
    if let Some(avatar) = call.body.get("avatar") {
        webhook.avatar = avatar.as_str().map(str::to_owned);
    }
    let channel = webhook.channel;
    let moved = call.body["channel_id"]
        .as_str()
        .and_then(|it| it.parse().ok());
    let moved = moved.unwrap_or(channel);
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
    let message = world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?;
    ok(world.message_value(message))
}

fn destination(
    world: &World,
    webhook: &Webhook,
    thread: Option<u64>,
    title: Option<&str>,
) -> Result<u64, ApiError> {
    let home = world
        .channels
        .get(&webhook.channel)
        .ok_or_else(ApiError::unknown_webhook)?;
    let forum = home.kind == Kind::Forum;
    match (thread, title) {
        (Some(_), Some(_)) => {
            let why = "Webhook can only have one of thread_name or thread_id";
            Err(ApiError::new(400, 220002, why))
        }
        (None, None) if forum => {
            let why = "Webhooks posted to forum channels must have a thread_name or thread_id";
            Err(ApiError::new(400, 220001, why))
        }
        (None, Some(_)) if !forum => {
            let why = "Webhooks can only create threads in forum channels";
            Err(ApiError::new(400, 220003, why))
        }
        (None, _) => Ok(webhook.channel),
        (Some(thread), None) => {
            let place = world.channels.get(&thread);
            place
                .filter(|it| it.parent == Some(webhook.channel))
                .ok_or_else(ApiError::unknown_channel)?;
            world.takes_messages(thread, false)?;
            Ok(thread)
        }
    }
}

/// A message of this webhook, in its channel or in the thread that the call names.
fn said<'a>(world: &'a World, call: &Call) -> Result<&'a Message, ApiError> {
    let webhook = of_token(world, call)?;
    let channel = match call.asked_id("thread_id")? {
        None => webhook.channel,
        Some(thread) => {
            let place = world.channels.get(&thread);
            let place = place.filter(|it| it.parent == Some(webhook.channel));
            place.ok_or_else(ApiError::unknown_channel)?.id
        }
    };
    let message = world.message(channel, call.id("message_id")?);
    let message = message.filter(|it| it.webhook() == Some(webhook.id));
    message.ok_or_else(ApiError::unknown_message)
}

fn still_open(world: &World, channel: u64) -> Result<(), ApiError> {
    let place = world
        .channels
        .get(&channel)
        .ok_or_else(ApiError::unknown_channel)?;
    match place.thread.as_ref().is_some_and(|it| it.archived) {
        true => Err(ApiError::archived()),
        false => Ok(()),
    }
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
    still_open(world, channel)?;
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
    still_open(world, channel)?;
    world.remove(channel, id);
    nothing()
}

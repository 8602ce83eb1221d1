//! What the app says and does with what it said: `chat.postMessage`, `chat.postEphemeral`, rewrite, delete, link.

use serde_json::json;

use super::voice::{self, LONGEST_POST};
use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::channel::Ephemeral;
use crate::slack::ids::now_micros;
use crate::slack::message::Stored;
use crate::slack::params::Params;
use crate::slack::wire::{Metadata, ts};
use crate::slack::world::World;

pub(super) fn post_message(world: &mut World, params: &Params) -> Answer {
    world.need("chat:write")?;
    let channel = world.writable(params.text("channel"))?;
    let mut message = prepared(world, params, &channel)?;
    message.metadata = voice::metadata(params)?;
    message.broadcast = message.thread.is_some() && params.flag("reply_broadcast");
    let at = world.insert(&channel, message);
    world.tell_message(&channel, at);
    let message = world.message_value(&channel, at, Metadata::Whole);
    Ok(json!({ "channel": channel, "ts": ts(at), "message": message }))
}

/// Everything that is common to messages for all and for one.
fn prepared(world: &mut World, params: &Params, channel: &str) -> Checked<Stored> {
    let words = voice::words(params, LONGEST_POST)?;
    refuse!(words.is_empty() => "no_text");
    let thread = world.thread(channel, params)?;
    let mut message = world.app_message(params)?;
    message.thread = thread;
    words.put(&mut message);
    Ok(message)
}

pub(super) fn post_ephemeral(world: &mut World, params: &Params) -> Answer {
    world.need("chat:write")?;
    let channel = world.writable(params.text("channel"))?;
    let to = params.text("user").ok_or("invalid_arguments")?;
    let message = prepared(world, params, &channel)?;
    let place = world.channels.get_mut(&channel);
    let place = place
        .filter(|it| it.has(&to))
        .ok_or("user_not_in_channel")?;
    let at = place.next_ts();
    let author = message.bot.map(|it| it.username.unwrap_or(it.name));
    place.ephemeral.push(Ephemeral {
        ts: at,
        to,
        author: author.unwrap_or_default(),
        text: message.text,
        blocks: message.blocks,
    });
    Ok(json!({ "message_ts": ts(at) }))
}

/// Shorter than what may be posted.
const LONGEST_UPDATE: usize = 4_000;

pub(super) fn update(world: &mut World, params: &Params) -> Answer {
    world.need("chat:write")?;
    let channel = own_channel(world, params)?;
    let at = find(world, &channel, params, "ts")?;
    check_own(world, &channel, at, "cant_update_message")?;
    let words = voice::words(params, LONGEST_UPDATE)?;
    refuse!(words.is_empty() => "no_text");
    let metadata = voice::metadata(params)?;
    let by = world.app.bot_user_id.clone();
    let message = world.message_mut(&channel, at);
    let message = message.ok_or("message_not_found")?;
    let before = message.clone();
    words.put(message);
    message.metadata = metadata.or_else(|| message.metadata.take());
    message.edited = Some((by, now_micros()));
    world.tell_changed(&channel, &before, at);
    let text = world.message(&channel, at).map(|it| it.text.clone());
    let message = world.message_value(&channel, at, Metadata::Whole);
    Ok(json!({ "channel": channel, "ts": ts(at), "text": text, "message": message }))
}

pub(super) fn delete(world: &mut World, params: &Params) -> Answer {
    world.need("chat:write")?;
    let channel = own_channel(world, params)?;
    let at = find(world, &channel, params, "ts")?;
    check_own(world, &channel, at, "cant_delete_message")?;
    world.remove_message(&channel, at);
    Ok(json!({ "channel": channel, "ts": ts(at) }))
}

pub(super) fn get_permalink(world: &mut World, params: &Params) -> Answer {
    let id = params.channel()?;
    world.channel(&id)?;
    let at = find(world, &id, params, "message_ts")?;
    let thread = world.message(&id, at).and_then(|it| it.thread);
    let tail = thread.map(|root| format!("?thread_ts={}&cid={id}", ts(root)));
    let permalink = format!(
        "{}/archives/{id}/p{at}{}",
        world.base,
        tail.unwrap_or_default()
    );
    Ok(json!({ "channel": id, "permalink": permalink }))
}

/// A channel that may still be changed. Being in it is not asked for: old messages remain ours.
fn own_channel(world: &World, params: &Params) -> Checked<String> {
    let id = params.channel()?;
    refuse!(world.channel(&id)?.is_archived => "is_archived");
    Ok(id)
}

fn find(world: &World, channel: &str, params: &Params, name: &str) -> Checked<u64> {
    let at = params.ts(name, "message_not_found")?;
    at.filter(|at| {
        world
            .message(channel, *at)
            .is_some_and(|it| !it.is_tombstone())
    })
    .ok_or(ApiError::of("message_not_found"))
}

fn check_own(world: &World, channel: &str, at: u64, refused: &'static str) -> Checked {
    let ours = |it: &Stored| {
        it.bot
            .as_ref()
            .is_some_and(|it| it.bot_id == world.app.bot_id)
    };
    refuse!(!world.message(channel, at).is_some_and(ours) => ApiError::of(refused));
    Ok(())
}

//! `chat.postMessage` and `chat.postEphemeral`.

use serde_json::json;

use super::super::answer::{Answer, ApiError};
use super::super::channel::Ephemeral;
use super::super::message::{Metadata, Stored, ts};
use super::super::world::World;
use super::Call;
use super::voice::{self, LONGEST_POST};

pub(super) fn post_message(world: &mut World, call: &Call<'_>) -> Answer {
    world.need("chat:write")?;
    let channel = world.writable(call.params.text("channel"))?;
    let mut message = prepared(world, call, &channel)?;
    message.metadata = voice::metadata(call.params)?;
    message.broadcast = message.thread.is_some() && call.params.flag("reply_broadcast");
    let at = world.insert(&channel, message);
    world.tell_message(&channel, at);
    let message = world.message_value(&channel, at, Metadata::Whole);
    Ok(json!({ "channel": channel, "ts": ts(at), "message": message }))
}

/// Everything that is common to messages for all and for one.
fn prepared(world: &mut World, call: &Call<'_>, channel: &str) -> Result<Stored, ApiError> {
    let words = voice::words(call.params, LONGEST_POST)?;
    if words.is_empty() {
        return Err(ApiError::of("no_text"));
    }
    let thread = world.thread(channel, call)?;
    let mut message = world.app_message(call.params)?;
    message.thread = thread;
    words.put(&mut message);
    Ok(message)
}

pub(super) fn post_ephemeral(world: &mut World, call: &Call<'_>) -> Answer {
    world.need("chat:write")?;
    let channel = world.writable(call.params.text("channel"))?;
    let to = call
        .params
        .text("user")
        .ok_or(ApiError::of("invalid_arguments"))?;
    let message = prepared(world, call, &channel)?;
    let place = world.channels.get_mut(&channel);
    let place = place
        .filter(|it| it.has(&to))
        .ok_or(ApiError::of("user_not_in_channel"))?;
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

//! `chat.postMessage` and `chat.postEphemeral`.

use serde_json::json;

use super::voice::{self, LONGEST_POST};
use crate::slack::answer::{Answer, Checked};
use crate::slack::channel::Ephemeral;
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

//! The app reacts.

use serde_json::json;

use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::emoji;
use crate::slack::params::Params;
use crate::slack::wire::Metadata;
use crate::slack::world::World;

struct Target {
    channel: String,
    at: u64,
}

fn target(world: &World, params: &Params) -> Checked<Target> {
    let channel = params.text("channel");
    let channel = channel.ok_or(ApiError::of("no_item_specified"))?;
    let at = params.ts("timestamp", "bad_timestamp")?;
    let at = at.ok_or(ApiError::of("no_item_specified"))?;
    let place = world.channel(&channel)?;
    if place.is_archived {
        return Err(ApiError::of("is_archived"));
    }
    if !place.has(&world.app.bot_user_id) {
        return Err(ApiError::of("not_in_channel"));
    }
    match place.messages.get(&at).is_some_and(|it| !it.is_tombstone()) {
        true => Ok(Target { channel, at }),
        false => Err(ApiError::of("message_not_found")),
    }
}

fn name(params: &Params) -> Checked<String> {
    let name = params.text("name").unwrap_or_default();
    let name = name.trim_matches(':').to_owned();
    match emoji::is_name(&name) {
        true => Ok(name),
        false => Err(ApiError::of("invalid_name")),
    }
}

pub(super) fn add(world: &mut World, params: &Params) -> Answer {
    world.need("reactions:write")?;
    let name = name(params)?;
    let target = target(world, params)?;
    let bot = world.app.bot_user_id.clone();
    match world.add_reaction(&target.channel, target.at, &bot, &name) {
        true => Ok(json!({})),
        false => Err(ApiError::of("already_reacted")),
    }
}

pub(super) fn remove(world: &mut World, params: &Params) -> Answer {
    world.need("reactions:write")?;
    let name = name(params)?;
    let target = target(world, params)?;
    let bot = world.app.bot_user_id.clone();
    match world.remove_reaction(&target.channel, target.at, &bot, &name) {
        true => Ok(json!({})),
        false => Err(ApiError::of("no_reaction")),
    }
}

pub(super) fn get(world: &mut World, params: &Params) -> Answer {
    world.need("reactions:read")?;
    let target = target(world, params)?;
    let message = world.message_value(&target.channel, target.at, Metadata::Left);
    Ok(json!({ "type": "message", "channel": target.channel, "message": message }))
}

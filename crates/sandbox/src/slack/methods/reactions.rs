//! The app reacts.

use serde_json::json;

use crate::slack::answer::{Answer, Checked};
use crate::slack::emoji;
use crate::slack::message::Stored;
use crate::slack::params::Params;
use crate::slack::wire::Metadata;
use crate::slack::world::World;

struct Target {
    channel: String,
    at: u64,
}

fn target(world: &World, params: &Params) -> Checked<Target> {
    let channel = params.text("channel");
    let channel = channel.ok_or("no_item_specified")?;
    let at = params.ts("timestamp", "bad_timestamp")?;
    let at = at.ok_or("no_item_specified")?;
    let place = world.channel(&channel)?;
    refuse!(place.is_archived => "is_archived");
    refuse!(!place.has(&world.app.bot_user_id) => "not_in_channel");
    refuse!(place.messages.get(&at).is_none_or(Stored::is_tombstone) => "message_not_found");
    Ok(Target { channel, at })
}

fn name(params: &Params) -> Checked<String> {
    let name = params.text("name").unwrap_or_default();
    let name = name.trim_matches(':').to_owned();
    refuse!(!emoji::is_name(&name) => "invalid_name");
    Ok(name)
}

pub(super) fn add(world: &mut World, params: &Params) -> Answer {
    world.need("reactions:write")?;
    let name = name(params)?;
    let target = target(world, params)?;
    let bot = world.app.bot_user_id.clone();
    refuse!(!world.add_reaction(&target.channel, target.at, &bot, &name) => "already_reacted");
    Ok(json!({}))
}

pub(super) fn remove(world: &mut World, params: &Params) -> Answer {
    world.need("reactions:write")?;
    let name = name(params)?;
    let target = target(world, params)?;
    let bot = world.app.bot_user_id.clone();
    refuse!(!world.remove_reaction(&target.channel, target.at, &bot, &name) => "no_reaction");
    Ok(json!({}))
}

pub(super) fn get(world: &mut World, params: &Params) -> Answer {
    world.need("reactions:read")?;
    let target = target(world, params)?;
    let message = world.message_value(&target.channel, target.at, Metadata::Left);
    Ok(json!({ "type": "message", "channel": target.channel, "message": message }))
}

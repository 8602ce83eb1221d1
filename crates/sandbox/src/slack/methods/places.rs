//! The app comes into channels, leaves them, and opens direct messages.

use serde_json::{Value, json};

use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::channel::Kind;
use crate::slack::params::Params;
use crate::slack::world::World;

pub(super) fn join(world: &mut World, params: &Params) -> Answer {
    world.need("channels:join")?;
    let id = params.channel()?;
    let channel = world.channel(&id)?;
    refuse!(channel.kind != Kind::Public => "method_not_supported_for_channel_type");
    refuse!(channel.is_archived => "is_archived");
    let bot = world.app.bot_user_id.clone();
    let was_there = channel.has(&bot);
    world.enter(&id, &bot, None);
    let mut answer = json!({ "channel": value(world, &id)? });
    if was_there {
        answer["warning"] = "already_in_channel".into();
        answer["response_metadata"] = json!({ "warnings": ["already_in_channel"] });
    }
    Ok(answer)
}

pub(super) fn leave(world: &mut World, params: &Params) -> Answer {
    let id = params.channel()?;
    let channel = world.channel(&id)?;
    let bot = world.app.bot_user_id.clone();
    world.need(match channel.kind {
        Kind::Public => "channels:manage",
        Kind::Private => "groups:write",
        Kind::Im => return Err(ApiError::of("method_not_supported_for_channel_type")),
    })?;
    if !channel.has(&bot) {
        return Ok(json!({ "not_in_channel": true }));
    }
    world.exit(&id, &bot);
    Ok(json!({}))
}

pub(super) fn open(world: &mut World, params: &Params) -> Answer {
    world.need("im:write")?;
    let users = params.text("users");
    let known = params.text("channel");
    let id = match (users, known) {
        (Some(users), _) => with(world, &users)?,
        (None, Some(id)) => {
            let is_direct = world.channel(&id)?.kind == Kind::Im;
            is_direct.then_some(id).ok_or(ApiError::CHANNEL_NOT_FOUND)?
        }
        (None, None) => return Err(ApiError::of("users_list_not_supplied")),
    };
    let channel = match params.flag("return_im") {
        true => value(world, &id)?,
        false => json!({ "id": id }),
    };
    Ok(json!({ "channel": channel }))
}

fn with(world: &mut World, users: &str) -> Checked<String> {
    if users.contains(',') {
        world.need("mpim:write")?;
    }
    let member = world.members.get(users).ok_or("user_not_found")?;
    refuse!(member.deleted => "user_disabled");
    refuse!(member.is_bot => "cannot_dm_bot");
    world
        .direct_message(users)
        .ok_or(ApiError::of("user_not_found"))
}

fn value(world: &World, id: &str) -> Checked<Value> {
    let channel = world.channel(id)?;
    Ok(channel.value(&world.app.bot_user_id, &world.app.team_id))
}

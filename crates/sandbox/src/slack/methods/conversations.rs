//! What channels there are and who is in them; how the app comes, leaves, and opens direct messages.

use serde_json::{Value, json};

use super::pages;
use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::channel::{Channel, Kind};
use crate::slack::params::Params;
use crate::slack::world::World;

pub(super) fn list(world: &mut World, params: &Params) -> Answer {
    let channels = listed(world, params, |_| true)?;
    pages::page(params, "channels", channels, 100)
}

pub(super) fn of_user(world: &mut World, params: &Params) -> Answer {
    let user = params.text("user");
    let user = user.unwrap_or_else(|| world.app.bot_user_id.clone());
    let channels = listed(world, params, |it| it.has(&user))?;
    pages::page(params, "channels", channels, 100)
}

fn listed(
    world: &World,
    params: &Params,
    wanted: impl Fn(&Channel) -> bool,
) -> Checked<Vec<Value>> {
    let types = params.text("types");
    let types = types.unwrap_or_else(|| "public_channel".into());
    let types: Vec<&str> = types.split(',').map(str::trim).collect();
    for kind in &types {
        world.need(match *kind {
            "public_channel" => "channels:read",
            "private_channel" => "groups:read",
            "im" => "im:read",
            "mpim" => "mpim:read",
            _ => return Err(ApiError::of("invalid_types")),
        })?;
    }
    let without_archived = params.flag("exclude_archived");
    let seen = world.order.iter().filter_map(|it| world.channel(it).ok());
    let shown = seen.filter(|it| types.contains(&it.kind.list_type()) && wanted(it));
    let shown = shown.filter(|it| !(without_archived && it.is_archived));
    Ok(shown
        .map(|it| it.value(&world.app.bot_user_id, &world.app.team_id))
        .collect())
}

/// The channel that a call names, if the app may read about it.
fn named<'a>(world: &'a World, params: &Params) -> Checked<&'a Channel> {
    let id = params.channel()?;
    let channel = world.channel(&id)?;
    world.need(&format!("{}:read", channel.kind.scope_family()))?;
    Ok(channel)
}

pub(super) fn info(world: &mut World, params: &Params) -> Answer {
    let channel = named(world, params)?;
    let mut value = channel.value(&world.app.bot_user_id, &world.app.team_id);
    if !params.flag("include_num_members")
        && let Some(fields) = value.as_object_mut()
    {
        fields.remove("num_members");
    }
    Ok(json!({ "channel": value }))
}

pub(super) fn members(world: &mut World, params: &Params) -> Answer {
    let channel = named(world, params)?;
    let members = channel.members.iter().map(|it| it.as_str().into());
    pages::page(params, "members", members.collect(), 100)
}

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

//! What channels there are, and who is in them.

use serde_json::{Value, json};

use super::super::answer::{Answer, ApiError};
use super::super::channel::Channel;
use super::super::world::World;
use super::{Call, pages};

pub(super) fn list(world: &mut World, call: &Call<'_>) -> Answer {
    let channels = listed(world, call, |_| true)?;
    pages::page(call.params, "channels", channels, 100)
}

pub(super) fn of_user(world: &mut World, call: &Call<'_>) -> Answer {
    let user = call.params.text("user");
    let user = user.unwrap_or_else(|| world.app.bot_user_id.clone());
    let channels = listed(world, call, |it| it.has(&user))?;
    pages::page(call.params, "channels", channels, 100)
}

fn listed(
    world: &World,
    call: &Call<'_>,
    wanted: impl Fn(&Channel) -> bool,
) -> Result<Vec<Value>, ApiError> {
    let types = call.params.text("types");
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
    let without_archived = call.params.flag("exclude_archived");
    let seen = world.order.iter().filter_map(|it| world.channel(it).ok());
    let shown = seen.filter(|it| types.contains(&it.kind.list_type()) && wanted(it));
    let shown = shown.filter(|it| !(without_archived && it.is_archived));
    Ok(shown
        .map(|it| it.value(&world.app.bot_user_id, &world.app.team_id))
        .collect())
}

/// The channel that a call names, if the app may read about it.
fn named<'a>(world: &'a World, call: &Call<'_>) -> Result<&'a Channel, ApiError> {
    let id = call
        .params
        .text("channel")
        .ok_or(ApiError::CHANNEL_NOT_FOUND)?;
    let channel = world.channel(&id)?;
    world.need(&format!("{}:read", channel.kind.scope_family()))?;
    Ok(channel)
}

pub(super) fn info(world: &mut World, call: &Call<'_>) -> Answer {
    let channel = named(world, call)?;
    let mut value = channel.value(&world.app.bot_user_id, &world.app.team_id);
    if !call.params.flag("include_num_members")
        && let Some(fields) = value.as_object_mut()
    {
        fields.remove("num_members");
    }
    Ok(json!({ "channel": value }))
}

pub(super) fn members(world: &mut World, call: &Call<'_>) -> Answer {
    let channel = named(world, call)?;
    let members = channel.members.iter().map(|it| it.as_str().into());
    pages::page(call.params, "members", members.collect(), 100)
}

//! What channels there are, and who is in them.

use serde_json::{Value, json};

use super::pages;
use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::channel::Channel;
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

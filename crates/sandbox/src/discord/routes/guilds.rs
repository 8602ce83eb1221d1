//! The one guild, seen from outside the gateway.

use serde_json::{Value, json};

use super::super::answer::{Answer, ApiError, ok};
use super::super::call::Call;
use super::super::channel::{Channel, Kind};
use super::super::wire::{self, ALL_PERMISSIONS};
use super::super::world::World;

/// Fails where the bot is in no such guild.
pub(super) fn known(world: &World, call: &Call) -> Result<(), ApiError> {
    let known = call.id("guild_id")? == world.guild.id && world.guild.has_bot;
    known.then_some(()).ok_or_else(ApiError::unknown_guild)
}

pub(super) fn mine(world: &mut World, _: &Call) -> Answer {
    let guild = json!({
        "id": wire::id(world.guild.id),
        "name": world.guild.name,
        "icon": null,
        "banner": null,
        "owner": false,
        "permissions": ALL_PERMISSIONS.to_string(),
        "features": [],
    });
    ok(world.guild.has_bot.then_some(guild).into_iter().collect())
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    ok(Value::Object(world.guild_value()))
}

pub(super) fn channels(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    let places = world.order.iter().filter_map(|it| world.channels.get(it));
    let in_list = |it: &&Channel| !matches!(it.kind, Kind::Thread | Kind::Private);
    ok(places
        .filter(in_list)
        .map(|it| world.channel_value(it))
        .collect())
}

pub(super) fn roles(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    ok(world.role_values().into())
}

pub(super) fn member(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    let member = world.member_value(call.id("user_id")?);
    ok(member.ok_or_else(ApiError::unknown_member)?)
}

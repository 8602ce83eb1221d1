//! The one guild, seen from outside the gateway.

use serde_json::json;

use crate::discord::answer::{Answer, ApiError, Checked, ok};
use crate::discord::call::Call;
use crate::discord::channel::{Channel, Kind};
use crate::discord::wire::{self, ALL_PERMISSIONS};
use crate::discord::world::World;

/// Fails where the bot is in no such guild.
pub(super) fn known(world: &World, call: &Call) -> Checked {
    let known = call.id("guild_id")? == world.guild.id && world.guild.has_bot;
    known.then_some(()).ok_or(ApiError::UNKNOWN_GUILD)
}

pub(super) fn mine(world: &mut World, _: &Call) -> Answer {
    let guild = json!({
        "id": wire::id(world.guild.id), "name": world.guild.name, "permissions": ALL_PERMISSIONS.to_string(),
        "icon": null, "banner": null, "owner": false, "features": [],
    });
    ok(world.guild.has_bot.then_some(guild).into_iter().collect())
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    ok(world.guild_value())
}

pub(super) fn channels(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    let places = world.order.iter().filter_map(|it| world.channels.get(it));
    let in_list = |it: &&Channel| !matches!(it.kind, Kind::Thread | Kind::Private);
    let places = places.filter(in_list);
    ok(places.map(|it| world.channel_value(it)).collect())
}

pub(super) fn roles(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    ok(world.role_values().into())
}

pub(super) fn member(world: &mut World, call: &Call) -> Answer {
    known(world, call)?;
    let member = world.member_value(call.id("user_id")?);
    ok(member.ok_or(ApiError::UNKNOWN_MEMBER)?)
}

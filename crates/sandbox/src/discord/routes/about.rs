//! The bot itself, its application, where the gateway is, and the one guild, seen from outside the gateway.

use serde_json::json;

use crate::discord::answer::{Answer, ApiError, Checked, ok};
use crate::discord::call::Call;
use crate::discord::channel::{Channel, Kind};
use crate::discord::wire::{self, ALL_PERMISSIONS};
use crate::discord::world::World;
use crate::kit::Fields;

pub(super) fn gateway(world: &mut World, _: &Call) -> Answer {
    ok(json!({ "url": world.gateway_url() }))
}

pub(super) fn gateway_bot(world: &mut World, _: &Call) -> Answer {
    ok(json!({
        "url": world.gateway_url(), "shards": 1,
        "session_start_limit": {
            "total": 1_000, "remaining": world.identifies_left(), "reset_after": 14_400_000, "max_concurrency": 1,
        },
    }))
}

pub(super) fn me(world: &mut World, _: &Call) -> Answer {
    let mut user = world.user_value(world.bot.id);
    user.lay_over(
        json!({ "mfa_enabled": true, "locale": "en-US", "verified": true, "email": null }),
    );
    ok(user)
}

pub(super) fn user(world: &mut World, call: &Call) -> Answer {
    let user = call.id("user_id")?;
    match world.users.contains_key(&user) {
        true => ok(world.user_value(user)),
        false => Err(ApiError::UNKNOWN_USER),
    }
}

pub(super) fn application(world: &mut World, _: &Call) -> Answer {
    // The flags that say whether a bot in few guilds may read content.
    let flags = u64::from(world.bot.may_read_content) << 19;
    ok(json!({
        "id": wire::id(world.bot.id),
        "name": "Causeway", "icon": null, "description": "", "type": null, "verify_key": "0".repeat(64),
        "flags": flags, "flags_new": flags.to_string(), "redirect_uris": [], "eligible_oauth2_scopes": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "owner": world.user_value(world.guild.owner), "bot": world.user_value(world.bot.id),
        "approximate_guild_count": 1, "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0, "team": null, "bot_public": false, "bot_require_code_grant": false,
    }))
}

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

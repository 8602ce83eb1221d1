//! The bot itself, its application, and where the gateway is.

use serde_json::{Value, json};

use super::super::answer::{Answer, ApiError, ok};
use super::super::call::Call;
use super::super::wire;
use super::super::world::World;

pub(super) fn gateway(world: &mut World, _: &Call) -> Answer {
    ok(json!({ "url": world.gateway_url() }))
}

pub(super) fn gateway_bot(world: &mut World, _: &Call) -> Answer {
    ok(json!({
        "url": world.gateway_url(),
        "shards": 1,
        "session_start_limit": {
            "total": 1_000,
            "remaining": world.identifies_left(),
            "reset_after": 14_400_000,
            "max_concurrency": 1,
        },
    }))
}

pub(super) fn me(world: &mut World, _: &Call) -> Answer {
    let mut user = world.user_value(world.bot.id);
    user["mfa_enabled"] = true.into();
    user["locale"] = "en-US".into();
    user["verified"] = true.into();
    user["email"] = Value::Null;
    ok(user)
}

pub(super) fn user(world: &mut World, call: &Call) -> Answer {
    let user = call.id("user_id")?;
    match world.users.contains_key(&user) {
        true => ok(world.user_value(user)),
        false => Err(ApiError::unknown_user()),
    }
}

pub(super) fn application(world: &mut World, _: &Call) -> Answer {
    // The flags that say whether a bot in few guilds may read content.
    let flags: u64 = if world.bot.may_read_content {
        1 << 19
    } else {
        0
    };
    ok(json!({
        "id": wire::id(world.bot.id),
        "name": "Causeway",
        "icon": null,
        "description": "",
        "type": null,
        "verify_key": "0".repeat(64),
        "flags": flags,
        "flags_new": flags.to_string(),
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "owner": world.user_value(world.guild.owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": null,
        "eligible_oauth2_scopes": [],
        "bot": world.user_value(world.bot.id),
        "bot_public": false,
        "bot_require_code_grant": false,
    }))
}

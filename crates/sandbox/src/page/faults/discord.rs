//! What can go wrong with Discord: with requests, with the gateway, and with what the bot may do.

use crate::discord::{Faults, GatewayFaults, Permission, RateLimit};
use crate::page::refusal::Refusal;
use crate::page::requests::{Discord, Requests, Switch, left};
use crate::page::shared::Shared;
use crate::town::Town;

pub(super) fn turn(shared: &Shared, what: &str, it: &Switch) -> Result<(), Refusal> {
    let town = &shared.town;
    match what {
        "drop" => town.discord.gateway_drop(),
        // Op 7.
        "reconnect" => town.discord.gateway_reconnect(),
        // Op 9.
        "invalidate" => town.discord.gateway_invalidate(false),
        "silent" => gateway(shared, |on| on.silent = it.on),
        "refuse_resume" => gateway(shared, |on| on.refuse_resume = it.on),
        "webhook_deleted" => delete_webhooks(town),
        "kick" => kick(shared, it.on),
        "permission" => permission(shared, it.on)?,
        _ => refuse!(!set(shared, |on| on.requests.turn(what, it)) => it.unknown()),
    }
    Ok(())
}

pub(super) fn heal(shared: &Shared) -> Result<(), Refusal> {
    let on = shared.switches().discord.clone();
    if on.permission {
        permission(shared, false)?;
    }
    if on.kick {
        kick(shared, false);
    }
    set(shared, |it| it.requests = Requests::default());
    gateway(shared, |it| (it.silent, it.refuse_resume) = (false, false));
    Ok(())
}

fn set<T>(shared: &Shared, change: impl FnOnce(&mut Discord) -> T) -> T {
    let on = &mut shared.switches().discord;
    let changed = change(on);
    let faults = Faults {
        rate_limit: left(on.requests.rate_limit).map(|for_s| RateLimit {
            for_s,
            ..RateLimit::default()
        }),
        server_error: on.requests.server_error(),
        cut: on.requests.cut(),
        latency_ms: on.requests.latency,
        ..Faults::default()
    };
    shared.town.discord.set_faults(None, faults);
    changed
}

fn gateway(shared: &Shared, change: impl FnOnce(&mut Discord)) {
    let on = &mut shared.switches().discord;
    let was_silent = on.silent;
    change(on);
    shared.town.discord.set_gateway_faults(GatewayFaults {
        silent: on.silent,
        refuse_resume: on.refuse_resume,
        ..GatewayFaults::default()
    });
    if was_silent && !on.silent {
        // A socket that went silent stays so; only a new one speaks.
        shared.town.discord.gateway_drop();
    }
}

fn delete_webhooks(town: &Town) {
    for webhook in town.discord.webhooks(town.cast.guild.channel) {
        town.discord.delete_webhook(webhook.id);
    }
}

fn kick(shared: &Shared, on: bool) {
    match on {
        true => shared.town.discord.kick_bot(),
        false => shared.town.discord.add_bot_back(),
    }
    shared.switches().discord.kick = on;
}

/// A webhook that is there already would go on working.
fn permission(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let (town, channel) = (&shared.town, shared.town.cast.guild.channel);
    match on {
        true => {
            town.discord.deny(channel, Permission::ManageWebhooks)?;
            delete_webhooks(town);
        }
        // The bridge learns that it may again when it is let in again, as it asks of staff.
        false => {
            town.discord.allow(channel, Permission::ManageWebhooks)?;
            town.discord.kick_bot();
            town.discord.add_bot_back();
        }
    }
    shared.switches().discord.permission = on;
    Ok(())
}

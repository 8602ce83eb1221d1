//! What can go wrong with Discord: with requests, with the gateway, and with what the bot may do.

use serde::Deserialize;

use crate::discord::{Faults, GatewayFaults, Permission, RateLimit};
use crate::page::requests::Trouble;
use crate::page::requests::{Discord as DiscordSwitches, Requests, left};
use crate::page::shared::{Refusal, Shared};
use crate::town::Town;

#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "they are the names in the API")]
pub(crate) enum Switch {
    DiscordRateLimit {
        seconds: u32,
    },
    DiscordServerError {
        seconds: u32,
    },
    DiscordCut {
        seconds: u32,
    },
    DiscordLatency {
        ms: u64,
    },
    DiscordDrop,
    /// Op 7.
    DiscordReconnect,
    /// Op 9.
    DiscordInvalidate,
    DiscordSilent {
        on: bool,
    },
    DiscordRefuseResume {
        on: bool,
    },
    DiscordWebhookDeleted,
    DiscordKick {
        on: bool,
    },
    DiscordPermission {
        on: bool,
    },
}

pub(super) fn turn(shared: &Shared, switch: &Switch) -> Result<(), Refusal> {
    let town = &shared.town;
    match *switch {
        Switch::DiscordRateLimit { seconds } => requests(shared, Trouble::RateLimit(seconds)),
        Switch::DiscordServerError { seconds } => requests(shared, Trouble::ServerError(seconds)),
        Switch::DiscordCut { seconds } => requests(shared, Trouble::Cut(seconds)),
        Switch::DiscordLatency { ms } => requests(shared, Trouble::Latency(ms)),
        Switch::DiscordDrop => town.discord.gateway_drop(),
        Switch::DiscordReconnect => town.discord.gateway_reconnect(),
        Switch::DiscordInvalidate => town.discord.gateway_invalidate(false),
        Switch::DiscordSilent { on } => gateway(shared, |it| it.silent = on),
        Switch::DiscordRefuseResume { on } => gateway(shared, |it| it.refuse_resume = on),
        Switch::DiscordWebhookDeleted => delete_webhooks(town),
        Switch::DiscordKick { on } => kick(shared, on),
        Switch::DiscordPermission { on } => permission(shared, on)?,
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

fn requests(shared: &Shared, trouble: Trouble) {
    set(shared, |it| it.requests.turn(trouble));
}

fn set(shared: &Shared, change: impl FnOnce(&mut DiscordSwitches)) {
    let mut switches = shared.switches();
    change(&mut switches.discord);
    let faults = switches.discord.faults();
    shared.town.discord.set_faults(None, faults);
}

fn gateway(shared: &Shared, change: impl FnOnce(&mut DiscordSwitches)) {
    let mut switches = shared.switches();
    let was_silent = switches.discord.silent;
    change(&mut switches.discord);
    shared.town.discord.set_gateway_faults(GatewayFaults {
        silent: switches.discord.silent,
        refuse_resume: switches.discord.refuse_resume,
        ..GatewayFaults::default()
    });
    if was_silent && !switches.discord.silent {
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
    let town = &shared.town;
    let channel = town.cast.guild.channel;
    match on {
        true => town.discord.deny(channel, Permission::ManageWebhooks)?,
        false => town.discord.allow(channel, Permission::ManageWebhooks)?,
    }
    match on {
        true => delete_webhooks(town),
        // The bridge learns that it may again when it is let in again, as it asks of staff.
        false => {
            town.discord.kick_bot();
            town.discord.add_bot_back();
        }
    }
    shared.switches().discord.permission = on;
    Ok(())
}

impl DiscordSwitches {
    fn faults(&self) -> Faults {
        let requests = &self.requests;
        Faults {
            rate_limit: left(requests.rate_limit).map(|seconds| RateLimit {
                for_s: seconds,
                ..RateLimit::default()
            }),
            server_error: requests.server_error(),
            cut: requests.cut(),
            latency_ms: requests.latency,
            ..Faults::default()
        }
    }
}

//! What can go wrong with Slack: with requests, with the socket, and with what the app may do.

use crate::page::refusal::Refusal;
use crate::page::requests::{Requests, Slack, Switch, left};
use crate::page::shared::Shared;
use crate::slack::{Disconnect, Faults};

/// Without it nothing can be said.
const SCOPE: &str = "chat:write";

pub(super) fn turn(shared: &Shared, what: &str, it: &Switch) -> Result<(), Refusal> {
    let slack = &shared.town.slack;
    match what {
        "drop" => slack.drop_sockets(),
        "refresh" => slack.disconnect_sockets(Disconnect::RefreshRequested),
        "remove" => remove(shared, it.on)?,
        "archive" => archive(shared, it.on)?,
        "scope" => scope(shared, it.on)?,
        _ => refuse!(!set(shared, |on| on.requests.turn(what, it)) => it.unknown()),
    }
    Ok(())
}

pub(super) fn heal(shared: &Shared) -> Result<(), Refusal> {
    let on = shared.switches().slack.clone();
    if on.archive {
        archive(shared, false)?;
    }
    if on.remove {
        remove(shared, false)?;
    }
    if on.scope {
        scope(shared, false)?;
    }
    set(shared, |it| it.requests = Requests::default());
    Ok(())
}

fn set<T>(shared: &Shared, change: impl FnOnce(&mut Slack) -> T) -> T {
    let on = &mut shared.switches().slack;
    let changed = change(on);
    let faults = Faults {
        rate_limit_s: left(on.requests.rate_limit),
        server_error: on.requests.server_error(),
        cut: on.requests.cut(),
        latency_ms: on.requests.latency,
        ..Faults::default()
    };
    shared.town.slack.set_faults(None, faults);
    changed
}

fn remove(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let (slack, channel) = (&shared.town.slack, &shared.town.cast.workspace.channel);
    match on {
        true => slack.remove_bot(channel)?,
        false => slack.invite_bot(channel)?,
    }
    shared.switches().slack.remove = on;
    Ok(())
}

fn archive(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let workspace = &shared.town.cast.workspace;
    let (channel, by) = (&workspace.channel, &workspace.members[0].1);
    match on {
        true => shared.town.slack.archive(channel, by)?,
        false => shared.town.slack.unarchive(channel, by)?,
    }
    shared.switches().slack.archive = on;
    Ok(())
}

fn scope(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let town = &shared.town;
    match on {
        true => town.slack.take_scope(SCOPE),
        false => town.slack.grant_scope(SCOPE),
    }
    shared.switches().slack.scope = on;
    let channel = &town.cast.workspace.channel;
    let view = town.slack.view_channel(channel, 0);
    if !on && view.is_some_and(|it| it.bot_is_member && !it.archived) {
        // Slack tells no app of its scopes: people let it in again, as the bridge asks of staff.
        town.slack.remove_bot(channel)?;
        town.slack.invite_bot(channel)?;
    }
    Ok(())
}

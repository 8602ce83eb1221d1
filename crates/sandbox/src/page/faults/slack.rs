//! What can go wrong with Slack: with requests, with the socket, and with what the app may do.

use serde::Deserialize;

use crate::page::requests::Trouble::{self, Cut, Latency, RateLimit, ServerError};
use crate::page::requests::{Requests, Slack as SlackSwitches, left};
use crate::page::shared::{Refusal, Shared};
use crate::slack::{Disconnect, Faults};

#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "they are the names in the API")]
pub(crate) enum Switch {
    SlackRateLimit { seconds: u32 },
    SlackServerError { seconds: u32 },
    SlackCut { seconds: u32 },
    SlackLatency { ms: u64 },
    SlackDrop,
    SlackRefresh,
    SlackRemove { on: bool },
    SlackArchive { on: bool },
    SlackScope { on: bool },
}

/// Without it nothing can be said.
const SCOPE: &str = "chat:write";

pub(super) fn turn(shared: &Shared, switch: &Switch) -> Result<(), Refusal> {
    let slack = &shared.town.slack;
    match *switch {
        Switch::SlackRateLimit { seconds } => requests(shared, RateLimit(seconds)),
        Switch::SlackServerError { seconds } => requests(shared, ServerError(seconds)),
        Switch::SlackCut { seconds } => requests(shared, Cut(seconds)),
        Switch::SlackLatency { ms } => requests(shared, Latency(ms)),
        Switch::SlackDrop => slack.drop_sockets(),
        Switch::SlackRefresh => slack.disconnect_sockets(Disconnect::RefreshRequested),
        Switch::SlackRemove { on } => remove(shared, on)?,
        Switch::SlackArchive { on } => archive(shared, on)?,
        Switch::SlackScope { on } => scope(shared, on)?,
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

fn requests(shared: &Shared, trouble: Trouble) {
    set(shared, |it| it.requests.turn(trouble));
}

fn set(shared: &Shared, change: impl FnOnce(&mut SlackSwitches)) {
    let mut switches = shared.switches();
    change(&mut switches.slack);
    let faults = switches.slack.faults();
    shared.town.slack.set_faults(None, faults);
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

impl SlackSwitches {
    fn faults(&self) -> Faults {
        let requests = &self.requests;
        Faults {
            rate_limit_s: left(requests.rate_limit),
            server_error: requests.server_error(),
            cut: requests.cut(),
            latency_ms: requests.latency,
            ..Faults::default()
        }
    }
}

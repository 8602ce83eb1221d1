//! What can go wrong with Slack: with requests, with the socket, and with what the app may do.

use serde::{Deserialize, Serialize};

use super::super::{Refusal, Shared};
use super::{Requests, left, until};
use crate::slack::{Broken, Disconnect, Faults, ServerError};

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

#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Switches {
    #[serde(flatten)]
    requests: Requests,
    remove: bool,
    archive: bool,
    scope: bool,
}

/// Without it nothing can be said.
const SCOPE: &str = "chat:write";

pub(super) fn turn(shared: &Shared, switch: &Switch) -> Result<(), Refusal> {
    let slack = &shared.town.slack;
    match *switch {
        Switch::SlackRateLimit { seconds } => {
            set(shared, |it| it.requests.rate_limit = until(seconds));
        }
        Switch::SlackServerError { seconds } => {
            set(shared, |it| it.requests.server_error = until(seconds));
        }
        Switch::SlackCut { seconds } => set(shared, |it| it.requests.cut = until(seconds)),
        Switch::SlackLatency { ms } => set(shared, |it| it.requests.latency = ms),
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

fn set(shared: &Shared, change: impl FnOnce(&mut Switches)) {
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

impl Switches {
    fn faults(&self) -> Faults {
        let requests = &self.requests;
        Faults {
            rate_limit_s: left(requests.rate_limit),
            server_error: left(requests.server_error).map(|seconds| ServerError {
                for_s: Some(seconds),
                ..ServerError::default()
            }),
            cut: left(requests.cut).map(|seconds| Broken {
                for_s: Some(seconds),
                ..Broken::default()
            }),
            latency_ms: requests.latency,
            ..Faults::default()
        }
    }
}

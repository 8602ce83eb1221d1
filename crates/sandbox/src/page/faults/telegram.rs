//! What can go wrong with Telegram.

use serde::{Deserialize, Serialize};

use super::super::{Refusal, Shared};
use super::{Requests, left, until};
use crate::telegram::{Broken, Faults, ServerError};

#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "they are the names in the API")]
pub(crate) enum Switch {
    TelegramRateLimit { seconds: u32 },
    TelegramServerError { seconds: u32 },
    TelegramCut { seconds: u32 },
    TelegramLatency { ms: u64 },
    TelegramConflict { on: bool },
    TelegramKick { on: bool },
    TelegramMigrate,
}

#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Switches {
    #[serde(flatten)]
    requests: Requests,
    conflict: bool,
    kick: bool,
}

pub(super) fn turn(shared: &Shared, switch: &Switch) -> Result<(), Refusal> {
    match *switch {
        Switch::TelegramRateLimit { seconds } => {
            set(shared, |it| it.requests.rate_limit = until(seconds));
        }
        Switch::TelegramServerError { seconds } => {
            set(shared, |it| it.requests.server_error = until(seconds));
        }
        Switch::TelegramCut { seconds } => set(shared, |it| it.requests.cut = until(seconds)),
        Switch::TelegramLatency { ms } => set(shared, |it| it.requests.latency = ms),
        Switch::TelegramConflict { on } => set(shared, |it| it.conflict = on),
        Switch::TelegramKick { on } => kick(shared, on)?,
        Switch::TelegramMigrate => {
            shared.town.telegram.migrate(shared.town.group())?;
        }
    }
    Ok(())
}

pub(super) fn heal(shared: &Shared) -> Result<(), Refusal> {
    if shared.switches().telegram.kick {
        kick(shared, false)?;
    }
    set(shared, |it| *it = Switches::default());
    Ok(())
}

fn set(shared: &Shared, change: impl FnOnce(&mut Switches)) {
    let mut switches = shared.switches();
    change(&mut switches.telegram);
    let faults = switches.telegram.faults();
    shared.town.telegram.set_faults(None, faults);
}

fn kick(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let town = &shared.town;
    let by = town.steward();
    match on {
        true => town.telegram.kick_bot(town.group(), by)?,
        false => town.telegram.add_bot_back(town.group(), by)?,
    }
    shared.switches().telegram.kick = on;
    Ok(())
}

impl Switches {
    fn faults(&self) -> Faults {
        let requests = &self.requests;
        let cut = left(requests.cut).map(|seconds| Broken {
            for_s: Some(seconds),
            ..Broken::default()
        });
        let server_error = left(requests.server_error).map(|seconds| ServerError {
            for_s: Some(seconds),
            ..ServerError::default()
        });
        Faults {
            rate_limit_s: left(requests.rate_limit),
            server_error,
            cut,
            latency_ms: requests.latency,
            conflict: self.conflict,
            ..Faults::default()
        }
    }
}

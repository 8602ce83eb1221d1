//! What can go wrong with Telegram.

use serde::Deserialize;

use crate::page::requests::Trouble::{self, Cut, Latency, RateLimit, ServerError};
use crate::page::requests::{Telegram as TelegramSwitches, left};
use crate::page::shared::{Refusal, Shared};
use crate::telegram::Faults;

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

pub(super) fn turn(shared: &Shared, switch: &Switch) -> Result<(), Refusal> {
    match *switch {
        Switch::TelegramRateLimit { seconds } => requests(shared, RateLimit(seconds)),
        Switch::TelegramServerError { seconds } => requests(shared, ServerError(seconds)),
        Switch::TelegramCut { seconds } => requests(shared, Cut(seconds)),
        Switch::TelegramLatency { ms } => requests(shared, Latency(ms)),
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
    set(shared, |it| *it = TelegramSwitches::default());
    Ok(())
}

fn requests(shared: &Shared, trouble: Trouble) {
    set(shared, |it| it.requests.turn(trouble));
}

fn set(shared: &Shared, change: impl FnOnce(&mut TelegramSwitches)) {
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

impl TelegramSwitches {
    fn faults(&self) -> Faults {
        let requests = &self.requests;
        Faults {
            rate_limit_s: left(requests.rate_limit),
            server_error: requests.server_error(),
            cut: requests.cut(),
            latency_ms: requests.latency,
            conflict: self.conflict,
            ..Faults::default()
        }
    }
}

//! The switches for what can go wrong. They remember until when, because the platforms count from when they are set.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::{Refusal, Shared};
use crate::mail::MailFaults;
use crate::now_ms;
use crate::telegram::{Broken, Faults, ServerError};
use crate::town::Town;

/// Seconds of 0 switch a fault off.
#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub(super) enum Switch {
    TelegramRateLimit { seconds: u32 },
    TelegramServerError { seconds: u32 },
    TelegramCut { seconds: u32 },
    TelegramLatency { ms: u64 },
    TelegramConflict { on: bool },
    TelegramKick { on: bool },
    TelegramMigrate,
    MailClosed { seconds: u32 },
    MailGreylist { seconds: u32 },
    MailRefuse { address: String, on: bool },
    MailCut { kept: bool },
    MailLatency { ms: u64 },
    AllWell,
}

/// What is switched on now, for the page; times are Unix milliseconds, and past ones are over.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Switches {
    telegram_rate_limit: i64,
    telegram_server_error: i64,
    telegram_cut: i64,
    telegram_latency: u64,
    telegram_conflict: bool,
    telegram_kick: bool,
}

pub(super) async fn switch(
    State(shared): State<Shared>,
    Json(switch): Json<Switch>,
) -> Result<Json<Switches>, Refusal> {
    let town = &shared.town;
    match switch {
        Switch::TelegramRateLimit { seconds } => {
            telegram(&shared, |it| it.telegram_rate_limit = until(seconds));
        }
        Switch::TelegramServerError { seconds } => {
            telegram(&shared, |it| it.telegram_server_error = until(seconds));
        }
        Switch::TelegramCut { seconds } => {
            telegram(&shared, |it| it.telegram_cut = until(seconds));
        }
        Switch::TelegramLatency { ms } => telegram(&shared, |it| it.telegram_latency = ms),
        Switch::TelegramConflict { on } => telegram(&shared, |it| it.telegram_conflict = on),
        Switch::TelegramKick { on } => kick(&shared, on)?,
        Switch::TelegramMigrate => {
            town.telegram.migrate(town.group())?;
        }
        Switch::MailClosed { seconds } => mail(town, |it| it.closed_until_ms = until(seconds)),
        Switch::MailGreylist { seconds } => mail(town, |it| it.greylist_until_ms = until(seconds)),
        Switch::MailRefuse { address, on } => mail(town, |it| {
            it.refused.retain(|other| *other != address);
            it.refused.extend(on.then_some(address));
        }),
        Switch::MailCut { kept: true } => mail(town, |it| it.cut_after_keeping += 1),
        Switch::MailCut { kept: false } => mail(town, |it| it.cut_before_keeping += 1),
        Switch::MailLatency { ms } => mail(town, |it| it.latency_ms = ms),
        Switch::AllWell => all_well(&shared)?,
    }
    Ok(Json(shared.switches().clone()))
}

fn until(seconds: u32) -> i64 {
    match seconds {
        0 => 0,
        seconds => now_ms() + i64::from(seconds) * 1000,
    }
}

fn telegram(shared: &Shared, change: impl FnOnce(&mut Switches)) {
    let mut switches = shared.switches();
    change(&mut switches);
    shared.town.telegram.set_faults(None, switches.telegram());
}

fn mail(town: &Town, change: impl FnOnce(&mut MailFaults)) {
    let mut faults = town.mail.faults();
    change(&mut faults);
    town.mail.set_faults(faults);
}

fn kick(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let town = &shared.town;
    let by = town.steward();
    match on {
        true => town.telegram.kick_bot(town.group(), by)?,
        false => town.telegram.add_bot_back(town.group(), by)?,
    }
    shared.switches().telegram_kick = on;
    Ok(())
}

fn all_well(shared: &Shared) -> Result<(), Refusal> {
    if shared.switches().telegram_kick {
        kick(shared, false)?;
    }
    *shared.switches() = Switches::default();
    shared.town.telegram.set_faults(None, Faults::default());
    shared.town.mail.set_faults(MailFaults::default());
    Ok(())
}

impl Switches {
    fn telegram(&self) -> Faults {
        let cut = left(self.telegram_cut).map(|seconds| Broken {
            for_s: Some(seconds),
            ..Broken::default()
        });
        let server_error = left(self.telegram_server_error).map(|seconds| ServerError {
            for_s: Some(seconds),
            ..ServerError::default()
        });
        Faults {
            rate_limit_s: left(self.telegram_rate_limit),
            server_error,
            cut,
            latency_ms: self.telegram_latency,
            conflict: self.telegram_conflict,
            ..Faults::default()
        }
    }
}

fn left(until_ms: i64) -> Option<f64> {
    let left = until_ms - now_ms();
    // Below 2^53 by far: the switches last minutes.
    (left > 0).then_some(left as f64 / 1000.0)
}

//! The switches for what can go wrong. They remember until when, because the platforms count from when they are set.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::{Refusal, Shared};
use crate::kit::now_ms;

mod discord;
mod mail;
mod slack;
mod telegram;

/// Each platform knows its own. Seconds of 0 switch a fault off.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Switch {
    Telegram(telegram::Switch),
    Discord(discord::Switch),
    Slack(slack::Switch),
    Mail(mail::Switch),
    Everywhere(Everywhere),
}

#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub(super) enum Everywhere {
    AllWell,
}

/// What is switched on now, for the page. What the mail servers do, they say themselves.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Switches {
    telegram: telegram::Switches,
    discord: discord::Switches,
    slack: slack::Switches,
}

/// What can be wrong with requests to any platform. Times are Unix milliseconds, and past ones are over.
#[derive(Debug, Default, Clone, Serialize)]
struct Requests {
    rate_limit: i64,
    server_error: i64,
    cut: i64,
    latency: u64,
}

pub(super) async fn switch(
    State(shared): State<Shared>,
    Json(switch): Json<Switch>,
) -> Result<Json<Switches>, Refusal> {
    match switch {
        Switch::Telegram(it) => telegram::turn(&shared, &it)?,
        Switch::Discord(it) => discord::turn(&shared, &it)?,
        Switch::Slack(it) => slack::turn(&shared, &it)?,
        Switch::Mail(it) => mail::turn(&shared.town, it),
        Switch::Everywhere(Everywhere::AllWell) => all_well(&shared)?,
    }
    Ok(Json(shared.switches().clone()))
}

fn all_well(shared: &Shared) -> Result<(), Refusal> {
    telegram::heal(shared)?;
    discord::heal(shared)?;
    slack::heal(shared)?;
    mail::heal(&shared.town);
    Ok(())
}

fn until(seconds: u32) -> i64 {
    match seconds {
        0 => 0,
        seconds => now_ms() + i64::from(seconds) * 1000,
    }
}

fn left(until_ms: i64) -> Option<f64> {
    let left = until_ms - now_ms();
    // Below 2^53 by far: the switches last minutes.
    (left > 0).then_some(left as f64 / 1000.0)
}

//! The switches for what can go wrong. They remember until when, because the platforms count from when they are set.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::requests::Switches;
use super::shared::{Refusal, Shared};

mod discord;
mod mail;
mod slack;
mod telegram;

/// Each platform knows its own.
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

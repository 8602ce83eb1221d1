//! The switches for what can go wrong. They remember until when, because the platforms count from when they are set.

use axum::Json;
use axum::extract::State;

use super::refusal::Refusal;
use super::requests::{Switch, Switches};
use super::shared::Shared;

mod discord;
mod mail;
mod slack;
mod telegram;

pub(super) async fn switch(
    State(shared): State<Shared>,
    Json(it): Json<Switch>,
) -> Result<Json<Switches>, Refusal> {
    let (place, what) = it.fault.split_once('_').unwrap_or_default();
    match (place, what) {
        ("telegram", _) => telegram::turn(&shared, what, &it)?,
        ("discord", _) => discord::turn(&shared, what, &it)?,
        ("slack", _) => slack::turn(&shared, what, &it)?,
        ("mail", _) => mail::turn(&shared.town, what, &it)?,
        ("all", "well") => all_well(&shared)?,
        _ => return Err(it.unknown()),
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

//! What a person does on the page, as any person of the town.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::shared::{Refusal, Shared};

mod deeds;
mod discord;
mod mail;
mod slack;
mod telegram;

use deeds::Done;

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum Act {
    Say(telegram::Say),
    Edit(telegram::Edit),
    React(telegram::React),
    DiscordSay(discord::Say),
    DiscordEdit(discord::Edit),
    DiscordDelete(discord::Delete),
    DiscordReact(discord::React),
    DiscordPress(discord::Press),
    SlackSay(slack::Say),
    SlackEdit(slack::Edit),
    SlackDelete(slack::Delete),
    SlackReact(slack::React),
    SlackPress(slack::Press),
    WriteMail(mail::Write),
    ReplyMail(mail::Reply),
}

pub(super) async fn act(
    State(shared): State<Shared>,
    Json(act): Json<Act>,
) -> Result<Json<Done>, Refusal> {
    let done = match act {
        Act::Say(it) => telegram::say(&shared, it)?,
        Act::Edit(it) => telegram::edit(&shared, &it)?,
        Act::React(it) => telegram::react(&shared, &it)?,
        Act::DiscordSay(it) => discord::say(&shared, &it)?,
        Act::DiscordEdit(it) => discord::edit(&shared, &it)?,
        Act::DiscordDelete(it) => discord::delete(&shared, &it)?,
        Act::DiscordReact(it) => discord::react(&shared, &it)?,
        Act::DiscordPress(it) => discord::press(&shared, &it).await?,
        Act::SlackSay(it) => slack::say(&shared, it)?,
        Act::SlackEdit(it) => slack::edit(&shared, &it)?,
        Act::SlackDelete(it) => slack::delete(&shared, &it)?,
        Act::SlackReact(it) => slack::react(&shared, &it)?,
        Act::SlackPress(it) => slack::press(&shared, &it)?,
        Act::WriteMail(it) => mail::write(&shared, it)?,
        Act::ReplyMail(it) => mail::reply(&shared, it)?,
    };
    Ok(Json(done))
}

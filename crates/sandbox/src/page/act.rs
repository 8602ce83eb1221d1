//! What a person does on the page, as any person of the town.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::refusal::Refusal;
use super::shared::Shared;

mod deeds;
mod discord;
mod mail;
mod slack;
mod telegram;

use deeds::{Done, nothing};

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum Act {
    Say(telegram::Say),
    Edit(telegram::Edit),
    React(telegram::React),
    Press(telegram::Press),
    DiscordSay(discord::Say),
    DiscordEdit(discord::Edit),
    DiscordDelete(discord::Delete),
    DiscordReact(discord::React),
    DiscordPress(discord::Press),
    DiscordComplete(discord::Complete),
    SlackSay(slack::Say),
    SlackEdit(slack::Edit),
    SlackDelete(slack::Delete),
    SlackReact(slack::React),
    SlackPress(slack::Press),
    SlackSubmit(slack::Submit),
    SlackClose(slack::Close),
    WriteMail(mail::Write),
    ReplyMail(mail::Reply),
}

pub(super) async fn act(
    State(shared): State<Shared>,
    Json(act): Json<Act>,
) -> Result<Json<Done>, Refusal> {
    let (telegram, discord) = (&shared.town.telegram, &shared.town.discord);
    let slack = &shared.town.slack;
    let done = match act {
        Act::Say(it) => telegram::say(&shared, it),
        Act::Edit(it) => telegram::edit(&shared, &it),
        Act::React(it) => {
            nothing(telegram.react(it.chat, it.message, it.person, it.emoji.as_deref()))
        }
        Act::Press(it) => telegram::press(&shared, &it).await,
        Act::DiscordSay(it) => discord::say(&shared, &it).await,
        Act::DiscordEdit(it) => nothing(discord.edit(it.channel, it.message, it.person, &it.text)),
        Act::DiscordDelete(it) => nothing(discord.delete(it.channel, it.message, it.person)),
        Act::DiscordReact(it) => nothing(match it.on {
            true => discord.react(it.channel, it.message, it.person, &it.emoji),
            false => discord.unreact(it.channel, it.message, it.person, &it.emoji),
        }),
        Act::DiscordComplete(it) => discord::complete(&shared, &it).await,
        Act::DiscordPress(it) => discord::press(&shared, &it).await,
        Act::SlackSay(it) => slack::say(&shared, it),
        Act::SlackEdit(it) => nothing(slack.edit(&it.channel, it.message, &it.person, it.text)),
        Act::SlackDelete(it) => nothing(slack.delete(&it.channel, it.message, &it.person)),
        Act::SlackReact(it) => nothing(match it.on {
            true => slack.react(&it.channel, it.message, &it.person, &it.emoji),
            false => slack.unreact(&it.channel, it.message, &it.person, &it.emoji),
        }),
        // What it answers is seen in the channel.
        Act::SlackPress(it) => {
            nothing(slack.press(&it.channel, it.message, &it.person, &it.button))
        }
        Act::SlackSubmit(it) => slack::submit(&shared, &it),
        Act::SlackClose(it) => nothing(slack.close_modal(&it.modal)),
        Act::WriteMail(it) => mail::write(&shared, it),
        Act::ReplyMail(it) => mail::reply(&shared, it),
    };
    done.map(Json)
}

//! What a person does on the page, as any person of the town.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::uploads::Upload;
use super::{Refusal, Shared};
use crate::mail::MailId;
use crate::{discord as discord_town, slack as slack_town, telegram as telegram_town};

mod discord;
mod mail;
mod slack;
mod telegram;

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

/// What the deed made.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Done {
    Telegram {
        messages: Vec<telegram_town::MessageId>,
    },
    Discord {
        channel: discord_town::ChannelId,
        message: discord_town::MessageId,
    },
    Slack {
        message: slack_town::Ts,
    },
    Mail {
        mail: MailId,
    },
    /// What a button answered, to its person alone.
    Answered {
        said: Vec<String>,
    },
    Nothing {},
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

/// A file that was put here before, and what it shows, for those who cannot see it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    id: u64,
    description: Option<String>,
}

/// Each file with its description; an empty one is none.
fn taken(shared: &Shared, chosen: &[Chosen]) -> Result<Vec<(Upload, Option<String>)>, Refusal> {
    let ids: Vec<u64> = chosen.iter().map(|it| it.id).collect();
    let files = shared.uploads().take(&ids)?.into_iter();
    let described = chosen.iter().map(|it| it.description.as_deref());
    let described = described.map(|it| it.map(str::trim).filter(|it| !it.is_empty()));
    Ok(files
        .zip(described.map(|it| it.map(str::to_owned)))
        .collect())
}

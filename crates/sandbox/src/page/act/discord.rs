//! What people do in the Discord channel and its threads.

use std::time::Duration;

use serde::Deserialize;

use super::deeds::{self, Chosen, Done, taken};
use crate::discord::{
    ChannelId, Discord, InteractionId, MessageId, Misuse, Said, SaidFile, UserId,
};
use crate::page::refusal::Refusal;
use crate::page::shared::Shared;
use crate::page::uploads::Upload;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Say {
    channel: ChannelId,
    person: UserId,
    text: String,
    reply_to: Option<MessageId>,
    /// Says it in the thread of this message, which begins now where there is none.
    below: Option<MessageId>,
    #[serde(default)]
    files: Vec<Chosen>,
}

pub(crate) type Edit = deeds::Edit<ChannelId, UserId, MessageId>;

pub(crate) type Delete = deeds::Delete<ChannelId, UserId, MessageId>;

pub(crate) type React = deeds::React<ChannelId, UserId, MessageId>;

pub(crate) type Press = deeds::Press<ChannelId, UserId, MessageId>;

/// Discord itself waits no longer for the answer to a button or a command.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// As much of a message as its thread is called by where nobody gives it a name.
const LONGEST_NAME: usize = 40;

/// A command that somebody is still typing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Complete {
    channel: ChannelId,
    person: UserId,
    text: String,
}

/// What does not come in time, or not at all, is no trouble of whoever types.
pub(super) async fn complete(shared: &Shared, it: &Complete) -> Result<Done, Refusal> {
    let discord = &shared.town.discord;
    let typed = discord.type_on(it.channel, it.person, &it.text);
    let Some((Ok(asked), before)) = typed else {
        return Ok(Done::Nothing {});
    };
    answered(discord, asked).await?;
    let choices = discord.choices(asked).into_iter();
    let lines = choices.map(|(shown, value)| (format!("{before}{value}"), shown));
    let lines = lines.collect();
    Ok(Done::Offered { lines })
}

pub(super) async fn say(shared: &Shared, it: &Say) -> Result<Done, Refusal> {
    // A thread must not begin with nothing in it.
    refuse!(it.text.trim().is_empty() && it.files.is_empty() => Misuse::Nothing);
    let discord = &shared.town.discord;
    if let Some(used) = discord.type_command(it.channel, it.person, &it.text) {
        return answered(discord, used?).await;
    }
    let said = Said {
        reply_to: it.reply_to,
        files: files(shared, &it.files)?,
        ..Said::from(it.text.as_str())
    };
    let channel = match it.below {
        Some(root) => thread_below(discord, it, root)?,
        None => it.channel,
    };
    let message = discord.say(channel, it.person, said)?;
    Ok(Done::Discord { channel, message })
}

fn thread_below(discord: &Discord, it: &Say, root: MessageId) -> Result<ChannelId, Misuse> {
    let name = name_after(discord, it.channel, root);
    match discord.start_thread(it.channel, it.person, root, &name) {
        Err(Misuse::ThreadExists(_)) => Ok(root.into()),
        other => other,
    }
}

fn name_after(discord: &Discord, channel: ChannelId, root: MessageId) -> String {
    let view = discord.view_channel(channel, usize::MAX);
    let root = view.and_then(|it| it.messages.into_iter().find(|it| it.id == root));
    let text = root.map(|it| it.text).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default().trim();
    match line.is_empty() {
        true => "Thread".to_owned(),
        false => without_escapes(line).take(LONGEST_NAME).collect(),
    }
}

/// A name shows marks as they are written, so what keeps them from being marks has no place in it.
fn without_escapes(line: &str) -> impl Iterator<Item = char> {
    let mut chars = line.chars().peekable();
    std::iter::from_fn(move || match chars.next()? {
        '\\' => chars.next_if(char::is_ascii_punctuation).or(Some('\\')),
        other => Some(other),
    })
}

fn files(shared: &Shared, chosen: &[Chosen]) -> Result<Vec<SaidFile>, Refusal> {
    let files = taken(shared, chosen)?.into_iter();
    let said = |(file, description): (Upload, _)| SaidFile {
        mime: Some(file.mime),
        description,
        ..SaidFile::new(&file.name, file.bytes)
    };
    Ok(files.map(said).collect())
}

pub(super) async fn press(shared: &Shared, it: &Press) -> Result<Done, Refusal> {
    let discord = &shared.town.discord;
    let pressed = discord.press_button(it.channel, it.message, it.person, &it.button)?;
    answered(discord, pressed).await
}

/// What the answer is, is seen in the channel.
async fn answered(discord: &Discord, asked: InteractionId) -> Result<Done, Refusal> {
    let mut changes = discord.changes();
    let is_answered = || {
        discord
            .interaction(asked)
            .is_some_and(|it| it.answered.is_some())
    };
    let answer = async { while !is_answered() && changes.changed().await.is_ok() {} };
    let answer = tokio::time::timeout(ANSWER_WITHIN, answer).await;
    answer
        .map_err(|_| Refusal::bad("This interaction failed: the bridge did not answer in time."))?;
    Ok(Done::Nothing {})
}

//! What people do in the Slack channel and its threads.

use serde::Deserialize;

use super::deeds::{self, Chosen, Done, nothing, taken};
use crate::page::refusal::Refusal;
use crate::page::shared::Shared;
use crate::page::uploads::Upload;
use crate::slack::{ChannelId, Said, SaidFile, Ts, UserId, ViewId};
use crate::town::COMMAND;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Say {
    channel: ChannelId,
    person: UserId,
    text: String,
    /// The root of the thread in which it is said.
    thread: Option<Ts>,
    #[serde(default)]
    files: Vec<Chosen>,
}

pub(crate) type Edit = deeds::Edit<ChannelId, UserId, Ts>;

pub(crate) type Delete = deeds::Delete<ChannelId, UserId, Ts>;

pub(crate) type React = deeds::React<ChannelId, UserId, Ts>;

pub(crate) type Press = deeds::Press<ChannelId, UserId, Ts>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Submit {
    modal: ViewId,
    person: UserId,
    /// What was typed, by action id.
    values: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Close {
    pub(super) modal: ViewId,
}

pub(super) fn submit(shared: &Shared, it: &Submit) -> Result<Done, Refusal> {
    let values = it
        .values
        .iter()
        .map(|(id, value)| (id.as_str(), value.as_str()));
    let values: Vec<(&str, &str)> = values.collect();
    nothing(shared.town.slack.submit(&it.modal, &it.person, &values))
}

/// A slash begins a command there, whatever follows. What is answered is seen in the channel.
pub(super) fn say(shared: &Shared, it: Say) -> Result<Done, Refusal> {
    let slack = &shared.town.slack;
    if it.text.starts_with('/') {
        let (command, text) = it.text.split_once(' ').unwrap_or((&it.text, ""));
        refuse!(command != COMMAND => Refusal::bad(&format!("{command} is not a valid command.")));
        return nothing(slack.slash(&it.channel, &it.person, command, text));
    }
    let said = Said {
        files: files(shared, &it.files)?,
        ..Said::from(it.text)
    };
    let message = match it.thread {
        Some(root) => slack.reply_in_thread(&it.channel, root, &it.person, said)?,
        None => slack.say(&it.channel, &it.person, said)?,
    };
    Ok(Done::Slack { message })
}

fn files(shared: &Shared, chosen: &[Chosen]) -> Result<Vec<SaidFile>, Refusal> {
    let files = taken(shared, chosen)?.into_iter();
    let said = |(file, alt_text): (Upload, _)| SaidFile {
        mime: Some(file.mime),
        alt_text,
        ..SaidFile::new(&file.name, file.bytes)
    };
    Ok(files.map(said).collect())
}

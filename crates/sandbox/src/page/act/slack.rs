//! What people do in the Slack channel and its threads.

use serde::Deserialize;

use super::deeds::{self, Chosen, Done, taken};
use crate::page::refusal::Refusal;
use crate::page::shared::Shared;
use crate::page::uploads::Upload;
use crate::slack::{ChannelId, Said, SaidFile, Ts, UserId};

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

pub(super) fn say(shared: &Shared, it: Say) -> Result<Done, Refusal> {
    let slack = &shared.town.slack;
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

//! What people do in the Telegram group.

use std::time::Duration;

use serde::Deserialize;

use super::deeds::{self, Done, nothing};
use crate::page::refusal::Refusal;
use crate::page::shared::Shared;
use crate::page::uploads::Upload;
use crate::telegram::{ChatId, FileKind, MessageId, Misuse, Said, SaidFile, UserId};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Say {
    chat: ChatId,
    topic: Option<MessageId>,
    person: UserId,
    text: String,
    reply_to: Option<MessageId>,
    #[serde(default)]
    files: Vec<u64>,
}

pub(crate) type Edit = deeds::Edit<ChatId, UserId, MessageId>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct React {
    pub(super) chat: ChatId,
    pub(super) person: UserId,
    pub(super) message: MessageId,
    /// None takes it back.
    pub(super) emoji: Option<String>,
}

pub(crate) type Press = deeds::Press<ChatId, UserId, MessageId>;

/// So long its button shows that it works.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// Telegram shows a word of the bot over the chat, if it has one.
pub(super) async fn press(shared: &Shared, it: &Press) -> Result<Done, Refusal> {
    let telegram = &shared.town.telegram;
    let pressed = telegram.press_button(it.channel, it.message, it.person, &it.button)?;
    let mut changes = telegram.changes();
    let answer = async {
        loop {
            let answered = telegram.answered_queries().into_iter();
            if let Some((_, said)) = answered.rev().find(|it| it.0 == pressed) {
                return said;
            }
            if changes.changed().await.is_err() {
                return String::new();
            }
        }
    };
    let said = tokio::time::timeout(ANSWER_WITHIN, answer).await;
    let said = said.unwrap_or_default();
    Ok(Done::Answered { said })
}

pub(super) fn say(shared: &Shared, it: Say) -> Result<Done, Refusal> {
    let files = shared.taken(&it.files)?.into_iter();
    let files: Vec<SaidFile> = files.map(said).collect();
    let said = Said {
        reply_to: it.reply_to,
        album: is_album(&files),
        files,
        ..Said::from(it.text.as_str())
    };
    let telegram = &shared.town.telegram;
    let messages = telegram.say(it.chat, it.topic, it.person, said)?;
    Ok(Done::Telegram { messages })
}

/// The words of a picture are changed by another call than a text, which people need not know.
pub(super) fn edit(shared: &Shared, it: &Edit) -> Result<Done, Refusal> {
    let telegram = &shared.town.telegram;
    nothing(
        match telegram.edit(it.channel, it.message, it.person, &it.text) {
            Err(Misuse::Nothing) => {
                telegram.edit_caption(it.channel, it.message, it.person, &it.text)
            }
            other => other,
        },
    )
}

fn said(file: Upload) -> SaidFile {
    let kind = match file.mime.as_str() {
        "image/jpeg" | "image/png" | "image/webp" => FileKind::Photo,
        "image/gif" => FileKind::Animation,
        "video/mp4" => FileKind::Video,
        mime if mime.starts_with("audio/") => FileKind::Audio,
        _ => FileKind::Document,
    };
    SaidFile {
        kind,
        name: Some(file.name),
        mime: Some(file.mime),
        bytes: file.bytes,
    }
}

/// Telegram's own programs group pictures; other files follow one by one.
fn is_album(files: &[SaidFile]) -> bool {
    files.len() > 1 && files.iter().all(|it| it.kind == FileKind::Photo)
}

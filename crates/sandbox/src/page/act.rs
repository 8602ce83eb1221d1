//! What a person does on the page, as any person of the town.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::uploads::Upload;
use super::{Refusal, Shared};
use crate::mail::{Draft, DraftFile, Mail, MailId, Written};
use crate::telegram::{ChatId, FileKind, MessageId, Misuse, Said, SaidFile, Telegram, UserId};

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(super) enum Act {
    Say(Say),
    Edit(Edit),
    React(React),
    WriteMail(WriteMail),
    ReplyMail(ReplyMail),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    chat: ChatId,
    topic: Option<MessageId>,
    person: UserId,
    text: String,
    reply_to: Option<MessageId>,
    #[serde(default)]
    files: Vec<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    chat: ChatId,
    person: UserId,
    message: MessageId,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct React {
    chat: ChatId,
    person: UserId,
    message: MessageId,
    /// None takes it back.
    emoji: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WriteMail {
    /// An address.
    person: String,
    to: String,
    subject: String,
    text: String,
    #[serde(default)]
    files: Vec<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplyMail {
    /// An address.
    person: String,
    to: String,
    mail: MailId,
    text: String,
    #[serde(default)]
    files: Vec<u64>,
}

/// What the deed made.
#[derive(Default, Serialize)]
pub(super) struct Done {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<MessageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<MailId>,
}

pub(super) async fn act(
    State(shared): State<Shared>,
    Json(act): Json<Act>,
) -> Result<Json<Done>, Refusal> {
    let telegram = &shared.town.telegram;
    let mail = &shared.town.mail;
    let done = match act {
        Act::Say(it) => say(telegram, &shared, it)?,
        Act::Edit(it) => edit(telegram, &it)?,
        Act::React(it) => react(telegram, &it)?,
        Act::WriteMail(it) => write(mail, &shared, it)?,
        Act::ReplyMail(it) => reply(mail, &shared, it)?,
    };
    Ok(Json(done))
}

fn say(telegram: &Telegram, shared: &Shared, it: Say) -> Result<Done, Refusal> {
    let files: Vec<SaidFile> = shared
        .uploads()
        .take(&it.files)?
        .into_iter()
        .map(said)
        .collect();
    let said = Said {
        reply_to: it.reply_to,
        album: is_album(&files),
        files,
        ..Said::from(it.text.as_str())
    };
    let messages = telegram.say(it.chat, it.topic, it.person, said)?;
    Ok(Done {
        messages,
        mail: None,
    })
}

/// The words of a picture are changed by another call than a text, which people need not know.
fn edit(telegram: &Telegram, it: &Edit) -> Result<Done, Refusal> {
    match telegram.edit(it.chat, it.message, it.person, &it.text) {
        Err(Misuse::Nothing) => {
            telegram.edit_caption(it.chat, it.message, it.person, &it.text)?;
        }
        other => other?,
    }
    Ok(Done::default())
}

fn react(telegram: &Telegram, it: &React) -> Result<Done, Refusal> {
    telegram.react(it.chat, it.message, it.person, it.emoji.as_deref())?;
    Ok(Done::default())
}

fn write(mail: &Mail, shared: &Shared, it: WriteMail) -> Result<Done, Refusal> {
    let draft = Draft {
        attachments: attached(shared, &it.files)?,
        ..Draft::new(&it.subject, &it.text)
    };
    Ok(sent(mail.write(&it.person, &it.to, draft)?))
}

fn reply(mail: &Mail, shared: &Shared, it: ReplyMail) -> Result<Done, Refusal> {
    let draft = Draft {
        attachments: attached(shared, &it.files)?,
        ..Draft::reply(it.mail, &it.text)
    };
    Ok(sent(mail.write(&it.person, &it.to, draft)?))
}

fn sent(written: Written) -> Done {
    Done {
        messages: Vec::new(),
        mail: Some(written.id),
    }
}

fn attached(shared: &Shared, ids: &[u64]) -> Result<Vec<DraftFile>, Refusal> {
    let files = shared.uploads().take(ids)?.into_iter();
    let draft = |file: Upload| DraftFile {
        name: file.name,
        mime: file.mime,
        bytes: file.bytes.to_vec(),
    };
    Ok(files.map(draft).collect())
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

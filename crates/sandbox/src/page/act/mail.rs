//! What people do with their mail programs.

use serde::Deserialize;

use super::deeds::Done;
use crate::mail::{Draft, DraftFile, MailId};
use crate::page::refusal::Refusal;
use crate::page::shared::Shared;
use crate::page::uploads::Upload;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Write {
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
pub(crate) struct Reply {
    /// An address.
    person: String,
    to: String,
    mail: MailId,
    text: String,
    #[serde(default)]
    files: Vec<u64>,
}

pub(super) fn write(shared: &Shared, it: Write) -> Result<Done, Refusal> {
    let draft = Draft {
        attachments: attached(shared, &it.files)?,
        ..Draft::new(&it.subject, &it.text)
    };
    sent(shared, &it.person, &it.to, draft)
}

pub(super) fn reply(shared: &Shared, it: Reply) -> Result<Done, Refusal> {
    // In the place of a list it may be read in another's mailbox.
    let own = shared.town.mail.own_copy(it.mail, &it.person);
    let draft = Draft {
        attachments: attached(shared, &it.files)?,
        ..Draft::reply(own.unwrap_or(it.mail), &it.text)
    };
    sent(shared, &it.person, &it.to, draft)
}

fn sent(shared: &Shared, person: &str, to: &str, draft: Draft) -> Result<Done, Refusal> {
    let written = shared.town.mail.write(person, to, draft)?;
    Ok(Done::Mail { mail: written.id })
}

fn attached(shared: &Shared, ids: &[u64]) -> Result<Vec<DraftFile>, Refusal> {
    let files = shared.taken(ids)?.into_iter();
    let draft = |file: Upload| DraftFile {
        name: file.name,
        mime: file.mime,
        bytes: file.bytes.to_vec(),
    };
    Ok(files.map(draft).collect())
}

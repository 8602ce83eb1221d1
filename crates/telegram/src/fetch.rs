//! The bytes of a file that lies with Telegram. **Invariant:** never more of them than the limit, whatever
//! the size that was announced.

use calls::{Repeated, of_one, refused};
use conversation::{Attachment, AttachmentSource, ByteStream, SendError};
use serde::Deserialize;
use teloxide_core::payloads::GetFile;
use teloxide_core::types::FileId;

use crate::api::Request;
use crate::bot::Telegram;
use crate::errors::CallError;
use crate::id::ChatAddress;

/// Optional in the Bot API, and so here.
#[derive(Deserialize)]
struct File {
    file_path: Option<String>,
    file_size: Option<u64>,
}

pub(crate) async fn fetch(
    telegram: &Telegram,
    attachment: &Attachment,
) -> Result<ByteStream, SendError> {
    let AttachmentSource::Remote { channel, file } = &attachment.source else {
        return Err(refused("the file does not lie with Telegram"));
    };
    let place = ChatAddress::parse(&channel.id).ok_or_else(|| refused("the file is in no chat"))?;
    let limit = telegram.settings.max_download_bytes;
    if attachment.size.is_some_and(|size| size > limit) {
        return Err(too_large());
    }
    let request = Request::of(&GetFile::new(FileId(file.0.clone())));
    let file: File = telegram
        .api
        .call_for(&request)
        .await
        .map_err(|error| failed(telegram, error, place))?;
    if file.file_size.is_some_and(|size| size > limit) {
        return Err(too_large());
    }
    let path = file
        .file_path
        .ok_or_else(|| refused("Telegram does not hand out the file"))?;
    let response = telegram.api.download(&path).await;
    let response = response.map_err(|error| match error {
        // Paths are good for an hour; the next attempt asks for a new one.
        gone if gone.is_not_found() => SendError::Unavailable("the file is not ready".to_owned()),
        other => failed(telegram, other, place),
    })?;
    calls::file(response, attachment, limit)
}

/// Speaks of the file, not of the chat: a chat is never closed because a file cannot be had.
fn failed(telegram: &Telegram, error: CallError, place: ChatAddress) -> SendError {
    if error.says("file is too big") {
        return too_large();
    }
    // "wrong file_id or the file is temporarily unavailable" are one error of Telegram's.
    if error.says("temporarily unavailable") {
        return SendError::Unavailable(error.to_string());
    }
    of_one(telegram.failed(error, place, Repeated::IsHarmless))
}

fn too_large() -> SendError {
    refused("larger than what Telegram hands out to bots")
}

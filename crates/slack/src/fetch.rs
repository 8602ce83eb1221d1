//! The bytes of a file that lies with Slack. **Invariant:** never more of them than the limit, whatever the size
//! that was announced, and never a page that asks to sign in.

use calls::{of_one, refused};
use conversation::{Attachment, AttachmentSource, ByteStream, SendError};

use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::method::FILES_INFO;

pub(crate) async fn fetch(slack: &Slack, attachment: &Attachment) -> Result<ByteStream, SendError> {
    let AttachmentSource::Remote { file, .. } = &attachment.source else {
        return Err(refused("the file does not lie with Slack"));
    };
    if !id::is_file(file.as_str()) {
        return Err(refused("it is no file of Slack"));
    }
    let limit = slack.settings.max_download_bytes;
    if attachment.size.is_some_and(|size| size > limit) {
        return Err(too_large(limit));
    }
    let answer = slack.api.call(FILES_INFO, vec![("file", file.0.clone())]);
    let answer = answer.await.map_err(failed)?;
    let file = &answer["file"];
    if file["size"].as_u64().is_some_and(|size| size > limit) {
        return Err(too_large(limit));
    }
    let address = file["url_private_download"]
        .as_str()
        .or(file["url_private"].as_str())
        .ok_or_else(|| refused("Slack does not hand out the file"))?;
    let response = slack.api.download(address).await.map_err(failed)?;
    let announced = Attachment {
        mime: file["mimetype"].as_str().map(str::to_owned),
        ..attachment.clone()
    };
    match calls::is_page_instead(&response, &announced) {
        true => Err(sign_in()),
        false => calls::file(response, &announced, limit),
    }
}

/// Speaks of the file, not of the channel: a channel is never closed because a file cannot be had.
fn failed(error: CallError) -> SendError {
    match error {
        CallError::Elsewhere => refused("the file lies on a host that is not Slack's"),
        // To the page on which people sign in.
        CallError::Foreign(301..=399 | 401 | 403) => sign_in(),
        CallError::Foreign(404 | 410) => refused("the file is gone"),
        other => of_one(other.harmless()),
    }
}

fn sign_in() -> SendError {
    refused("Slack does not hand out the file: the app may lack the scope files:read")
}

fn too_large(limit: u64) -> SendError {
    refused(format!(
        "the file is larger than the {limit} bytes that are fetched"
    ))
}

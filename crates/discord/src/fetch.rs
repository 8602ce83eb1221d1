//! The bytes of a file that lies with Discord. **Invariant:** never more of them than the limit, whatever the size
//! that was announced, and never from a host that is not Discord's.

use calls::{has_door_of, of_one, refused};
use conversation::{Attachment, AttachmentSource, ByteStream, SendError};
use reqwest::Url;

use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::id::FileName;
use crate::rest::Call;
use crate::wire::Message;

const STICKER: &str = "sticker/";
/// Beside the one that is configured: addresses of previews and stickers. Those that move are at the second only.
const DISCORDS_MEDIA: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

pub(crate) async fn fetch(
    discord: &Discord,
    attachment: &Attachment,
) -> Result<ByteStream, SendError> {
    let AttachmentSource::Remote { file, .. } = &attachment.source else {
        return Err(refused("the file does not lie with Discord"));
    };
    let limit = discord.settings.max_download_bytes;
    if attachment.size.is_some_and(|size| size > limit) {
        return Err(too_large(limit));
    }
    let url = match file.as_str().strip_prefix(STICKER) {
        Some(sticker) => sticker_url(discord, sticker)?,
        None => {
            let name = FileName::parse(file);
            let name = name.ok_or_else(|| refused("the file is in no message"))?;
            attachment_url(discord, name).await?
        }
    };
    if !is_allowed(discord, &url) {
        return Err(refused("the file lies with a host that is not Discord's"));
    }
    let response = discord.rest.download(url).await.map_err(failed)?;
    if response.content_length().is_some_and(|size| size > limit) {
        return Err(too_large(limit));
    }
    calls::file(response, attachment, limit)
}

fn sticker_url(discord: &Discord, sticker: &str) -> Result<Url, SendError> {
    let cdn = discord.settings.cdn_url.trim_end_matches('/');
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '.';
    let at = match sticker.ends_with(".gif") {
        true => cdn.replace(DISCORDS_MEDIA[0], DISCORDS_MEDIA[1]),
        false => cdn.to_owned(),
    };
    let url = format!("{at}/stickers/{sticker}").parse().ok();
    url.filter(|_| sticker.chars().all(is_name))
        .ok_or_else(|| refused("the sticker has no address"))
}

/// Addresses are good for a day: the message is read again for a new one.
async fn attachment_url(discord: &Discord, name: FileName) -> Result<Url, SendError> {
    let call = Call::new(
        "GET /channels/{}/messages/{}",
        &[&name.channel, &name.message],
    );
    let message: Message = discord.rest.call_for(&call).await.map_err(failed)?;
    let forwarded = message
        .message_snapshots
        .iter()
        .flat_map(|it| &it.message.attachments);
    let mut files = message.attachments.iter().chain(forwarded);
    let file = files.find(|it| it.id == name.attachment);
    let url = file.and_then(|it| it.url.as_deref()?.parse().ok());
    url.ok_or_else(|| refused("the file is not in its message any more"))
}

fn is_allowed(discord: &Discord, url: &Url) -> bool {
    let Ok(cdn) = discord.settings.cdn_url.parse::<Url>() else {
        return false;
    };
    let is_media = |it: &Url| it.host_str().is_some_and(|it| DISCORDS_MEDIA.contains(&it));
    let origins = [cdn.origin(), discord.rest.server().origin()];
    let is_configured = url.has_host() && origins.contains(&url.origin());
    is_configured || (is_media(url) && is_media(&cdn) && has_door_of(url, &cdn))
}

/// Speaks of the file, not of the channel: a channel is never closed because a file cannot be had.
fn failed(error: CallError) -> SendError {
    if error.is(code::UNKNOWN_MESSAGE) {
        return refused("the message with the file is deleted");
    }
    if let CallError::Foreign { status: 404 | 410 } = error {
        return refused("the file is deleted");
    }
    of_one(error.harmless())
}

fn too_large(limit: u64) -> SendError {
    refused(format!(
        "the file is larger than the {limit} bytes that are taken in"
    ))
}

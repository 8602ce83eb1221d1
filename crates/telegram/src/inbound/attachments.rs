//! Files, by reference: Telegram keeps the bytes until somebody asks for them.

use conversation::{Attachment, AttachmentKind, AttachmentSource, RemoteId};

use super::meaning::place;
use crate::wire::{Media, Message, PhotoSize, Sticker};

/// At most one: an album comes as several messages.
pub(super) fn of(message: &Message) -> Vec<Attachment> {
    photo(message)
        .or_else(|| sticker(message))
        .or_else(|| medium(message))
        .into_iter()
        .collect()
}

fn photo(message: &Message) -> Option<Attachment> {
    let largest: &PhotoSize = message
        .photo
        .iter()
        .max_by_key(|it| it.width.saturating_mul(it.height))?;
    Some(Attachment {
        kind: AttachmentKind::Photo,
        name: None,
        mime: Some("image/jpeg".to_owned()),
        size: largest.file_size,
        alt: None,
        source: source(message, &largest.file_id),
    })
}

fn sticker(message: &Message) -> Option<Attachment> {
    let sticker: &Sticker = message.sticker.as_ref()?;
    let mime = match (sticker.is_animated, sticker.is_video) {
        (true, _) => "application/x-tgsticker",
        (_, true) => "video/webm",
        _ => "image/webp",
    };
    Some(Attachment {
        kind: AttachmentKind::Sticker,
        name: None,
        mime: Some(mime.to_owned()),
        size: sticker.file_size,
        alt: sticker.emoji.clone(),
        source: source(message, &sticker.file_id),
    })
}

/// An animation also comes as a document, for older programs: the more telling kind wins.
fn medium(message: &Message) -> Option<Attachment> {
    use AttachmentKind::{Animation, Audio, Document, Video, Voice};
    let kinds: [(_, Option<&str>, &Option<Media>); 6] = [
        (Animation, None, &message.animation),
        (Video, None, &message.video),
        (Video, Some("video/mp4"), &message.video_note),
        (Audio, None, &message.audio),
        (Voice, Some("audio/ogg"), &message.voice),
        (Document, None, &message.document),
    ];
    let (kind, usual_mime, file) = kinds
        .into_iter()
        .find_map(|(kind, mime, file)| Some((kind, mime, file.as_ref()?)))?;
    Some(Attachment {
        kind,
        name: file.file_name.clone(),
        mime: file.mime_type.clone().or(usual_mime.map(str::to_owned)),
        size: file.file_size,
        alt: None,
        source: source(message, &file.file_id),
    })
}

fn source(message: &Message, file: &str) -> AttachmentSource {
    AttachmentSource::Remote {
        channel: place(message).channel(),
        file: RemoteId(file.to_owned()),
    }
}

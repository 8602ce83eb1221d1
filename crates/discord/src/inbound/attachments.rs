//! Files, by reference: Discord keeps the bytes until somebody asks for them.

use conversation::{Attachment, AttachmentKind, AttachmentSource, RemoteId};

use crate::id::{FileName, Snowflake};
use crate::wire::{self, Sticker};

/// The message through which a file is found again.
#[derive(Clone, Copy)]
pub(super) struct Holder {
    /// The channel that people link.
    pub(super) channel: Snowflake,
    /// The channel or thread in which the message stands.
    pub(super) within: Snowflake,
    pub(super) message: Snowflake,
}

pub(super) fn of(files: &[wire::Attachment], stickers: &[Sticker], at: Holder) -> Vec<Attachment> {
    let files = files.iter().map(|file| of_file(file, at));
    let stickers = stickers.iter().filter_map(|it| of_sticker(it, at));
    files.chain(stickers).collect()
}

fn of_file(file: &wire::Attachment, at: Holder) -> Attachment {
    let name = FileName {
        channel: at.within,
        message: at.message,
        attachment: file.id,
    };
    Attachment {
        kind: kind(file),
        name: name_of(file),
        mime: file.content_type.as_deref().map(media_type),
        size: file.size,
        alt: file.description.clone().filter(|it| !it.is_empty()),
        source: source(at, name.remote()),
    }
}

/// Where a name has letters that Discord does not keep in it, the title has them, and not the ending.
fn name_of(file: &wire::Attachment) -> Option<String> {
    let Some(title) = file.title.as_ref().filter(|it| !it.is_empty()) else {
        return file.filename.clone();
    };
    let ending = file.filename.as_ref().and_then(|it| it.rsplit_once('.'));
    let ending = ending.map(|(_, ending)| format!(".{ending}"));
    let ending = ending.filter(|it| !title.ends_with(it.as_str()));
    Some(format!("{title}{}", ending.unwrap_or_default()))
}

/// Without parameters such as a charset.
fn media_type(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_owned()
}

fn kind(file: &wire::Attachment) -> AttachmentKind {
    let mime = file.content_type.as_deref().unwrap_or_default();
    match mime.split('/').next() {
        _ if file.waveform.is_some() => AttachmentKind::Voice,
        Some("image") if mime.starts_with("image/gif") => AttachmentKind::Animation,
        Some("image") => AttachmentKind::Photo,
        Some("video") => AttachmentKind::Video,
        Some("audio") => AttachmentKind::Audio,
        _ => AttachmentKind::Document,
    }
}

/// Lottie, the third format, is a drawing that others cannot show: `lines` names it.
fn of_sticker(sticker: &Sticker, at: Holder) -> Option<Attachment> {
    let (ending, mime) = match sticker.format_type {
        1 => ("png", "image/png"),
        2 => ("png", "image/apng"),
        4 => ("gif", "image/gif"),
        _ => return None,
    };
    Some(Attachment {
        kind: AttachmentKind::Sticker,
        name: None,
        mime: Some(mime.to_owned()),
        size: None,
        alt: Some(sticker.name.clone()).filter(|it| !it.is_empty()),
        source: source(at, RemoteId(format!("sticker/{}.{ending}", sticker.id))),
    })
}

fn source(at: Holder, file: RemoteId) -> AttachmentSource {
    AttachmentSource::Remote {
        channel: at.channel.channel(),
        file,
    }
}

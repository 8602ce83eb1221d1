//! Names and media types of files, made harmless: a name comes from a stranger.

use conversation::{Attachment, AttachmentKind};

const LONGEST_NAME: usize = 120;

/// Media types and the endings by which programs know them.
const ENDINGS: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/jpeg", "jpeg"),
    ("image/png", "png"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("video/mp4", "mp4"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/ogg", "ogg"),
    ("audio/ogg", "oga"),
    ("audio/ogg", "opus"),
    ("application/pdf", "pdf"),
    ("application/x-tgsticker", "tgs"),
    ("text/plain", "txt"),
];

/// Said by the platform, or else told by the name. Parameters such as a charset are left out.
pub(super) fn media_type(attachment: &Attachment) -> Option<&str> {
    let said = attachment.mime.as_deref().and_then(well_formed);
    said.or_else(|| {
        let (_, ending) = attachment.name.as_deref()?.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let (mime, _) = ENDINGS.iter().find(|(_, it)| *it == ending)?;
        Some(*mime)
    })
}

fn well_formed(mime: &str) -> Option<&str> {
    let mime = mime.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&it))
    };
    let (kind, subtype) = mime.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(mime)
}

/// The last part of the path, on one line, in the direction in which it is read. Telegram wants an ending.
pub(super) fn file_name(attachment: &Attachment, as_document: bool) -> String {
    let given = attachment.name.as_deref().unwrap_or_default();
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_odd = |it: &char| {
        it.is_control() || matches!(it, '"' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = last.chars().filter(|it| !is_odd(it)).collect();
    let clean = clean.trim().trim_start_matches('.');
    if clean.is_empty() || (!as_document && !clean.contains('.')) {
        return usual_name(attachment);
    }
    let surplus = clean.chars().count().saturating_sub(LONGEST_NAME);
    clean.chars().skip(surplus).collect()
}

fn usual_name(attachment: &Attachment) -> String {
    let stem = match attachment.kind {
        AttachmentKind::Photo => "photo",
        AttachmentKind::Video => "video",
        AttachmentKind::Animation => "animation",
        AttachmentKind::Audio => "audio",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Sticker => "sticker",
        AttachmentKind::Document => "file",
    };
    let mime = media_type(attachment);
    let ending = ENDINGS.iter().find(|(it, _)| Some(*it) == mime);
    format!("{stem}.{}", ending.map_or("bin", |(_, ending)| *ending))
}

//! Names of files, made harmless: a name comes from a stranger.

use conversation::{Attachment, AttachmentKind};

const LONGEST_NAME: usize = 120;

/// The last part of the path, on one line, in the direction in which it is read.
pub(crate) fn file_name(attachment: &Attachment) -> String {
    let given = attachment.name.as_deref().unwrap_or_default();
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_odd = |it: &char| {
        it.is_control() || matches!(it, '"' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = last.chars().filter(|it| !is_odd(it)).collect();
    let clean = clean.trim().trim_start_matches('.');
    if clean.is_empty() {
        return usual_name(attachment);
    }
    let surplus = clean.chars().count().saturating_sub(LONGEST_NAME);
    clean.chars().skip(surplus).collect()
}

/// Slack tells by the ending what a file is.
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
    let ending = match attachment.mime.as_deref() {
        Some("image/jpeg") => "jpg",
        Some("image/png") => "png",
        Some("image/gif") => "gif",
        Some("image/webp") => "webp",
        Some("video/mp4") => "mp4",
        Some("video/webm") => "webm",
        Some("audio/mpeg") => "mp3",
        Some("audio/ogg") => "ogg",
        Some("application/pdf") => "pdf",
        Some("text/plain") => "txt",
        _ => "bin",
    };
    format!("{stem}.{ending}")
}

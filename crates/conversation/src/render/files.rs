//! Which files go together, and what is said of those that cannot go.

use super::name::one_line;
use crate::{Attachment, AttachmentKind, AttachmentLimits, AttachmentSource, Support};

pub(super) struct Files {
    /// In the order of the message.
    pub(super) posts: Vec<Vec<Attachment>>,
    /// A line for each file that cannot go.
    pub(super) notes: Vec<String>,
    /// The first of the posts can have words with it.
    pub(super) can_carry_words: bool,
}

/// Chats know small albums of one kind; a platform that takes more than this in a post is mail, where all
/// files of a message go in one.
const LARGEST_ALBUM: usize = 10;

#[derive(PartialEq, Eq)]
enum Album {
    Pictures,
    Documents,
    Music,
    /// Goes alone.
    None,
}

impl Files {
    pub(super) fn sort(attachments: &[Attachment], limits: &AttachmentLimits) -> Files {
        let mut notes = Vec::new();
        let mut posts: Vec<Vec<Attachment>> = Vec::new();
        for attachment in attachments {
            if let Some(reason) = obstacle(attachment, limits) {
                notes.push(note(attachment, reason));
                continue;
            }
            match posts.last_mut() {
                Some(post) if go_together(post, attachment, limits) => {
                    post.push(attachment.clone());
                }
                _ => posts.push(vec![attachment.clone()]),
            }
        }
        let can_carry_words = posts
            .first()
            .is_some_and(|post| carries_words(post, limits));
        Files {
            posts,
            notes,
            can_carry_words,
        }
    }
}

fn obstacle(attachment: &Attachment, limits: &AttachmentLimits) -> Option<&'static str> {
    if limits.support != Support::Native {
        return Some("this channel takes no files");
    }
    (size(attachment)? > limits.max_upload).then_some("too large for this channel")
}

fn size(attachment: &Attachment) -> Option<u64> {
    match &attachment.source {
        AttachmentSource::Blob(blob) => Some(blob.size),
        AttachmentSource::Remote { .. } => attachment.size,
    }
}

fn go_together(post: &[Attachment], attachment: &Attachment, limits: &AttachmentLimits) -> bool {
    if post.len() >= limits.per_post {
        return false;
    }
    let album = album(attachment.kind);
    limits.per_post > LARGEST_ALBUM
        || (album != Album::None && post.iter().all(|other| self::album(other.kind) == album))
}

fn album(kind: AttachmentKind) -> Album {
    match kind {
        AttachmentKind::Photo | AttachmentKind::Video => Album::Pictures,
        AttachmentKind::Document => Album::Documents,
        AttachmentKind::Audio => Album::Music,
        AttachmentKind::Animation | AttachmentKind::Voice | AttachmentKind::Sticker => Album::None,
    }
}

fn carries_words(post: &[Attachment], limits: &AttachmentLimits) -> bool {
    limits.per_post > LARGEST_ALBUM || post.iter().all(|it| it.kind != AttachmentKind::Sticker)
}

/// `[file: plan.zip, 63 MB — too large for this channel]`, and what a picture shows where that is known.
fn note(attachment: &Attachment, reason: &str) -> String {
    const LONGEST_NAME: usize = 80;
    const LONGEST_ALT: usize = 500;
    let mut note = format!("[{}", kind_in_words(attachment.kind));
    let name = one_line(attachment.name.as_deref().unwrap_or_default(), LONGEST_NAME);
    if !name.is_empty() {
        note.push_str(": ");
        note.push_str(&name);
    }
    if let Some(size) = size(attachment) {
        note.push_str(", ");
        note.push_str(&size_in_words(size));
    }
    note.push_str(" — ");
    note.push_str(reason);
    note.push(']');
    let alt = one_line(attachment.alt.as_deref().unwrap_or_default(), LONGEST_ALT);
    if !alt.is_empty() {
        note.push(' ');
        note.push_str(&alt);
    }
    note
}

fn kind_in_words(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Photo => "photo",
        AttachmentKind::Video => "video",
        AttachmentKind::Animation => "animation",
        AttachmentKind::Audio => "audio",
        AttachmentKind::Voice => "voice message",
        AttachmentKind::Sticker => "sticker",
        AttachmentKind::Document => "file",
    }
}

/// Rounded up, so that a file over a limit never looks as if it kept it.
fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{} GB", bytes.div_ceil(1_000_000_000)),
    }
}

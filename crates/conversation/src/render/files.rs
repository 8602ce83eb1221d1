//! Which files go together, and what is said of those that cannot go.

use words::{
    BYTES, FILE_EMPTY, FILE_NOTE, FILE_NOTE_ELSEWHERE, FILE_NOTE_LINK, FILE_TOO_LARGE, GIGABYTES,
    KILOBYTES, Language, MEGABYTES, NO_FILES_HERE, Sentence,
};

use super::name::one_line;
use crate::{Attachment, AttachmentKind, AttachmentLimits, AttachmentSource, Support, Whereabouts};

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
    /// Those of `other` after these, in posts of their own.
    pub(super) fn then(mut self, other: Files) -> Files {
        self.posts.extend(other.posts);
        self.notes.extend(other.notes);
        self
    }

    pub(super) fn sort(
        attachments: &[Attachment],
        limits: &AttachmentLimits,
        language: Language,
    ) -> Files {
        let mut notes = Vec::new();
        let mut posts: Vec<Vec<Attachment>> = Vec::new();
        for attachment in attachments {
            if let Some(obstacle) = obstacle(attachment, limits, language) {
                notes.push(note(attachment, &obstacle, language));
                continue;
            }
            match posts.last_mut() {
                Some(post) if go_together(post, attachment, limits) => {
                    post.push(attachment.clone());
                }
                _ => posts.push(vec![attachment.clone()]),
            }
        }
        Files {
            can_carry_words: posts.first().is_some_and(|it| carries_words(it, limits)),
            posts,
            notes,
        }
    }
}

/// Why the file does not go along, and where it can be had, in words.
struct Obstacle<'a> {
    why: &'a str,
    whereabouts: Option<&'a Whereabouts>,
}

/// Whoever brought the files may have found one already that cannot go.
fn obstacle<'a>(
    attachment: &'a Attachment,
    limits: &AttachmentLimits,
    language: Language,
) -> Option<Obstacle<'a>> {
    let (why, whereabouts) = match &attachment.source {
        AttachmentSource::Absent(it) => (it.why.as_str(), Some(&it.whereabouts)),
        _ => (misfit(attachment, limits)?.fixed(language), None),
    };
    Some(Obstacle { why, whereabouts })
}

/// Why a channel with these limits cannot take the file, in words.
pub fn misfit(attachment: &Attachment, limits: &AttachmentLimits) -> Option<Sentence> {
    if limits.support != Support::Native {
        return Some(NO_FILES_HERE);
    }
    if matches!(&attachment.source, AttachmentSource::Blob(blob) if blob.size == 0) {
        return Some(FILE_EMPTY);
    }
    (size(attachment)? > limits.max_upload).then_some(FILE_TOO_LARGE)
}

fn size(attachment: &Attachment) -> Option<u64> {
    match &attachment.source {
        AttachmentSource::Blob(blob) => Some(blob.size),
        AttachmentSource::Remote { .. } | AttachmentSource::Absent(_) => attachment.size,
    }
}

/// As in mail.
pub(super) fn go_all_in_one(limits: &AttachmentLimits) -> bool {
    limits.per_post > LARGEST_ALBUM
}

fn go_together(post: &[Attachment], attachment: &Attachment, limits: &AttachmentLimits) -> bool {
    if post.len() >= limits.per_post {
        return false;
    }
    let album = album(attachment.kind);
    go_all_in_one(limits)
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
    go_all_in_one(limits) || post.iter().all(|it| it.kind != AttachmentKind::Sticker)
}

/// `[file: plan.zip, 63 MB — too large for this channel; it is in Telegram]`, and what a picture shows where that is
/// known. A link stands behind the bracket, which would else be taken for a part of it.
fn note(attachment: &Attachment, obstacle: &Obstacle<'_>, language: Language) -> String {
    const LONGEST_NAME: usize = 80;
    const LONGEST_ALT: usize = 500;
    const LONGEST_WHY: usize = 200;
    let mut file = attachment.kind.in_words(language).to_owned();
    let name = one_line(attachment.name.as_deref().unwrap_or_default(), LONGEST_NAME);
    if !name.is_empty() {
        file += &format!(": {name}");
    }
    if let Some(size) = size(attachment) {
        file += &format!(", {}", size_in_words(size, language));
    }
    let file = ("file", file.into());
    let why = ("why", one_line(obstacle.why, LONGEST_WHY).into());
    let mut note = match obstacle.whereabouts {
        Some(Whereabouts::Link { url, days }) => {
            let days = ("days", i64::from(*days).into());
            let link = ("link", url.as_str().into());
            FILE_NOTE_LINK.say(language, &[file, why, days, link])
        }
        Some(Whereabouts::On(label)) => {
            let platform = ("platform", label.as_str().into());
            FILE_NOTE_ELSEWHERE.say(language, &[file, why, platform])
        }
        Some(Whereabouts::Unknown) | None => FILE_NOTE.say(language, &[file, why]),
    };
    let alt = one_line(attachment.alt.as_deref().unwrap_or_default(), LONGEST_ALT);
    if !alt.is_empty() {
        note += &format!(" {alt}");
    }
    note
}

/// Rounded up, so that a file over a limit never looks as if it kept it.
fn size_in_words(bytes: u64, language: Language) -> String {
    let (unit, of) = match bytes {
        0..1_000 => (BYTES, 1),
        1_000..1_000_000 => (KILOBYTES, 1_000),
        1_000_000..1_000_000_000 => (MEGABYTES, 1_000_000),
        _ => (GIGABYTES, 1_000_000_000),
    };
    let size = i64::try_from(bytes.div_ceil(of)).unwrap_or(i64::MAX);
    unit.say(language, &[("size", size.into())])
}

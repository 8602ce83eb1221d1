//! What was said: text with markup, and files by reference.

use serde::{Deserialize, Serialize};

use words::{ANIMATION, AUDIO, FILE, Language, PHOTO, STICKER, VIDEO, VOICE};

use crate::{ChannelRef, Markup, Platform, RemoteId};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub text: Markup,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl Content {
    pub fn plain(text: &str) -> Content {
        Content {
            text: Markup::plain(text),
            attachments: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.attachments.is_empty() && self.text.is_blank()
    }

    /// What the thread that it begins is called, where its author gave no subject.
    pub fn first_words(&self) -> String {
        // As much as fits into a line of a mailbox.
        const LONGEST: usize = 60;
        let text = self.text.plain_text();
        let line = text.lines().map(str::trim).find(|line| !line.is_empty());
        let Some(line) = line else {
            let file = self.attachments.first();
            return file.and_then(|it| it.name.clone()).unwrap_or_default();
        };
        if line.chars().count() <= LONGEST {
            return line.to_owned();
        }
        let cut: String = line.chars().take(LONGEST).collect();
        let whole_words = cut.rsplit_once(' ').map_or(&*cut, |(words, _)| words);
        format!("{whole_words}…")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub kind: AttachmentKind,
    pub name: Option<String>,
    pub mime: Option<String>,
    /// In bytes, as far as the platform told us.
    pub size: Option<u64>,
    /// What the picture shows, in words, where its author said so.
    pub alt: Option<String>,
    pub source: AttachmentSource,
}

impl Attachment {
    /// A platform may name a file anew each time that it tells of it.
    pub fn is_same(&self, other: &Attachment) -> bool {
        self.source == other.source
            || (self.size.is_some()
                && (self.kind, &self.name, self.size) == (other.kind, &other.name, other.size))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Photo,
    Video,
    Animation,
    Audio,
    Voice,
    Sticker,
    Document,
}

impl AttachmentKind {
    pub(crate) const ALL: [AttachmentKind; 7] = [
        AttachmentKind::Photo,
        AttachmentKind::Video,
        AttachmentKind::Animation,
        AttachmentKind::Audio,
        AttachmentKind::Voice,
        AttachmentKind::Sticker,
        AttachmentKind::Document,
    ];

    /// As people call it.
    pub fn in_words(self, language: Language) -> &'static str {
        let kind = match self {
            AttachmentKind::Photo => PHOTO,
            AttachmentKind::Video => VIDEO,
            AttachmentKind::Animation => ANIMATION,
            AttachmentKind::Audio => AUDIO,
            AttachmentKind::Voice => VOICE,
            AttachmentKind::Sticker => STICKER,
            AttachmentKind::Document => FILE,
        };
        kind.fixed(language)
    }
}

/// Where the bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentSource {
    /// On the platform: the adapter of `channel` fetches `file` when somebody needs it.
    Remote { channel: ChannelRef, file: RemoteId },
    /// In our own cache of files.
    Blob(BlobRef),
    /// It does not go along to the one channel that this was made for. Never stored.
    Absent(Absent),
}

impl AttachmentSource {
    /// Where it lies, if that is not here.
    pub fn platform(&self) -> Option<&Platform> {
        match self {
            AttachmentSource::Remote { channel, .. } => Some(&channel.platform),
            AttachmentSource::Blob(_) | AttachmentSource::Absent(_) => None,
        }
    }
}

/// What people are told of a file that they do not get with its message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// As in `too large for this channel`.
    pub why: String,
    pub whereabouts: Whereabouts,
}

/// A file that could not be had in time: its message goes without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub file: Attachment,
    /// As in `Absent`.
    pub why: String,
}

/// Where a file can be had that does not go along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// By everybody who has the link, for so many days.
    Link { url: String, days: u32 },
    /// By whoever is on the platform of this label.
    On(String),
    /// Nowhere that we know of.
    Unknown,
}

/// A file in our cache, named by what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BlobRef {
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

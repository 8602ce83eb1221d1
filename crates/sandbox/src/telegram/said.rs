//! What a person says: text, what it answers, and files.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::MessageId;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// Becomes the caption of the first file where there are files.
    pub text: String,
    /// `MessageEntity` objects, with offsets in UTF-16 units. Mentions, links, hashtags and commands are
    /// found in the text as well, as the real server does.
    pub entities: Vec<Value>,
    pub reply_to: Option<MessageId>,
    /// The words of the answered message that the person marked.
    pub quote: Option<String>,
    pub files: Vec<SaidFile>,
    /// Whether several files hang together under one `media_group_id`.
    pub album: bool,
}

impl Said {
    #[must_use]
    pub fn in_reply_to(mut self, message: MessageId) -> Said {
        self.reply_to = Some(message);
        self
    }

    #[must_use]
    pub fn with_file(mut self, file: SaidFile) -> Said {
        self.files.push(file);
        self
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Said {
        Said {
            text: text.to_owned(),
            ..Said::default()
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidFile {
    pub kind: FileKind,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub bytes: Bytes,
}

impl SaidFile {
    pub fn new(kind: FileKind, name: &str, bytes: impl Into<Bytes>) -> SaidFile {
        SaidFile {
            kind,
            name: Some(name.to_owned()),
            mime: None,
            bytes: bytes.into(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Photo,
    Video,
    Animation,
    Audio,
    Voice,
    VideoNote,
    Document,
    Sticker,
}

impl FileKind {
    /// The field of `Message`, which is also the field of the method that sends it.
    pub fn field(self) -> &'static str {
        match self {
            FileKind::Photo => "photo",
            FileKind::Video => "video",
            FileKind::Animation => "animation",
            FileKind::Audio => "audio",
            FileKind::Voice => "voice",
            FileKind::VideoNote => "video_note",
            FileKind::Document => "document",
            FileKind::Sticker => "sticker",
        }
    }

    /// As the real server's errors call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            FileKind::Photo => "Photo",
            FileKind::Video => "Video",
            FileKind::Animation => "Animation",
            FileKind::Audio => "Audio",
            FileKind::Voice => "VoiceNote",
            FileKind::VideoNote => "VideoNote",
            FileKind::Document => "Document",
            FileKind::Sticker => "Sticker",
        }
    }

    pub(crate) fn can_have_caption(self) -> bool {
        !matches!(self, FileKind::VideoNote | FileKind::Sticker)
    }

    /// The folder of `File.file_path`, the letters before the number in a file id, and the usual MIME type.
    pub(crate) fn storage(self) -> (&'static str, &'static str, &'static str) {
        match self {
            FileKind::Photo => ("photos", "AgACAgIAAxkB", "image/jpeg"),
            FileKind::Video => ("videos", "BAACAgIAAxkB", "video/mp4"),
            FileKind::Animation => ("animations", "CgACAgIAAxkB", "video/mp4"),
            FileKind::Audio => ("music", "CQACAgIAAxkB", "audio/mpeg"),
            FileKind::Voice => ("voice", "AwACAgIAAxkB", "audio/ogg"),
            FileKind::VideoNote => ("video_notes", "DQACAgIAAxkB", "video/mp4"),
            FileKind::Document => ("documents", "BQACAgIAAxkB", "application/octet-stream"),
            FileKind::Sticker => ("stickers", "CAACAgIAAxkB", "image/webp"),
        }
    }
}

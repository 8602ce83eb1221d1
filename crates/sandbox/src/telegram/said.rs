//! What a person says: text, what it answers, and files; and why they cannot.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::{ChatId, MessageId, UserId};

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
    const fn names(self) -> [&'static str; 5] {
        match self {
            FileKind::Photo => ["photo", "Photo", "photos", "AgACAgIAAxkB", "image/jpeg"],
            FileKind::Video => ["video", "Video", "videos", "BAACAgIAAxkB", "video/mp4"],
            FileKind::Animation => [
                "animation",
                "Animation",
                "animations",
                "CgACAgIAAxkB",
                "video/mp4",
            ],
            FileKind::Audio => ["audio", "Audio", "music", "CQACAgIAAxkB", "audio/mpeg"],
            FileKind::Voice => ["voice", "VoiceNote", "voice", "AwACAgIAAxkB", "audio/ogg"],
            FileKind::VideoNote => [
                "video_note",
                "VideoNote",
                "video_notes",
                "DQACAgIAAxkB",
                "video/mp4",
            ],
            FileKind::Document => [
                "document",
                "Document",
                "documents",
                "BQACAgIAAxkB",
                "application/octet-stream",
            ],
            FileKind::Sticker => [
                "sticker",
                "Sticker",
                "stickers",
                "CAACAgIAAxkB",
                "image/webp",
            ],
        }
    }

    /// The field of `Message`, which is also the field of the method that sends it.
    pub fn field(self) -> &'static str {
        self.names()[0]
    }

    /// As the real server's errors call it.
    pub(crate) fn title(self) -> &'static str {
        self.names()[1]
    }

    /// The folder of `File.file_path`, the letters before the number in a file id, and the usual MIME type.
    pub(crate) fn storage(self) -> (&'static str, &'static str, &'static str) {
        let [_, _, folder, prefix, mime] = self.names();
        (folder, prefix, mime)
    }

    pub(crate) fn can_have_caption(self) -> bool {
        !matches!(self, FileKind::VideoNote | FileKind::Sticker)
    }
}

/// Why people cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    #[error("there is no chat {0}")]
    UnknownChat(ChatId),
    #[error("there is no person {0}")]
    UnknownUser(UserId),
    #[error("{0} is not in chat {1}")]
    NotAMember(UserId, ChatId),
    #[error("there is no message {1} in chat {0}")]
    UnknownMessage(ChatId, MessageId),
    #[error("chat {0} has no topic {1}")]
    UnknownTopic(ChatId, MessageId),
    #[error("only its author can change message {0}")]
    NotTheAuthor(MessageId),
    #[error("chat {0} became another one")]
    Migrated(ChatId),
    #[error("Telegram does not take this text: {0}")]
    Text(String),
    #[error("Telegram has no reaction {0}")]
    NoReaction(String),
    #[error("there is nothing to say")]
    Nothing,
    #[error("this cannot be done in chat {0}")]
    WrongKind(ChatId),
}

/// What a person does.
pub(crate) type Deed<T = ()> = Result<T, Misuse>;

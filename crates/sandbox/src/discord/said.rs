//! What a person says: Markdown as they type it, what it answers, files, stickers and a poll, all in one message; and why
//! they cannot.

use bytes::Bytes;

use super::answer::ApiError;
use super::ids::{ChannelId, MessageId, UserId, WebhookId};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// Markdown. `<@id>`, `<@&id>`, `<#id>`, `@everyone` and `<:name:id>` mean what they mean in a client.
    pub text: String,
    pub reply_to: Option<MessageId>,
    /// Whether the reply rings at its author, as the client's switch says; on by default there.
    pub silent_reply: bool,
    pub files: Vec<SaidFile>,
    /// The names of stickers of the guild; an unknown one is made.
    pub stickers: Vec<String>,
    pub poll: Option<SaidPoll>,
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

    #[must_use]
    pub fn with_sticker(mut self, name: &str) -> Said {
        self.stickers.push(name.to_owned());
        self
    }

    #[must_use]
    pub fn with_poll(mut self, question: &str, answers: &[&str]) -> Said {
        self.poll = Some(SaidPoll {
            question: question.to_owned(),
            answers: answers.iter().map(|it| (*it).to_owned()).collect(),
        });
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
pub struct SaidPoll {
    pub question: String,
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SaidFile {
    pub name: String,
    /// Guessed from the name where None.
    pub mime: Option<String>,
    pub bytes: Bytes,
    /// The text for those who cannot see it.
    pub description: Option<String>,
    /// A voice message: its length in seconds. Such a message holds nothing else.
    pub voice_s: Option<f64>,
}

impl SaidFile {
    pub fn new(name: &str, bytes: impl Into<Bytes>) -> SaidFile {
        SaidFile {
            name: name.to_owned(),
            mime: None,
            bytes: bytes.into(),
            description: None,
            voice_s: None,
        }
    }

    #[must_use]
    pub fn described(mut self, description: &str) -> SaidFile {
        self.description = Some(description.to_owned());
        self
    }
}

/// Why people cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    #[error("there is no channel {0}")]
    UnknownChannel(ChannelId),
    #[error("there is no person {0}")]
    UnknownUser(UserId),
    #[error("{0} is not in the guild")]
    NotAMember(UserId),
    #[error("there is no message {1} in channel {0}")]
    UnknownMessage(ChannelId, MessageId),
    #[error("only its author can change message {0}")]
    NotTheAuthor(MessageId),
    #[error("there is no webhook {0}")]
    UnknownWebhook(WebhookId),
    #[error("there is nothing to say")]
    Nothing,
    #[error("this cannot be done in channel {0}")]
    WrongKind(ChannelId),
    #[error("thread {0} is locked")]
    Locked(ChannelId),
    #[error("message {0} has a thread already")]
    ThreadExists(MessageId),
    #[error("no button of the message says {0}")]
    NoButton(String),
    #[error("there is no command {0}")]
    NoCommand(String),
    #[error("the command has no option {0} of that kind")]
    NoOption(String),
    #[error("the option {0} must be filled in")]
    NotFilledIn(String),
    #[error("the option {0} does not take {1}")]
    NotSo(String, String),
    #[error("Discord has no emoji {0}")]
    NoEmoji(String),
    #[error("Discord does not take this: {0}")]
    Refused(String),
}

/// What a person does.
pub(crate) type Deed<T = ()> = Result<T, Misuse>;

impl From<ApiError> for Misuse {
    fn from(error: ApiError) -> Misuse {
        Misuse::Refused(error.message.to_owned())
    }
}

//! What a person says: words as one types them into Slack's own program, or a ready block, and files; and why they cannot.

use bytes::Bytes;
use serde_json::Value;

use super::blocks::Unsent;
use super::ids::{ChannelId, Ts, UserId};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// As typed: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, ```` ``` ````, `> quote`, `- item`, `1. item`, `:emoji:`,
    /// `@name`, `#channel`, `@here`, `https://…` and `[words](https://…)`.
    pub text: String,
    /// A `rich_text` block that is taken as it stands, in place of `text`.
    pub rich_text: Option<Value>,
    pub files: Vec<SaidFile>,
    /// `/me …`
    pub is_me: bool,
}

impl Said {
    pub fn rich(block: Value) -> Said {
        Said {
            rich_text: Some(block),
            ..Said::default()
        }
    }

    pub fn me(text: &str) -> Said {
        Said {
            is_me: true,
            ..Said::from(text)
        }
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

impl From<String> for Said {
    fn from(text: String) -> Said {
        Said {
            text,
            ..Said::default()
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidFile {
    pub name: String,
    /// Guessed by the end of the name where it is None.
    pub mime: Option<String>,
    pub bytes: Bytes,
    pub alt_text: Option<String>,
}

impl SaidFile {
    pub fn new(name: &str, bytes: impl Into<Bytes>) -> SaidFile {
        SaidFile {
            name: name.to_owned(),
            mime: None,
            bytes: bytes.into(),
            alt_text: None,
        }
    }
}

/// Why people cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    #[error("there is no channel {0}")]
    UnknownChannel(ChannelId),
    #[error("there is nobody with the id {0}")]
    UnknownUser(UserId),
    #[error("{0} is not in channel {1}")]
    NotAMember(UserId, ChannelId),
    #[error("channel {0} is archived")]
    Archived(ChannelId),
    #[error("there is no message {1} in channel {0}")]
    UnknownMessage(ChannelId, Ts),
    #[error("only its author can change message {0}")]
    NotTheAuthor(Ts),
    #[error("Slack has no emoji of the name {0}")]
    NoEmoji(String),
    #[error("there is nothing to say")]
    Nothing,
    #[error("this is no rich_text block: {0}")]
    NotRichText(String),
    #[error("message {0} has no button {1}")]
    NoButton(Ts, String),
    #[error("no modal {0} is open")]
    NoModal(String),
    #[error("{0} must be filled in")]
    NotFilledIn(String),
    #[error("{0} has no choice {1}")]
    NoChoice(String, String),
}

/// What a person does.
pub(crate) type Deed<T = ()> = Result<T, Misuse>;

impl From<Unsent> for Misuse {
    fn from(why: Unsent) -> Misuse {
        match why {
            Unsent::NotFilledIn(what) => Misuse::NotFilledIn(what),
            Unsent::NoChoice(what, choice) => Misuse::NoChoice(what, choice),
        }
    }
}

//! Why people cannot do that.

use super::ids::{ChatId, MessageId, UserId};

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

//! Why people cannot do that.

use super::answer::ApiError;
use super::ids::{ChannelId, MessageId, UserId, WebhookId};

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

//! Why people cannot do that.

use super::ids::{ChannelId, Ts, UserId};

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
}

/// What a person does.
pub(crate) type Deed<T = ()> = Result<T, Misuse>;

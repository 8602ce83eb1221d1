//! Telegram's numbers. A private chat has the number of its person; groups are below zero.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Counted per supergroup; private chats and basic groups share one count, as with a real bot.
pub type MessageId = i64;

macro_rules! number {
    ($($name:ident)*) => {$(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

number!(UserId ChatId);

/// The private chat of a person with the bot.
impl From<UserId> for ChatId {
    fn from(user: UserId) -> ChatId {
        ChatId(user.0)
    }
}

impl From<ChatId> for i64 {
    fn from(chat: ChatId) -> i64 {
        chat.0
    }
}

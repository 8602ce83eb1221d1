//! Telegram's names for places, messages and accounts. **Invariant:** made and read only here.

use calls::refused;
use conversation::{ChannelRef, RemoteId, SendError};
use teloxide_core::types::{ChatId, MessageId, Recipient, ThreadId};

/// The name of this platform in every `ChannelRef`.
pub const PLATFORM: &str = "telegram";

/// A chat, or one topic of a forum. The General topic of a forum is the plain chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ChatAddress {
    pub(crate) chat: i64,
    pub(crate) topic: Option<i32>,
}

impl ChatAddress {
    /// Reads `<chat>` or `<chat>/<topic>`.
    pub(crate) fn parse(id: &RemoteId) -> Option<ChatAddress> {
        let (chat, topic) = match id.as_str().split_once('/') {
            Some((chat, topic)) => (chat, Some(topic.parse().ok()?)),
            None => (id.as_str(), None),
        };
        let chat = chat.parse().ok()?;
        Some(ChatAddress { chat, topic })
    }

    pub(crate) fn channel(self) -> ChannelRef {
        match self.topic {
            Some(topic) => ChannelRef::new(PLATFORM, format!("{}/{topic}", self.chat)),
            None => ChannelRef::new(PLATFORM, self.chat.to_string()),
        }
    }

    /// Of a chat with topics, all of them together; nobody links it where the chat has none.
    pub(crate) fn forum(self) -> ChannelRef {
        ChannelRef::new(PLATFORM, format!("{}{EVERY_TOPIC}", self.chat))
    }

    pub(crate) fn recipient(self) -> Recipient {
        Recipient::Id(ChatId(self.chat))
    }

    pub(crate) fn thread(self) -> Option<ThreadId> {
        self.topic.map(|topic| ThreadId(MessageId(topic)))
    }

    /// Telegram gives people positive ids, and groups and channels negative ones.
    pub(crate) fn is_private(self) -> bool {
        self.chat > 0
    }

    /// Or a channel: both have ids of 13 digits behind the sign.
    pub(crate) fn is_supergroup(self) -> bool {
        self.chat <= -1_000_000_000_000
    }
}

/// What stands behind the chat's id where a forum is one channel.
const EVERY_TOPIC: &str = "/*";

/// The chat of `<chat>/*`.
pub(crate) fn parse_forum(id: &RemoteId) -> Option<i64> {
    id.as_str().strip_suffix(EVERY_TOPIC)?.parse().ok()
}

/// A forum as a whole is its chat: only what is posted needs a topic.
pub(crate) fn place_of(channel: &ChannelRef) -> Result<ChatAddress, SendError> {
    let forum = parse_forum(&channel.id).map(|chat| ChatAddress { chat, topic: None });
    forum
        .or_else(|| ChatAddress::parse(&channel.id))
        .filter(|_| channel.platform.as_str() == PLATFORM)
        .ok_or_else(|| refused(format!("{channel} is no chat of Telegram")))
}

pub(crate) fn message_id(id: i32) -> RemoteId {
    RemoteId(id.to_string())
}

pub(crate) fn parse_message_id(id: &RemoteId) -> Option<MessageId> {
    let id = id.as_str().parse().ok()?;
    (id > 0).then_some(MessageId(id))
}

/// A person or a bot.
pub(crate) fn user_account(id: i64) -> RemoteId {
    RemoteId(id.to_string())
}

/// A chat that speaks for itself: a channel, or the anonymous administrators of a group.
pub(crate) fn chat_account(id: i64) -> RemoteId {
    RemoteId(format!("chat:{id}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_place_is_read_back_as_it_was_written() {
        for place in [
            ChatAddress {
                chat: -1_001_234,
                topic: Some(7),
            },
            ChatAddress {
                chat: 42,
                topic: None,
            },
        ] {
            assert_eq!(ChatAddress::parse(&place.channel().id).unwrap(), place);
        }
    }

    #[test]
    fn a_forum_is_one_channel_and_no_place() {
        let topic = Some(7);
        let forum = ChatAddress { chat: -100, topic }.forum();
        assert_eq!(parse_forum(&forum.id), Some(-100));
        assert_eq!(ChatAddress::parse(&forum.id), None);
        assert_eq!(parse_forum(&"-100/7".into()), None);
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for odd in [
            "",
            "x",
            "1/",
            "/2",
            "1/2/3",
            "1/x",
            "1/2147483648",
            "99999999999999999999",
        ] {
            assert_eq!(ChatAddress::parse(&odd.into()), None, "{odd}");
        }
    }
}

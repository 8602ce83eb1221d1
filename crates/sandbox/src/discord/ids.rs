//! Discord's numbers: snowflakes, which hold the time of their making and grow with it. In JSON they are
//! strings, because JavaScript's numbers are too short for them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The first second of 2015, from which snowflakes count, in Unix milliseconds.
const EPOCH_MS: i64 = 1_420_070_400_000;

macro_rules! snowflake {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map($name).map_err(D::Error::custom)
            }
        }
    };
}

snowflake!(
    /// A text channel, a forum, a thread or the private channel with a person.
    ChannelId
);
snowflake!(UserId);
snowflake!(MessageId);
snowflake!(RoleId);
snowflake!(WebhookId);
snowflake!(
    /// A button that was pressed or a command that was used.
    InteractionId
);

impl From<ChannelId> for u64 {
    fn from(channel: ChannelId) -> u64 {
        channel.0
    }
}

/// A thread that was started from a message has the message's number.
impl From<MessageId> for ChannelId {
    fn from(message: MessageId) -> ChannelId {
        ChannelId(message.0)
    }
}

/// A thread's first message in a forum has the thread's number.
impl From<ChannelId> for MessageId {
    fn from(thread: ChannelId) -> MessageId {
        MessageId(thread.0)
    }
}

/// Gives numbers that only grow, however fast they are asked for.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    last: u64,
}

impl Clock {
    pub(crate) fn next(&mut self, now_ms: i64) -> u64 {
        let since = u64::try_from(now_ms - EPOCH_MS).unwrap_or(0);
        self.last = (since << 22).max(self.last + 1);
        self.last
    }
}

/// Unix milliseconds.
pub(crate) fn made_at_ms(snowflake: u64) -> i64 {
    i64::try_from(snowflake >> 22).unwrap_or(0) + EPOCH_MS
}

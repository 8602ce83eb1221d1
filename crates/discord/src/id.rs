//! Discord's names for places, messages and accounts. **Invariant:** made and read only here.

use calls::refused;
use std::fmt;

use conversation::{ChannelRef, RemoteId, SendError, Timestamp};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of this platform in every `ChannelRef`.
pub const PLATFORM: &str = "discord";

/// The first millisecond of 2015, from which Discord counts.
const EPOCH_MS: i64 = 1_420_070_400_000;
const TIME_SHIFT: u32 = 22;

/// An id of Discord: its upper bits are the time at which it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Snowflake(pub(crate) u64);

impl Snowflake {
    pub(crate) fn parse(text: &str) -> Option<Snowflake> {
        let id = text.parse().ok()?;
        (id > 0 && text.bytes().all(|it| it.is_ascii_digit())).then_some(Snowflake(id))
    }

    pub(crate) fn time(self) -> Timestamp {
        let since = i64::try_from(self.0 >> TIME_SHIFT).unwrap_or(i64::MAX);
        Timestamp(since.saturating_add(EPOCH_MS))
    }

    /// The least id of that millisecond.
    pub(crate) fn at(time: Timestamp) -> Snowflake {
        let since = u64::try_from(time.0.saturating_sub(EPOCH_MS)).unwrap_or(0);
        Snowflake(since.min(u64::MAX >> TIME_SHIFT) << TIME_SHIFT)
    }

    pub(crate) fn remote(self) -> RemoteId {
        RemoteId(self.to_string())
    }

    pub(crate) fn channel(self) -> ChannelRef {
        ChannelRef::new(PLATFORM, self.to_string())
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Snowflake, D::Error> {
        struct TextOrNumber;
        impl Visitor<'_> for TextOrNumber {
            type Value = Snowflake;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id of Discord")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Snowflake, E> {
                Snowflake::parse(text).ok_or_else(|| E::custom("no id of Discord"))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Snowflake, E> {
                Ok(Snowflake(number))
            }
        }
        deserializer.deserialize_any(TextOrNumber)
    }
}

/// A message by its place: in the channel itself, or in a thread of it.
///
/// The post that begins a thread of a forum has the thread's own id, and is `THREAD/THREAD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Spot {
    pub(crate) thread: Option<Snowflake>,
    pub(crate) message: Snowflake,
}

impl Spot {
    pub(crate) fn parse_target(id: &RemoteId) -> Result<Spot, SendError> {
        Spot::parse(id).ok_or_else(|| refused(format!("{id} is no message of Discord")))
    }

    /// Reads `<message>` or `<thread>/<message>`.
    pub(crate) fn parse(id: &RemoteId) -> Option<Spot> {
        let (thread, message) = match id.as_str().split_once('/') {
            Some((thread, message)) => (Some(Snowflake::parse(thread)?), message),
            None => (None, id.as_str()),
        };
        let message = Snowflake::parse(message)?;
        Some(Spot { thread, message })
    }

    pub(crate) fn remote(self) -> RemoteId {
        match self.thread {
            Some(thread) => RemoteId(format!("{thread}/{}", self.message)),
            None => self.message.remote(),
        }
    }

    /// The channel, in Discord's sense, in which it stands.
    pub(crate) fn within(self, channel: Snowflake) -> Snowflake {
        self.thread.unwrap_or(channel)
    }
}

/// A file is found again through its message, for its address is good for a day only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileName {
    pub(crate) channel: Snowflake,
    pub(crate) message: Snowflake,
    pub(crate) attachment: Snowflake,
}

impl FileName {
    pub(crate) fn parse(id: &RemoteId) -> Option<FileName> {
        let mut ids = id.as_str().split('/').map(Snowflake::parse);
        let name = FileName {
            channel: ids.next()??,
            message: ids.next()??,
            attachment: ids.next()??,
        };
        ids.next().is_none().then_some(name)
    }

    pub(crate) fn remote(self) -> RemoteId {
        RemoteId(format!(
            "{}/{}/{}",
            self.channel, self.message, self.attachment
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for id in ["175928847299117063", "1/2"] {
            assert_eq!(Spot::parse(&id.into()).unwrap().remote().as_str(), id);
        }
        let file = "1/2/3";
        assert_eq!(
            FileName::parse(&file.into()).unwrap().remote().as_str(),
            file
        );
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for odd in [
            "",
            "x",
            "0",
            "+1",
            "1/",
            "/1",
            "1/2/3",
            "99999999999999999999",
        ] {
            assert_eq!(Spot::parse(&odd.into()), None, "{odd}");
        }
        for odd in ["", "1", "1/2", "1/2/3/4", "1/2/x"] {
            assert_eq!(FileName::parse(&odd.into()), None, "{odd}");
        }
    }

    /// The example of Discord's own page on snowflakes.
    #[test]
    fn an_id_tells_its_time() {
        let id = Snowflake(175_928_847_299_117_063);
        assert_eq!(id.time(), Timestamp(1_462_015_105_796));
        assert!(Snowflake::at(id.time()) <= id);
        assert_eq!(Snowflake::at(id.time()).time(), id.time());
        assert_eq!(Snowflake::at(Timestamp(0)), Snowflake(0));
    }
}

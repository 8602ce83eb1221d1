//! Slack's names for things. A message has no id but its time, which no other message of its channel shares.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! name {
    ($($(#[$about:meta])* $name:ident)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> $name {
                $name(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

name! {
    /// `C…` for channels of any kind, `D…` for direct messages.
    ChannelId
    /// `U…`; the app's bot user has one too.
    UserId
    /// `S…`, of a user group.
    GroupId
    /// `V…`, of an open modal.
    ViewId
}

/// Microseconds since 1970, written as seconds and six digits: `1712345678.000100`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ts(pub u64);

impl fmt::Display for Ts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time in Slack is seconds, a dot and up to six digits")]
pub struct NotATs;

impl FromStr for Ts {
    type Err = NotATs;

    fn from_str(text: &str) -> Result<Ts, NotATs> {
        let (seconds, micros) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        refuse!(!digits(seconds) || !digits(micros) || micros.len() > 6 => NotATs);
        let seconds: u64 = seconds.parse().map_err(|_| NotATs)?;
        let micros: u64 = format!("{micros:0<6}").parse().map_err(|_| NotATs)?;
        let whole = seconds.checked_mul(1_000_000).ok_or(NotATs)?;
        whole.checked_add(micros).map(Ts).ok_or(NotATs)
    }
}

impl Serialize for Ts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ts, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl From<&ChannelId> for String {
    fn from(channel: &ChannelId) -> String {
        channel.0.clone()
    }
}

/// Unix microseconds, of which a message's time is made.
pub(crate) fn now_micros() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| u64::try_from(it.as_micros()).unwrap_or(u64::MAX))
}

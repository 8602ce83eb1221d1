//! Identifiers. Ours are UUIDv7 text; a platform's are opaque, made and read only in its adapter.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> $name {
                $name(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text_ids! {
    /// The people and their agreements. Every row belongs to exactly one.
    CommunityId,
    RoomId,
    /// A channel as we name it.
    ChannelId,
    /// A message as we name it, whatever the platforms call its copies.
    MessageId,
    DeliveryId,
    PersonId,
    /// One account of a person on one platform, as we name it.
    IdentityId,
    /// The name of a platform in lower case, as in `telegram`.
    Platform,
    /// A message, an account or a file as its platform names it: immutable, never a display name.
    RemoteId,
    /// Unique per platform and for ever: the same event handed in twice is accepted once.
    EventKey,
}

/// The platform of inner names.
const DIRECT: &str = "direct";

/// A place on a platform where people talk: a group, a topic, a list, a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChannelRef {
    pub platform: Platform,
    pub id: RemoteId,
}

impl ChannelRef {
    pub fn new(platform: &str, id: impl Into<RemoteId>) -> ChannelRef {
        ChannelRef {
            platform: platform.into(),
            id: id.into(),
        }
    }

    /// What a direct channel is called where its own name, which may be a person's, must not stand.
    pub fn inner(channel: &ChannelId) -> ChannelRef {
        ChannelRef::new(DIRECT, channel.0.clone())
    }

    /// Whose inner name it is.
    pub fn inner_id(&self) -> Option<ChannelId> {
        (self.platform.0 == DIRECT).then(|| ChannelId(self.id.0.clone()))
    }
}

/// As people write it on a command line: `telegram:-100123`.
impl fmt::Display for ChannelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.platform, self.id)
    }
}

impl std::str::FromStr for ChannelRef {
    type Err = String;

    fn from_str(text: &str) -> Result<ChannelRef, String> {
        let of = |(platform, id): (&str, &str)| ChannelRef::new(platform, id);
        let why = "is not a channel: write platform:id, as in telegram:-100123";
        halves(text)
            .map(of)
            .ok_or_else(|| format!("`{text}` {why}"))
    }
}

/// Neither of them empty.
fn halves(text: &str) -> Option<(&str, &str)> {
    let halves = text.split_once(':')?;
    (!halves.0.is_empty() && !halves.1.is_empty()).then_some(halves)
}

/// Somebody's account on a platform.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AccountRef {
    pub platform: Platform,
    pub account: RemoteId,
}

/// As people write it on a command line: `telegram:123456`.
impl fmt::Display for AccountRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.platform, self.account)
    }
}

impl std::str::FromStr for AccountRef {
    type Err = String;

    fn from_str(text: &str) -> Result<AccountRef, String> {
        let of = |(platform, account): (&str, &str)| AccountRef {
            platform: platform.into(),
            account: account.into(),
        };
        let why = "is not an account: write platform:account, as in telegram:123456";
        halves(text)
            .map(of)
            .ok_or_else(|| format!("`{text}` {why}"))
    }
}

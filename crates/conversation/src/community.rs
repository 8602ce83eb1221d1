//! The people, the rooms that they talk in, and what they said.

use serde::{Deserialize, Serialize};

use crate::{
    ChannelId, ChannelRef, CommunityId, Content, IdentityId, MessageId, PersonId, Platform,
    RemoteId, RoomId, Timestamp,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Community {
    pub id: CommunityId,
    pub name: String,
}

/// One conversation that stands in several channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Room {
    pub community: CommunityId,
    pub id: RoomId,
    pub name: String,
}

/// One place on one platform, as we know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Channel {
    pub community: CommunityId,
    pub id: ChannelId,
    pub at: ChannelRef,
    pub room: Option<RoomId>,
    pub link: Link,
}

/// Whether a channel takes part in its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    Active,
    /// The platform closed the channel to us; staff was told.
    Suspended,
    Unlinked,
}

/// What a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// It stands in a room, or has left it.
    Room,
    /// One person speaks there with the bridge alone.
    Direct,
    /// Staff is told there.
    Desk,
}

impl Purpose {
    pub fn parse(text: &str) -> Option<Purpose> {
        match text {
            "room" => Some(Purpose::Room),
            "direct" => Some(Purpose::Direct),
            "desk" => Some(Purpose::Desk),
            _ => None,
        }
    }
}

/// A root message and what answers it, named by its root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thread {
    pub root: MessageId,
    /// Where the platform of its root has subjects, or a topic's name.
    pub subject: Option<String>,
}

/// A human being, with an account on each of one or more platforms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub community: CommunityId,
    pub id: PersonId,
}

/// One account of a person, by the platform's immutable id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    pub community: CommunityId,
    pub id: IdentityId,
    pub person: PersonId,
    pub platform: Platform,
    pub account: RemoteId,
    pub display_name: String,
}

/// Who did something, as the platform's own transport says; never read from a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub account: RemoteId,
    /// For people's eyes only: names are never compared. Holds no address and no number.
    pub display_name: String,
    /// The address of their picture, where the platform shows it to everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    pub kind: AuthorKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    Person,
    /// Somebody else's program.
    Bot,
    /// Our own words, coming back.
    Ourselves,
}

/// One thing said, by a person or by the bridge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    pub community: CommunityId,
    pub id: MessageId,
    pub room: RoomId,
    pub channel: ChannelRef,
    pub author: Author,
    pub thread: Thread,
    pub reply_to: Option<MessageId>,
    /// The newest revision is what is rendered.
    pub revision: Revision,
}

/// What a message said from `at` on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// 0 for the first.
    pub number: u32,
    pub at: Timestamp,
    pub content: Content,
    pub deleted: bool,
}

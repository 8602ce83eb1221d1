//! Who speaks, and what a channel is to its room.

use serde::{Deserialize, Serialize};

use crate::RemoteId;

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
    /// It is to stand in a room, and everybody there was told.
    Announced,
}

worded!(Purpose {
    Room = "room",
    Direct = "direct",
    Desk = "desk",
    Announced = "announced",
});

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

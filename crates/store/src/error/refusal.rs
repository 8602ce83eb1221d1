//! Why a change is not made, though nothing failed.

use std::fmt;

use conversation::ChannelRef;

use super::Error;

/// What somebody named, and is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Room,
    LinkedChannel,
    Community,
    Account,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(
        "there is a room named `{name}` already: choose another name, or remove or rename that one first"
    )]
    RoomExists { name: String },
    #[error("there is a community `{name}` already")]
    CommunityExists { name: String },
    #[error(
        "channels still take part in the room `{room}`: {channels}.{waits} Unlink them first, or remove the room with `--unlink`"
    )]
    StillLinked {
        room: String,
        channels: String,
        /// A sentence of what waits for them, if anything does.
        waits: String,
    },
    #[error(
        "{channel} stands in the room `{room}` already, and a channel stands in one room. Unlink it there first: \
         `causeway room unlink {channel}`"
    )]
    InAnotherRoom { channel: ChannelRef, room: String },
    #[error(
        "{channel} stands in a room of another community already, and a channel stands in one room. Unlink it there first: \
         `causeway room unlink {channel}`"
    )]
    OfAnotherCommunity { channel: ChannelRef },
    #[error("these accounts are one person already")]
    OneAlready,
    #[error("nothing was named that is to be set: as in `--first-messages wait`")]
    NothingToSet,
    #[error(
        "nobody was told in that channel yet that it is to be joined, and nothing from before that is carried: \
         `causeway room announce ROOM CHANNEL` tells them"
    )]
    NotAnnounced,
    #[error("nothing that is held has that id")]
    NothingHeld,
    #[error("no dead or held delivery has that id")]
    NothingDead,
    #[error("that channel is open already")]
    OpenAlready,
    #[error("that channel rests already")]
    RestsAlready,
    #[error("no bridge is at work on that platform")]
    NotServed,
    #[error("that is somebody's private chat with the bridge")]
    Private,
    #[error(
        "several communities share this store, and that channel may be another's: link it at the terminal first"
    )]
    PerhapsAnothers,
    #[error("that day is over")]
    DayOver,
    #[error("whom the owners named above you is theirs to change")]
    AboveThem,
    #[error("somebody has that role already")]
    GrantedAlready,
    #[error(
        "nobody gave that person this role: whom the configuration names as staff, it alone lets go"
    )]
    NotGranted,
    #[error("a community that has an owner keeps one: name another first")]
    LastOwner,
    #[error("the community has an owner already: owners name others by `role grant`")]
    OwnedAlready,
    #[error("no such code is good now")]
    NoCode,
    #[error("that account is somebody of its own already")]
    AloneAlready,
    /// Of several that are made at once.
    #[error("the room `{room}`: {why}")]
    OfRoom { room: String, why: Box<Refusal> },
}

impl Error {
    /// Which of several rooms is refused.
    #[must_use]
    pub fn of_room(self, room: &str) -> Error {
        match self {
            Error::Refused(why) => Error::Refused(Refusal::OfRoom {
                room: room.to_owned(),
                why: Box::new(why),
            }),
            other => other,
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Thing::Room => "room",
            Thing::LinkedChannel => "linked channel",
            Thing::Community => "community",
            Thing::Account => "account of anybody who was heard yet",
        })
    }
}

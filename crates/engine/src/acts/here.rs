//! One channel, which whoever administers it may let take part in a room, and take out again.

use conversation::{
    ChannelRef,
    command::{Command, Link, Name, Room},
};
use store::{Error, Result, Thing};

use super::{Doer, Done};

impl Doer<'_> {
    pub(super) async fn link_here(
        &mut self,
        room: &Name,
        channel: Option<&ChannelRef>,
    ) -> Result<Done> {
        let done = self.link_channel(room, said_there(channel)?, None).await?;
        let leave = Link::Leave {
            channel: channel.cloned(),
        };
        let undo = done.undo.as_ref().map(|_| Command::Link(leave));
        Ok(done.undone_by(undo))
    }

    pub(super) async fn leave(&mut self, channel: Option<&ChannelRef>) -> Result<Done> {
        let done = self.unlink_channel(said_there(channel)?).await?;
        let back = match done.undo.clone() {
            Some(Command::Room(Room::Link { room, channel, .. })) => {
                let channel = Some(channel);
                Some(Command::Link(Link::Here { room, channel }))
            }
            _ => None,
        };
        Ok(done.undone_by(back))
    }
}

/// Alone with the bridge, or at the terminal, nobody is in a channel.
fn said_there(channel: Option<&ChannelRef>) -> Result<&ChannelRef> {
    channel.ok_or_else(|| Error::Unknown {
        what: Thing::LinkedChannel,
        name: "here".to_owned(),
    })
}

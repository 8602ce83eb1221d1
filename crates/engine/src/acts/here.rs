//! The channel in which it is said, which whoever administers it may let take part, and take out again.

use conversation::{
    ChannelRef,
    command::{Command, Link, Name, Room},
};
use store::{Error, Result, Thing};

use super::{Doer, Done};

impl Doer<'_> {
    pub(super) async fn link_here(&mut self, room: &Name) -> Result<Done> {
        let done = self.link_channel(room, &self.channel()?).await?;
        let leave = done.undo.is_some().then_some(Command::Link(Link::Leave));
        Ok(done.undone_by(leave))
    }

    pub(super) async fn leave(&mut self) -> Result<Done> {
        let done = self.unlink_channel(&self.channel()?).await?;
        let back = match done.undo.clone() {
            Some(Command::Room(Room::Link { room, .. })) => {
                Some(Command::Link(Link::Here { room }))
            }
            _ => None,
        };
        Ok(done.undone_by(back))
    }

    /// At the terminal nobody is anywhere.
    fn channel(&self) -> Result<ChannelRef> {
        self.here.cloned().ok_or_else(|| Error::Unknown {
            what: Thing::LinkedChannel,
            name: "here".to_owned(),
        })
    }
}

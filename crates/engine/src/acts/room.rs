//! Rooms, and which channels share one conversation.

use conversation::{
    Arg, ChannelRef, Link, Phrase,
    command::{Command, MostParts, Name, Room},
};
use store::{Error, Refusal, Result};
use words::{
    EFFECT_DEFAULT_LIMIT, EFFECT_MOST_PARTS, EFFECT_NO_LIMIT, EFFECT_ROOM_ADD, EFFECT_ROOM_LINK,
    EFFECT_ROOM_REMOVE, EFFECT_ROOM_RENAME, EFFECT_ROOM_UNLINK,
};

use super::{Doer, Done, changes_nothing, named};

impl Doer<'_> {
    pub(super) async fn room(&mut self, command: &Room) -> Result<Done> {
        match command {
            Room::Add { name, channels } => self.add_room(name, channels).await,
            Room::Link { room, channel } => self.link_channel(room, channel).await,
            Room::Unlink { channel } => self.unlink_channel(channel).await,
            Room::Set { room, most_parts } => self.set_most_parts(room, *most_parts).await,
            Room::Rename { room, to } => self.rename_room(room, to).await,
            Room::Remove { room, unlink } => self.remove_room(room, *unlink).await,
            Room::List | Room::Heard => Err(changes_nothing(&Command::Room(command.clone()))),
        }
    }

    async fn add_room(&mut self, name: &Name, channels: &[ChannelRef]) -> Result<Done> {
        let name = name.as_str();
        let mut rooms = self.tx.rooms(self.community);
        let is_new = !rooms.has(name).await?;
        if !is_new && channels.is_empty() {
            let name = name.to_owned();
            return Err(Refusal::RoomExists { name }.into());
        }
        rooms.add(name, None, self.now).await?;
        let mut number = 0;
        for channel in channels {
            self.may_be_linked(channel).await?;
            let mut rooms = self.tx.rooms(self.community);
            rooms.link(name, channel, self.now).await?;
            number = 1 + rooms.seat(channel).await?.others;
        }
        let effect = Phrase::of(EFFECT_ROOM_ADD).with("channels", Arg::count(number));
        // Once somebody lets a channel take part, it stays.
        let undo = named(name).filter(|_| is_new && number == 0);
        let unlink = false;
        let undo = undo.map(|room| Room::Remove { room, unlink });
        let done = Done {
            asks_first: number > 1,
            ..Done::at_once(effect)
        };
        Ok(done.undone_by(undo.map(Command::Room)))
    }

    pub(super) async fn link_channel(&mut self, room: &Name, channel: &ChannelRef) -> Result<Done> {
        self.may_be_linked(channel).await?;
        let mut rooms = self.tx.rooms(self.community);
        let stood_there = match rooms.seat(channel).await {
            Ok(_) => true,
            Err(Error::Unknown { .. }) => false,
            Err(error) => return Err(error),
        };
        rooms.link(room.as_str(), channel, self.now).await?;
        let others = rooms.seat(channel).await?.others;
        let effect = Phrase::of(EFFECT_ROOM_LINK).with("others", Arg::count(others));
        let undo = (!stood_there).then(|| Room::Unlink {
            channel: channel.clone(),
        });
        let done = Done {
            asks_first: others > 0,
            ..Done::at_once(effect)
        };
        Ok(done.undone_by(undo.map(Command::Room)))
    }

    pub(super) async fn unlink_channel(&mut self, channel: &ChannelRef) -> Result<Done> {
        let mut rooms = self.tx.rooms(self.community);
        let seat = rooms.seat(channel).await?;
        rooms.unlink(channel).await?;
        let effect = Phrase::of(EFFECT_ROOM_UNLINK).with("waiting", Arg::count(seat.waiting));
        // One that rested would speak again.
        let undo = named(&seat.room).filter(|_| seat.link == Link::Active);
        let undo = undo.map(|room| Room::Link {
            room,
            channel: channel.clone(),
        });
        Ok(Done::if_wanted(effect).undone_by(undo.map(Command::Room)))
    }

    async fn set_most_parts(&mut self, room: &Name, most_parts: MostParts) -> Result<Done> {
        let mut rooms = self.tx.rooms(self.community);
        let before = rooms.most_parts(room.as_str()).await?;
        rooms.set_most_parts(room.as_str(), most_parts.0).await?;
        let effect = match most_parts.0 {
            None => Phrase::of(EFFECT_DEFAULT_LIMIT),
            Some(0) => Phrase::of(EFFECT_NO_LIMIT),
            Some(most) => Phrase::of(EFFECT_MOST_PARTS).with("most", Arg::count(most)),
        };
        let undo = Room::Set {
            room: room.clone(),
            most_parts: MostParts(before),
        };
        Ok(Done::at_once(effect).undone_by(Command::Room(undo)))
    }

    async fn rename_room(&mut self, room: &Name, to: &Name) -> Result<Done> {
        let mut rooms = self.tx.rooms(self.community);
        rooms.rename(room.as_str(), to.as_str()).await?;
        let undo = Room::Rename {
            room: to.clone(),
            to: room.clone(),
        };
        let effect = Phrase::of(EFFECT_ROOM_RENAME);
        Ok(Done::at_once(effect).undone_by(Command::Room(undo)))
    }

    async fn remove_room(&mut self, room: &Name, unlink: bool) -> Result<Done> {
        let mut rooms = self.tx.rooms(self.community);
        let removed = rooms.remove(room.as_str(), unlink).await?;
        let effect = Phrase::of(EFFECT_ROOM_REMOVE)
            .with("channels", Arg::count(removed.channels.len()))
            .with("waiting", Arg::count(removed.waited));
        Ok(Done::if_wanted(effect))
    }

    /// From where people talk, no more than rooms' places of their own platforms: nobody's private chat with the bridge, and
    /// where several communities share a store, nothing that may be another's.
    async fn may_be_linked(&mut self, channel: &ChannelRef) -> Result<()> {
        let Some(known) = self.adapters else {
            return Ok(());
        };
        if channel.inner_id().is_some() || known.describe(channel).is_direct {
            return Err(Refusal::Private.into());
        }
        if !known.contains_key(&channel.platform) {
            return Err(Refusal::NotServed.into());
        }
        let is_shared = self.tx.communities().are_several().await?;
        let mut rooms = self.tx.rooms(self.community);
        match is_shared && !rooms.is_known(channel).await? {
            true => Err(Refusal::PerhapsAnothers.into()),
            false => Ok(()),
        }
    }
}

//! Rooms, and which channels share one conversation.

use conversation::{
    Arg, ChannelRef, Link, Phrase,
    command::{Command, Name, Room, YesOrNo},
};
use store::{Entry, Error, Refusal, Result};
use words::{
    EFFECT_ROOM_ADD, EFFECT_ROOM_ANNOUNCE, EFFECT_ROOM_LINK, EFFECT_ROOM_LINK_HISTORY,
    EFFECT_ROOM_REMOVE, EFFECT_ROOM_RENAME, EFFECT_ROOM_UNLINK,
};

use super::{Doer, Done, changes_nothing, named};
use crate::requests::places;

impl Doer<'_> {
    pub(super) async fn room(&mut self, command: &Room) -> Result<Done> {
        match command {
            Room::Add { name, channels } => self.add_room(name, channels).await,
            Room::Link {
                room,
                channel,
                history,
            } => self.link_channel(room, channel, *history).await,
            Room::Unlink { channel } => self.unlink_channel(channel).await,
            Room::Announce { room, channel } => self.announce(room, channel).await,
            Room::Set {
                room,
                most_parts,
                first_messages,
            } => self.set_room(room, *most_parts, *first_messages).await,
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
        let woken = self.tx.rooms(self.community).announce_new(self.now).await?;
        let effect = Phrase::of(EFFECT_ROOM_ADD).with("channels", Arg::count(number));
        // Once somebody lets a channel take part, it stays.
        let undo = named(name).filter(|_| is_new && number == 0);
        let unlink = false;
        let undo = undo.map(|room| Room::Remove { room, unlink });
        let done = Done {
            asks_first: number > 1,
            woken,
            ..Done::at_once(effect)
        };
        Ok(done.undone_by(undo.map(Command::Room)))
    }

    pub(super) async fn link_channel(
        &mut self,
        room: &Name,
        channel: &ChannelRef,
        history: Option<YesOrNo>,
    ) -> Result<Done> {
        self.may_be_linked(channel).await?;
        let mut rooms = self.tx.rooms(self.community);
        let stood_there = match rooms.seat(channel).await {
            Ok(_) => true,
            Err(Error::Unknown { .. }) => false,
            Err(error) => return Err(error),
        };
        let history = history == Some(YesOrNo::Yes);
        rooms
            .link_with((room.as_str(), channel), history, self.now)
            .await?;
        let others = rooms.seat(channel).await?.others;
        let woken = rooms.announce_new(self.now).await?;
        let effect = match history {
            true => EFFECT_ROOM_LINK_HISTORY,
            false => EFFECT_ROOM_LINK,
        };
        let effect = Phrase::of(effect).with("others", Arg::count(others));
        let undo = (!stood_there).then(|| Room::Unlink {
            channel: channel.clone(),
        });
        let done = Done {
            asks_first: others > 0,
            woken,
            ..Done::at_once(effect)
        };
        Ok(done.undone_by(undo.map(Command::Room)))
    }

    /// Asks first: it is said to people who may not know of us.
    async fn announce(&mut self, room: &Name, channel: &ChannelRef) -> Result<Done> {
        self.may_be_linked(channel).await?;
        let directory = self.tx.directory().rooms_of(self.community).await?;
        let stands_there = |it: &&Entry| {
            it.community == *self.community && it.room_name.as_deref() == Some(room.as_str())
        };
        let there = directory.channels().filter(stands_there);
        let places = places(there.map(|it| &it.channel));
        let mut rooms = self.tx.rooms(self.community);
        let told = rooms.announce((room.as_str(), channel), places, self.now);
        let woken = vec![told.await?];
        Ok(Done {
            woken,
            ..Done::if_wanted(Phrase::of(EFFECT_ROOM_ANNOUNCE))
        })
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
            history: None,
        });
        Ok(Done::if_wanted(effect).undone_by(undo.map(Command::Room)))
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

//! Whether a channel takes part in its room now.

use conversation::{
    Arg, ChannelRef, Phrase,
    command::{Command, Link},
};
use store::{Entry, Error, NoticeKind, Refusal, Result, Thing};
use words::{EFFECT_LINK_OPEN, EFFECT_LINK_SUSPEND};

use super::{Doer, Done, changes_nothing};
use crate::notices::rests_notice;

impl Doer<'_> {
    pub(super) async fn link(&mut self, command: &Link) -> Result<Done> {
        match command {
            Link::Open { channel } => self.open_link(channel).await,
            Link::Suspend { channel } => self.suspend_link(channel).await,
            Link::Here { room, channel } => self.link_here(room, channel.as_ref()).await,
            Link::Leave { channel } => self.leave(channel.as_ref()).await,
            Link::List { .. } => Err(changes_nothing(&Command::Link(command.clone()))),
        }
    }

    async fn open_link(&mut self, channel: &ChannelRef) -> Result<Done> {
        let seat = self.tx.rooms(self.community).seat(channel).await?;
        if seat.link == conversation::Link::Active {
            return Err(Refusal::OpenAlready.into());
        }
        self.set_link(channel, conversation::Link::Active).await?;
        for kind in [NoticeKind::ChannelClosed, NoticeKind::ChannelRests] {
            let mut notices = self.tx.notices(self.community);
            notices.clear(kind, &channel.to_string()).await?;
        }
        let channel = channel.clone();
        let effect = Phrase::of(EFFECT_LINK_OPEN).with("waiting", Arg::count(seat.waiting));
        Ok(Done::at_once(effect).undone_by(Command::Link(Link::Suspend { channel })))
    }

    async fn suspend_link(&mut self, channel: &ChannelRef) -> Result<Done> {
        let seat = self.tx.rooms(self.community).seat(channel).await?;
        if seat.link != conversation::Link::Active {
            return Err(Refusal::RestsAlready.into());
        }
        self.set_link(channel, conversation::Link::Suspended)
            .await?;
        let notice = rests_notice((&seat.room, channel), self.now);
        self.tx.notices(self.community).tell_once(&notice).await?;
        let channel = channel.clone();
        let effect = Phrase::of(EFFECT_LINK_SUSPEND).with("readers", Arg::count(seat.readers));
        Ok(Done::if_wanted(effect).undone_by(Command::Link(Link::Open { channel })))
    }

    async fn set_link(&mut self, channel: &ChannelRef, link: conversation::Link) -> Result<()> {
        let entry = self.entry(channel).await?;
        self.tx.channel(&entry).set_link(link).await
    }

    async fn entry(&mut self, channel: &ChannelRef) -> Result<Entry> {
        let directory = self.tx.directory().rooms_of(self.community).await?;
        let found = match channel.inner_id() {
            Some(id) => directory.by_id(&id),
            None => directory.find(channel),
        };
        found.cloned().ok_or_else(|| Error::Unknown {
            what: Thing::LinkedChannel,
            name: channel.to_string(),
        })
    }
}

//! A community with one room in three channels, and what people and the bridge do in it.

use std::{sync::Arc, time::Duration};

use conversation::{
    Author, AuthorKind, ChannelRef, CommunityId, Content, Event, EventKey, Facts, Inbound,
    MessageId, Posted, Proof, ReactionChange, RemoteId, Timestamp, Verdict,
};
use store::{Entry, Recorded, Result, Store};

use super::{Database, planning::take_in};

/// A spring day in 2026.
pub(crate) const NOW: Timestamp = Timestamp(1_774_000_000_000);

pub(crate) const CHANNELS: [&str; 3] = ["chat:a", "chat:b", "mail:list"];

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) now: Timestamp,
}

impl World {
    /// The room `general` of `riverside`, with `CHANNELS` in it.
    pub(crate) async fn new(database: &Database) -> World {
        let mut world = World::on(database.bridge().await);
        world.now = NOW;
        world.add_room("riverside", "general").await.unwrap();
        for channel in CHANNELS {
            world.link("riverside", "general", channel).await.unwrap();
        }
        world
    }

    /// Where something was before: an hour later.
    pub(crate) fn on(store: Store) -> World {
        World {
            store,
            now: NOW.plus(Duration::from_secs(3600)),
        }
    }

    pub(crate) fn later(&mut self, by: Duration) {
        self.now = self.now.plus(by);
    }

    pub(crate) async fn community(&self, name: &str) -> CommunityId {
        let (name, now) = (name.to_owned(), self.now);
        self.store
            .write(move |tx| {
                let name = name.clone();
                Box::pin(async move { tx.communities().add(&name, now).await })
            })
            .await
            .unwrap()
    }

    pub(crate) async fn add_room(&self, community: &str, room: &str) -> Result<()> {
        let (community, room, now) = (self.community(community).await, room.to_owned(), self.now);
        self.store
            .write(move |tx| {
                let (community, room) = (community.clone(), room.clone());
                Box::pin(
                    async move { tx.rooms(&community).add(&room, None, now).await.map(|_| ()) },
                )
            })
            .await?;
        self.store.refresh_directory().await.map(|_| ())
    }

    /// Texts of so many posts pass as they are.
    pub(crate) async fn lets_pass(&self, room: &str, most_parts: Option<u32>) -> Result<()> {
        let (community, room) = (self.community("riverside").await, room.to_owned());
        self.store
            .write(move |tx| {
                let (community, room) = (community.clone(), room.clone());
                Box::pin(
                    async move { tx.rooms(&community).set_most_parts(&room, most_parts).await },
                )
            })
            .await?;
        self.store.refresh_directory().await.map(|_| ())
    }

    pub(crate) async fn link(&self, community: &str, room: &str, channel: &str) -> Result<()> {
        let (community, room, now) = (self.community(community).await, room.to_owned(), self.now);
        let channel = at(channel);
        self.store
            .write(move |tx| {
                let (community, room, channel) = (community.clone(), room.clone(), channel.clone());
                Box::pin(async move {
                    tx.rooms(&community)
                        .link(&room, &channel, now)
                        .await
                        .map(|_| ())
                })
            })
            .await?;
        self.store.refresh_directory().await.map(|_| ())
    }

    pub(crate) async fn unlink(&self, channel: &str) -> Result<()> {
        self.unlink_from("riverside", channel).await
    }

    pub(crate) async fn unlink_from(&self, community: &str, channel: &str) -> Result<()> {
        let (community, channel) = (self.community(community).await, at(channel));
        self.store
            .write(move |tx| {
                let (community, channel) = (community.clone(), channel.clone());
                Box::pin(async move { tx.rooms(&community).unlink(&channel).await })
            })
            .await?;
        self.store.refresh_directory().await.map(|_| ())
    }

    pub(crate) async fn rename_room(&self, room: &str, to: &str) -> Result<()> {
        let names = [room, to].map(str::to_owned);
        let community = self.community("riverside").await;
        self.store
            .write(move |tx| {
                let (community, [room, to]) = (community.clone(), names.clone());
                Box::pin(async move { tx.rooms(&community).rename(&room, &to).await })
            })
            .await?;
        self.store.refresh_directory().await.map(|_| ())
    }

    pub(crate) async fn remove_room(
        &self,
        room: &str,
        may_unlink: bool,
    ) -> Result<store::RemovedRoom> {
        let (community, room) = (self.community("riverside").await, room.to_owned());
        let removed = self
            .store
            .write(move |tx| {
                let (community, room) = (community.clone(), room.clone());
                Box::pin(async move { tx.rooms(&community).remove(&room, may_unlink).await })
            })
            .await?;
        self.store.refresh_directory().await?;
        Ok(removed)
    }

    pub(crate) async fn moves(&self, channel: &str, to: &str) {
        let (entry, to, now) = (self.entry(channel), at(to), NOW);
        self.store
            .write(move |tx| {
                let (entry, to) = (entry.clone(), to.clone());
                Box::pin(async move { tx.channel(&entry).moves_to(&to, now).await })
            })
            .await
            .unwrap();
        self.store.refresh_directory().await.unwrap();
    }

    pub(crate) fn entry(&self, channel: &str) -> Entry {
        self.store.directory().find(&at(channel)).unwrap().clone()
    }

    /// The rooms as lines: `riverside/general: chat:a chat:b (suspended)`.
    pub(crate) async fn rooms(&self) -> String {
        let rooms = self.store.rooms(None).await.unwrap();
        let line = |room: &store::RoomView| {
            let channels = room.channels.iter().map(|it| match it.link {
                conversation::Link::Active => format!(" {}", it.channel),
                other => format!(" {} ({other:?})", it.channel),
            });
            format!(
                "{}/{}:{}",
                room.community,
                room.name,
                channels.collect::<String>()
            )
        };
        rooms.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// What people do.
impl World {
    pub(crate) async fn posts(
        &mut self,
        channel: &str,
        who: &str,
        id: &str,
        text: &str,
    ) -> MessageId {
        let event = Event::Posted(posted(id, &[], text));
        self.takes_in(channel, who, event).await
    }

    pub(crate) async fn replies(
        &mut self,
        channel: &str,
        who: &str,
        (id, to): (&str, &str),
        text: &str,
    ) -> MessageId {
        let event = Event::Posted(posted(id, &[to], text));
        self.takes_in(channel, who, event).await
    }

    pub(crate) async fn edits(
        &mut self,
        channel: &str,
        who: &str,
        id: &str,
        text: &str,
    ) -> MessageId {
        let event = Event::Edited {
            message: id.into(),
            content: Content::plain(text),
        };
        self.takes_in(channel, who, event).await
    }

    pub(crate) async fn deletes(&mut self, channel: &str, who: &str, id: &str) -> MessageId {
        let messages = vec![id.into()];
        self.takes_in(channel, who, Event::Deleted { messages })
            .await
    }

    /// `added` and `removed` as words between blanks.
    pub(crate) async fn reacts(
        &mut self,
        channel: &str,
        who: &str,
        id: &str,
        (added, removed): (&str, &str),
    ) -> MessageId {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let event = Event::Reacted(ReactionChange {
            message: id.into(),
            added: words(added),
            removed: words(removed),
        });
        self.takes_in(channel, who, event).await
    }

    async fn takes_in(&mut self, channel: &str, who: &str, event: Event) -> MessageId {
        let event = self.event(channel, who, event);
        let (verdict, recorded) = self.take_in(event).await.unwrap();
        assert_eq!(verdict, Verdict::Take);
        recorded.message.unwrap()
    }

    /// A second after the one before it, with a key of its own.
    pub(crate) fn event(&mut self, channel: &str, who: &str, event: Event) -> Inbound {
        self.later(Duration::from_secs(1));
        Inbound {
            within: None,
            key: EventKey(format!("{channel}/{}", self.now.0)),
            channel: at(channel),
            at: self.now,
            actor: Author {
                picture: None,
                account: RemoteId(format!("account-of-{who}")),
                display_name: who.to_owned(),
                kind: AuthorKind::Person,
            },
            proof: Proof::OfPlatform,
            way_back: None,
            event,
        }
    }

    /// As the engine does it: facts, plan and record in one transaction.
    pub(crate) async fn take_in(&self, event: Inbound) -> Result<(Verdict, Recorded)> {
        let directory = self.store.directory();
        let entry = directory.find(&event.channel).unwrap().clone();
        let facts = Facts {
            channel: Some(entry.channel.clone()),
            room: directory.room_of(&entry).to_vec(),
            ..Facts::default()
        };
        let (community, foresight) = (entry.community.clone(), self.store.foresight(&event));
        let (case, now) = (Arc::new((event, entry, facts)), self.now);
        self.store
            .write_foreseeing((&community, foresight), move |tx| {
                let case = case.clone();
                Box::pin(async move {
                    let (event, entry, facts) = &*case;
                    take_in(tx, (event, entry), facts.clone(), now).await
                })
            })
            .await
    }
}

pub(crate) fn posted(id: &str, reply_to: &[&str], text: &str) -> Posted {
    Posted {
        thread: None,
        messages: vec![id.into()],
        reply_to: reply_to.iter().map(|&it| it.into()).collect(),
        subject: None,
        content: Content::plain(text),
        elided: String::new(),
        twin: None,
    }
}

pub(crate) fn at(channel: &str) -> ChannelRef {
    channel.parse().unwrap()
}

//! Which channel stands in which room: small, read at every event, changed by hand, so kept in memory. Private chats, of which
//! there are as many as people, are not in it (`direct.rs`).
//!
//! **Invariant:** a snapshot never changes. What changed is read by itself, and the next one shares all the rest with it.

use std::sync::Arc;

use conversation::{
    ChannelFacts, ChannelId, ChannelRef, CommunityId, Inbound, Language, Link, PersonId, Protected,
    Purpose, RoomId, Tag, Timestamp,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    keys::{CommunityKey, InstallationKey},
    row,
};

mod change;
mod parts;
mod shared;

pub(crate) use change::Change;
use parts::Parts;
pub use shared::Changed;
pub(crate) use shared::SharedDirectory;

/// A snapshot. `Store::refresh_directory` replaces it when something is newer in the database.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    communities: Parts<CommunityId, Community>,
    entries: Parts<ChannelRef, Arc<Entry>>,
    by_id: Parts<ChannelId, Arc<Entry>>,
    /// The oldest channel comes first.
    by_room: Parts<(CommunityId, RoomId), Vec<ChannelFacts>>,
}

#[derive(Debug, Clone, Default)]
struct Community {
    revision: i64,
    protected: Arc<Protected>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub community: CommunityId,
    /// Under which the engagement log knows an account.
    pub(crate) keys: Arc<CommunityKey>,
    /// Its reader's: of a private chat its person's own, else the community's.
    pub(crate) language: Language,
    pub room_name: Option<String>,
    /// Of the room, where it has its own: from how many posts on a text goes as a file.
    pub(crate) most_parts: Option<u32>,
    /// Of the room: what somebody says there first waits until they agreed.
    pub asks_first: bool,
    pub channel: ChannelFacts,
}

/// What an entry is read from.
pub(crate) const COLUMNS: &str =
    "c.community_id, c.id, c.purpose, c.platform, c.remote_id, c.room_id, c.link, c.heard_at, k.wrapped,
   m.name as community_name, coalesce(w.language, m.language) as language, r.name as room_name, r.most_parts, r.asks_first";
pub(crate) const TABLES: &str = "channel c
 join community m on m.community_id = c.community_id
 left join community_key k on k.community_id = m.community_id and k.no = m.key_no
 left join room r on r.community_id = c.community_id and r.id = c.room_id
 left join identity i on i.id = c.identity_id and i.community_id = c.community_id
 left join person w on w.community_id = i.community_id and w.id = i.person_id";

/// Of the community that the row is of.
pub(crate) fn key_of(row: &AnyRow, keys: &InstallationKey) -> Result<Arc<CommunityKey>> {
    let wrapped = row.get::<Option<&str>, _>("wrapped").unwrap_or_default();
    keys.unwrap(row.get("community_id"), wrapped).map(Arc::new)
}

impl Entry {
    pub(crate) fn of(row: &AnyRow, keys: Arc<CommunityKey>) -> Result<Entry> {
        Ok(Entry {
            community: CommunityId(row.get("community_id")),
            keys,
            language: Language::of(row.get("language")),
            room_name: row.get("room_name"),
            most_parts: row::number_if_any(row, "most_parts"),
            asks_first: row.get::<Option<i64>, _>("asks_first") == Some(1),
            channel: ChannelFacts {
                id: ChannelId(row.get("id")),
                at: row::channel_ref(row),
                purpose: row::parsed(row, "purpose", Purpose::parse)?,
                room: row.get::<Option<String>, _>("room_id").map(RoomId),
                link: row::link(row)?,
                heard_at: row.get::<Option<i64>, _>("heard_at").map(Timestamp),
            },
        })
    }

    fn room(&self) -> Option<(CommunityId, RoomId)> {
        let room = self.channel.room.clone()?;
        Some((self.community.clone(), room))
    }

    /// What a direct channel is called where its own name, which may be a person's, must not stand.
    pub fn inner_name(&self) -> ChannelRef {
        ChannelRef::inner(&self.channel.id)
    }

    /// As staff is told of it: of a private chat the inner name.
    pub fn name(&self) -> ChannelRef {
        match self.channel.is_direct() {
            true => self.inner_name(),
            false => self.channel.at.clone(),
        }
    }
}

impl Directory {
    pub fn find(&self, at: &ChannelRef) -> Option<&Entry> {
        self.entries.get(at).map(|it| &**it)
    }

    /// Where somebody said it, or the larger place around that if only this one is linked.
    pub fn heard_in(&self, event: &Inbound) -> Option<&Entry> {
        let around = event.within.as_ref().filter(|it| self.is_linked(it));
        match self.is_linked(&event.channel) {
            true => self.find(&event.channel),
            false => self.find(around.unwrap_or(&event.channel)),
        }
    }

    /// It stands in a room, open or closed.
    pub fn is_linked(&self, at: &ChannelRef) -> bool {
        let entry = self.find(at);
        entry.is_some_and(|it| it.channel.room.is_some() && it.channel.link != Link::Unlinked)
    }

    pub fn by_id(&self, id: &ChannelId) -> Option<&Entry> {
        self.by_id.get(id).map(|it| &**it)
    }

    /// The channels of the room that `entry` stands in, itself included.
    pub fn room_of(&self, entry: &Entry) -> &[ChannelFacts] {
        let room = entry.room().and_then(|it| self.by_room.get(&it));
        room.map_or(&[], Vec::as_slice)
    }

    pub fn channels(&self) -> impl Iterator<Item = &Entry> {
        self.by_id.values().map(|it| &**it)
    }

    /// What must be said behind the name of this person.
    pub fn tag(&self, community: &CommunityId, name: &str, person: &PersonId) -> Option<Tag> {
        let community = self.communities.get(community)?;
        community.protected.tag(name, person)
    }

    /// Counts the changes of a community that the snapshot knows of.
    pub fn revision_of(&self, community: &CommunityId) -> Option<i64> {
        self.communities.get(community).map(|it| it.revision)
    }

    /// What it was before.
    fn replace(&mut self, entry: &Arc<Entry>) -> Option<Arc<Entry>> {
        let before = self.by_id.get(&entry.channel.id).cloned();
        let before = before.filter(|it| it.community == entry.community);
        if let Some(before) = &before {
            self.take_out(before);
        }
        if entry.channel.purpose == Purpose::Room {
            self.put_in(entry);
        }
        before
    }

    fn take_out(&mut self, entry: &Entry) {
        let channel = &entry.channel;
        self.by_id.remove(&channel.id);
        let found = self.find(&channel.at);
        if found.is_some_and(|it| it.community == entry.community && it.channel.id == channel.id) {
            self.entries.remove(&channel.at);
        }
        if let Some(room) = entry.room() {
            let channels = self.by_room.or_default(room);
            channels.retain(|it| it.id != channel.id);
        }
    }

    fn put_in(&mut self, entry: &Arc<Entry>) {
        let channel = &entry.channel;
        self.by_id.insert(channel.id.clone(), entry.clone());
        if let Some(room) = entry.room() {
            let channels = self.by_room.or_default(room);
            let place = channels.partition_point(|it| it.id < channel.id);
            channels.insert(place, channel.clone());
        }
        // A channel may have stood in other communities before; the link that holds is the one that counts.
        if channel.room.is_some() || self.find(&channel.at).is_none() {
            self.entries.insert(channel.at.clone(), entry.clone());
        }
    }
}

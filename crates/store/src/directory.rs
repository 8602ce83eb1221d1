//! Which channel stands in which room: small, read at every event, changed by hand, so kept in memory. Private chats, of which
//! there are as many as people, are not in it (`direct.rs`).

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use conversation::{
    BRIDGE_NAME, ChannelFacts, ChannelId, ChannelRef, CommunityId, Link, PersonId, Protected,
    Purpose, RoomId, Tag, Timestamp,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Result,
    direct::Lookups,
    first_names::AllFirstNames,
    keys::{CommunityKey, InstallationKey},
    people, row,
};

/// A snapshot. `Store::refresh_directory` replaces it when its revision is no longer the newest.
#[derive(Debug, Default)]
pub struct Directory {
    revision: Option<i64>,
    entries: HashMap<ChannelRef, Entry>,
    by_id: HashMap<ChannelId, ChannelRef>,
    by_room: HashMap<(CommunityId, RoomId), Vec<ChannelFacts>>,
    protected: HashMap<CommunityId, Protected>,
}

/// The newest snapshot that anybody here has seen, and who has their name first.
#[derive(Debug, Clone, Default)]
pub(crate) struct SharedDirectory {
    newest: Arc<RwLock<Arc<Directory>>>,
    pub(crate) direct: Arc<Lookups>,
    first_names: Arc<RwLock<Arc<AllFirstNames>>>,
}

impl SharedDirectory {
    pub(crate) fn newest(&self) -> Arc<Directory> {
        self.newest
            .read()
            .expect("no panic under this lock")
            .clone()
    }

    pub(crate) fn learn(&self, fresh: Arc<Directory>) {
        let mut newest = self.newest.write().expect("no panic under this lock");
        if fresh.revision() > newest.revision() {
            *newest = fresh;
        }
    }

    pub(crate) fn first_names(&self) -> Arc<AllFirstNames> {
        let names = self.first_names.read();
        names.expect("no panic under this lock").clone()
    }

    pub(crate) fn put_first(&self, names: AllFirstNames) {
        let mut first = self.first_names.write().expect("no panic under this lock");
        *first = Arc::new(names);
    }
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub community: CommunityId,
    /// Under which the engagement log knows an account.
    pub(crate) keys: Arc<CommunityKey>,
    pub room_name: Option<String>,
    /// Of the room, where it has its own: from how many posts on a text goes as a file.
    pub(crate) most_parts: Option<u32>,
    pub channel: ChannelFacts,
}

/// What an entry is read from.
pub(crate) const COLUMNS: &str =
    "c.community_id, c.id, c.purpose, c.platform, c.remote_id, c.room_id, c.link, c.heard_at, k.wrapped,
   m.name as community_name, r.name as room_name, r.most_parts";
pub(crate) const TABLES: &str = "channel c
 join community m on m.community_id = c.community_id
 left join community_key k on k.community_id = m.community_id and k.no = m.key_no
 left join room r on r.community_id = c.community_id and r.id = c.room_id";

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
            room_name: row.get("room_name"),
            most_parts: row::number_if_any(row, "most_parts"),
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
        self.entries.get(at)
    }

    /// It stands in a room, open or closed.
    pub fn is_linked(&self, at: &ChannelRef) -> bool {
        let entry = self.find(at);
        entry.is_some_and(|it| it.channel.room.is_some() && it.channel.link != Link::Unlinked)
    }

    pub fn by_id(&self, id: &ChannelId) -> Option<&Entry> {
        self.entries.get(self.by_id.get(id)?)
    }

    /// The channels of the room that `entry` stands in, itself included.
    pub fn room_of(&self, entry: &Entry) -> &[ChannelFacts] {
        let Some(room) = &entry.channel.room else {
            return &[];
        };
        let key = (entry.community.clone(), room.clone());
        self.by_room.get(&key).map_or(&[], Vec::as_slice)
    }

    pub fn channels(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// What must be said behind the name of this person.
    pub fn tag(&self, community: &CommunityId, name: &str, person: &PersonId) -> Option<Tag> {
        self.protected.get(community)?.tag(name, person)
    }

    /// Counts the changes that the snapshot knows of.
    pub fn revision(&self) -> Option<i64> {
        self.revision
    }

    pub(crate) async fn current_revision(connection: &mut AnyConnection) -> Result<Option<i64>> {
        let value: Option<String> = sqlx::query_scalar(
            "select value from setting where community_id = '' and name = 'directory_revision'",
        )
        .fetch_optional(connection)
        .await?;
        Ok(Some(value.and_then(|it| it.parse().ok()).unwrap_or(0)))
    }

    pub(crate) async fn load(
        connection: &mut AnyConnection,
        keys: &InstallationKey,
    ) -> Result<Directory> {
        // The revision first: a change that comes between the two reads is seen again at the next look.
        let revision = Directory::current_revision(connection).await?;
        let sql = format!(
            "select {COLUMNS} from {TABLES} where c.purpose = 'room' order by c.community_id, c.created_at, c.id"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .fetch_all(&mut *connection)
            .await?;
        let mut directory = Directory {
            revision,
            ..Directory::default()
        };
        let mut opened: HashMap<CommunityId, Arc<CommunityKey>> = HashMap::new();
        for row in &rows {
            let community = CommunityId(row.get("community_id"));
            // Once for each: what a name looks like, and a key, cost more than all else of a channel.
            if !opened.contains_key(&community) {
                opened.insert(community.clone(), key_of(row, keys)?);
            }
            let entry = Entry::of(row, opened[&community].clone())?;
            directory
                .protected
                .entry(entry.community.clone())
                .or_insert_with(|| ours(row.get("community_name")));
            directory.add(entry);
        }
        people::names_of_staff(connection, &mut directory.protected).await?;
        Ok(directory)
    }

    fn add(&mut self, entry: Entry) {
        let channel = &entry.channel;
        self.by_id.insert(channel.id.clone(), channel.at.clone());
        if let Some(room) = &channel.room {
            let key = (entry.community.clone(), room.clone());
            self.by_room.entry(key).or_default().push(channel.clone());
        }
        // A channel may have stood in other communities before; the link that holds is the one that counts.
        if channel.room.is_some() || !self.entries.contains_key(&channel.at) {
            self.entries.insert(channel.at.clone(), entry);
        }
    }
}

/// The names of the bridge and of the community.
fn ours(community: &str) -> Protected {
    let mut names = Protected::default();
    names.protect_ours(BRIDGE_NAME);
    names.protect_ours(community);
    names
}

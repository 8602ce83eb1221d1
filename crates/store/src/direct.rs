//! Private chats: what one person and the bridge say to each other alone.
//!
//! **Invariant:** what a person says there is no room's and is kept nowhere. Here stands with whom it is, when they were last
//! heard and which community they mean; what the bridge says there is a message of its own, delivered as any other.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use conversation::{ChannelId, ChannelRef, CommunityId, IdentityId, RemoteId, Timestamp};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Entry, Result, Store,
    directory::{COLUMNS, TABLES, key_of},
    id::new_id,
    keys::InstallationKey,
    parts::PrivateChats,
    text,
};

/// What somebody says within this time after they were heard changes no row.
const HEARD_ANEW: Duration = Duration::from_secs(60);
/// More are looked up again.
const MOST_KNOWN: usize = 1000;

/// One community's private chat with somebody.
#[derive(Debug, Clone)]
pub struct PrivateChat {
    pub entry: Entry,
    /// Of the account that speaks there.
    pub identity: Option<IdentityId>,
    /// Of the community.
    pub name: String,
    /// Since when what is said there is meant for this community.
    pub meant_since: Option<Timestamp>,
    /// When its person was asked which of several communities they mean.
    pub asked_at: Option<Timestamp>,
}

/// Private chats that were looked up, until they change.
#[derive(Debug, Default)]
pub(crate) struct Lookups(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    entries: HashMap<ChannelId, Entry>,
    /// What was read before the last of them is not remembered.
    changes: u64,
}

impl Lookups {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().expect("no panic under this lock")
    }

    fn remember(&self, entry: &Entry, changes: u64) {
        let mut known = self.known();
        if known.changes != changes {
            return;
        }
        if known.entries.len() >= MOST_KNOWN {
            known.entries.clear();
        }
        known
            .entries
            .insert(entry.channel.id.clone(), entry.clone());
    }

    /// As it was committed.
    pub(crate) fn forget(&self, changed: &[ChannelId]) {
        let mut known = self.known();
        known.changes += 1;
        for id in changed {
            known.entries.remove(id);
        }
    }
}

impl Store {
    /// A channel of a room, or a private chat.
    pub async fn channel(&self, id: &ChannelId) -> Result<Option<Entry>> {
        if let Some(entry) = self.directory().by_id(id) {
            return Ok(Some(entry.clone()));
        }
        let lookups = &self.directory.direct;
        let (known, changes) = {
            let known = lookups.known();
            (known.entries.get(id).cloned(), known.changes)
        };
        if known.is_some() {
            return Ok(known);
        }
        let entry = self.in_time(self.read_direct(id)).await?;
        if let Some(entry) = &entry {
            lookups.remember(entry, changes);
        }
        Ok(entry)
    }

    async fn read_direct(&self, id: &ChannelId) -> Result<Option<Entry>> {
        let sql = format!("select {COLUMNS} from {TABLES} where c.id = $1 and c.purpose <> 'room'");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(&id.0);
        let row = row.fetch_optional(&self.pool).await?;
        let entry = |row: &AnyRow| Entry::of(row, key_of(row, &self.keys)?);
        row.as_ref().map(entry).transpose()
    }
}

impl PrivateChats<'_> {
    /// Somebody speaks to the bridge alone: the chat as it is with each community that knows the account, the oldest first.
    pub async fn hear(
        &mut self,
        at: &ChannelRef,
        account: &RemoteId,
        now: Timestamp,
    ) -> Result<Vec<PrivateChat>> {
        let known = sqlx::query(
            "select m.community_id, i.id as identity_id, c.purpose, c.link, c.heard_at
             from community m cross join identity i
             left join channel c on c.community_id = m.community_id and c.platform = $1 and c.remote_id = $3
             where i.community_id = m.community_id and i.platform = $1 and i.account = $2",
        )
        .bind(&at.platform.0)
        .bind(text::key(&account.0))
        .bind(text::key(&at.id.0))
        .fetch_all(self.tx.reading().await?)
        .await?;
        for row in &known {
            if !was_just_heard(row, now) {
                self.note_heard(row, at, now).await?;
            }
        }
        match known.is_empty() {
            true => Ok(Vec::new()),
            false => self.at(at).await,
        }
    }

    /// A private chat that was a room's once is one again from now on.
    async fn note_heard(&mut self, row: &AnyRow, at: &ChannelRef, now: Timestamp) -> Result<()> {
        let community: String = row.get("community_id");
        let keys = self
            .tx
            .community_key(&CommunityId(community.clone()))
            .await?;
        let (platform, remote_id) = (at.platform.as_str(), text::key(&at.id.0));
        let id: Option<String> = sqlx::query_scalar(
            "insert into channel (community_id, id, purpose, platform, remote_id, identity_id, link, heard_at, created_at,
               remote_hash, remote_cipher)
             values ($1, $2, 'direct', $3, $4, $5, 'active', $6, $6, $7, $8)
             on conflict (community_id, platform, remote_id) do update
             set purpose = 'direct', identity_id = excluded.identity_id, link = 'active', heard_at = excluded.heard_at,
               remote_hash = excluded.remote_hash, remote_cipher = excluded.remote_cipher
             where channel.room_id is null returning id",
        )
        .bind(&community)
        .bind(new_id(now))
        .bind(platform)
        .bind(&remote_id)
        .bind(row.get::<String, _>("identity_id"))
        .bind(now.0)
        .bind(keys.account_hash(platform, &remote_id))
        .bind(keys.account_cipher(platform, &remote_id))
        .fetch_optional(self.tx.connection().await?)
        .await?;
        let Some(id) = id.map(ChannelId) else {
            return Ok(());
        };
        sqlx::query(
            "insert into place (platform, place_key, community_id, channel_id) values ($1, $2, $3, $4)
             on conflict (platform, place_key, community_id) do nothing",
        )
        .bind(&at.platform.0)
        .bind(self.place_key(at))
        .bind(&community)
        .bind(&id.0)
        .execute(self.tx.connection().await?)
        .await?;
        if row.get::<Option<&str>, _>("purpose") == Some("room") {
            self.tx
                .rooms(&CommunityId(community))
                .channel_changed(&id)
                .await?;
        }
        self.tx.direct_changed(id);
        Ok(())
    }

    /// As they are known there, the oldest community first.
    pub async fn at(&mut self, at: &ChannelRef) -> Result<Vec<PrivateChat>> {
        let sql = format!(
            "select {COLUMNS}, c.identity_id, p.meant_since, p.asked_at from {TABLES}
             join place p on p.community_id = c.community_id and p.channel_id = c.id
             where p.platform = $1 and p.place_key = $2 and c.purpose = 'direct'
             order by m.created_at, m.community_id"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(&at.platform.0)
            .bind(self.place_key(at))
            .fetch_all(self.tx.connection().await?)
            .await?;
        let keys = self.tx.keys();
        rows.iter().map(|row| PrivateChat::of(row, keys)).collect()
    }

    /// What is said there is meant for this community from now on.
    pub async fn mean(&mut self, chat: &PrivateChat, now: Timestamp) -> Result<()> {
        let sql = "update place set meant_since = $1 where platform = $2 and place_key = $3 and community_id = $4";
        self.note_at(sql, chat, now).await
    }

    pub async fn note_asked(&mut self, chat: &PrivateChat, now: Timestamp) -> Result<()> {
        let sql = "update place set asked_at = $1 where platform = $2 and place_key = $3 and community_id = $4";
        self.note_at(sql, chat, now).await
    }

    /// A chat's id may tell whose it is.
    fn place_key(&self, at: &ChannelRef) -> String {
        self.tx.keys().hash("place", &at.to_string())
    }

    async fn note_at(
        &mut self,
        sql: &'static str,
        chat: &PrivateChat,
        now: Timestamp,
    ) -> Result<()> {
        let at = &chat.entry.channel.at;
        sqlx::query(sql)
            .bind(now.0)
            .bind(&at.platform.0)
            .bind(self.place_key(at))
            .bind(&chat.entry.community.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    /// Where somebody and the bridge are alone, and the bridge is heard.
    pub async fn of(&mut self, entry: &Entry, identity: &IdentityId) -> Result<Option<Entry>> {
        self.with(&entry.community, identity).await
    }

    pub async fn with(
        &mut self,
        community: &CommunityId,
        identity: &IdentityId,
    ) -> Result<Option<Entry>> {
        let sql = format!(
            "select {COLUMNS} from {TABLES}
             where c.identity_id = $1 and c.community_id = $2 and c.purpose = 'direct' and c.link = 'active'
             order by c.heard_at desc limit 1"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(&identity.0)
            .bind(&community.0)
            .fetch_optional(self.tx.connection().await?)
            .await?;
        let keys = self.tx.keys();
        row.map(|it| Entry::of(&it, key_of(&it, keys)?)).transpose()
    }
}

impl PrivateChat {
    fn of(row: &AnyRow, keys: &InstallationKey) -> Result<PrivateChat> {
        let time = |column| row.get::<Option<i64>, _>(column).map(Timestamp);
        Ok(PrivateChat {
            entry: Entry::of(row, key_of(row, keys)?)?,
            identity: row.get::<Option<String>, _>("identity_id").map(IdentityId),
            name: row.get("community_name"),
            meant_since: time("meant_since"),
            asked_at: time("asked_at"),
        })
    }
}

fn was_just_heard(row: &AnyRow, now: Timestamp) -> bool {
    let is_open = row.get::<Option<&str>, _>("purpose") == Some("direct")
        && row.get::<Option<&str>, _>("link") == Some("active");
    let heard = row.get::<Option<i64>, _>("heard_at").map(Timestamp);
    is_open && heard.is_some_and(|it| now.since(it) < HEARD_ANEW)
}

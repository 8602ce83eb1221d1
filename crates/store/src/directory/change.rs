//! What changed in one community since a snapshot, so that a change of one room costs the same among ten thousand of them.
//!
//! **Invariant:** `partition.revision` counts the changes of a community, and each channel bears the count of its last one. The
//! count is taken first, and holds off all others who would change rooms there until its transaction is over.

use std::sync::Arc;

use conversation::{BRIDGE_NAME, ChannelRef, CommunityId, PersonId, Protected};
use futures::TryStreamExt;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::{COLUMNS, Directory, Entry, TABLES, key_of};
use crate::{
    Result, foreseen::place, installation, keys::InstallationKey, parts::CurrentDirectory,
};

/// Before everything.
const NEVER: i64 = -1;

#[derive(Debug)]
pub(crate) struct Change {
    pub(super) community: CommunityId,
    pub(super) revision: i64,
    pub(super) protected: Arc<Protected>,
    /// As they are now.
    pub(super) entries: Vec<Arc<Entry>>,
}

impl Change {
    /// Of the channels that changed since `known`. At first, private chats are left out.
    async fn read(
        connection: &mut AnyConnection,
        keys: &InstallationKey,
        (community, revision): (CommunityId, i64),
        known: Option<i64>,
    ) -> Result<Change> {
        let sql = format!(
            "select {COLUMNS} from {TABLES}
             where c.community_id = $1 and c.revision > $2 and (c.purpose = 'room' or $2 >= 0)"
        );
        let entries = {
            let mut rows = sqlx::query(AssertSqlSafe(sql))
                .bind(&community.0)
                .bind(known.unwrap_or(NEVER))
                .fetch(&mut *connection);
            let mut entries: Vec<Arc<Entry>> = Vec::new();
            while let Some(row) = rows.try_next().await? {
                // What a key is wrapped in costs more than all else of a channel.
                let key = entries.first().map(|it| it.keys.clone());
                let key = key.map_or_else(|| key_of(&row, keys), Ok)?;
                entries.push(Arc::new(Entry::of(&row, key)?));
            }
            entries
        };
        Ok(Change {
            protected: Arc::new(protected(connection, &community).await?),
            community,
            revision,
            entries,
        })
    }
}

/// The names of a community that only their own bearers go by: the bridge's, its own and those of staff.
async fn protected(connection: &mut AnyConnection, community: &CommunityId) -> Result<Protected> {
    let rows = sqlx::query(
        "select null as person_id, name as display_name from community where community_id = $1
         union all
         select i.person_id, n.display_name from staff s cross join identity a cross join identity i cross join name n
         where s.community_id = $1
           and a.community_id = s.community_id and a.platform = s.platform and a.account = s.account
           and i.community_id = a.community_id and i.person_id = a.person_id
           and n.community_id = i.community_id and n.id = i.name_id",
    )
    .bind(&community.0)
    .fetch_all(connection)
    .await?;
    let mut names = Protected::default();
    names.protect_ours(BRIDGE_NAME);
    for row in &rows {
        match row.get::<Option<String>, _>("person_id") {
            Some(person) => names.protect_staff(row.get("display_name"), &PersonId(person)),
            None => names.protect_ours(row.get("display_name")),
        }
    }
    Ok(names)
}

impl Directory {
    /// All that changed since, in whatever community.
    pub(crate) async fn changes(
        &self,
        connection: &mut AnyConnection,
        keys: &InstallationKey,
    ) -> Result<Vec<Change>> {
        // The revisions first: a change that comes between the reads is seen again at the next look.
        let newest = installation::revisions(connection).await?;
        let mut changes = Vec::new();
        for (community, revision) in newest {
            let known = self.revision_of(&community);
            if known != Some(revision) {
                let of = (community, revision);
                changes.push(Change::read(connection, keys, of, known).await?);
            }
        }
        Ok(changes)
    }

    /// What each of the channels was before.
    pub(crate) fn apply(&mut self, change: &Change) -> Vec<Option<Arc<Entry>>> {
        let community = self.communities.or_default(change.community.clone());
        community.revision = change.revision;
        community.protected = change.protected.clone();
        let replaced = change.entries.iter().map(|entry| self.replace(entry));
        replaced.collect()
    }
}

impl CurrentDirectory<'_> {
    /// The rooms of a community as they stand within this transaction: a neighbour in it, or another process, may have changed them.
    pub async fn rooms_of(&mut self, community: &CommunityId) -> Result<Arc<Directory>> {
        if let Some(revision) = self.revision_of(community).await? {
            self.catch_up(community.clone(), revision).await?;
        }
        Ok(self.tx.known_directory())
    }

    pub async fn revision_of(&mut self, community: &CommunityId) -> Result<Option<i64>> {
        Ok(
            sqlx::query_scalar("select revision from partition where community_id = $1 and id = 0")
                .bind(&community.0)
                .fetch_optional(self.tx.reading().await?)
                .await?,
        )
    }

    /// The rooms around a channel, or the larger place that it is a part of, as they stand within this transaction.
    pub async fn rooms_at(
        &mut self,
        channel: &ChannelRef,
        within: Option<&ChannelRef>,
    ) -> Result<Arc<Directory>> {
        let mut places = vec![place(channel)];
        places.extend(within.map(place));
        for place in places {
            for (community, revision) in self.tx.known_by(place).await? {
                self.catch_up(community, revision).await?;
            }
        }
        Ok(self.tx.known_directory())
    }

    async fn catch_up(&mut self, community: CommunityId, revision: i64) -> Result<()> {
        let known = self.tx.known_directory().revision_of(&community);
        if known == Some(revision) {
            return Ok(());
        }
        let keys = self.tx.shared_keys();
        let of = (community, revision);
        let change = Change::read(self.tx.reading().await?, &keys, of, known).await?;
        self.tx.learn(change);
        Ok(())
    }

    /// What is written with this number is read by whoever knows an older one. It comes before all that a change of rooms does.
    pub(crate) async fn next_revision(&mut self, community: &CommunityId) -> Result<i64> {
        Ok(sqlx::query_scalar(
            "update partition set revision = revision + 1 where community_id = $1 and id = 0 returning revision",
        )
        .bind(&community.0)
        .fetch_one(self.tx.connection().await?)
        .await?)
    }
}

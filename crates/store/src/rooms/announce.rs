//! Everybody in a channel hears once that it is joined with others.
//!
//! **Invariant:** it is said in the transaction that joins it, before anything is carried there, where the bridge says such things at
//! all; a channel that moved or rested is not told again, and one that left and comes back is.

use conversation::{Arg, ChannelId, ChannelRef, Phrase, Purpose, Timestamp};
use sqlx::{AssertSqlSafe, Row};

use crate::{
    Entry, Refusal, Result, Retention, Say,
    directory::{COLUMNS, TABLES, key_of},
    id::new_id,
    parts::Rooms,
    text,
};

/// For how long is kept what is said, in days and months, where everybody is to be told; nothing where nobody is.
const ANNOUNCES: &str = "announces";

impl Rooms<'_> {
    /// Whether everybody hears of it from now on, also what other processes do.
    pub async fn announce_all(&mut self, kept: Option<Retention>) -> Result<()> {
        let kept = kept.map(|it| format!("{} {}", it.body_days, it.metadata_months));
        let community = self.community.as_str();
        self.tx
            .set(community, ANNOUNCES, &kept.unwrap_or_default())
            .await
    }

    /// Wherever a channel joined its room and nobody there was told. Says which these are.
    pub async fn announce_new(&mut self, now: Timestamp) -> Result<Vec<ChannelId>> {
        let Some(kept) = self.kept().await? else {
            return Ok(Vec::new());
        };
        let ids: Vec<String> = sqlx::query_scalar(
            "select id from channel where community_id = $1 and room_id is not null and announced_at is null
             order by created_at, id",
        )
        .bind(&self.community.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let directory = self.tx.directory().rooms_of(self.community).await?;
        let phrase = Phrase::joined_with_all(self.community, kept);
        let ids: Vec<_> = ids.into_iter().map(ChannelId).collect();
        for entry in ids.iter().filter_map(|it| directory.by_id(it)) {
            self.tell(entry, phrase.clone(), now).await?;
        }
        Ok(ids)
    }

    /// That it is to stand in the room, before it does. What is said there from now on may be carried once it does, if staff wants that.
    pub async fn announce(
        &mut self,
        (room, channel): (&str, &ChannelRef),
        places: Arg,
        now: Timestamp,
    ) -> Result<ChannelId> {
        let channel = &self.by_its_own_name(channel).await?;
        let known = self.known_channels(channel).await?;
        if let Some((_, name)) = known.iter().find_map(|it| it.room.clone()) {
            let (channel, room) = (channel.clone(), name);
            return Err(Refusal::InAnotherRoom { channel, room }.into());
        }
        self.known(room).await?;
        let own = known.into_iter().find(|it| it.community == *self.community);
        let id = own.map_or_else(|| ChannelId(new_id(now)), |it| it.id);
        self.put_announced(&id, channel, now).await?;
        let kept = self.kept().await?.unwrap_or((30, 13));
        let phrase = Phrase::to_be_joined(self.community, places, kept);
        let entry = self.entry_of(&id).await?;
        self.tell(&entry, phrase, now).await?;
        Ok(id)
    }

    /// From when on what is said there is carried, which is never from before everybody was told.
    pub(super) async fn begin_at(
        &mut self,
        id: &ChannelId,
        (history, was_seated): (bool, bool),
        now: Timestamp,
    ) -> Result<()> {
        match (history, self.announced_at(id).await?) {
            (true, None) => Err(Refusal::NotAnnounced.into()),
            (true, Some(_)) => {
                sqlx::query("update channel set unheard_since = announced_at where community_id = $1 and id = $2")
                    .bind(&self.community.0)
                    .bind(&id.0)
                    .execute(self.tx.connection().await?)
                    .await?;
                Ok(())
            }
            (false, Some(_)) if !was_seated => self.set_announced(id, Some(now)).await,
            (false, _) => Ok(()),
        }
    }

    async fn put_announced(
        &mut self,
        id: &ChannelId,
        at: &ChannelRef,
        now: Timestamp,
    ) -> Result<()> {
        let revision = self.tx.directory().next_revision(self.community).await?;
        sqlx::query(
            "insert into channel (community_id, id, purpose, platform, remote_id, room_id, link, created_at, revision)
             values ($1, $2, $3, $4, $5, null, 'active', $6, $7)
             on conflict (community_id, id) do update
             set purpose = excluded.purpose, link = 'active', revision = excluded.revision",
        )
        .bind(&self.community.0)
        .bind(&id.0)
        .bind(Purpose::Announced.as_str())
        .bind(text::key(&at.platform.0))
        .bind(text::key(&at.id.0))
        .bind(now.0)
        .bind(revision)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    async fn entry_of(&mut self, id: &ChannelId) -> Result<Entry> {
        let sql = format!("select {COLUMNS} from {TABLES} where c.community_id = $1 and c.id = $2");
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(&self.community.0)
            .bind(&id.0)
            .fetch_one(self.tx.connection().await?)
            .await?;
        Entry::of(&row, key_of(&row, self.tx.keys())?)
    }

    async fn tell(&mut self, entry: &Entry, phrase: Phrase, now: Timestamp) -> Result<()> {
        let id = &entry.channel.id;
        let key = format!("joined-{id}-{}", now.0);
        let say = Say::to(entry.clone(), key, phrase, vec![id.clone()]);
        self.tx.own_words().say(&say, now).await?;
        self.set_announced(id, Some(now)).await
    }

    pub(super) async fn set_announced(
        &mut self,
        id: &ChannelId,
        at: Option<Timestamp>,
    ) -> Result<()> {
        sqlx::query("update channel set announced_at = $3 where community_id = $1 and id = $2")
            .bind(&self.community.0)
            .bind(&id.0)
            .bind(at.map(|it| it.0))
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    pub(super) async fn announced_at(&mut self, id: &ChannelId) -> Result<Option<Timestamp>> {
        let row =
            sqlx::query("select announced_at from channel where community_id = $1 and id = $2")
                .bind(&self.community.0)
                .bind(&id.0)
                .fetch_optional(self.tx.reading().await?)
                .await?;
        let at = row.and_then(|it| it.get::<Option<i64>, _>("announced_at"));
        Ok(at.map(Timestamp))
    }

    async fn kept(&mut self) -> Result<Option<(i64, i64)>> {
        let community = self.community.as_str();
        let kept = self.tx.setting(community, ANNOUNCES).await?;
        let parts = kept.as_deref().and_then(|it| it.split_once(' '));
        Ok(parts.and_then(|(days, months)| Some((days.parse().ok()?, months.parse().ok()?))))
    }
}

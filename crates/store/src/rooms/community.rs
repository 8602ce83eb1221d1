//! The communities of a store, and what they are called.

use conversation::{CommunityId, Language, Timestamp};

use crate::{
    DueKind, Error, NoticeKind, Refusal, Result, Store, Thing, id::short_id, keys::KEY_NO,
    parts::Communities, text,
};

impl Store {
    /// The oldest first.
    pub async fn communities(&self) -> Result<Vec<String>> {
        let names =
            sqlx::query_scalar("select name from community order by created_at, community_id");
        Ok(names.fetch_all(&self.pool).await?)
    }
}

impl Store {
    pub async fn name_of(&self, community: &CommunityId) -> Result<String> {
        let name = sqlx::query_scalar("select name from community where community_id = $1");
        Ok(name.bind(&community.0).fetch_one(&self.pool).await?)
    }
}

impl Communities<'_> {
    /// Where there is one alone, whoever means any means it.
    pub async fn only(&mut self) -> Result<Option<CommunityId>> {
        let ids: Vec<String> = sqlx::query_scalar("select community_id from community limit 2")
            .fetch_all(self.tx.reading().await?)
            .await?;
        Ok(match ids.as_slice() {
            [only] => Some(CommunityId(only.clone())),
            _ => None,
        })
    }

    pub async fn are_several(&mut self) -> Result<bool> {
        let count: i64 = sqlx::query_scalar("select count(*) from community")
            .fetch_one(self.tx.reading().await?)
            .await?;
        Ok(count > 1)
    }

    /// The community of that name, made if there is none.
    pub async fn add(&mut self, name: &str, now: Timestamp) -> Result<CommunityId> {
        if let Some(known) = self.find(name).await? {
            return Ok(known);
        }
        let id = short_id();
        sqlx::query(
            "insert into community (community_id, short, name, language, key_no, created_at)
             values ($1, $1, $2, 'en', $3, $4)",
        )
        .bind(&id)
        .bind(text::key(name))
        .bind(KEY_NO)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        sqlx::query("insert into partition (community_id, id, next_seq, revision, epoch) values ($1, 0, 1, 0, 0)")
            .bind(&id)
            .execute(self.tx.connection().await?)
            .await?;
        let wrapped = self.tx.keys().fresh(&id);
        sqlx::query("insert into community_key (community_id, no, wrapped) values ($1, $2, $3)")
            .bind(&id)
            .bind(KEY_NO)
            .bind(wrapped)
            .execute(self.tx.connection().await?)
            .await?;
        let community = CommunityId(id);
        self.tx
            .clock()
            .fall_due_at(&community, (DueKind::Retention, ""), now)
            .await?;
        Ok(community)
    }

    /// The same community, with all that it said, under another name.
    pub async fn rename(&mut self, name: &str, to: &str) -> Result<()> {
        if self.find(to).await?.is_some() {
            let name = to.to_owned();
            return Err(Refusal::CommunityExists { name }.into());
        }
        let community = self.known(name).await?;
        sqlx::query("update community set name = $1 where community_id = $2")
            .bind(text::key(to))
            .bind(&community.0)
            .execute(self.tx.connection().await?)
            .await?;
        self.tx
            .notices(&community)
            .clear_all(NoticeKind::CommunityRenamed)
            .await?;
        self.tx
            .directory()
            .next_revision(&community)
            .await
            .map(drop)
    }

    /// From now on, with whoever chose no language.
    pub async fn speak(&mut self, community: &CommunityId, language: Language) -> Result<()> {
        let changed = sqlx::query(
            "update community set language = $2 where community_id = $1 and language <> $2",
        )
        .bind(&community.0)
        .bind(language.tag())
        .execute(self.tx.connection().await?)
        .await?;
        if changed.rows_affected() == 0 {
            return Ok(());
        }
        let revision = self.tx.directory().next_revision(community).await?;
        sqlx::query("update channel set revision = $2 where community_id = $1")
            .bind(&community.0)
            .bind(revision)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    pub async fn known(&mut self, name: &str) -> Result<CommunityId> {
        let found = self.find(name).await?;
        found.ok_or_else(|| Error::Unknown {
            what: Thing::Community,
            name: name.to_owned(),
        })
    }

    pub(super) async fn find(&mut self, name: &str) -> Result<Option<CommunityId>> {
        let found: Option<String> =
            sqlx::query_scalar("select community_id from community where name = $1")
                .bind(text::key(name))
                .fetch_optional(self.tx.reading().await?)
                .await?;
        Ok(found.map(CommunityId))
    }
}

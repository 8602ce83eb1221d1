//! What the communities of a store are called.

use conversation::CommunityId;

use crate::{Error, NoticeKind, Result, Store, Tx, text};

impl Store {
    /// The oldest first.
    pub async fn communities(&self) -> Result<Vec<String>> {
        let names =
            sqlx::query_scalar("select name from community order by created_at, community_id");
        Ok(names.fetch_all(&self.pool).await?)
    }
}

impl Tx {
    /// The same community, with all that it said, under another name.
    pub async fn rename_community(&mut self, name: &str, to: &str) -> Result<()> {
        if self.find_community(to).await?.is_some() {
            return Err(Error::Conflict(format!(
                "there is a community `{to}` already"
            )));
        }
        let community = self.known_community(name).await?;
        sqlx::query("update community set name = $1 where community_id = $2")
            .bind(text::key(to))
            .bind(&community.0)
            .execute(self.connection())
            .await?;
        self.clear_notices_in(&community, NoticeKind::CommunityRenamed)
            .await?;
        self.next_revision(&community).await.map(drop)
    }

    pub async fn known_community(&mut self, name: &str) -> Result<CommunityId> {
        let found = self.find_community(name).await?;
        found.ok_or_else(|| Error::Unknown {
            what: "community",
            name: name.to_owned(),
        })
    }

    pub(super) async fn find_community(&mut self, name: &str) -> Result<Option<CommunityId>> {
        let found: Option<String> =
            sqlx::query_scalar("select community_id from community where name = $1")
                .bind(text::key(name))
                .fetch_optional(self.connection())
                .await?;
        Ok(found.map(CommunityId))
    }
}

//! What a community has, by the names under which commands take it.

use conversation::CommunityId;

use crate::{Result, Store};

/// Nobody reads more of them.
const MOST: i64 = 100;

impl Store {
    pub async fn names_of_rooms(&self, community: &CommunityId) -> Result<Vec<String>> {
        let sql = "select name from room where community_id = $1 order by name";
        let names = sqlx::query_scalar(sql).bind(&community.0);
        self.in_time(async { Ok(names.fetch_all(&self.pool).await?) })
            .await
    }

    /// Of what is held for staff, the oldest first.
    pub async fn ids_of_held(&self, community: &CommunityId, begin: &str) -> Result<Vec<String>> {
        let sql = "select id from held where community_id = $1 and released_at is null
                   and substr(id, 1, length($2)) = $2 order by at, id limit $3";
        self.ids(sql, community, begin).await
    }

    /// Of what was given up or is held on its way out, the oldest first.
    pub async fn ids_of_stopped(
        &self,
        community: &CommunityId,
        begin: &str,
    ) -> Result<Vec<String>> {
        let sql = "select id from delivery where state in ('dead', 'held') and community_id = $1
                   and substr(id, 1, length($2)) = $2 order by seq limit $3";
        self.ids(sql, community, begin).await
    }

    async fn ids(
        &self,
        sql: &'static str,
        community: &CommunityId,
        begin: &str,
    ) -> Result<Vec<String>> {
        let ids = sqlx::query_scalar(sql)
            .bind(&community.0)
            .bind(begin.to_owned())
            .bind(MOST);
        self.in_time(async { Ok(ids.fetch_all(&self.pool).await?) })
            .await
    }
}

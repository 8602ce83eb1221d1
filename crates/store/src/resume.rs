//! Since when a channel may have been missed: what adapters ask for when they come back from an outage.

use conversation::{Platform, ResumePoint, Timestamp};
use sqlx::Row;

use crate::{Result, Store, row};

impl Store {
    /// Of the channels of `platform` that are in rooms.
    pub async fn resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>> {
        let rows = sqlx::query(
            "select c.platform, c.remote_id, coalesce(
               (select max(m.said_at) from message m where m.channel_id = c.id and m.community_id = c.community_id),
               c.created_at) as since
             from channel c
             where c.platform = $1 and c.room_id is not null and c.link = 'active'
             order by c.community_id, c.created_at, c.id",
        )
        .bind(platform.as_str())
        .fetch_all(&self.pool)
        .await?;
        let point = |row| ResumePoint {
            channel: row::channel_ref(row),
            since: Timestamp(row.get("since")),
        };
        Ok(rows.iter().map(point).collect())
    }
}

//! Since when a channel may have been missed: what adapters ask for when they come back from an outage.

use conversation::{Platform, ResumePoint, Timestamp};
use sqlx::Row;

use crate::{Result, Store, row};

impl Store {
    /// Of the channels of `platform` that are in rooms. What the bridge itself said there says nothing about people.
    pub async fn resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>> {
        let rows = sqlx::query(
            "select c.platform, c.remote_id, coalesce(
               (select m.said_at from message m
                join identity i on i.community_id = m.community_id and i.id = m.identity_id
                where m.channel_id = c.id and m.community_id = c.community_id and i.platform <> ''
                order by m.said_at desc limit 1),
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

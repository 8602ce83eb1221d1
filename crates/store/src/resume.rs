//! Since when a channel may have been missed: what adapters ask for when they come back from an outage.

use conversation::{ChannelRef, Platform, ResumePoint, Timestamp};
use futures::TryStreamExt;
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, parts::Events, row};

impl Store {
    /// Of the channels of `platform` that are in rooms. What the bridge itself said there says nothing about people; what was said
    /// before everybody was told that it is carried is not.
    pub async fn resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>> {
        self.in_time(self.read_resume_points(platform)).await
    }

    async fn read_resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>> {
        let rows = sqlx::query(
            "select c.platform, c.remote_id, coalesce(
               (select m.said_at from message m
                join identity i on i.community_id = m.community_id and i.id = m.identity_id
                where m.channel_id = c.id and m.community_id = c.community_id and i.platform <> ''
                order by m.said_at desc limit 1),
               c.created_at) as since,
               c.unheard_since, c.announced_at
             from channel c
             where c.platform = $1 and c.room_id is not null and c.link = 'active'
             order by c.community_id, c.created_at, c.id",
        )
        .bind(platform.as_str())
        .fetch(&self.pool);
        let point = |row: AnyRow| {
            let since: i64 = row.get("since");
            let unheard: Option<i64> = row.get("unheard_since");
            let announced = row.get::<Option<i64>, _>("announced_at");
            let since = unheard.unwrap_or(since).min(since);
            ResumePoint {
                channel: row::channel_ref(&row),
                since: Timestamp(since.max(announced.unwrap_or(since))),
            }
        };
        Ok(rows.map_ok(point).try_collect().await?)
    }
}

impl Events<'_> {
    /// The oldest moment counts, until all was read.
    pub async fn note_unheard(
        &mut self,
        channel: &ChannelRef,
        since: Option<Timestamp>,
    ) -> Result<()> {
        let directory = self.tx.directory().rooms_at(channel, None).await?;
        let Some(entry) = directory
            .find(channel)
            .filter(|it| it.channel.room.is_some())
        else {
            return Ok(());
        };
        sqlx::query(
            "update channel set unheard_since = case when unheard_since < $1 then unheard_since else $1 end
             where community_id = $2 and id = $3",
        )
        .bind(since.map(|it| it.0))
        .bind(&entry.community.0)
        .bind(&entry.channel.id.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

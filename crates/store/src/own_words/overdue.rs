//! Posts that have waited for so long that their authors are told.

use conversation::{ChannelId, ChannelRef, DeliveryId, MessageId, PersonId, Timestamp};
use sqlx::Row;

use crate::{Result, parts::Backlog, row};

/// A post that waits, and whose author does not know it.
#[derive(Debug, Clone)]
pub struct Overdue {
    pub message: MessageId,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// Where it came from.
    pub home: ChannelRef,
    /// Where it cannot go.
    pub channel: ChannelRef,
    /// What the platform said last, if it was asked.
    pub reason: Option<String>,
    /// Of the author, the destination and the hour: nobody is told of each message of a long silence.
    pub news: String,
}

/// The news that a message was given up.
pub fn given_up(delivery: &DeliveryId) -> String {
    format!("dead-{delivery}")
}

/// The news that all was given up which one person had said to a channel, told once an hour.
pub fn given_up_with_others(channel: &ChannelId, author: &PersonId, now: Timestamp) -> String {
    format!("dead-{channel}-{author}-{}", now.0 / 3_600_000)
}

impl Backlog<'_> {
    /// The channel's posts that wait and of which nobody was told, the oldest first.
    pub async fn untold(&mut self, limit: u32) -> Result<Vec<Overdue>> {
        let rows = sqlx::query(
            "select late.message_id, late.created_at, late.reason, late.news, c.platform, c.remote_id,
               h.platform as home_platform, h.remote_id as home_id
             from (
               select d.community_id, d.seq, d.message_id, d.created_at, d.channel_id, d.reason, m.channel_id as home,
                 'late-' || d.channel_id || '-' || m.identity_id || '-' || cast(d.created_at / 3600000 as text) as news
               from delivery d
               join message m on m.community_id = d.community_id and m.id = d.message_id
               join identity i on i.community_id = m.community_id and i.id = m.identity_id and i.platform <> ''
               where d.channel_id = $2 and d.community_id = $1 and d.state in ('to_do', 'sending', 'uncertain')
                 and d.operation = 'post' and d.channel_id <> m.channel_id and m.deleted_at is null
             ) late
             join channel c on c.community_id = late.community_id and c.id = late.channel_id
             join channel h on h.community_id = late.community_id and h.id = late.home
             where h.link = 'active'
               and not exists (select 1 from own_word o where o.key = late.news and o.community_id = late.community_id)
             order by late.seq limit $3",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .bind(i64::from(limit))
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(rows
            .iter()
            .map(|row| Overdue {
                message: MessageId(row.get("message_id")),
                created_at: Timestamp(row.get("created_at")),
                home: ChannelRef::new(
                    row.get::<&str, _>("home_platform"),
                    row.get::<String, _>("home_id"),
                ),
                channel: row::channel_ref(row),
                reason: row.get("reason"),
                news: row.get("news"),
            })
            .collect())
    }

    /// Does any post wait to get there?
    pub async fn has_open_posts(&mut self) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "select seq from delivery where channel_id = $2 and community_id = $1
               and state in ('to_do', 'sending', 'uncertain') and operation = 'post' limit 1",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.is_some())
    }
}

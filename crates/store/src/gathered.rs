//! What waits to be said together: corrections until their author is done, reactions until the next digest.
//!
//! **Invariant:** what waits is a suppressed delivery whose reason says for what, so it holds back nobody and
//! outlives a restart.

use conversation::{ChannelId, CommunityId, MessageId, Phrase, Timestamp};
use sqlx::Row;

use crate::{Entry, Result, Say, Store, Tx, id::new_id};

/// At one look.
const AT_ONCE: i64 = 500;

impl Store {
    /// The channels for which an edit waits to be said that came before then, and whose they are.
    pub async fn corrections_before(
        &self,
        before: Timestamp,
    ) -> Result<Vec<(CommunityId, ChannelId)>> {
        let rows = sqlx::query(
            "select distinct community_id, channel_id from delivery where reason = 'correction-waits' and created_at <= $1",
        )
        .bind(before.0)
        .fetch_all(&self.pool)
        .await?;
        let channel = |row: &sqlx::any::AnyRow| {
            let community = CommunityId(row.get("community_id"));
            (community, ChannelId(row.get("channel_id")))
        };
        Ok(rows.iter().map(channel).collect())
    }

    /// Channels in which a reaction has waited since before then, and since when.
    pub async fn digests_before(&self, before: Timestamp) -> Result<Vec<(ChannelId, Timestamp)>> {
        let rows = sqlx::query(
            "select channel_id, min(created_at) as since from delivery where reason = 'next-digest'
             group by channel_id having min(created_at) <= $1",
        )
        .bind(before.0)
        .fetch_all(&self.pool)
        .await?;
        let due = |row: &sqlx::any::AnyRow| {
            let since = Timestamp(row.get("since"));
            (ChannelId(row.get("channel_id")), since)
        };
        Ok(rows.iter().map(due).collect())
    }
}

impl Tx {
    /// Of each message the newest edit that waits for the channel goes out, if it came before then, and says what the older
    /// ones would. Says how many.
    pub async fn release_corrections(
        &mut self,
        (community, channel): (&CommunityId, &ChannelId),
        before: Timestamp,
    ) -> Result<usize> {
        sqlx::query(
            "update delivery set reason = 'said-by-a-later-one'
             where reason = 'correction-waits' and community_id = $1 and channel_id = $2 and exists (
               select 1 from delivery n
               where n.reason = 'correction-waits' and n.message_id = delivery.message_id
                 and n.channel_id = delivery.channel_id and n.community_id = delivery.community_id
                 and n.seq > delivery.seq
             )",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .execute(self.connection())
        .await?;
        let released = sqlx::query(
            "update delivery set state = 'to_do', reason = null, attempts = 0, next_attempt_at = 0
             where reason = 'correction-waits' and community_id = $1 and channel_id = $2 and created_at <= $3",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .bind(before.0)
        .execute(self.connection())
        .await?;
        Ok(usize::try_from(released.rows_affected()).unwrap_or(0))
    }

    /// Says the digest of what waits for the channel, or nothing where nothing is left to say. The same reactions are told once.
    pub async fn say_digest(
        &mut self,
        entry: &Entry,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<bool> {
        let quotes = self.reacted(entry).await?;
        let (rule, is_said) = match quotes.is_empty() {
            true => ("nothing-to-say", false),
            false => ("in-digest", true),
        };
        sqlx::query(
            "update delivery set reason = $3
             where reason = 'next-digest' and channel_id = $2 and community_id = $1",
        )
        .bind(&entry.community.0)
        .bind(&entry.channel.id.0)
        .bind(rule)
        .execute(self.connection())
        .await?;
        if is_said {
            let phrase = Phrase::digest(since);
            // Those that it tells wait no longer from this transaction on.
            let key = format!("digest-{}", new_id(now));
            let to = vec![entry.channel.id.clone()];
            let digest = Say {
                quotes,
                ..Say::to(entry.clone(), key, phrase, to)
            };
            self.say(&digest, now).await?;
        }
        Ok(is_said)
    }

    /// The messages of which a reaction waits for the channel's digest, and stands there still.
    async fn reacted(&mut self, entry: &Entry) -> Result<Vec<MessageId>> {
        let found: Vec<String> = sqlx::query_scalar(
            "select w.message_id from (
               select community_id, message_id, min(created_at) as since from delivery
               where reason = 'next-digest' and channel_id = $2 and community_id = $1
               group by community_id, message_id
             ) w
             join message m on m.community_id = w.community_id and m.id = w.message_id
             where m.deleted_at is null and exists (
               select 1 from reaction r where r.community_id = w.community_id and r.message_id = w.message_id
                 and r.channel_id <> $2 and r.taken_at >= w.since
             ) order by w.since, w.message_id limit $3",
        )
        .bind(&entry.community.0)
        .bind(&entry.channel.id.0)
        .bind(AT_ONCE)
        .fetch_all(self.connection())
        .await?;
        Ok(found.into_iter().map(MessageId).collect())
    }

    /// Nothing is said there any more.
    pub(crate) async fn stop_gathered(
        &mut self,
        community: &CommunityId,
        channel: &ChannelId,
        rule: &'static str,
    ) -> Result<()> {
        for sql in [
            "update delivery set reason = $3 where reason = 'correction-waits' and community_id = $1 and channel_id = $2",
            "update delivery set reason = $3 where reason = 'next-digest' and community_id = $1 and channel_id = $2",
            "update delivery set reason = $3 where reason = 'file-follows' and community_id = $1 and channel_id = $2",
        ] {
            sqlx::query(sql)
                .bind(&community.0)
                .bind(&channel.0)
                .bind(rule)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}

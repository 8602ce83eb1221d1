//! What waits to be said together: corrections until their author is done, reactions until the next digest.
//!
//! **Invariant:** what waits is a delivery in the state `waiting` that says for what, so it holds back nobody and outlives a
//! restart; when it has waited for long enough stands in `due`.

use conversation::{MessageId, Phrase, Timestamp, WaitsFor};

use crate::{
    Result, Say,
    id::new_id,
    parts::{Backlog, Outbox},
};

/// In one digest.
const AT_ONCE: i64 = 500;

impl Backlog<'_> {
    /// Since when something has waited for it in the channel.
    pub async fn since(&mut self, what: WaitsFor) -> Result<Option<Timestamp>> {
        let since: Option<i64> = sqlx::query_scalar(
            "select min(created_at) from delivery
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = $3",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .bind(what.as_str())
        .fetch_one(self.tx.reading().await?)
        .await?;
        Ok(since.map(Timestamp))
    }

    /// Of each message the newest edit that waits for the channel goes out, if it came before then, and says what the older
    /// ones would. What came later than now was made by a clock that went wrong. Says how many.
    pub async fn release_corrections(&mut self, before: Timestamp, now: Timestamp) -> Result<u64> {
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = 'said-by-a-later-one'
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'correction' and exists (
               select 1 from delivery n
               where n.message_id = delivery.message_id and n.channel_id = delivery.channel_id
                 and n.community_id = delivery.community_id and n.state = 'waiting' and n.waits_for = 'correction'
                 and n.seq > delivery.seq
             )",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .execute(self.tx.connection().await?)
        .await?;
        let released = sqlx::query(
            "update delivery set state = 'to_do', waits_for = null, reason = null, attempts = 0, next_attempt_at = 0
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'correction'
               and (created_at <= $3 or created_at > $4)",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .bind(before.0)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(released.rows_affected())
    }

    /// Nothing is said there any more.
    pub(crate) async fn stop_gathered(&mut self, rule: &'static str) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = $3
             where state = 'waiting' and channel_id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .bind(rule)
        .execute(self.tx.connection().await?)
        .await?;
        sqlx::query(
            "delete from due where about = $2 and kind in ('correction', 'digest') and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// An attempt that is under way ends by itself, and what answers somebody alone needs no channel.
    pub async fn stop(&mut self, rule: &'static str) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'suppressed', reason = $3
             where community_id = $1 and channel_id = $2
               and state in ('to_do', 'sending', 'uncertain') and state <> 'sending' and waits_for is null",
        )
        .bind(&self.community.0)
        .bind(&self.channel.0)
        .bind(rule)
        .execute(self.tx.connection().await?)
        .await?;
        self.stop_readers(None).await?;
        self.stop_gathered(rule).await
    }
}

impl Outbox<'_> {
    /// Says the digest of what waits for the channel, or nothing where nothing is left to say. The same reactions are told once.
    pub async fn say_digest(&mut self, since: Timestamp, now: Timestamp) -> Result<bool> {
        let quotes = self.reacted(now).await?;
        let (rule, is_said) = match quotes.is_empty() {
            true => ("nothing-to-say", false),
            false => ("in-digest", true),
        };
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = $3
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'digest' and created_at <= $4",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(rule)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        if is_said {
            let phrase = Phrase::digest(since);
            // Those that it tells wait no longer from this transaction on.
            let key = format!("digest-{}", new_id(now));
            let to = vec![self.entry.channel.id.clone()];
            let digest = Say {
                quotes,
                ..Say::to(self.entry.clone(), key, phrase, to)
            };
            self.tx.own_words().say(&digest, now).await?;
        }
        Ok(is_said)
    }

    /// The messages of which a reaction waits for the channel's digest, and stands there still.
    async fn reacted(&mut self, now: Timestamp) -> Result<Vec<MessageId>> {
        let found: Vec<String> = sqlx::query_scalar(
            "select w.message_id from (
               select community_id, message_id, min(created_at) as since from delivery
               where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'digest'
                 and created_at <= $4
               group by community_id, message_id
             ) w
             join message m on m.community_id = w.community_id and m.id = w.message_id
             where m.deleted_at is null and m.stays is null and exists (
               select 1 from reaction r where r.community_id = w.community_id and r.message_id = w.message_id
                 and r.channel_id <> $2 and r.taken_at >= w.since
             ) order by w.since, w.message_id limit $3",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(AT_ONCE)
        .bind(now.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(found.into_iter().map(MessageId).collect())
    }
}

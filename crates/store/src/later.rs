//! What is learnt of a delivery after it was taken for sent: that it failed, that it arrived, or that it may go now.
//!
//! **Invariant:** what its platform confirmed is never taken back; what is taken back is dead with its reason, and nothing
//! finds it by an id any more.

use conversation::{CONFIRMED, MessageId, RemoteId};
use sqlx::Row;

use crate::{
    Result,
    parts::{Backlog, Outbox},
    text,
};

impl Outbox<'_> {
    /// From the part of that id on nothing of it stands there. False if nothing of ours was taken for sent.
    pub async fn fail_later(
        &mut self,
        message: &MessageId,
        part: &RemoteId,
        why: &str,
    ) -> Result<bool> {
        let sent = sqlx::query(
            "select id, remote_ids from delivery
             where message_id = $1 and channel_id = $2 and community_id = $3 and operation = 'post'
               and state in ('sent', 'uncertain') and coalesce(reason, '') <> $4",
        )
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .bind(&self.entry.community.0)
        .bind(CONFIRMED)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let Some(sent) = sent else { return Ok(false) };
        let mut parts: Vec<Vec<RemoteId>> = serde_json::from_str(sent.get("remote_ids"))?;
        let Some(first) = parts.iter().position(|it| it.contains(part)) else {
            return Ok(false);
        };
        for id in parts.split_off(first).concat() {
            sqlx::query(
                "delete from copy where channel_id = $1 and remote_id = $2 and community_id = $3",
            )
            .bind(&self.entry.channel.id.0)
            .bind(text::key(&id.0))
            .bind(&self.entry.community.0)
            .execute(self.tx.connection().await?)
            .await?;
        }
        sqlx::query(
            "update delivery set state = 'dead', reason = $3, remote_ids = $4, part_files = null, sent_at = null
             where id = $1 and community_id = $2",
        )
        .bind(sent.get::<String, _>("id"))
        .bind(&self.entry.community.0)
        .bind(text::clean(why))
        .bind(serde_json::to_string(&parts)?)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(true)
    }

    /// It arrived, as its platform says.
    pub async fn confirm(&mut self, message: &MessageId) -> Result<()> {
        sqlx::query(
            "update delivery set reason = $4
             where message_id = $1 and channel_id = $2 and community_id = $3 and operation = 'post' and state = 'sent'",
        )
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .bind(&self.entry.community.0)
        .bind(CONFIRMED)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

impl Backlog<'_> {
    /// What waited for the person of a private chat goes now, in its order: what can be said in one message in the first of
    /// them, and nothing twice, or that was settled meanwhile. Whether anything did.
    pub async fn open_window(&mut self) -> Result<bool> {
        self.drop_overtaken().await?;
        self.gather_plain().await?;
        let done = sqlx::query(
            "update delivery set state = 'to_do', waits_for = null, reason = null
             where state = 'waiting' and channel_id = $1 and community_id = $2 and waits_for = 'window'",
        )
        .bind(&self.channel.0)
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn drop_overtaken(&mut self) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = 'overtaken'
             where state = 'waiting' and channel_id = $1 and community_id = $2 and waits_for = 'window'
               and operation = 'post' and exists (
               select 1 from own_word w
               where w.message_id = delivery.message_id and w.community_id = $2 and w.phrase <> ''
                 and (w.closed_at is not null or exists (
                   select 1 from delivery d
                   join own_word n on n.message_id = d.message_id and n.community_id = d.community_id
                   where d.state = 'waiting' and d.channel_id = $1 and d.community_id = $2 and d.waits_for = 'window'
                     and d.operation = 'post' and d.seq > delivery.seq and n.phrase = w.phrase and n.args = w.args
                     and n.closed_at is null
                 ))
             )",
        )
        .bind(&self.channel.0)
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Words with nothing to choose below them and nothing that they quote.
    async fn gather_plain(&mut self) -> Result<()> {
        let plain: Vec<String> = sqlx::query_scalar(
            "select d.message_id from delivery d
             join own_word w on w.message_id = d.message_id and w.community_id = d.community_id and w.phrase <> ''
             where d.state = 'waiting' and d.channel_id = $1 and d.community_id = $2 and d.waits_for = 'window'
               and d.operation = 'post' and d.remote_ids = '[]'
               and not exists (select 1 from button b where b.message_id = w.message_id and b.community_id = w.community_id)
               and not exists (select 1 from quoted q where q.by_message = w.message_id and q.community_id = w.community_id)
             order by d.seq",
        )
        .bind(&self.channel.0)
        .bind(&self.community.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let Some((first, others)) = plain.split_first() else {
            return Ok(());
        };
        for other in others {
            sqlx::query(
                "insert into quoted (community_id, of_message, by_message) values ($1, $2, $3)",
            )
            .bind(&self.community.0)
            .bind(other)
            .bind(first)
            .execute(self.tx.connection().await?)
            .await?;
            sqlx::query(
                "update delivery set state = 'suppressed', waits_for = null, reason = 'said-with-others'
                 where message_id = $1 and channel_id = $2 and community_id = $3 and state = 'waiting'",
            )
            .bind(other)
            .bind(&self.channel.0)
            .bind(&self.community.0)
            .execute(self.tx.connection().await?)
            .await?;
        }
        Ok(())
    }
}

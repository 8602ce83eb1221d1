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
        .fetch_optional(self.tx.connection())
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
            .execute(self.tx.connection())
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
        .execute(self.tx.connection())
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
        .execute(self.tx.connection())
        .await?;
        Ok(())
    }
}

impl Backlog<'_> {
    /// What waited for the person of a private chat goes now, in its order. Whether anything did.
    pub async fn open_window(&mut self) -> Result<bool> {
        let done = sqlx::query(
            "update delivery set state = 'to_do', waits_for = null, reason = null
             where state = 'waiting' and channel_id = $1 and community_id = $2 and waits_for = 'window'",
        )
        .bind(&self.channel.0)
        .bind(&self.community.0)
        .execute(self.tx.connection())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

//! What somebody takes back is erased, wherever it stands.
//!
//! **Invariant:** with the transaction in which a message is deleted its words, its file names and its descriptions are gone, and
//! so is what quotes them. While an attempt is under way, or nobody knows whether it arrived, they stay until that is
//! known: some platforms find a copy by its words alone, and one that nobody finds would stand there for ever.

use conversation::{ChannelId, CommunityId, DELETED_BEFORE_SENT, MessageId, Stays, Timestamp};

use crate::{
    DueKind, Result,
    parts::{Messages, Words},
};

impl Messages<'_> {
    /// What quotes it says it no longer, and what was not sent yet is not sent any more. Says which lanes have to do with that.
    pub async fn mark_deleted(
        &mut self,
        message: &MessageId,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let key = (self.entry.community.as_str(), message.as_str());
        let marked = sqlx::query(
            "update message set deleted_at = $3 where community_id = $1 and id = $2 and deleted_at is null",
        )
        .bind(key.0)
        .bind(key.1)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        match marked.rows_affected() {
            0 => Ok(Vec::new()),
            _ => self.end(key, DELETED_BEFORE_SENT, now).await,
        }
    }

    /// Its author keeps it to the platform where it was said: as if they deleted it, but that it stands where it was said and in
    /// what has it already. Once.
    pub(super) async fn keep_here(
        &mut self,
        message: &MessageId,
        stays: Stays,
        (at, now): (Timestamp, Timestamp),
    ) -> Result<Vec<ChannelId>> {
        let key = (self.entry.community.as_str(), message.as_str());
        let marked = sqlx::query(
            "update message set revised_at = $4, stays = case when stays is null or stays = 'consent' then $3 else stays end where id = $2 and community_id = $1",
        )
        .bind(key.0)
        .bind(key.1)
        .bind(stays.as_str())
        .bind(at.0)
        .execute(self.tx.connection().await?)
        .await?;
        match marked.rows_affected() {
            0 => Ok(Vec::new()),
            _ => self.end(key, stays.rule(), now).await,
        }
    }

    async fn end(
        &mut self,
        key: (&str, &str),
        rule: &'static str,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let mut woken = Vec::new();
        for quoting in self.quoting(key).await? {
            let community = &self.entry.community;
            let mut own_words = self.tx.own_words();
            woken.extend(own_words.say_anew(community, &quoting, now).await?);
        }
        self.take_back(key, rule).await?;
        self.tx.words(key.0).erase(key.1, now).await?;
        Ok(woken)
    }

    /// Our own words that quote it.
    async fn quoting(&mut self, message: (&str, &str)) -> Result<Vec<MessageId>> {
        let quoting: Vec<String> = sqlx::query_scalar(
            "select by_message from quoted where community_id = $1 and of_message = $2",
        )
        .bind(message.0)
        .bind(message.1)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(quoting.into_iter().map(MessageId).collect())
    }

    /// Whoever has it keeps it until its deletion reaches them.
    async fn take_back(
        &mut self,
        (community, message): (&str, &str),
        rule: &'static str,
    ) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = $3
             where community_id = $1 and message_id = $2 and (state = 'waiting' or operation = 'post' and (
               state = 'to_do' or state in ('dead', 'held') and remote_ids = '[]' and handed_to = 0
             ))",
        )
        .bind(community)
        .bind(message)
        .bind(rule)
        .execute(self.tx.connection().await?)
        .await?;
        sqlx::query(
            "delete from reader_delivery where state = 'waiting' and community_id = $1 and delivery_id in (
               select d.id from delivery d where d.community_id = $1 and d.message_id = $2
             )",
        )
        .bind(community)
        .bind(message)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

impl Words<'_> {
    pub(crate) async fn erase(&mut self, message: &str, now: Timestamp) -> Result<()> {
        if self.erase_if_known(message, now).await? {
            return Ok(());
        }
        let community = CommunityId::from(self.community);
        self.tx
            .clock()
            .fall_due_at(&community, (DueKind::Erasure, message), now)
            .await
    }

    /// False while it is under way, or nobody knows whether it arrived, or those have it not yet to whom it was said on a list.
    async fn erase_if_known(&mut self, message: &str, now: Timestamp) -> Result<bool> {
        let may_go = sqlx::query(
            "update message set erased_at = $3 where community_id = $1 and id = $2 and not exists (
               select 1 from delivery d where d.community_id = $1 and d.message_id = $2 and (
                 d.state in ('sending', 'uncertain')
                 or message.deleted_at is null and d.operation = 'post' and d.state in ('to_do', 'waiting', 'held')
               )
             ) and (deleted_at is not null or not exists (
               select 1 from reader_delivery r where r.state = 'waiting' and r.community_id = $1 and r.delivery_id in (
                 select d.id from delivery d where d.message_id = $2 and d.community_id = $1
               )
             ))",
        )
        .bind(self.community)
        .bind(message)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        if may_go.rows_affected() == 0 {
            return Ok(false);
        }
        self.delete(message).await?;
        Ok(true)
    }

    /// What was deleted while it was under way: since when, if it is not known yet whether it arrived.
    pub async fn erase_the_rest(
        &mut self,
        message: &str,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let since: Option<i64> = sqlx::query_scalar(
            "select coalesce(deleted_at, revised_at) from message
             where community_id = $1 and id = $2 and (deleted_at is not null or stays <> 'consent') and erased_at is null",
        )
        .bind(self.community)
        .bind(message)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        match since {
            Some(since) if !self.erase_if_known(message, now).await? => Ok(Some(Timestamp(since))),
            _ => Ok(None),
        }
    }
}

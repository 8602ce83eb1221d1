//! What somebody takes back is erased, wherever it stands.
//!
//! **Invariant:** with the transaction in which a message is deleted its words, its file names and its descriptions are gone, and
//! so is what quotes them. While an attempt is under way, or nobody knows whether it arrived, they stay until that is
//! known: some platforms find a copy by its words alone, and one that nobody finds would stand there for ever.

use conversation::{CommunityId, DELETED_BEFORE_SENT, Timestamp};
use sqlx::Row;

use crate::{Due, DueKind, Result, Tx};

/// Whatever the clock says.
const AT_ONCE: Timestamp = Timestamp(0);

impl Tx {
    /// With all that quotes it. What was not sent yet is not sent any more.
    pub(crate) async fn mark_deleted(
        &mut self,
        (community, message): (&str, &str),
        now: Timestamp,
    ) -> Result<()> {
        let mut messages = vec![message.to_owned()];
        while let Some(message) = messages.pop() {
            let message = (community, message.as_str());
            let marked = sqlx::query(
                "update message set deleted_at = $3 where community_id = $1 and id = $2 and deleted_at is null",
            )
            .bind(message.0)
            .bind(message.1)
            .bind(now.0)
            .execute(self.connection())
            .await?;
            if marked.rows_affected() > 0 {
                messages.extend(self.quoting(message).await?);
                self.take_back(message).await?;
                self.erase(message, now).await?;
            }
        }
        Ok(())
    }

    /// The digests that quote it.
    async fn quoting(&mut self, message: (&str, &str)) -> Result<Vec<String>> {
        let quoting = sqlx::query_scalar(
            "select by_message from quoted where community_id = $1 and of_message = $2",
        )
        .bind(message.0)
        .bind(message.1)
        .fetch_all(self.connection())
        .await?;
        Ok(quoting)
    }

    /// Whoever has it keeps it until its deletion reaches them. A digest that nobody has yet is made anew of what it
    /// told.
    async fn take_back(&mut self, (community, message): (&str, &str)) -> Result<()> {
        let unsent = sqlx::query(
            "update delivery set state = 'suppressed', reason = $3
             where community_id = $1 and message_id = $2 and operation = 'post' and state = 'to_do'
             returning channel_id, handed_to, remote_ids",
        )
        .bind(community)
        .bind(message)
        .bind(DELETED_BEFORE_SENT)
        .fetch_all(self.connection())
        .await?;
        for row in &unsent {
            if row.get::<i64, _>("handed_to") == 0 && row.get::<&str, _>("remote_ids") == "[]" {
                self.tell_again((community, message), row.get("channel_id"))
                    .await?;
            }
        }
        sqlx::query(
            "delete from reader_delivery where state = 'waiting' and community_id = $1 and delivery_id in (
               select d.id from delivery d where d.community_id = $1 and d.message_id = $2
             )",
        )
        .bind(community)
        .bind(message)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The reactions that this digest was to tell in the channel, but not those of the one before it.
    pub(crate) async fn tell_again(
        &mut self,
        (community, digest): (&str, &str),
        channel: &str,
    ) -> Result<()> {
        let again = sqlx::query(
            "update delivery set state = 'waiting', waits_for = 'digest', reason = 'next-digest'
             where community_id = $1 and channel_id = $3 and reason = 'in-digest'
               and message_id in (select q.of_message from quoted q where q.community_id = $1 and q.by_message = $2)
               and created_at > coalesce((
                 select max(b.taken_at) from quoted q
                 join message b on b.community_id = q.community_id and b.id = q.by_message
                 join message d on d.community_id = q.community_id and d.id = $2
                 where q.community_id = $1 and q.of_message = delivery.message_id and b.channel_id = $3
                   and b.taken_at < d.taken_at
               ), 0)",
        )
        .bind(community)
        .bind(digest)
        .bind(channel)
        .execute(self.connection())
        .await?;
        match again.rows_affected() {
            0 => Ok(()),
            _ => {
                let community = CommunityId::from(community);
                self.fall_due_at(&community, (DueKind::Digest, channel), AT_ONCE)
                    .await
            }
        }
    }

    async fn erase(&mut self, message: (&str, &str), now: Timestamp) -> Result<()> {
        if self.erase_if_known(message, now).await? {
            return Ok(());
        }
        let community = CommunityId::from(message.0);
        self.fall_due_at(&community, (DueKind::Erasure, message.1), now)
            .await
    }

    /// False while it is under way, or nobody knows whether it arrived.
    async fn erase_if_known(
        &mut self,
        (community, message): (&str, &str),
        now: Timestamp,
    ) -> Result<bool> {
        let may_go = sqlx::query(
            "update message set erased_at = $3 where community_id = $1 and id = $2 and not exists (
               select 1 from delivery d where d.community_id = $1 and d.message_id = $2
                 and d.state in ('sending', 'uncertain')
             )",
        )
        .bind(community)
        .bind(message)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        if may_go.rows_affected() == 0 {
            return Ok(false);
        }
        self.delete_words((community, message)).await?;
        Ok(true)
    }

    /// What was deleted while it was under way: since when, if it is not known yet whether it arrived.
    pub async fn erase_the_rest(&mut self, due: &Due, now: Timestamp) -> Result<Option<Timestamp>> {
        let message = (due.community.as_str(), due.about.as_str());
        let since: Option<i64> = sqlx::query_scalar(
            "select deleted_at from message
             where community_id = $1 and id = $2 and deleted_at is not null and erased_at is null",
        )
        .bind(message.0)
        .bind(message.1)
        .fetch_optional(self.connection())
        .await?;
        match since {
            Some(since) if !self.erase_if_known(message, now).await? => Ok(Some(Timestamp(since))),
            _ => Ok(None),
        }
    }
}

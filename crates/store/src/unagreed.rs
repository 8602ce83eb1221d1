//! What somebody said in a room that asks everybody first, until they said yes or no, or nothing for days.
//!
//! **Invariant:** it waits as deliveries in the state `waiting` for `consent`, with its words; a yes makes all of it ready in its
//! order, once, and anything else erases the words. Until then nobody elsewhere reads them, in a quotation or as a subject either.

use std::collections::BTreeSet;

use conversation::{ChannelId, IdentityId, MessageId, NO_CONSENT, Timestamp};
use sqlx::Row;

use crate::{Result, Store, parts::Unagreed};

impl Store {
    /// How many messages wait for their authors' yes, in one community or in all.
    pub async fn unagreed(&self, of: Option<&conversation::CommunityId>) -> Result<u64> {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from message
             where stays = 'consent' and deleted_at is null and ($1 is null or community_id = $1)",
        )
        .bind(of.map(|it| &it.0))
        .fetch_one(&self.pool)
        .await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

impl Unagreed<'_> {
    /// It is shown nowhere else from now on.
    pub async fn keep_back(&mut self, message: &MessageId) -> Result<()> {
        self.mark(message, "consent").await
    }

    /// Of the person of that account, whichever of theirs said it: what waits, the oldest first.
    pub async fn of(&mut self, identity: &IdentityId) -> Result<Vec<MessageId>> {
        let ids: Vec<String> = sqlx::query_scalar(
            "select m.id from identity i
             join identity o on o.person_id = i.person_id and o.community_id = i.community_id
             join message m on m.identity_id = o.id and m.community_id = o.community_id and m.stays = 'consent'
             where i.community_id = $1 and i.id = $2 and m.deleted_at is null order by m.taken_at, m.id",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(ids.into_iter().map(MessageId).collect())
    }

    /// When the oldest of it was said by that account itself.
    pub async fn since(&mut self, identity: &IdentityId) -> Result<Option<Timestamp>> {
        let since: Option<i64> = sqlx::query_scalar(
            "select min(taken_at) from message
             where stays = 'consent' and identity_id = $2 and community_id = $1 and deleted_at is null",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        Ok(since.map(Timestamp))
    }

    /// Goes, as if it were said now. Says where.
    pub async fn release(
        &mut self,
        messages: &[MessageId],
        now: Timestamp,
    ) -> Result<BTreeSet<ChannelId>> {
        let mut channels = BTreeSet::new();
        for message in messages {
            let released = sqlx::query(
                "update delivery set state = 'to_do', waits_for = null, reason = null, attempts = 0, next_attempt_at = 0,
                   created_at = $3
                 where message_id = $2 and community_id = $1 and state = 'waiting' and waits_for = 'consent'
                 returning channel_id",
            )
            .bind(&self.community.0)
            .bind(&message.0)
            .bind(now.0)
            .fetch_all(self.tx.connection().await?)
            .await?;
            channels.extend(released.iter().map(|it| ChannelId(it.get("channel_id"))));
            sqlx::query(
                "update message set stays = null where community_id = $1 and id = $2 and stays = 'consent'",
            )
            .bind(&self.community.0)
            .bind(&message.0)
            .execute(self.tx.connection().await?)
            .await?;
        }
        self.tx
            .rooms(self.community)
            .channels_changed(&channels)
            .await?;
        Ok(channels)
    }

    /// Never goes, and its words are gone.
    pub async fn end(&mut self, messages: &[MessageId], now: Timestamp) -> Result<()> {
        for message in messages {
            sqlx::query(
                "update delivery set state = 'suppressed', waits_for = null, reason = $3
                 where message_id = $2 and community_id = $1 and state = 'waiting' and waits_for = 'consent'",
            )
            .bind(&self.community.0)
            .bind(&message.0)
            .bind(NO_CONSENT)
            .execute(self.tx.connection().await?)
            .await?;
            self.refuse(message, now).await?;
        }
        Ok(())
    }

    /// Its words are kept nowhere, also those of a later revision.
    pub async fn refuse(&mut self, message: &MessageId, now: Timestamp) -> Result<()> {
        self.mark(message, "refused").await?;
        self.tx
            .words(&self.community.0)
            .erase(&message.0, now)
            .await
    }

    /// Its author did not agree, and it ended so.
    pub async fn is_refused(&mut self, message: &MessageId) -> Result<bool> {
        let stays: Option<Option<String>> =
            sqlx::query_scalar("select stays from message where community_id = $1 and id = $2")
                .bind(&self.community.0)
                .bind(&message.0)
                .fetch_optional(self.tx.reading().await?)
                .await?;
        Ok(stays.flatten().as_deref() == Some("refused"))
    }

    /// What they were asked in that phrase, wherever that stands and is not answered.
    pub async fn questions(
        &mut self,
        identity: &IdentityId,
        phrase: &str,
    ) -> Result<Vec<MessageId>> {
        let ids: Vec<String> = sqlx::query_scalar(
            "select distinct w.message_id from identity i
             join identity o on o.person_id = i.person_id and o.community_id = i.community_id
             join button b on b.for_identity = o.id and b.community_id = o.community_id
             join own_word w on w.message_id = b.message_id and w.community_id = b.community_id
             where i.community_id = $1 and i.id = $2 and b.pressed_at is null and w.phrase = $3 and w.closed_at is null",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .bind(phrase)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(ids.into_iter().map(MessageId).collect())
    }

    async fn mark(&mut self, message: &MessageId, stays: &str) -> Result<()> {
        sqlx::query("update message set stays = $3 where community_id = $1 and id = $2")
            .bind(&self.community.0)
            .bind(&message.0)
            .bind(stays)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }
}

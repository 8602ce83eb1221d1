//! The engagement log: who is a keyed hash, and no word is kept.

use conversation::{Engagement, Inbound, MessageId, Timestamp};

use crate::{Entry, Result, Tx, id::new_id};

/// One line of the log.
pub(super) struct Seen<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) message: Option<&'a MessageId>,
    pub(super) thread: Option<&'a MessageId>,
    /// The account that stands for the person, if not the actor's own.
    pub(super) counted_as: Option<&'a str>,
}

impl Tx {
    pub(super) async fn record_engagement(
        &mut self,
        (entry, event): (&Entry, &Inbound),
        seen: &Seen<'_>,
        now: Timestamp,
    ) -> Result<()> {
        let engagement = seen.engagement;
        sqlx::query(
            "insert into engagement (community_id, id, at, kind, person_key, room_id, channel_id, message_id,
               thread_id, is_reply, is_question, length)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&entry.community.0)
        .bind(new_id(now))
        .bind(event.at.0)
        .bind(engagement.kind.as_str())
        .bind(person_key(entry, event, seen.counted_as))
        .bind(entry.channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&entry.channel.id.0)
        .bind(seen.message.map(|it| it.0.clone()))
        .bind(seen.thread.map(|it| it.0.clone()))
        .bind(i64::from(engagement.is_reply))
        .bind(i64::from(engagement.is_question))
        .bind(i64::try_from(engagement.length).unwrap_or(i64::MAX))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

/// HMAC-SHA-256 of the account under the community's own key, in hex. Who has several accounts is one person: the key is
/// that of the account that they were first known by.
fn person_key(entry: &Entry, event: &Inbound, counted_as: Option<&str>) -> String {
    match counted_as {
        Some(account) => entry.keyed_hash(&[account]),
        None => entry.keyed_hash(&[&event.channel.platform.0, &event.actor.account.0]),
    }
}

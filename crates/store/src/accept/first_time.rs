//! Whether an event is new, a repeat, or another one under an id that was given twice.
//!
//! **Invariant:** decided where the event is written down, so that it holds for those of one moment, after a restart, and
//! on both databases. What comes without a row is new, whatever was answered for it.

use conversation::{Inbound, Timestamp};

use crate::{Result, parts::Events};

impl Events<'_> {
    /// Puts the hash of the event's key down. False if it is a repeat. Where another event has its key, it goes on under its other
    /// name.
    pub async fn first_time(
        &mut self,
        community: &str,
        event: &mut Inbound,
        now: Timestamp,
    ) -> Result<bool> {
        let hash = self.tx.event_hash(&event.key);
        if self.put_down(community, (event, &hash), now).await? {
            return Ok(true);
        }
        if !self.is_anothers(community, (event, &hash)).await? {
            return Ok(false);
        }
        let Some(renamed) = event.under_its_other_name() else {
            return Ok(false);
        };
        tracing::info!(platform = %event.channel.platform, "a message id was given twice: the second goes on under an id of ours");
        *event = renamed;
        let hash = self.tx.event_hash(&event.key);
        self.put_down(community, (event, &hash), now).await
    }

    async fn put_down(
        &mut self,
        community: &str,
        (event, hash): (&Inbound, &str),
        now: Timestamp,
    ) -> Result<bool> {
        let done = sqlx::query(
            "insert into event (community_id, platform, key_hash, verdict, taken_at, fingerprint)
             values ($1, $2, $3, 'take', $4, $5)
             on conflict (community_id, platform, key_hash) do nothing",
        )
        .bind(community)
        .bind(&event.channel.platform.0)
        .bind(hash)
        .bind(now.0)
        .bind(event.fingerprint())
        .execute(self.tx.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Of an event that was taken in before fingerprints were kept nobody knows: it counts as the same.
    async fn is_anothers(
        &mut self,
        community: &str,
        (event, hash): (&Inbound, &str),
    ) -> Result<bool> {
        let Some(fingerprint) = event.fingerprint() else {
            return Ok(false);
        };
        let known: Option<Option<String>> = sqlx::query_scalar(
            "select fingerprint from event where community_id = $1 and platform = $2 and key_hash = $3",
        )
        .bind(community)
        .bind(&event.channel.platform.0)
        .bind(hash)
        .fetch_optional(self.tx.connection())
        .await?;
        Ok(known.flatten().is_some_and(|it| it != fingerprint))
    }

    pub async fn record_verdict(
        &mut self,
        community: &str,
        event: &Inbound,
        rule: &str,
    ) -> Result<()> {
        // A repeat leaves the first verdict standing.
        if rule == "repeat" {
            return Ok(());
        }
        let hash = self.tx.event_hash(&event.key);
        sqlx::query(
            "update event set verdict = $1 where community_id = $2 and platform = $3 and key_hash = $4",
        )
        .bind(rule)
        .bind(community)
        .bind(&event.channel.platform.0)
        .bind(hash)
        .execute(self.tx.connection())
        .await?;
        Ok(())
    }
}

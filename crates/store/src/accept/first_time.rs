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
        let Some(before) = self.put_down(community, event, now).await? else {
            return Ok(true);
        };
        // Of an event that was taken in before fingerprints were kept nobody knows: it counts as the same.
        let both = before.as_deref().zip(event.fingerprint());
        let is_anothers = both.is_some_and(|(before, now)| before != now);
        let renamed = event.under_its_other_name();
        let Some(renamed) = renamed.filter(|_| is_anothers) else {
            return Ok(false);
        };
        tracing::info!(platform = %event.channel.platform, "a message id was given twice: the second goes on under an id of ours");
        *event = renamed;
        Ok(self.put_down(community, event, now).await?.is_none())
    }

    /// The fingerprint of the event that had its key before.
    async fn put_down(
        &mut self,
        community: &str,
        event: &Inbound,
        now: Timestamp,
    ) -> Result<Option<Option<String>>> {
        let hash = self.tx.event_hash(&event.key);
        let platform = event.channel.platform.0.clone();
        let at = (community.to_owned(), platform, hash);
        let before = self.tx.heard_event(at.clone()).await?;
        if before.is_none() {
            self.tx.put_event(at, event.fingerprint(), now);
        }
        Ok(before)
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
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

//! Changes of messages that we have not heard of yet: kept until their message comes, for a while.
//!
//! **Invariant:** what is kept is bounded, by channel and by age, and what is given up says so in its event's verdict.

use conversation::{CAME_EARLY, Event, Inbound, RemoteId, Timestamp};
use sqlx::Row;

use crate::{DueKind, Result, foreseen::copy_at, parts::Messages, text};

/// Of one channel.
const MOST_KEPT: i64 = 1000;
/// In bytes of JSON.
const LARGEST_KEPT: usize = 256 * 1024;

impl Messages<'_> {
    /// False if it cannot be kept.
    pub async fn keep_early(&mut self, event: &Inbound, now: Timestamp) -> Result<bool> {
        let Some(target) = changed(event) else {
            return Ok(false);
        };
        if matches!(event.event, Event::Deleted { .. }) {
            self.forget_unheard(target).await?;
        }
        let json = serde_json::to_string(event)?;
        if json.len() > LARGEST_KEPT || self.n_early().await? >= MOST_KEPT {
            return Ok(false);
        }
        let hash = self.tx.event_hash(&event.key);
        sqlx::query(
            "insert into early_change (community_id, channel_id, remote_id, key, at, event) values ($1, $2, $3, $4, $5, $6)
             on conflict (community_id, channel_id, remote_id, key) do nothing",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(text::key(&target.0))
        .bind(hash)
        .bind(now.0)
        .bind(json)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx
            .events()
            .record_verdict(&self.entry.community.0, event, CAME_EARLY)
            .await?;
        let about = (DueKind::EarlyChange, self.entry.channel.id.as_str());
        self.tx
            .clock()
            .fall_due_at(&self.entry.community, about, now)
            .await?;
        Ok(true)
    }

    /// What its author takes back before anybody heard of it.
    async fn forget_unheard(&mut self, message: &RemoteId) -> Result<()> {
        sqlx::query(
            "delete from early_change where community_id = $1 and channel_id = $2 and remote_id = $3",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(text::key(&message.0))
        .execute(self.tx.connection().await?)
        .await?;
        self.tx
            .held(&self.entry.community)
            .drop_held_message(&self.entry.channel.id, message)
            .await
    }

    async fn n_early(&mut self) -> Result<i64> {
        Ok(sqlx::query_scalar(
            "select count(*) from early_change where community_id = $1 and channel_id = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .fetch_one(self.tx.reading().await?)
        .await?)
    }

    /// What was kept for these messages, in the order in which it happened; it is kept no longer.
    pub async fn take_early(&mut self, ids: &[RemoteId]) -> Result<Vec<Inbound>> {
        let mut kept = Vec::new();
        for id in ids {
            if !self.tx.copied(copy_at(self.entry, id)).await?.is_awaited {
                continue;
            }
            let rows = sqlx::query(
                "select event from early_change where community_id = $1 and channel_id = $2 and remote_id = $3
                 order by at, key",
            )
            .bind(&self.entry.community.0)
            .bind(&self.entry.channel.id.0)
            .bind(text::key(&id.0))
            .fetch_all(self.tx.reading().await?)
            .await?;
            for row in rows {
                match serde_json::from_str::<Inbound>(&row.get::<String, _>("event")) {
                    Ok(event) => kept.push(Inbound {
                        // The channel may have moved meanwhile.
                        channel: self.entry.channel.at.clone(),
                        ..event
                    }),
                    Err(error) => {
                        tracing::warn!(%error, channel.id = %self.entry.channel.id, "an early change cannot be read: it is left out");
                    }
                }
            }
            sqlx::query(
                "delete from early_change where community_id = $1 and channel_id = $2 and remote_id = $3",
            )
            .bind(&self.entry.community.0)
            .bind(&self.entry.channel.id.0)
            .bind(text::key(&id.0))
            .execute(self.tx.connection().await?)
            .await?;
        }
        kept.sort_by_key(|event| event.at);
        Ok(kept)
    }

    /// Gives up what has waited in the channel since before then, or came later than anything can, by a clock that went wrong.
    /// Says how many.
    pub async fn give_up_early(&mut self, before: Timestamp, latest: Timestamp) -> Result<usize> {
        let rows = sqlx::query(
            "delete from early_change where community_id = $1 and channel_id = $2 and (at < $3 or at > $4) returning event",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(before.0)
        .bind(latest.0)
        .fetch_all(self.tx.connection().await?)
        .await?;
        for row in &rows {
            if let Ok(event) = serde_json::from_str(row.get("event")) {
                self.tx
                    .events()
                    .record_verdict(&self.entry.community.0, &event, "unknown-target")
                    .await?;
            }
        }
        Ok(rows.len())
    }

    /// When the newest came that waits still.
    pub async fn newest_early(&mut self) -> Result<Option<Timestamp>> {
        let newest: Option<i64> = sqlx::query_scalar(
            "select max(at) from early_change where community_id = $1 and channel_id = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        Ok(newest.map(Timestamp))
    }

    /// Messages of the channel that are known by now, as a copy of ours is whose receipt came after the reaction to it.
    pub async fn early_and_known(&mut self) -> Result<Vec<RemoteId>> {
        let known: Vec<String> = sqlx::query_scalar(
            "select distinct e.remote_id from early_change e
             join copy c on c.community_id = e.community_id and c.channel_id = e.channel_id and c.remote_id = e.remote_id
             where e.community_id = $1 and e.channel_id = $2 and c.part >= 0",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(known.into_iter().map(RemoteId).collect())
    }
}

/// The message that an event changes.
fn changed(event: &Inbound) -> Option<&RemoteId> {
    match &event.event {
        Event::Edited { message, .. } => Some(message),
        Event::Deleted { messages } => messages.first(),
        Event::Reacted(change) => Some(&change.message),
        Event::Failed { message, .. } | Event::Confirmed { message } => Some(message),
        _ => None,
    }
}

//! What was erased for good is known by a keyed hash of its id in its channel, and by nothing else.

use conversation::{Event, Inbound, RemoteId, Timestamp};
use sqlx::Row;

use crate::{
    Entry, Result,
    keys::CommunityKey,
    parts::{Forgettings, Messages},
    text,
};

fn mark(key: &CommunityKey, channel: &str, id: &str) -> String {
    key.hash(&["forgotten", channel, id])
}

impl Forgettings<'_> {
    /// All ids under which the message stands anywhere. Names of threads stay: what others say in them goes on.
    pub(super) async fn mark(&mut self, message: &str, now: Timestamp) -> Result<()> {
        let ids = sqlx::query(
            "select channel_id, remote_id from copy where message_id = $2 and community_id = $1 and part >= 0",
        )
        .bind(&self.community.0)
        .bind(message)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let key = self.tx.community_key(self.community).await?;
        let community = &self.community.0;
        for it in &ids {
            sqlx::query(
                "insert into forgotten (community_id, mark, at) values ($1, $2, $3)
                 on conflict (mark, community_id) do nothing",
            )
            .bind(community)
            .bind(mark(&key, it.get("channel_id"), it.get("remote_id")))
            .bind(now.0)
            .execute(self.tx.connection().await?)
            .await?;
        }
        Ok(())
    }
}

impl Messages<'_> {
    /// Told once more, or changed, though it was erased for good.
    pub async fn is_forgotten(&mut self, event: &Inbound) -> Result<bool> {
        let ids: Vec<&RemoteId> = match &event.event {
            Event::Posted(it) => it.messages.iter().collect(),
            Event::Edited { message, .. } => vec![message],
            Event::Deleted { messages } => messages.iter().collect(),
            Event::Reacted(it) => vec![&it.message],
            _ => Vec::new(),
        };
        let entry: &Entry = self.entry;
        for id in ids {
            let mark = mark(&entry.keys, entry.channel.id.as_str(), &text::key(&id.0));
            let found: Option<i64> =
                sqlx::query_scalar("select 1 from forgotten where mark = $2 and community_id = $1")
                    .bind(&entry.community.0)
                    .bind(mark)
                    .fetch_optional(self.tx.reading().await?)
                    .await?;
            if found.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

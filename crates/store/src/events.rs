//! What became of each event: the other half of the answer to "why did this not arrive?".

use conversation::{EventKey, Platform, Timestamp};
use sqlx::Row;

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    pub platform: Platform,
    pub key: EventKey,
    /// `take`, or the rule by which it was not taken.
    pub verdict: String,
    pub taken_at: Timestamp,
}

impl Store {
    /// The newest first.
    pub async fn recent_events(&self, limit: u32) -> Result<Vec<EventLine>> {
        let rows = sqlx::query(
            "select platform, key, verdict, taken_at from event order by taken_at desc, key desc limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let line = |row: &sqlx::any::AnyRow| EventLine {
            platform: Platform(row.get("platform")),
            key: EventKey(row.get("key")),
            verdict: row.get("verdict"),
            taken_at: Timestamp(row.get("taken_at")),
        };
        Ok(rows.iter().map(line).collect())
    }
}

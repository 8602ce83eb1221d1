//! What became of each event: the other half of the answer to "why did this not arrive?".

use conversation::{Platform, Timestamp};
use sqlx::Row;

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    pub platform: Platform,
    /// A hash: the key itself may hold the id of an account.
    pub key_hash: String,
    /// `take`, or the rule by which it was not taken.
    pub verdict: String,
    pub taken_at: Timestamp,
}

impl Store {
    /// The newest first.
    pub async fn recent_events(&self, limit: u32) -> Result<Vec<EventLine>> {
        let rows = sqlx::query(
            "select platform, key_hash, verdict, taken_at from event order by taken_at desc, key_hash desc limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let line = |row: &sqlx::any::AnyRow| EventLine {
            platform: Platform(row.get("platform")),
            key_hash: row.get("key_hash"),
            verdict: row.get("verdict"),
            taken_at: Timestamp(row.get("taken_at")),
        };
        Ok(rows.iter().map(line).collect())
    }
}

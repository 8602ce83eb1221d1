//! Times that count against no message: the bridge was stopped, the store failed, or a platform refused our account.

use std::{sync::Arc, time::Duration};

use conversation::{Platform, Timestamp};
use sqlx::Row;

use crate::{NoticeKind, Result, Store, parts::Installation};

/// From the beginning to the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// None for all.
    pub platform: Option<Platform>,
    pub began_at: Timestamp,
    pub ended_at: Timestamp,
}

/// When the store last took our word that we are at work.
pub(crate) const ALIVE_AT: &str = "alive_at";
/// A shorter silence is none.
const SILENCE: Duration = Duration::from_secs(60);

impl Store {
    /// Says that we are at work, as somebody must every few seconds: a longer silence counts against no message.
    pub async fn beat(&self, now: Timestamp) -> Result<()> {
        self.look_back(now, true).await
    }

    /// Whoever only opens the store is not at work yet, and may never be.
    pub(crate) async fn look_back(&self, now: Timestamp, is_at_work: bool) -> Result<()> {
        let pauses = self.write(move |tx| {
            Box::pin(async move {
                tx.installation().look_back(now).await?;
                if is_at_work {
                    tx.installation().mark_alive(now).await?;
                }
                tx.installation().pauses().await
            })
        });
        let known = pauses.await?.into();
        *self.pauses.write().expect("no panic under this lock") = known;
        Ok(())
    }

    /// In the order in which they began.
    pub fn pauses(&self) -> Arc<[Pause]> {
        self.pauses
            .read()
            .expect("no panic under this lock")
            .clone()
    }
}

impl Installation<'_> {
    /// A longer silence was a pause; and so was a time that a clock jumped over.
    async fn look_back(&mut self, now: Timestamp) -> Result<()> {
        let last = self.tx.setting("", ALIVE_AT).await?;
        let last = last.and_then(|it| it.parse().ok()).map(Timestamp);
        match last {
            Some(last) if now.since(last) > SILENCE => self.record_pause(last, now).await,
            // The clock was ahead: what it jumped over is still to come.
            Some(last) if now < last => self.cut_pauses(now).await,
            _ => Ok(()),
        }
    }

    pub async fn mark_alive(&mut self, now: Timestamp) -> Result<()> {
        self.tx.set("", ALIVE_AT, &now.0.to_string()).await
    }

    async fn pauses(&mut self) -> Result<Vec<Pause>> {
        let rows = sqlx::query("select platform, began_at, ended_at from pause order by began_at")
            .fetch_all(self.tx.reading().await?)
            .await?;
        let pause = |row: &sqlx::any::AnyRow| {
            let platform: String = row.get("platform");
            Pause {
                platform: Some(platform).filter(|it| !it.is_empty()).map(Platform),
                began_at: Timestamp(row.get("began_at")),
                ended_at: Timestamp(row.get("ended_at")),
            }
        };
        Ok(rows.iter().map(pause).collect())
    }

    /// It lasts until somebody is at work: starts that failed meanwhile ended none.
    async fn record_pause(&mut self, began_at: Timestamp, ended_at: Timestamp) -> Result<()> {
        sqlx::query(
            "insert into pause (platform, began_at, ended_at) values ('', $1, $2)
             on conflict (platform, began_at) do update set ended_at = excluded.ended_at",
        )
        .bind(began_at.0)
        .bind(ended_at.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    async fn cut_pauses(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query("update pause set ended_at = $1 where ended_at > $1")
            .bind(now.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    /// Each start tries the credentials anew: until then nothing could be sent there.
    pub(crate) async fn end_refusals(&mut self, now: Timestamp) -> Result<()> {
        sqlx::query(
            "insert into pause (platform, began_at, ended_at)
             select about, min(at), cast($1 as bigint) from notice where kind = $2 group by about
             on conflict (platform, began_at) do nothing",
        )
        .bind(now.0)
        .bind(NoticeKind::AccountRefused.as_str())
        .execute(self.tx.connection().await?)
        .await?;
        self.clear_notices(NoticeKind::AccountRefused).await
    }
}

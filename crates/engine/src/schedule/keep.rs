//! What is too old to matter, or to be kept, goes: hourly, and in short pieces.

use std::time::{Duration, UNIX_EPOCH};

use conversation::Timestamp;
use store::{Due, Expiry, Forgotten, Result};
use tokio::time::{Instant, sleep};

use super::{Done, Scheduler};

const HOUR: Duration = Duration::from_secs(3600);

impl Scheduler {
    /// Between two pieces everybody else has as much of the store as the first one took. The next look is set with the last one.
    pub(super) async fn expire(&self, due: &Due, now: Timestamp) -> Result<()> {
        let kept = self.retention;
        let mut next = Some(Expiry::FIRST);
        while let Some(piece) = next.filter(|_| !self.stop.is_cancelled()) {
            let (began, due) = (Instant::now(), due.clone());
            let done = self.store.write(move |tx| {
                let due = due.clone();
                Box::pin(async move {
                    let next = tx
                        .words(&due.community.0)
                        .expire((kept, piece), now)
                        .await?;
                    if next.is_none() {
                        tx.clock().done_until(&due, Some(now.plus(HOUR))).await?;
                    }
                    Ok(next)
                })
            });
            next = done.await?;
            sleep(began.elapsed()).await;
        }
        Ok(())
    }

    pub(super) async fn forget(&self, due: &Due, now: Timestamp) -> Result<()> {
        let work = self.in_one(due, move |tx, _| {
            Box::pin(async move {
                let Forgotten { rows, held } = tx.installation().forget_old(now).await?;
                tracing::debug!(rows, "forgot what is too old to matter");
                if held > 0 {
                    tracing::warn!(
                        held.forgotten = held,
                        "what was held for staff for thirty days is forgotten: nobody looked at it"
                    );
                }
                Ok(Done::until(Some(now.plus(HOUR))))
            })
        });
        work.await?;
        self.forget_files(now).await
    }

    /// As long as what they came with. The folder's own trouble is told where something is to be kept in it.
    async fn forget_files(&self, now: Timestamp) -> Result<()> {
        let kept = HOUR.saturating_mul(24 * self.retention.body_days);
        let since = Duration::from_millis(u64::try_from(now.minus(kept).0).unwrap_or(0));
        match self.files.forget(UNIX_EPOCH + since).await {
            Ok(files) => tracing::debug!(files, "forgot files that nobody needs"),
            Err(error) => tracing::debug!(%error, "files could not be forgotten"),
        }
        Ok(())
    }
}

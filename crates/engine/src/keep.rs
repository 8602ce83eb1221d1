//! What is too old to matter, or to be kept, goes: hourly, and in short pieces.

use std::time::Duration;

use conversation::Timestamp;
use store::{Due, Expiry, Forgotten, Result};
use tokio::time::{Instant, sleep};

use crate::{Engine, clock::Done};

const HOUR: Duration = Duration::from_secs(3600);

impl Engine {
    /// Between two pieces everybody else has as much of the store as the first one took. The next look is set with the last one.
    pub(crate) async fn expire(&self, due: &Due, now: Timestamp) -> Result<()> {
        let kept = self.settings.retention;
        let mut next = Some(Expiry::FIRST);
        while let Some(piece) = next.filter(|_| !self.stop.is_cancelled()) {
            let (began, due) = (Instant::now(), due.clone());
            let done = self.store.write(move |tx| {
                let due = due.clone();
                Box::pin(async move {
                    let next = tx.expire(&due.community, (kept, piece), now).await?;
                    if next.is_none() {
                        tx.done_until(&due, Some(now.plus(HOUR))).await?;
                    }
                    Ok(next)
                })
            });
            next = done.await?;
            sleep(began.elapsed()).await;
        }
        Ok(())
    }

    pub(crate) async fn forget(&self, due: &Due, now: Timestamp) -> Result<()> {
        let work = self.in_one(due, move |tx| {
            Box::pin(async move {
                let Forgotten { rows, held } = tx.forget_old(now).await?;
                tracing::debug!(rows, "forgot what is too old to matter");
                if held > 0 {
                    tracing::warn!(
                        held.forgotten = held,
                        "what was held for staff for thirty days is forgotten: nobody looked at it"
                    );
                }
                Ok(Done {
                    next: Some(now.plus(HOUR)),
                    woken: Vec::new(),
                })
            })
        });
        work.await
    }
}

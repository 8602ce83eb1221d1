//! What is too old to matter, or to be kept, goes: hourly, and never for long at a time.

use std::{sync::Arc, time::Duration};

use conversation::Timestamp;
use store::{Expiry, Forgotten, Result};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{HOUSEKEEPING, failed, system_now};
use crate::Engine;

/// What is left then goes at the next look.
const LONGEST_LOOK: Duration = Duration::from_secs(60);

impl Engine {
    pub(super) async fn keep_house(self: Arc<Engine>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let now = system_now();
            match self
                .store
                .write(move |tx| Box::pin(tx.forget_old(now)))
                .await
            {
                Ok(Forgotten { rows, held: 0 }) => {
                    tracing::debug!(rows, "forgot what is too old to matter");
                }
                Ok(Forgotten { held, .. }) => tracing::warn!(
                    held.forgotten = held,
                    "what was held for staff for thirty days is forgotten: nobody looked at it"
                ),
                Err(error) if self.store.is_lost_by(&error) => return,
                Err(error) => failed(&error, "housekeeping failed; it is tried again"),
            }
            match self.expire(now).await {
                Ok(pieces) => tracing::debug!(pieces, "what was said long ago is kept no longer"),
                Err(error) if self.store.is_lost_by(&error) => return,
                Err(error) => failed(
                    &error,
                    "what is kept for too long could not go; it is tried again",
                ),
            }
            tokio::select! {
                () = sleep(HOUSEKEEPING) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// Between two pieces everybody else has as much of the store as the first one took.
    pub async fn expire(&self, now: Timestamp) -> Result<u64> {
        let (kept, began) = (self.settings.retention, Instant::now());
        let mut next = Some(Expiry::FIRST);
        let mut pieces = 0;
        while let Some(piece) =
            next.filter(|_| began.elapsed() < LONGEST_LOOK && !self.stop.is_cancelled())
        {
            let piece_began = Instant::now();
            let done = self
                .store
                .write(move |tx| Box::pin(tx.expire(kept, piece, now)));
            next = done.await?;
            pieces += 1;
            sleep(piece_began.elapsed()).await;
        }
        Ok(pieces)
    }
}

//! Time passes, and what is too old goes.

use std::time::Duration;

use store::{Expiry, Retention};

use super::World;

pub(crate) const KEPT: Retention = Retention {
    body_days: 30,
    metadata_months: 13,
};

impl World {
    pub(crate) fn days_pass(&mut self, days: u64) {
        self.later(Duration::from_secs(days * 24 * 3600));
    }

    /// All that is due. In how many pieces.
    pub(crate) async fn expires(&self, kept: Retention) -> usize {
        let (mut next, mut pieces, now) = (Some(Expiry::FIRST), 0, self.now);
        while let Some(piece) = next {
            let gone = self
                .store
                .write(move |tx| Box::pin(tx.expire(kept, piece, now)));
            next = gone.await.unwrap();
            pieces += 1;
        }
        pieces
    }
}

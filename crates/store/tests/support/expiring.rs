//! Time passes, and what is too old goes.

use std::time::Duration;

use conversation::CommunityId;
use store::{DueKind, Expiry, Retention};

use super::World;

pub(crate) const KEPT: Retention = Retention {
    body_days: 30,
    metadata_months: 13,
};

impl World {
    pub(crate) fn days_pass(&mut self, days: u64) {
        self.later(Duration::from_secs(days * 24 * 3600));
    }

    /// All that is due in each community. In how many pieces.
    pub(crate) async fn expires(&self, kept: Retention) -> usize {
        let mut pieces = 0;
        for due in self.due(DueKind::Retention).await {
            pieces += self.expires_in(&due.community, kept).await;
        }
        pieces
    }

    pub(crate) async fn expires_in(&self, community: &CommunityId, kept: Retention) -> usize {
        let (mut next, mut pieces, now) = (Some(Expiry::FIRST), 0, self.now);
        while let Some(piece) = next {
            let community = community.clone();
            let gone = self.store.write(move |tx| {
                let community = community.clone();
                Box::pin(async move { tx.words(&community.0).expire((kept, piece), now).await })
            });
            next = gone.await.unwrap();
            pieces += 1;
        }
        pieces
    }
}

//! What falls due, and when.

use std::time::Duration;

use conversation::Timestamp;
use store::{Delays, Due, DueKind};

use super::World;

pub(crate) const DELAYS: Delays = Delays {
    correction: Duration::from_secs(90),
    digest: Duration::from_secs(24 * 3600),
    lateness: Duration::from_secs(600),
};

impl World {
    /// What falls due of the kind, the earliest first.
    pub(crate) async fn due(&self, kind: DueKind) -> Vec<Due> {
        let mut due = self.store.earliest_due(&DueKind::ALL, 1000).await.unwrap();
        due.retain(|it| it.kind == kind);
        due
    }

    pub(crate) async fn sets_the_clock(&self) {
        let now = self.now;
        let set = self
            .store
            .write(move |tx| Box::pin(async move { tx.clock().set(&DELAYS, now).await }));
        set.await.unwrap();
    }

    /// What waits in the channel may have to be told of.
    pub(crate) async fn may_be_late(&self, channel: &str) {
        let entry = self.entry(channel);
        let noted = self.store.write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                tx.clock()
                    .may_be_late((&entry.community, &entry.channel.id), DELAYS.lateness)
                    .await
            })
        });
        noted.await.unwrap();
    }

    pub(crate) async fn falls_due(&self, kind: DueKind, about: &str, at: Timestamp) {
        let (community, about) = (self.community("riverside").await, about.to_owned());
        let set = self.store.write(move |tx| {
            let (community, about) = (community.clone(), about.clone());
            Box::pin(async move { tx.clock().fall_due_at(&community, (kind, &about), at).await })
        });
        set.await.unwrap();
    }

    /// What was deleted while it was under way, as far as it is known what became of it.
    pub(crate) async fn erases_the_rest(&self) {
        let now = self.now;
        for due in self.due(DueKind::Erasure).await {
            let erased = self.store.write(move |tx| {
                let due = due.clone();
                Box::pin(async move {
                    let since = tx
                        .words(&due.community.0)
                        .erase_the_rest(&due.about, now)
                        .await?;
                    tx.clock().done_until(&due, since.map(|_| now)).await
                })
            });
            erased.await.unwrap();
        }
    }

    pub(crate) async fn puts_off(&self, due: &Due) {
        let (due, now) = (due.clone(), self.now);
        let put_off = self.store.write(move |tx| {
            let due = due.clone();
            Box::pin(async move { tx.clock().put_off(&due, now).await })
        });
        put_off.await.unwrap();
    }
}

//! Looking for what is to be sent.

use conversation::Timestamp;
use store::{Claim, Entry, Foresight, Look, Result};

use super::World;

impl World {
    pub(crate) async fn try_claim(&self, entry: Entry) -> Result<Claim> {
        let look = Look {
            now: self.now,
            ..Look::default()
        };
        self.look(entry, look).await
    }

    pub(crate) async fn look(&self, entry: Entry, look: Look) -> Result<Claim> {
        let epoch = self.store.epoch();
        let (community, foresight) = (entry.community.clone(), Foresight::of_queue(&entry, None));
        self.store
            .write_foreseeing((&community, foresight), move |tx| {
                let (entry, look) = (entry.clone(), look.clone());
                Box::pin(async move { tx.outbox(&entry).claim_by(&look, epoch).await })
            })
            .await
    }

    /// How the one answer that is to be given is looked at.
    pub(crate) async fn at_the_answer(&self, now: Timestamp) -> Look {
        let open = self.store.open_answers().await.unwrap();
        assert_eq!(open.len(), 1, "{open:?}");
        let answer = open.into_iter().next().map(|it| it.message);
        Look {
            now,
            answer,
            ..Look::default()
        }
    }
}

//! What is said together once its time has come: corrections, digests of reactions, and changes whose message came
//! to be known in another way than by an event.

use std::{sync::Arc, time::Duration};

use conversation::{ChannelId, Link, RemoteId, Timestamp};
use store::{Recorded, Result};

use crate::Engine;

/// So long a change waits for the message that it changes.
const EARLY_KEPT: Duration = Duration::from_secs(3600);

impl Engine {
    /// Says what has waited for long enough. Says how much there was to do.
    pub async fn say_what_was_gathered(&self, now: Timestamp) -> Result<usize> {
        let early = self.take_in_known(now).await?;
        let given_up = self.give_up_early(now).await?;
        let corrections = self.release_corrections(now).await?;
        let digests = self.say_digests(now).await?;
        let files = self.release_files(now).await?;
        self.erase_the_rest(now).await?;
        Ok(early + given_up + corrections + digests + files)
    }

    async fn erase_the_rest(&self, now: Timestamp) -> Result<()> {
        if !self.store.has_unerased().await? {
            return Ok(());
        }
        let erased = self.store.write(move |tx| Box::pin(tx.erase_the_rest(now)));
        erased.await
    }

    async fn release_corrections(&self, now: Timestamp) -> Result<usize> {
        let before = now.minus(self.settings.correction_after);
        let mut n_released = 0;
        for case in self.store.corrections_before(before).await? {
            let channel = case.1.clone();
            let released = self.store.write(move |tx| {
                let (community, channel) = case.clone();
                Box::pin(
                    async move { tx.release_corrections((&community, &channel), before).await },
                )
            });
            n_released += released.await?;
            self.wake(&channel);
        }
        Ok(n_released)
    }

    async fn say_digests(&self, now: Timestamp) -> Result<usize> {
        let before = now.minus(self.settings.digest_every);
        let mut said = 0;
        for (channel, since) in self.store.digests_before(before).await? {
            let directory = self.store.directory();
            let entry = directory.by_id(&channel);
            let Some(entry) = entry.filter(|it| it.channel.room.is_some()).cloned() else {
                continue;
            };
            // What waits for a closed channel waits for its opening.
            if entry.channel.link != Link::Active {
                continue;
            }
            let work = self.store.write(move |tx| {
                let entry = entry.clone();
                Box::pin(async move { tx.say_digest(&entry, since, now).await })
            });
            said += usize::from(work.await?);
            self.wake(&channel);
        }
        Ok(said)
    }

    /// A reaction to a copy of ours may overtake the receipt of the copy.
    async fn take_in_known(&self, now: Timestamp) -> Result<usize> {
        let known = self.store.early_and_known().await?;
        let n_known = known.len();
        for (_, channel, message) in known {
            let recorded = self.take_in_early(&channel, message, now).await?;
            recorded.woken.iter().for_each(|it| self.wake(it));
        }
        Ok(n_known)
    }

    async fn take_in_early(
        &self,
        channel: &ChannelId,
        message: RemoteId,
        now: Timestamp,
    ) -> Result<Recorded> {
        let case = Arc::new((channel.clone(), [message], self.outlook.clone()));
        let work = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (channel, messages, outlook) = &*case;
                let directory = tx.directory().await?;
                match directory.by_id(channel) {
                    Some(entry) => {
                        let place = outlook.place(entry, &directory);
                        place.take_in_early(tx, messages, now).await
                    }
                    None => Ok(Recorded::default()),
                }
            })
        });
        work.await
    }

    async fn give_up_early(&self, now: Timestamp) -> Result<usize> {
        let before = now.minus(EARLY_KEPT);
        if !self.store.has_early_before(before).await? {
            return Ok(0);
        }
        let given_up = self
            .store
            .write(move |tx| Box::pin(tx.give_up_early(before)));
        let given_up = given_up.await?;
        tracing::info!(
            changes.given_up = given_up,
            "changes of messages that never came"
        );
        Ok(given_up)
    }

    pub(crate) fn wake(&self, channel: &ChannelId) {
        // Nobody listens in tests, where lanes are stepped by hand.
        let _ = self.wake.send(channel.clone());
    }
}

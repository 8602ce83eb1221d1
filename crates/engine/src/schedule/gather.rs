//! What is said together once its time has come: corrections, digests of reactions, and changes whose message came
//! to be known in another way than by an event.

use std::{sync::Arc, time::Duration};

use conversation::{ChannelId, Link, Timestamp, WaitsFor};
use store::{Due, Result};

use super::{Done, NO_JUMP, Scheduler};

/// So long a change waits for the message that it changes.
const EARLY_KEPT: Duration = Duration::from_secs(3600);
/// Between two looks at what is to become known it is as long as it has been open so far, within these.
const LOOKS: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(60)];
/// Before it is looked again whether a closed channel is open.
const CLOSED: Duration = Duration::from_secs(60);

impl Scheduler {
    pub(super) async fn say_corrections(&self, due: &Due, now: Timestamp) -> Result<()> {
        let after = self.outlook.delays.correction;
        let work = self.in_one(due, move |tx, due| {
            Box::pin(async move {
                let (community, channel) = (&due.community, &ChannelId(due.about.clone()));
                let before = now.minus(after);
                let released = tx
                    .backlog(community, channel)
                    .release_corrections(before, now)
                    .await?;
                let since = tx
                    .backlog(community, channel)
                    .since(WaitsFor::Correction)
                    .await?;
                Ok(Done {
                    next: since.map(|it| it.plus(after)),
                    woken: (released > 0)
                        .then(|| channel.clone())
                        .into_iter()
                        .collect(),
                })
            })
        });
        work.await
    }

    /// What waits for a closed channel waits for its opening.
    pub(super) async fn say_digest(&self, due: &Due, now: Timestamp) -> Result<()> {
        let every = self.outlook.delays.digest;
        let work = self.in_one(due, move |tx, due| {
            Box::pin(async move {
                let channel = ChannelId(due.about.clone());
                let directory = tx.directory().rooms_of(&due.community).await?;
                let Some(entry) = directory.by_id(&channel) else {
                    return Ok(Done::default());
                };
                let place = (&entry.community, &channel);
                let Some(since) = tx.backlog(place.0, place.1).since(WaitsFor::Digest).await?
                else {
                    return Ok(Done::default());
                };
                if entry.channel.link != Link::Active {
                    return Ok(Done::until(Some(now.plus(CLOSED))));
                }
                tx.outbox(entry).say_digest(since, now).await?;
                // What came meanwhile is told next time.
                let left = tx.backlog(place.0, place.1).since(WaitsFor::Digest).await?;
                Ok(Done {
                    next: left.map(|it| it.plus(every)),
                    woken: vec![channel],
                })
            })
        });
        work.await
    }

    /// A reaction to a copy of ours may overtake the receipt of the copy.
    pub(super) async fn look_for_early(&self, due: &Due, now: Timestamp) -> Result<()> {
        let outlook = Arc::new(self.outlook.clone());
        let work = self.in_one(due, move |tx, due| {
            let outlook = outlook.clone();
            Box::pin(async move {
                let directory = tx.directory().rooms_of(&due.community).await?;
                let channel = ChannelId(due.about.clone());
                let Some(entry) = directory.by_id(&channel) else {
                    return Ok(Done::default());
                };
                let known = tx.messages(entry).early_and_known().await?;
                let room = outlook.room_around(entry, &directory);
                let recorded = room.take_in_early(tx, &known, now).await?;
                let given_up = tx
                    .messages(entry)
                    .give_up_early(now.minus(EARLY_KEPT), now.plus(NO_JUMP))
                    .await?;
                if given_up > 0 {
                    tracing::info!(
                        changes.given_up = given_up,
                        "changes of messages that never came"
                    );
                }
                let newest = tx.messages(entry).newest_early().await?;
                Ok(Done {
                    next: newest.map(|it| look_again(it, now)),
                    woken: recorded.woken,
                })
            })
        });
        work.await
    }

    pub(super) async fn erase_the_rest(&self, due: &Due, now: Timestamp) -> Result<()> {
        let work = self.in_one(due, move |tx, due| {
            Box::pin(async move {
                let since = tx
                    .words(&due.community.0)
                    .erase_the_rest(&due.about, now)
                    .await?;
                Ok(Done::until(since.map(|it| look_again(it, now))))
            })
        });
        work.await
    }
}

fn look_again(since: Timestamp, now: Timestamp) -> Timestamp {
    let [shortest, longest] = LOOKS;
    now.plus(now.since(since).clamp(shortest, longest))
}

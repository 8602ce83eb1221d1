//! What staff released of what was held.
//!
//! **Invariant:** it is taken in once: it goes from what is held in the transaction that takes it in, and stays there, for
//! the next look, if that comes to nothing.

use std::sync::Arc;

use conversation::{Facts, Inbound, Timestamp, Verdict};
use store::{Foresight, InLine, Released, Result, Tx};

use super::{Ingest, accepted::Accepted, aside, decide, outlook::Outlook};

impl Ingest {
    /// In the order in which it was said, as if it came now. Says how many.
    pub(crate) async fn take_in_released(&self, now: Timestamp) -> Result<usize> {
        let released = self.store.released().await?;
        let works = released
            .into_iter()
            .map(|it| self.line_of_released(Arc::new(it), now));
        let outcomes = self.store.write_in_lines(works.collect()).await;
        let taken: Result<Vec<Accepted>> = outcomes.into_iter().collect();
        Ok(taken?.len())
    }

    fn line_of_released(&self, released: Arc<Released>, now: Timestamp) -> InLine<Accepted> {
        let (wake, outlook) = (self.wake.clone(), self.outlook.clone());
        let unusable = (released.clone(), outlook.clone());
        InLine {
            foresight: Foresight::default(),
            community: released.community.clone(),
            place: self.store.place_in(&released.channel.to_string()),
            work: Box::new(move |tx| {
                let (released, outlook) = (released.clone(), outlook.clone());
                Box::pin(async move { take_in(tx, &released, &outlook, now).await })
            }),
            instead: Box::new(move |error| aside::released_instead(unusable, error, now)),
            then: Box::new(move |accepted, gone_on| {
                wake.others(&accepted.recorded.woken, gone_on);
            }),
        }
    }
}

/// Its key stands there already, and what it answers may have come meanwhile.
async fn take_in(
    tx: &mut Tx,
    released: &Released,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    let Some(event) = tx
        .held(&released.community)
        .take_released(&released.id)
        .await?
    else {
        return Ok(Accepted::dropped("repeat"));
    };
    let event = Inbound {
        // The channel may have moved meanwhile.
        channel: released.channel.clone(),
        ..serde_json::from_str(&event)?
    };
    let directory = tx.directory().rooms_at(&event.channel, None).await?;
    let Some(entry) = directory.find(&event.channel) else {
        return decide::from_nowhere(tx, &event, outlook, now).await;
    };
    let room = outlook.room_around(entry, &directory);
    let mut facts = Facts {
        own_copy: room.stands_there(tx, &event).await?,
        target: room.target(tx, &event).await?,
        released: true,
        ..room.facts.clone()
    };
    let mut accepted = room.decide(tx, &event, &mut facts, now).await?;
    room.follow(tx, (&event, &facts), &mut accepted, now)
        .await?;
    if accepted.verdict == Verdict::Take {
        tx.events()
            .record_verdict(&entry.community.0, &event, "take")
            .await?;
    }
    Ok(accepted)
}

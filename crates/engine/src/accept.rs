//! Taking in: facts, plan and record in one transaction, shared with the neighbours'.
//!
//! **Invariant:** events are decided on where they are written down, one after the other in the order in which they were
//! handed in, on the rooms as they stand there: those of one moment may change them for each other.

use std::sync::Arc;

use conversation::{Asking, CommunityId, Event, EventKey, Inbound, RawEvent, Timestamp, Verdict};
use store::{INSTALLATION, InLine, Result, Store};

use crate::{
    requests::{Rights, Strays, fitting_things, leave_unanswered, shown},
    underway::Underway,
    wake::Wake,
};

mod accepted;
mod aside;
mod braked;
mod decide;
mod first_message;
mod follow;
mod gap;
mod here;
mod larger;
mod later;
mod outlook;
mod private;
mod released;
mod unkept;

pub use accepted::Accepted;
pub(crate) use larger::in_the_larger_place;
pub(crate) use outlook::Outlook;
pub(crate) use private::meant;
pub(crate) use unkept::raw as keep_raw;

/// The way in.
pub(crate) struct Ingest {
    pub(crate) store: Store,
    pub(crate) outlook: Outlook,
    pub(crate) wake: Wake,
    pub(crate) underway: Underway,
    pub(crate) strays: Strays,
    pub(crate) rights: Rights,
}

impl Ingest {
    /// In their order, whatever else is handed in meanwhile. `Ok` means that all are committed and synced.
    pub(crate) async fn accept_all(
        &self,
        events: Vec<Inbound>,
        now: Timestamp,
    ) -> Result<Vec<Accepted>> {
        let singles: Vec<_> = events
            .into_iter()
            .flat_map(one_by_one)
            .map(Arc::new)
            .collect();
        // In their places before anything is waited for: where one before them fails meanwhile, they fail with it.
        let outlooks: Vec<_> = singles.iter().map(|_| self.outlook.of_one()).collect();
        let each = singles.iter().zip(&outlooks);
        let works = each.map(|(it, outlook)| self.line_of(it.clone(), outlook.clone(), now));
        let works = works.collect();
        let turn = self.underway.settle_before(&singles, &self.store).await;
        self.ask_for_rights(&singles, &outlooks).await;
        let outcomes = self.store.write_in_lines(works).await;
        drop(turn);
        for (event, accepted) in singles.iter().zip(&outcomes) {
            if let Ok(accepted) = accepted {
                self.follow_up(event, accepted, now).await;
            }
        }
        outcomes.into_iter().collect()
    }

    /// Those of the few events for which that matters, together.
    async fn ask_for_rights(&self, singles: &[Arc<Inbound>], outlooks: &[Outlook]) {
        let each = singles.iter().zip(outlooks);
        let asked = each.filter(|(event, _)| Rights::are_asked(event));
        let asked = asked.map(|(event, outlook)| async move {
            let with = (&self.store, &outlook.adapters);
            if let Some(channel) = self.rights.of(event, with).await {
                let _ = outlook.administers.set(channel);
            }
        });
        futures::future::join_all(asked).await;
    }

    fn line_of(&self, event: Arc<Inbound>, outlook: Outlook, now: Timestamp) -> InLine<Accepted> {
        let wake = self.wake.clone();
        let unusable = (event.clone(), outlook.clone());
        InLine {
            community: self.whose(&event),
            foresight: self.store.foresight(&event),
            place: self.store.place_in(&event.line().to_string()),
            work: Box::new(move |tx| {
                let (event, outlook) = (event.clone(), outlook.clone());
                Box::pin(async move { decide::take_in(tx, &event, &outlook, now).await })
            }),
            instead: Box::new(move |error| aside::instead(unusable, error, now)),
            then: Box::new(move |accepted, gone_on| {
                wake.others(&accepted.recorded.woken, gone_on);
            }),
        }
    }

    /// As far as is known before it is decided on.
    fn whose(&self, event: &Inbound) -> CommunityId {
        let directory = self.store.directory();
        let entry = directory.heard_in(event);
        entry.map_or(INSTALLATION, |it| it.community.clone())
    }

    /// All of this comes about by itself, though later, if the caller is gone by now.
    async fn follow_up(&self, event: &Inbound, accepted: &Accepted, now: Timestamp) {
        if let Some(stray) = accepted.stray {
            self.strays
                .answer(stray, event, &self.outlook.adapters, now);
        }
        if accepted.is_unanswered {
            leave_unanswered(event, &self.outlook.adapters);
        }
        match accepted.verdict {
            Verdict::Take => {}
            Verdict::Drop(rule) => {
                return tracing::debug!(platform = %event.channel.platform, rule, "event dropped");
            }
            Verdict::Hold(rule) => {
                return tracing::info!(channel.ref = %event.channel, rule, "event held for staff");
            }
        }
        if changes_the_directory(&event.event) {
            if let Err(error) = self.store.refresh_directory().await {
                tracing::warn!(%error, "the rooms could not be read again");
            }
            match &event.event {
                Event::Moved { to } => self.wake.lane_at(to),
                _ => self.wake.lane_at(&event.channel),
            }
        }
        if accepted.recorded.held > 0 {
            tracing::warn!(room.id = ?accepted.room, deliveries.held = accepted.recorded.held, "storm brake: more comes in than is allowed; `causeway dead list` shows what is held");
        }
    }

    /// What may stand in a command while somebody writes it. `None` where they may not give it.
    pub(crate) async fn suggest(&self, asking: &Asking) -> Result<Option<Vec<String>>> {
        let of = Arc::new((asking.clone(), self.outlook.clone()));
        let shown = self.store.write(move |tx| {
            let of = of.clone();
            Box::pin(async move { shown(tx, &of.0, &of.1).await })
        });
        match shown.await? {
            Some(shown) => fitting_things(&self.store, shown, asking).await.map(Some),
            None => Ok(None),
        }
    }

    /// What could not be used. Its id, if it is kept.
    pub(crate) async fn set_aside(&self, raw: RawEvent, now: Timestamp) -> Result<Option<String>> {
        let case = Arc::new((raw, self.outlook.clone()));
        let kept = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (raw, outlook) = &*case;
                tx.events()
                    .first_stopped((&raw.platform, &raw.key), raw.reason, now)
                    .await?;
                keep_raw(tx, raw, outlook, now).await
            })
        });
        kept.await
    }
}

/// A platform may delete many messages at once; each is a decision of its own.
fn one_by_one(event: Inbound) -> Vec<Inbound> {
    match &event.event {
        Event::Deleted { messages } if messages.len() > 1 => messages
            .iter()
            .map(|message| Inbound {
                key: EventKey(format!("{}#{message}", event.key)),
                event: Event::Deleted {
                    messages: vec![message.clone()],
                },
                ..event.clone()
            })
            .collect(),
        _ => vec![event],
    }
}

fn changes_the_directory(event: &Event) -> bool {
    matches!(
        event,
        Event::Moved { .. } | Event::Closed { .. } | Event::Opened
    )
}

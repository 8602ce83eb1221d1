//! Taking in: facts, plan and record in one transaction, shared with the neighbours'.
//!
//! **Invariant:** events are decided on where they are written down, one after the other in the order in which they were
//! handed in, on the rooms as they stand there: those of one moment may change them for each other.

use std::sync::Arc;

use async_trait::async_trait;
use conversation::{
    BlobRef, ByteStream, ChannelRef, CommunityId, Event, EventKey, Inbound, Intake, IntakeError,
    Platform, RawEvent, ResumePoint, Returned, Timestamp, Verdict,
};
use store::{Entry, Error, INSTALLATION, InLine, Recorded, Result, Tx};

use crate::{
    Engine,
    requests::{Stray, leave_unanswered},
    system_now,
};

mod aside;
mod braked;
mod case;
mod gap;
mod larger;
mod later;
mod place;
mod private;
mod released;
mod unkept;

use case::Case;
pub(crate) use case::closed_notice;
use larger::in_the_larger_place;
pub(crate) use place::Outlook;
pub(crate) use unkept::raw as keep_raw;

/// What became of an event.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub verdict: Verdict,
    pub recorded: Recorded,
    /// The channel that it counted for, if it is one of ours.
    entry: Option<Entry>,
    /// It asks for something, and is no community's.
    stray: Option<Stray>,
    /// Nothing goes by the way back that may have come with it.
    is_unanswered: bool,
}

impl Accepted {
    fn dropped(rule: &'static str) -> Accepted {
        Accepted {
            verdict: Verdict::Drop(rule),
            recorded: Recorded::default(),
            entry: None,
            stray: None,
            is_unanswered: false,
        }
    }
}

impl Engine {
    /// `Ok` means: committed and synced. Of an event that became several, the last tells.
    pub async fn accept(&self, event: Inbound, now: Timestamp) -> Result<Accepted> {
        let accepted = self.accept_all(vec![event], now).await?;
        accepted.into_iter().next_back().ok_or(Error::Closed)
    }

    /// In their order, whatever else is handed in meanwhile. `Ok` means that all are committed and synced.
    pub async fn accept_all(&self, events: Vec<Inbound>, now: Timestamp) -> Result<Vec<Accepted>> {
        let singles: Vec<_> = events
            .into_iter()
            .flat_map(one_by_one)
            .map(Arc::new)
            .collect();
        let works = singles.iter().map(|it| self.in_line(it.clone(), now));
        let outcomes = self.store.write_in_lines(works.collect()).await;
        for (event, accepted) in singles.iter().zip(&outcomes) {
            if let Ok(accepted) = accepted {
                self.follow_up(event, accepted, now).await;
            }
        }
        outcomes.into_iter().collect()
    }

    fn in_line(&self, event: Arc<Inbound>, now: Timestamp) -> InLine<Accepted> {
        let wake = self.wake.clone();
        let (unusable, outlook) = (event.clone(), self.outlook.clone());
        let also = outlook.clone();
        InLine {
            community: self.whose(&event),
            line: event.within.as_ref().unwrap_or(&event.channel).to_string(),
            work: Box::new(move |tx| {
                let (event, outlook) = (event.clone(), outlook.clone());
                Box::pin(async move { take_in(tx, &event, &outlook, now).await })
            }),
            instead: Box::new(move |error| aside::instead((unusable, also), error, now)),
            then: Box::new(move |accepted| {
                for channel in &accepted.recorded.woken {
                    // Nobody listens in tests, where lanes are stepped by hand.
                    let _ = wake.send(channel.clone());
                }
            }),
        }
    }

    /// As far as is known before it is decided on.
    fn whose(&self, event: &Inbound) -> CommunityId {
        let directory = self.store.directory();
        let mut places = [Some(&event.channel), event.within.as_ref()]
            .into_iter()
            .flatten();
        let linked = places.find(|it| directory.is_linked(it));
        let entry = directory.find(linked.unwrap_or(&event.channel));
        entry.map_or(INSTALLATION, |it| it.community.clone())
    }

    /// As it is now, where somebody may just have linked it.
    async fn is_linked(&self, at: &ChannelRef) -> Result<bool> {
        if !self.store.directory().is_linked(at) {
            self.store.refresh_directory().await?;
        }
        Ok(self.store.directory().is_linked(at))
    }

    /// The lane of the channel looks again whether there is something to send.
    pub(crate) fn wake_at(&self, at: &ChannelRef) {
        if let Some(entry) = self.store.directory().find(at) {
            let _ = self.wake.send(entry.channel.id.clone());
        }
    }

    /// All of this comes about by itself, though later, if the caller is gone by now.
    async fn follow_up(&self, event: &Inbound, accepted: &Accepted, now: Timestamp) {
        if let Some(stray) = accepted.stray {
            self.strays.answer(stray, event, &self.adapters, now);
        }
        if accepted.is_unanswered {
            leave_unanswered(event, &self.adapters);
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
                Event::Moved { to } => self.wake_at(to),
                _ => self.wake_at(&event.channel),
            }
        }
        if accepted.recorded.held > 0 {
            let room = accepted
                .entry
                .as_ref()
                .and_then(|it| it.channel.room.as_ref());
            tracing::warn!(room.id = ?room, deliveries.held = accepted.recorded.held, "storm brake: more comes in than is allowed; `causeway dead list` shows what is held");
        }
    }
}

/// Within a transaction.
async fn take_in(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    let directory = tx.rooms_at(&event.channel, event.within.as_ref()).await?;
    let event = in_the_larger_place(event, &directory);
    // A private chat that was a room's for a while is none any more.
    let is_talked_in =
        |it: &&Entry| !it.channel.has_left() || !outlook.described(&it.channel.at).is_direct;
    match directory.find(&event.channel).filter(is_talked_in) {
        Some(entry) => {
            let place = outlook.place(entry, &directory);
            let event = event.into_owned();
            Case { event, place }.take_in(tx, now).await
        }
        None => unkept::from_nowhere(tx, &event, outlook, now).await,
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

/// The engine with the real clock: what adapters hand in to.
#[async_trait]
impl Intake for Engine {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        self.accept_all(events, system_now())
            .await
            .map(|_| ())
            .map_err(|error| unavailable(&error))
    }

    async fn resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>, IntakeError> {
        let points = self.store.resume_points(platform).await;
        points.map_err(|error| unavailable(&error))
    }

    async fn note_unheard(
        &self,
        channel: &ChannelRef,
        since: Option<Timestamp>,
    ) -> Result<(), IntakeError> {
        let channel = channel.clone();
        let noted = self.store.write(move |tx| {
            let channel = channel.clone();
            Box::pin(async move { tx.note_unheard(&channel, since).await })
        });
        noted.await.map_err(|error| unavailable(&error))
    }

    async fn note_hearing(&self, platform: &Platform, trouble: Option<String>) {
        self.hear_or_not(platform, trouble, system_now()).await;
    }

    async fn keep(
        &self,
        file: ByteStream,
        of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        let is_linked = self.is_linked(of).await;
        if !is_linked.map_err(|error| unavailable(&error))? {
            return Ok(None);
        }
        let kept = self.files.keep(file).await.map_err(|error| match error {
            Error::TooLarge { limit } => IntakeError::TooLarge { limit },
            other => unavailable(&other),
        });
        kept.map(Some)
    }

    async fn returned(&self, report: Returned) -> Result<(), IntakeError> {
        let counted = self.count_returned(report, system_now()).await;
        counted.map_err(|error| unavailable(&error))
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        let (platform, reason) = (raw.platform.clone(), raw.reason);
        let now = system_now();
        let case = Arc::new((raw, self.outlook.clone()));
        let kept = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (raw, outlook) = &*case;
                tx.first_stopped((&raw.platform, &raw.key), raw.reason, now)
                    .await?;
                keep_raw(tx, raw, outlook, now).await
            })
        });
        match kept.await.map_err(|error| unavailable(&error))? {
            Some(id) => {
                tracing::info!(%platform, reason, set_aside.id = %id, "kept raw, not relayed");
            }
            None => tracing::info!(%platform, reason, "neither relayed nor kept"),
        }
        Ok(())
    }
}

fn unavailable(error: &Error) -> IntakeError {
    IntakeError::Unavailable(error.to_string())
}

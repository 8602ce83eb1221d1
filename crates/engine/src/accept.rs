//! Taking in: facts, plan and record in one transaction, shared with the neighbours'.

use std::{borrow::Cow, panic::AssertUnwindSafe, sync::Arc};

use async_trait::async_trait;
use conversation::{
    BlobRef, ByteStream, ChannelRef, Event, EventKey, Inbound, Intake, IntakeError, Link, Platform,
    Posted, RawEvent, ResumePoint, Timestamp, Verdict,
};
use futures::FutureExt;
use store::{Directory, Error, Recorded, Result};

use crate::{Engine, system_now};

mod case;
mod gap;
mod place;

use case::Case;
pub(crate) use case::closed_notice;

/// What became of an event.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub verdict: Verdict,
    pub recorded: Recorded,
}

impl Accepted {
    fn dropped(rule: &'static str) -> Accepted {
        Accepted {
            verdict: Verdict::Drop(rule),
            recorded: Recorded::default(),
        }
    }
}

impl Engine {
    /// `Ok` means: committed and synced.
    pub async fn accept(&self, event: Inbound, now: Timestamp) -> Result<Accepted> {
        let mut last = None;
        for single in one_by_one(event) {
            last = Some(self.accept_or_set_aside(single, now).await?);
        }
        last.ok_or(Error::Closed)
    }

    /// An event over which we stumble each time must not be offered for ever: its platform would bring nothing else.
    async fn accept_or_set_aside(&self, event: Inbound, now: Timestamp) -> Result<Accepted> {
        let accepted = AssertUnwindSafe(self.accept_one(&event, now))
            .catch_unwind()
            .await
            .unwrap_or(Err(Error::Panicked));
        match accepted {
            Err(error) if error.is_permanent() => {
                tracing::error!(channel.ref = %event.channel, event.key = %event.key, %error, "an event cannot be taken in: kept raw, not relayed");
                let directory = self.store.directory();
                let entry = directory.find(&in_the_larger_place(&event, &directory).channel);
                let community = entry.map_or("", |it| it.community.as_str()).to_owned();
                self.set_event_aside(event, (community, UNUSABLE), None, now)
                    .await?;
                Ok(Accepted::dropped(UNUSABLE))
            }
            accepted => accepted,
        }
    }

    /// Decided on the rooms as they are: events of one moment may change them for each other.
    async fn accept_one(&self, event: &Inbound, now: Timestamp) -> Result<Accepted> {
        if let Some(accepted) = self.accept_if_current(event, now).await? {
            return Ok(accepted);
        }
        let _turn = self.turn.lock().await;
        loop {
            self.store.refresh_directory().await?;
            if let Some(accepted) = self.accept_if_current(event, now).await? {
                return Ok(accepted);
            }
        }
    }

    /// None if the rooms changed before it could be written down.
    async fn accept_if_current(&self, event: &Inbound, now: Timestamp) -> Result<Option<Accepted>> {
        let directory = self.store.directory();
        let event = in_the_larger_place(event, &directory);
        let Some(entry) = directory.find(&event.channel) else {
            return self
                .accept_from_nowhere(event.into_owned(), directory.revision(), now)
                .await;
        };
        let case = Arc::new(Case {
            place: self.place(entry, &directory, now),
            event: event.into_owned(),
        });
        let accepted = self.decide(case.clone(), now).await?;
        if let Some(accepted) = &accepted {
            self.follow_up(&case, accepted, now).await;
        }
        Ok(accepted)
    }

    /// An event of a channel that is in no community: kept raw, for it may be a link that staff forgot.
    async fn accept_from_nowhere(
        &self,
        event: Inbound,
        directory: Option<i64>,
        now: Timestamp,
    ) -> Result<Option<Accepted>> {
        let channel = event.channel.clone();
        let why = (String::new(), UNKNOWN_CHANNEL);
        let kept = self.set_event_aside(event, why, Some(directory), now);
        if !kept.await? {
            return Ok(None);
        }
        tracing::info!(channel.ref = %channel, "event of a channel in no room: kept, not relayed");
        Ok(Some(Accepted::dropped(UNKNOWN_CHANNEL)))
    }

    /// False if the rooms are no longer those of `directory`.
    async fn set_event_aside(
        &self,
        event: Inbound,
        (community, reason): (String, &'static str),
        directory: Option<Option<i64>>,
        now: Timestamp,
    ) -> Result<bool> {
        let raw = RawEvent {
            platform: event.channel.platform.clone(),
            key: event.key.clone(),
            reason,
            body: serde_json::to_vec(&event)
                .map_err(|error| Error::Unreadable(error.to_string()))?,
        };
        let case = Arc::new((event, raw, community));
        let kept = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (event, raw, community) = &*case;
                if let Some(directory) = directory
                    && tx.directory_revision().await? != directory
                {
                    return Ok(false);
                }
                if tx.first_time(community, event, now).await? {
                    tx.record_verdict(community, event, raw.reason).await?;
                    tx.set_aside(raw, now).await?;
                }
                Ok(true)
            })
        });
        kept.await
    }

    /// The lane of the channel looks again whether there is something to send.
    pub(crate) fn wake_at(&self, at: &ChannelRef) {
        if let Some(entry) = self.store.directory().find(at) {
            let _ = self.wake.send(entry.channel.id.clone());
        }
    }

    async fn decide(&self, case: Arc<Case>, now: Timestamp) -> Result<Option<Accepted>> {
        let line = case.event.channel.to_string();
        let wake = self.wake.clone();
        let work = self.store.write_in_line(
            &line,
            move |tx| {
                let case = case.clone();
                Box::pin(async move { case.take_in(tx, now).await })
            },
            move |accepted: &Option<Accepted>| {
                let woken = accepted.iter().flat_map(|it| &it.recorded.woken);
                for channel in woken {
                    // Nobody listens in tests, where lanes are stepped by hand.
                    let _ = wake.send(channel.clone());
                }
            },
        );
        work.await
    }

    /// All of this comes about by itself, though later, if the caller is gone by now.
    async fn follow_up(&self, case: &Case, accepted: &Accepted, now: Timestamp) {
        if let Verdict::Drop(rule) = accepted.verdict {
            tracing::debug!(channel.id = %case.place.entry.channel.id, event.key = %case.event.key, rule, "event dropped");
            return;
        }
        if let (Event::Posted(_), Some(room)) = (&case.event.event, &case.place.entry.channel.room)
        {
            self.storm.count(room, now);
        }
        if changes_the_directory(&case.event.event) {
            if let Err(error) = self.store.refresh_directory().await {
                tracing::warn!(%error, "the rooms could not be read again");
            }
            match &case.event.event {
                Event::Moved { to } => self.wake_at(to),
                _ => self.wake_at(&case.place.entry.channel.at),
            }
        }
        if accepted.recorded.held > 0 {
            tracing::warn!(room.id = ?case.place.entry.channel.room, deliveries.held = accepted.recorded.held, "storm brake: a room takes in more than is allowed; `causeway dead list` shows what is held");
        }
    }
}

const UNKNOWN_CHANNEL: &str = "unknown-channel";
const UNUSABLE: &str = "unusable-event";

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

/// What happens in a channel that is in no room itself counts for the larger place that it is a part of, but for its
/// own end.
fn in_the_larger_place<'e>(event: &'e Inbound, directory: &Directory) -> Cow<'e, Inbound> {
    let is_in_room = |at: &ChannelRef| {
        let entry = directory.find(at);
        entry.is_some_and(|it| it.channel.room.is_some() && it.channel.link != Link::Unlinked)
    };
    match &event.within {
        Some(larger)
            if !changes_the_directory(&event.event)
                && !is_in_room(&event.channel)
                && is_in_room(larger) =>
        {
            Cow::Owned(Inbound {
                channel: larger.clone(),
                ..event.clone()
            })
        }
        Some(_) if is_in_room(&event.channel) => without_thread(event),
        _ => Cow::Borrowed(event),
    }
}

/// A topic that is in a room by itself holds many threads, and is none.
fn without_thread(event: &Inbound) -> Cow<'_, Inbound> {
    match &event.event {
        Event::Posted(posted) if posted.thread.is_some() => Cow::Owned(Inbound {
            event: Event::Posted(Posted {
                thread: None,
                ..posted.clone()
            }),
            ..event.clone()
        }),
        _ => Cow::Borrowed(event),
    }
}

fn changes_the_directory(event: &Event) -> bool {
    matches!(event, Event::Moved { .. } | Event::Closed | Event::Opened)
}

/// The engine with the real clock: what adapters hand in to.
#[async_trait]
impl Intake for Engine {
    async fn accept(&self, event: Inbound) -> Result<(), IntakeError> {
        Engine::accept(self, event, system_now())
            .await
            .map(|_| ())
            .map_err(|error| unavailable(&error))
    }

    async fn resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>, IntakeError> {
        let points = self.store.resume_points(platform).await;
        points.map_err(|error| unavailable(&error))
    }

    async fn keep(&self, file: ByteStream) -> Result<BlobRef, IntakeError> {
        self.files.keep(file).await.map_err(|error| match error {
            Error::TooLarge { limit } => IntakeError::TooLarge { limit },
            other => unavailable(&other),
        })
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        let (platform, reason) = (raw.platform.clone(), raw.reason);
        let now = system_now();
        let raw = Arc::new(raw);
        let id = self
            .store
            .write(move |tx| {
                let raw = raw.clone();
                Box::pin(async move { tx.set_aside(&raw, now).await })
            })
            .await
            .map_err(|error| unavailable(&error))?;
        tracing::info!(%platform, reason, set_aside.id = %id, "kept raw, not relayed");
        Ok(())
    }
}

fn unavailable(error: &Error) -> IntakeError {
    IntakeError::Unavailable(error.to_string())
}

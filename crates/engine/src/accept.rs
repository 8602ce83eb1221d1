//! Taking in: facts, plan and record in one transaction, shared with the neighbours'.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use conversation::{
    BlobRef, ByteStream, Capabilities, ChannelRef, Event, EventKey, Facts, Inbound, Intake,
    IntakeError, Link, MessageFacts, Plan, Policy, RawEvent, Timestamp, Verdict, plan,
};
use store::{Directory, Entry, Error, Notice, Recorded, Result, Tx};

use crate::{Engine, system_now};

/// What became of an event.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub verdict: Verdict,
    pub recorded: Recorded,
}

impl Engine {
    /// `Ok` means: committed and synced.
    pub async fn accept(&self, event: Inbound, now: Timestamp) -> Result<Accepted> {
        let mut last = None;
        for single in one_by_one(event) {
            last = Some(self.accept_one(single, now).await?);
        }
        last.ok_or(Error::Closed)
    }

    /// Decided on the rooms as they are: events of one moment may change them for each other.
    async fn accept_one(&self, event: Inbound, now: Timestamp) -> Result<Accepted> {
        loop {
            let directory = self.store.directory();
            let accepted = match directory.find(&event.channel) {
                None => {
                    self.accept_from_nowhere(event.clone(), directory.revision(), now)
                        .await?
                }
                Some(entry) => {
                    let case = self.case(event.clone(), entry, &directory, now);
                    let accepted = self.decide(case.clone(), now).await?;
                    if let Some(accepted) = &accepted {
                        self.follow_up(&case, accepted, now).await?;
                    }
                    accepted
                }
            };
            match accepted {
                Some(accepted) => return Ok(accepted),
                None => self.store.refresh_directory().await.map(|_| ())?,
            }
        }
    }

    /// An event of a channel that is in no community: kept raw, for it may be a link that staff forgot.
    async fn accept_from_nowhere(
        &self,
        event: Inbound,
        directory: Option<i64>,
        now: Timestamp,
    ) -> Result<Option<Accepted>> {
        let raw = RawEvent {
            platform: event.channel.platform.clone(),
            key: event.key.clone(),
            reason: UNKNOWN_CHANNEL,
            body: serde_json::to_vec(&event)
                .map_err(|error| Error::Unreadable(error.to_string()))?,
        };
        let case = Arc::new((event, raw));
        let job = case.clone();
        let kept = self.store.write(move |tx| {
            let case = job.clone();
            Box::pin(async move {
                let (event, raw) = &*case;
                if tx.directory_revision().await? != directory {
                    return Ok(false);
                }
                if tx.first_time("", event, now).await? {
                    tx.record_verdict("", event, raw.reason).await?;
                    tx.set_aside(raw, now).await?;
                }
                Ok(true)
            })
        });
        if !kept.await? {
            return Ok(None);
        }
        let event = &case.0;
        tracing::info!(channel.ref = %event.channel, event.key = %event.key, "event of a channel in no room: kept, not relayed");
        Ok(Some(Accepted {
            verdict: Verdict::Drop(UNKNOWN_CHANNEL),
            recorded: Recorded::default(),
        }))
    }

    fn case(
        &self,
        event: Inbound,
        entry: &Entry,
        directory: &Directory,
        now: Timestamp,
    ) -> Arc<Case> {
        let room = entry.channel.room.as_ref();
        let connected: Vec<_> = directory
            .room_of(entry)
            .iter()
            .filter_map(|it| Some((it.clone(), self.capabilities(&it.at)?)))
            .collect();
        let facts = Facts {
            channel: Some(entry.channel.clone()),
            room: connected
                .iter()
                .map(|(channel, _)| channel.clone())
                .collect(),
            recent_in_room: room.map_or(0, |room| self.storm.recent(room, now)),
            ..Facts::default()
        };
        let capabilities = connected
            .into_iter()
            .map(|(channel, can)| (channel.at, can))
            .collect();
        Arc::new(Case {
            event,
            entry: entry.clone(),
            facts,
            capabilities,
            storm_per_minute: self.settings.storm_per_minute,
            directory: directory.revision(),
        })
    }

    /// The lane of the channel looks again whether there is something to send.
    pub(crate) fn wake_at(&self, at: &ChannelRef) {
        if let Some(entry) = self.store.directory().find(at) {
            let _ = self.wake.send(entry.channel.id.clone());
        }
    }

    async fn decide(&self, case: Arc<Case>, now: Timestamp) -> Result<Option<Accepted>> {
        self.store
            .write(move |tx| {
                let case = case.clone();
                Box::pin(async move { case.take_in(tx, now).await })
            })
            .await
    }

    async fn follow_up(&self, case: &Case, accepted: &Accepted, now: Timestamp) -> Result<()> {
        if let Verdict::Drop(rule) = accepted.verdict {
            tracing::debug!(channel.id = %case.entry.channel.id, event.key = %case.event.key, rule, "event dropped");
            return Ok(());
        }
        if let (Event::Posted(_), Some(room)) = (&case.event.event, &case.entry.channel.room) {
            self.storm.count(room, now);
        }
        if changes_the_directory(&case.event.event) {
            self.store.refresh_directory().await?;
            match &case.event.event {
                Event::Moved { to } => self.wake_at(to),
                _ => self.wake_at(&case.entry.channel.at),
            }
        }
        for channel in &accepted.recorded.woken {
            // Nobody listens in tests, where lanes are stepped by hand.
            let _ = self.wake.send(channel.clone());
        }
        if accepted.recorded.held > 0 {
            tracing::warn!(room.id = ?case.entry.channel.room, deliveries.held = accepted.recorded.held, "storm brake: a room takes in more than is allowed; `causeway dead list` shows what is held");
        }
        Ok(())
    }
}

/// One event with all that is needed to decide on it, so that the decision can be made again if a
/// neighbour in the same transaction fails.
struct Case {
    event: Inbound,
    entry: Entry,
    facts: Facts,
    capabilities: HashMap<ChannelRef, Capabilities>,
    storm_per_minute: u32,
    /// The revision of the rooms that all this was read from.
    directory: Option<i64>,
}

impl Case {
    /// None if the rooms have changed meanwhile.
    async fn take_in(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Accepted>> {
        if tx.directory_revision().await? != self.directory {
            return Ok(None);
        }
        let facts = self.facts(tx, now).await?;
        let plan = self.plan(&facts);
        let recorded = tx
            .record(&self.entry, &self.event, facts.target.as_ref(), &plan, now)
            .await?;
        if plan.verdict == Verdict::Take {
            self.change_the_link(tx, now).await?;
        }
        if recorded.held > 0 {
            tx.notify_once(&self.entry.community, &self.storm_notice(now))
                .await?;
        }
        Ok(Some(Accepted {
            verdict: plan.verdict,
            recorded,
        }))
    }

    async fn facts(&self, tx: &mut Tx, now: Timestamp) -> Result<Facts> {
        let mut facts = self.facts.clone();
        facts.repeat = !tx
            .first_time(&self.entry.community.0, &self.event, now)
            .await?;
        if facts.repeat {
            return Ok(facts);
        }
        if let Event::Posted(posted) = &self.event.event {
            facts.own_copy = tx.is_copy(&self.entry, &posted.messages).await?;
        }
        facts.target = self.target(tx).await?;
        Ok(facts)
    }

    async fn target(&self, tx: &mut Tx) -> Result<Option<MessageFacts>> {
        match &self.event.event {
            Event::Posted(posted) => tx.target(&self.entry, &posted.reply_to).await,
            Event::Edited { message, .. } => {
                tx.target(&self.entry, std::slice::from_ref(message)).await
            }
            Event::Deleted { messages } => tx.target(&self.entry, messages).await,
            Event::Reacted(change) => {
                tx.target(&self.entry, std::slice::from_ref(&change.message))
                    .await
            }
            _ => Ok(None),
        }
    }

    fn plan(&self, facts: &Facts) -> Plan {
        let policy = Policy {
            // Channels of platforms that are switched off were left out of the facts.
            capabilities: &|channel| self.capabilities[channel].clone(),
            storm_per_minute: self.storm_per_minute,
        };
        plan(facts, &self.event, &policy)
    }

    fn storm_notice(&self, now: Timestamp) -> Notice {
        Notice {
            kind: store::STORM_BRAKE.to_owned(),
            about: self.entry.room_name.clone().unwrap_or_default(),
            text: format!(
                "more than {} messages came in a minute, so what came after waits: `causeway dead list` shows it, \
                 `causeway dead retry` lets it go, `causeway dead drop` drops it",
                self.storm_per_minute
            ),
            at: now,
        }
    }

    async fn change_the_link(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let channel = &self.entry.channel;
        match &self.event.event {
            Event::Moved { to } => tx.move_channel(&channel.id, to, now).await,
            Event::Closed => {
                tx.set_link(&channel.id, Link::Suspended).await?;
                tx.notify_once(&self.entry.community, &closed_notice(&channel.at, now))
                    .await?;
                Ok(())
            }
            Event::Opened => {
                tx.set_link(&channel.id, Link::Active).await?;
                tx.clear_notice(&self.entry.community, CLOSED, &channel.at.to_string())
                    .await
            }
            _ => Ok(()),
        }
    }
}

pub(crate) const CLOSED: &str = "channel-closed";
const UNKNOWN_CHANNEL: &str = "unknown-channel";

pub(crate) fn closed_notice(channel: &ChannelRef, now: Timestamp) -> Notice {
    Notice {
        kind: CLOSED.to_owned(),
        about: channel.to_string(),
        text: format!(
            "{channel} is closed to the bridge: let it in again and give it the right to write. \
             What is said meanwhile does not reach that channel."
        ),
        at: now,
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

//! The room around a channel, as a decision sees it: who else is there, what each can do, and what is known already.

use std::collections::HashMap;

use conversation::{
    CAME_EARLY, Capabilities, ChannelRef, Event, Facts, Inbound, MessageFacts, Plan, Policy,
    RemoteId, Timestamp, Verdict, plan,
};
use store::{Directory, Entry, Notice, Recorded, Result, Tx};

use super::Accepted;
use crate::Engine;

/// The rule by which a change is kept until its message comes.
const UNKNOWN_TARGET: &str = "unknown-target";

pub(crate) struct Place {
    pub(super) entry: Entry,
    /// Without those that an event brings.
    pub(super) facts: Facts,
    pub(super) capabilities: HashMap<ChannelRef, Capabilities>,
    storm_per_minute: u32,
    /// The revision of the rooms that all this was read from.
    directory: Option<i64>,
}

impl Place {
    /// Have the rooms stayed as they were?
    pub(crate) async fn is_current(&self, tx: &mut Tx) -> Result<bool> {
        Ok(tx.directory_revision().await? == self.directory)
    }

    /// Plans what follows from an event, and writes it down.
    pub(super) async fn decide(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        facts: &Facts,
        now: Timestamp,
    ) -> Result<Accepted> {
        let plan = self.plan(event, facts);
        let recorded = tx
            .record(&self.entry, event, facts.target.as_ref(), &plan, now)
            .await?;
        let is_early = plan.verdict == Verdict::Drop(UNKNOWN_TARGET)
            && tx.keep_early(&self.entry, event, now).await?;
        if recorded.held > 0 {
            tx.notify_once(&self.entry.community, &self.storm_notice(now))
                .await?;
        }
        Ok(Accepted {
            verdict: match is_early {
                true => Verdict::Drop(CAME_EARLY),
                false => plan.verdict,
            },
            recorded,
        })
    }

    /// What was kept for these messages until they came, as if it came now.
    pub(crate) async fn take_in_early(
        &self,
        tx: &mut Tx,
        messages: &[RemoteId],
        now: Timestamp,
    ) -> Result<Recorded> {
        let mut recorded = Recorded::default();
        for early in tx.take_early(&self.entry, messages).await? {
            let facts = Facts {
                target: self.target(tx, &early).await?,
                ..self.facts.clone()
            };
            let accepted = self.decide(tx, &early, &facts, now).await?;
            if accepted.verdict == Verdict::Take {
                tx.record_verdict(&self.entry.community.0, &early, "take")
                    .await?;
            }
            recorded.woken.extend(accepted.recorded.woken);
            recorded.held += accepted.recorded.held;
        }
        Ok(recorded)
    }

    /// What the event answers or changes.
    pub(super) async fn target(
        &self,
        tx: &mut Tx,
        event: &Inbound,
    ) -> Result<Option<MessageFacts>> {
        match &event.event {
            Event::Posted(posted) => tx.answered(&self.entry, posted).await,
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

    fn plan(&self, event: &Inbound, facts: &Facts) -> Plan {
        let policy = Policy {
            // Channels of platforms that are switched off were left out of the facts.
            capabilities: &|channel| self.capabilities[channel].clone(),
            storm_per_minute: self.storm_per_minute,
        };
        plan(facts, event, &policy)
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
}

impl Engine {
    pub(crate) fn place(&self, entry: &Entry, directory: &Directory, now: Timestamp) -> Place {
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
        Place {
            entry: entry.clone(),
            facts,
            capabilities,
            storm_per_minute: self.settings.storm_per_minute,
            directory: directory.revision(),
        }
    }
}

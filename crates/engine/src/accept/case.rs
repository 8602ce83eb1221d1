//! One event and all that is needed to decide on it, within a transaction.

use std::{collections::HashMap, sync::Arc};

use conversation::{
    Capabilities, ChannelRef, Event, Facts, Inbound, Link, MessageFacts, Plan, Policy, Timestamp,
    Verdict, plan,
};
use store::{Directory, Entry, Notice, Result, Tx};

use super::Accepted;
use crate::Engine;

/// One event with all that is needed to decide on it, so that the decision can be made again if a
/// neighbour in the same transaction fails.
pub(super) struct Case {
    pub(super) event: Inbound,
    pub(super) entry: Entry,
    facts: Facts,
    capabilities: HashMap<ChannelRef, Capabilities>,
    storm_per_minute: u32,
    /// The revision of the rooms that all this was read from.
    directory: Option<i64>,
}

impl Case {
    /// None if the rooms have changed meanwhile.
    pub(super) async fn take_in(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Accepted>> {
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
                tx.clear_notice(
                    &self.entry.community,
                    store::CHANNEL_CLOSED,
                    &channel.at.to_string(),
                )
                .await
            }
            _ => Ok(()),
        }
    }
}

impl Engine {
    pub(super) fn case(
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
}

pub(crate) fn closed_notice(channel: &ChannelRef, now: Timestamp) -> Notice {
    Notice {
        kind: store::CHANNEL_CLOSED.to_owned(),
        about: channel.to_string(),
        text: format!(
            "{channel} is closed to the bridge: let it in again and give it the right to write. \
             What is said meanwhile does not reach that channel."
        ),
        at: now,
    }
}

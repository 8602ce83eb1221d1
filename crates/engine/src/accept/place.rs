//! The room around a channel, as a decision sees it: who else is there, what each can do, and what is known already.

use std::{collections::HashMap, sync::Arc};

use conversation::{
    Adapter, Brake, CAME_EARLY, Capabilities, ChannelRef, Described, Distribution, Event, Facts,
    Fate, Inbound, MessageFacts, Plan, Policy, RemoteId, StormLimits, Timestamp, Verdict, plan,
};
use store::{Delays, Directory, Entry, Recorded, Result, Tx};

use super::{Accepted, braked};
use crate::{
    echoes::{Echo, Echoes},
    engine::Adapters,
    requests::Asked,
    storm::{Said, StormGauge},
};

/// The rule by which a change is kept until its message comes.
const UNKNOWN_TARGET: &str = "unknown-target";

/// What decisions need beside the store: what each platform can do, and how much came just before.
#[derive(Clone)]
pub(crate) struct Outlook {
    pub(crate) adapters: Arc<Adapters>,
    pub(crate) storm: Arc<StormGauge>,
    pub(crate) limits: StormLimits,
    pub(crate) echoes: Arc<Echoes>,
    pub(crate) delays: Delays,
    pub(crate) asked: Arc<Asked>,
    /// How often one person may say the same in one room within an hour; 0 is no limit.
    pub(crate) same_per_hour: usize,
}

pub(crate) struct Place {
    pub(super) entry: Entry,
    /// Without those that an event brings.
    pub(super) facts: Facts,
    pub(super) capabilities: HashMap<ChannelRef, Capabilities>,
    pub(super) outlook: Outlook,
}

impl Outlook {
    /// As far as its adapter knows.
    pub(super) fn described(&self, channel: &ChannelRef) -> Described {
        let adapter = self.adapters.get(&channel.platform);
        adapter.map_or_else(Default::default, |it| Adapter::describe(&**it, channel))
    }

    pub(crate) fn place(&self, entry: &Entry, directory: &Directory) -> Place {
        let connected = directory.room_of(entry).iter().filter_map(|it| {
            let adapter = self.adapters.get(&it.at.platform)?;
            Some((it.clone(), adapter.capabilities(&it.at)))
        });
        let connected: Vec<_> = connected.collect();
        let room = connected.iter().map(|(channel, _)| channel.clone());
        let facts = Facts {
            channel: Some(entry.channel.clone()),
            room: room.collect(),
            ..Facts::default()
        };
        let capabilities = connected.into_iter();
        Place {
            entry: entry.clone(),
            facts,
            capabilities: capabilities.map(|(it, can)| (it.at, can)).collect(),
            outlook: self.clone(),
        }
    }
}

impl Place {
    /// Plans what follows from an event, and writes it down.
    pub(super) async fn decide(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        facts: Facts,
        now: Timestamp,
    ) -> Result<Accepted> {
        let said = self.said(event, now);
        let echo = said.as_ref().and_then(|it| self.echo(event, &facts, it));
        let facts = Facts {
            now,
            recent: said
                .as_ref()
                .map_or_else(Default::default, |it| self.outlook.storm.recent(it)),
            said_again: echo.as_ref().is_some_and(|it| {
                let most = self.outlook.same_per_hour;
                self.outlook.echoes.is_heard_too_often(it, most)
            }),
            ..facts
        };
        let plan = self.plan(event, &facts);
        let recorded = tx
            .record(&self.entry, event, facts.target.as_ref(), &plan, now)
            .await?;
        self.remember_what_waits(tx, &plan, now).await?;
        let is_early = plan.verdict == Verdict::Drop(UNKNOWN_TARGET)
            && tx.keep_early(&self.entry, event, now).await?;
        if let (Some(said), Verdict::Take, Event::Posted(_)) = (&said, plan.verdict, &event.event) {
            self.outlook.storm.count(said, plan.brake);
            if let Some(echo) = &echo {
                self.outlook.echoes.count(echo);
            }
        }
        let mut accepted = Accepted {
            verdict: match is_early {
                true => Verdict::Drop(CAME_EARLY),
                false => plan.verdict,
            },
            recorded,
            entry: Some(self.entry.clone()),
            stray: None,
            is_unanswered: false,
        };
        if let Some(brake) = plan.brake.filter(|_| accepted.recorded.held > 0) {
            self.tell_of_brake(tx, brake, &mut accepted.recorded, now)
                .await?;
        }
        Ok(accepted)
    }

    async fn remember_what_waits(&self, tx: &mut Tx, plan: &Plan, now: Timestamp) -> Result<()> {
        for delivery in &plan.deliveries {
            if let Fate::Wait(what) = delivery.fate
                && let Some((kind, after)) = self.outlook.delays.of(what)
            {
                let due = (kind, delivery.channel.as_str());
                tx.fall_due_at(&self.entry.community, due, now.plus(after))
                    .await?;
            }
        }
        Ok(())
    }

    /// Where it counts for the brake. By the platform's clock, so that what was said in an hour and is heard at once is no
    /// storm; but the date of a mail is its writer's.
    fn said<'a>(&'a self, event: &'a Inbound, now: Timestamp) -> Option<Said<'a>> {
        let can = self.capabilities.get(&self.entry.channel.at);
        let is_list = can.is_none_or(|it| it.distribution == Distribution::ByUs);
        Some(Said {
            key: &event.key,
            at: if is_list { now } else { event.at.min(now) },
            room: self.entry.channel.room.as_ref()?,
            channel: &self.entry.channel.id,
            author: (&event.channel.platform, &event.actor.account),
        })
    }

    fn echo(&self, event: &Inbound, facts: &Facts, said: &Said<'_>) -> Option<Echo> {
        if self.outlook.same_per_hour == 0 {
            return None;
        }
        let words = conversation::echo(event, facts.target.as_ref())?;
        Some(Echo::new(
            (said.key, said.at),
            said.room,
            said.author,
            &words,
        ))
    }

    async fn tell_of_brake(
        &self,
        tx: &mut Tx,
        brake: Brake,
        recorded: &mut Recorded,
        now: Timestamp,
    ) -> Result<()> {
        let notice = braked::notice(&self.entry, brake, &self.outlook.limits, now);
        tx.notify_once(&self.entry.community, &notice).await?;
        if brake != Brake::Author {
            return Ok(());
        }
        let can = self.capabilities.get(&self.entry.channel.at);
        if let Some(words) =
            braked::words_to_author(&self.entry, can, recorded, (&self.outlook.limits, now))
            && tx.say(&words, now).await?.is_some()
        {
            recorded.woken.push(self.entry.channel.id.clone());
        }
        Ok(())
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
            let accepted = self.decide(tx, &early, facts, now).await?;
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
            Event::Edited { message, .. }
            | Event::Failed { message, .. }
            | Event::Confirmed { message } => {
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
            storm: self.outlook.limits,
        };
        plan(facts, event, &policy)
    }
}

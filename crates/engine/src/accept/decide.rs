//! An event within its transaction: facts are gathered, `plan` decides, the outcome is written down, and what follows is done.

use std::{collections::HashMap, time::Duration};

use conversation::{
    Brake, CAME_EARLY, Capabilities, ChannelRef, Distribution, Event, Facts, Fate, Inbound,
    MessageFacts, Plan, Policy, Timestamp, Verdict, plan, without_words,
};
use store::{Directory, Entry, Recorded, Result, Tx};

use super::{
    accepted::Accepted, braked, here, larger::in_the_larger_place, outlook::Outlook, private,
    unkept,
};
use crate::{echoes::Echo, storm::Said};

/// The rule by which a change is kept until its message comes.
const UNKNOWN_TARGET: &str = "unknown-target";
/// A day less than repeats are known.
const KNOWN_BY_KEY: Duration = Duration::from_secs(13 * 24 * 3600);

/// The room around a channel, as decisions see it: who else is there, what each can do, and what came just before.
pub(crate) struct RoomContext {
    pub(super) entry: Entry,
    /// Without those that an event brings.
    pub(super) facts: Facts,
    pub(super) capabilities: HashMap<ChannelRef, Capabilities>,
    pub(super) outlook: Outlook,
}

pub(super) async fn take_in(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    let directory = tx
        .directory()
        .rooms_at(&event.channel, event.within.as_ref())
        .await?;
    let event = in_the_larger_place(event, &directory);
    // A private chat that was a room's for a while is none any more.
    let is_talked_in = |it: &&Entry| {
        !it.channel.has_left() || !outlook.adapters.describe(&it.channel.at).is_direct
    };
    let Some(entry) = directory.find(&event.channel).filter(is_talked_in) else {
        return from_nowhere(tx, &event, outlook, now).await;
    };
    if entry.channel.has_left()
        && let Some(accepted) = here::take_in(tx, &event, outlook, now).await?
    {
        return Ok(accepted);
    }
    let (room, mut event) = (outlook.room_around(entry, &directory), event.into_owned());
    let mut facts = room.facts(tx, &mut event, now).await?;
    let mut accepted = room.decide(tx, &event, &mut facts, now).await?;
    room.follow(tx, (&event, &facts), &mut accepted, now)
        .await?;
    Ok(accepted)
}

/// Somebody speaks to the bot alone, or it may be a link that staff forgot.
pub(super) async fn from_nowhere(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    match outlook.adapters.describe(&event.channel).is_direct {
        true => private::take_in(tx, event, outlook, now).await,
        false => match here::take_in(tx, event, outlook, now).await? {
            Some(accepted) => Ok(accepted),
            None => unkept::counted(tx, event, outlook, now).await,
        },
    }
}

/// What was erased for good is told once more: an event of these days is known by its key, and a change by what it changes.
fn may_be_forgotten(event: &Inbound, facts: &Facts, now: Timestamp) -> bool {
    match &event.event {
        Event::Posted(_) => now.since(event.at) > KNOWN_BY_KEY && !facts.own_copy,
        Event::Edited { .. } | Event::Deleted { .. } | Event::Reacted(_) => facts.target.is_none(),
        _ => false,
    }
}

impl Outlook {
    pub(crate) fn room_around(&self, entry: &Entry, directory: &Directory) -> RoomContext {
        let connected = directory.room_of(entry).iter().filter_map(|it| {
            let can = self.adapters.capabilities(&it.at)?;
            Some((it.clone(), can))
        });
        let (room, capabilities) = connected
            .map(|(it, can)| (it.clone(), (it.at, can)))
            .unzip();
        RoomContext {
            entry: entry.clone(),
            facts: Facts {
                channel: Some(entry.channel.clone()),
                room,
                ..Facts::default()
            },
            capabilities,
            outlook: self.clone(),
        }
    }
}

impl RoomContext {
    async fn facts(&self, tx: &mut Tx, event: &mut Inbound, now: Timestamp) -> Result<Facts> {
        let mut facts = self.facts.clone();
        let community = &self.entry.community.0;
        facts.repeat = !tx.events().first_time(community, event, now).await?;
        if facts.repeat {
            return Ok(facts);
        }
        facts.own_copy = self.stands_there(tx, event).await?;
        if facts.own_copy
            && let Some(renamed) = event.under_its_other_name()
        {
            // Whose id it bears came so long ago that its event is forgotten, and nobody repeats a message for so long.
            *event = renamed;
            facts.own_copy = false;
            facts.repeat = !tx.events().first_time(community, event, now).await?;
        }
        facts.target = self.target(tx, event).await?;
        if may_be_forgotten(event, &facts, now) {
            facts.repeat = tx.messages(&self.entry).is_forgotten(event).await?;
        }
        Ok(facts)
    }

    pub(super) async fn stands_there(&self, tx: &mut Tx, event: &Inbound) -> Result<bool> {
        match &event.event {
            Event::Posted(posted) => tx.messages(&self.entry).is_copy(&posted.messages).await,
            _ => Ok(false),
        }
    }

    /// What the event answers or changes.
    pub(super) async fn target(
        &self,
        tx: &mut Tx,
        event: &Inbound,
    ) -> Result<Option<MessageFacts>> {
        match &event.event {
            Event::Posted(posted) => tx.messages(&self.entry).answered(posted).await,
            Event::Edited { message, .. }
            | Event::Failed { message, .. }
            | Event::Confirmed { message } => {
                tx.messages(&self.entry)
                    .target(std::slice::from_ref(message))
                    .await
            }
            Event::Deleted { messages } => tx.messages(&self.entry).target(messages).await,
            Event::Reacted(change) => {
                tx.messages(&self.entry)
                    .target(std::slice::from_ref(&change.message))
                    .await
            }
            _ => Ok(None),
        }
    }

    /// Plans what follows from an event, and writes it down. What was said lately is a fact as well.
    pub(super) async fn decide(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        facts: &mut Facts,
        now: Timestamp,
    ) -> Result<Accepted> {
        let said = self.said(event, now);
        let echo = said.as_ref().and_then(|it| self.echo(event, facts, it));
        let Outlook { storm, echoes, .. } = &self.outlook;
        facts.now = now;
        facts.is_private = tx.speakers(&self.entry).is_private(event).await?;
        facts.agreed = self.agreed(tx, event).await?;
        facts.recent = said.as_ref().map(|it| storm.recent(it)).unwrap_or_default();
        facts.said_again = echo
            .as_ref()
            .is_some_and(|it| echoes.is_heard_too_often(it, self.outlook.same_per_hour));
        let policy = Policy {
            // Channels of platforms that are switched off were left out of the facts.
            capabilities: &|channel| self.capabilities[channel].clone(),
            storm: self.outlook.limits,
        };
        let plan = plan(facts, event, &policy);
        let mut recorded = tx
            .messages(&self.entry)
            .record(event, facts.target.as_ref(), &plan, now)
            .await?;
        self.keep_back(tx, (event, facts.agreed), (&plan, &mut recorded), now)
            .await?;
        self.remember_what_waits(tx, &plan, now).await?;
        let is_early = plan.verdict == Verdict::Drop(UNKNOWN_TARGET)
            && self.keep_early(tx, event, facts, now).await?;
        if let (Some(said), Verdict::Take, Event::Posted(_)) = (&said, plan.verdict, &event.event) {
            storm.count(said, plan.brake);
            if let Some(echo) = &echo {
                echoes.count(echo);
            }
        }
        let mut accepted = Accepted {
            verdict: match is_early {
                true => Verdict::Drop(CAME_EARLY),
                false => plan.verdict,
            },
            recorded,
            room: self.entry.channel.room.clone(),
            stray: None,
            is_unanswered: false,
        };
        if let Some(brake) = plan.brake.filter(|_| accepted.recorded.held > 0) {
            self.tell_of_brake(tx, brake, &mut accepted.recorded, now)
                .await?;
        }
        Ok(accepted)
    }

    /// Of what is not to leave its platform no word is kept, but that it is so.
    async fn keep_early(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        facts: &Facts,
        now: Timestamp,
    ) -> Result<bool> {
        let kept = without_words(facts, event);
        let event = kept.as_ref().unwrap_or(event);
        tx.messages(&self.entry).keep_early(event, now).await
    }

    async fn remember_what_waits(&self, tx: &mut Tx, plan: &Plan, now: Timestamp) -> Result<()> {
        for delivery in &plan.deliveries {
            if let Fate::Wait(what) = delivery.fate
                && let Some((kind, after)) = self.outlook.delays.of(what)
            {
                let due = (kind, delivery.channel.as_str());
                tx.clock()
                    .fall_due_at(&self.entry.community, due, now.plus(after))
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
        tx.notices(&self.entry.community).tell_once(&notice).await?;
        if brake != Brake::Author {
            return Ok(());
        }
        let can = self.capabilities.get(&self.entry.channel.at);
        if let Some(words) =
            braked::words_to_author(&self.entry, can, recorded, (&self.outlook.limits, now))
            && tx.own_words().say(&words, now).await?.is_some()
        {
            recorded.woken.push(self.entry.channel.id.clone());
        }
        Ok(())
    }
}

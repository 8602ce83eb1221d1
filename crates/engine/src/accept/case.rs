//! One event and all that is needed to decide on it, within a transaction.

use conversation::{
    ChannelId, Described, Event, Facts, Inbound, Language, Link, Timestamp, UNLINKED, Verdict,
};
use store::{Entry, Notice, NoticeKind, Result, Say, Tx};

use super::{Accepted, aside, gap, later, place::Place, unkept};
use crate::{
    requests::{self, Asker, Stray, Told},
    wording::Wording,
};

pub(super) struct Case {
    pub(super) event: Inbound,
    pub(super) place: Place,
}

impl Case {
    pub(super) async fn take_in(mut self, tx: &mut Tx, now: Timestamp) -> Result<Accepted> {
        let facts = self.facts(tx, now).await?;
        self.decided(tx, facts, now).await
    }

    /// Staff let it go: its key stands there already, and what it answers may have come meanwhile.
    pub(super) async fn take_in_released(self, tx: &mut Tx, now: Timestamp) -> Result<Accepted> {
        let facts = Facts {
            own_copy: self.stands_there(tx).await?,
            target: self.place.target(tx, &self.event).await?,
            released: true,
            ..self.place.facts.clone()
        };
        let accepted = self.decided(tx, facts, now).await?;
        if accepted.verdict == Verdict::Take {
            let community = &self.place.entry.community.0;
            tx.record_verdict(community, &self.event, "take").await?;
        }
        Ok(accepted)
    }

    async fn decided(&self, tx: &mut Tx, facts: Facts, now: Timestamp) -> Result<Accepted> {
        let deleted = match &self.event.event {
            Event::Deleted { .. } => facts.target.as_ref().map(|it| it.id.clone()),
            _ => None,
        };
        let is_news = !facts.repeat;
        let mut accepted = self.place.decide(tx, &self.event, facts, now).await?;
        match accepted.verdict {
            Verdict::Drop(UNLINKED) => {
                // What somebody takes back is erased whether or not their channel stands in the room still.
                if let Some(message) = &deleted {
                    let erased = tx.mark_deleted(&self.place.entry, message, now);
                    accepted.recorded.woken.extend(erased.await?);
                }
                let what = (&self.event.channel, self.event.event.kind());
                unkept::count(tx, what, &self.place.outlook, now).await?;
                accepted.stray = Stray::of(&self.event, &Described::default());
            }
            Verdict::Drop(_) => {}
            Verdict::Take | Verdict::Hold(_) => {
                aside::elided(tx, &self.event, &self.place.outlook, now).await?;
            }
        }
        accepted.is_unanswered = is_news && accepted.stray.is_none();
        if accepted.verdict == Verdict::Take {
            self.change_the_link(tx, now).await?;
            let recorded = &mut accepted.recorded;
            recorded.woken.extend(self.tell_of_gap(tx, now).await?);
            if requests::is_request(&self.event.event) {
                let told = self.answer(tx, now).await?;
                recorded.woken.extend(told.woken);
                accepted.is_unanswered = !told.by_way_back;
            }
            if let Event::Posted(posted) = &self.event.event {
                let messages = &posted.messages;
                let early = self.place.take_in_early(tx, messages, now).await?;
                recorded.woken.extend(early.woken);
                recorded.held += early.held;
            }
        }
        Ok(accepted)
    }

    /// Beside the plan: what somebody asks is no message.
    async fn answer(&self, tx: &mut Tx, now: Timestamp) -> Result<Told> {
        let (event, entry) = (&self.event, &self.place.entry);
        let asker = Asker {
            event,
            entry,
            identity: tx.identity_of(entry, event.actor.account.as_str()).await?,
            chats: &[],
            adapters: &self.place.outlook.adapters,
            asked: &self.place.outlook.asked,
        };
        asker.take_in(tx, now).await
    }

    async fn facts(&mut self, tx: &mut Tx, now: Timestamp) -> Result<Facts> {
        let entry = &self.place.entry;
        let mut facts = self.place.facts.clone();
        let community = &entry.community.0;
        facts.repeat = !tx.first_time(community, &mut self.event, now).await?;
        if facts.repeat {
            return Ok(facts);
        }
        facts.own_copy = self.stands_there(tx).await?;
        if facts.own_copy
            && let Some(renamed) = self.event.under_its_other_name()
        {
            // Whose id it bears came so long ago that its event is forgotten, and nobody repeats a message for so long.
            self.event = renamed;
            facts.own_copy = false;
            facts.repeat = !tx.first_time(community, &mut self.event, now).await?;
        }
        facts.target = self.place.target(tx, &self.event).await?;
        Ok(facts)
    }

    async fn stands_there(&self, tx: &mut Tx) -> Result<bool> {
        match &self.event.event {
            Event::Posted(posted) => tx.is_copy(&self.place.entry, &posted.messages).await,
            _ => Ok(false),
        }
    }

    async fn change_the_link(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        let entry = &self.place.entry;
        let channel = &entry.channel;
        match &self.event.event {
            Event::Moved { to } => tx.move_channel(entry, to, now).await,
            Event::Closed { why } => {
                tx.set_link(entry, Link::Suspended).await?;
                let notice = closed_notice(entry, why, now);
                tx.notify_once(&entry.community, &notice).await.map(|_| ())
            }
            Event::Failed { .. } | Event::Confirmed { .. } => {
                later::tell(tx, entry, &self.event, now).await
            }
            Event::Opened => {
                tx.set_link(entry, Link::Active).await?;
                let about = channel.at.to_string();
                tx.clear_notice(&entry.community, NoticeKind::ChannelClosed, &about)
                    .await
            }
            _ => Ok(()),
        }
    }

    /// The other channels of the room hear that something may be missing, and staff does.
    async fn tell_of_gap(&self, tx: &mut Tx, now: Timestamp) -> Result<Vec<ChannelId>> {
        let Event::Missed { since } = self.event.event else {
            return Ok(Vec::new());
        };
        let entry = &self.place.entry;
        let channel = &entry.channel;
        let phrase = gap::phrase(&channel.at.platform, since, self.event.at);
        let for_staff = Wording {
            adapters: self.place.outlook.adapters.clone(),
            language: Language::ENGLISH,
        };
        let text = for_staff.plain(&phrase).unwrap_or_default();
        let others = self.place.facts.room.iter();
        let others = others.filter(|it| it.id != channel.id && it.link == Link::Active);
        let others: Vec<_> = others.map(|it| it.id.clone()).collect();
        let key = format!("missed-{}-{}", channel.id, since.0);
        let say = Say::to(entry.clone(), key, phrase, others.clone());
        if tx.say(&say, now).await?.is_none() {
            return Ok(Vec::new());
        }
        let kind = NoticeKind::WordsMissed;
        let notice = Notice::new(kind, channel.at.to_string(), text, now);
        tx.notify_anew(&entry.community, &notice).await?;
        Ok(others)
    }
}

/// `why` is what happened and what helps, as far as the platform tells.
pub(crate) fn closed_notice(entry: &Entry, why: &str, now: Timestamp) -> Notice {
    const USUAL: &str = "let the bridge in again and give it the right to write";
    let channel = &entry.channel.at;
    let room = entry.room_name.as_deref().unwrap_or("ROOM");
    let text = format!(
        "{channel} is closed to the bridge: {}. What is said meanwhile waits, for as long as any message is tried. \
             Where the platform does not tell when it is open again, `causeway room link {room} {channel}` does.",
        if why.is_empty() { USUAL } else { why }
    );
    Notice::new(NoticeKind::ChannelClosed, channel.to_string(), text, now)
}

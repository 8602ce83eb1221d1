//! What follows once an event is decided on and written down.

use conversation::{
    Agreed, ChannelId, Described, Event, Facts, Inbound, Language, Link, RemoteId, Timestamp,
    UNLINKED, Verdict, stays,
};
use store::{Notice, NoticeKind, Recorded, Result, Say, Tx};

use super::{accepted::Accepted, aside, decide::RoomContext, gap, later, unkept};
use crate::{
    notices::closed_notice,
    requests::{self, Asker, Stray, Told},
    wording::Wording,
};

impl RoomContext {
    pub(super) async fn follow(
        &self,
        tx: &mut Tx,
        (event, facts): (&Inbound, &Facts),
        accepted: &mut Accepted,
        now: Timestamp,
    ) -> Result<()> {
        let recorded = &mut accepted.recorded;
        accepted.is_unanswered = !facts.repeat;
        match accepted.verdict {
            Verdict::Drop(UNLINKED) => {
                // What somebody takes back is erased whether or not their channel stands in the room still.
                if let (Event::Deleted { .. }, Some(message)) = (&event.event, &facts.target) {
                    let mut messages = tx.messages(&self.entry);
                    let erased = messages.mark_deleted(&message.id, now);
                    recorded.woken.extend(erased.await?);
                }
                let what = (&event.channel, event.event.kind());
                unkept::count(tx, what, &self.outlook, now).await?;
                accepted.stray = Stray::of(event, &Described::default());
                accepted.is_unanswered &= accepted.stray.is_none();
            }
            Verdict::Drop(_) => {}
            Verdict::Hold(_) => aside::elided(tx, event, &self.outlook, now).await?,
            Verdict::Take => {
                if stays(facts, event).is_none() && facts.agreed == Agreed::Enough {
                    aside::elided(tx, event, &self.outlook, now).await?;
                }
                self.change_the_link(tx, event, now).await?;
                recorded
                    .woken
                    .extend(self.tell_of_gap(tx, event, now).await?);
                if requests::is_request(&event.event) {
                    let told = self.answer(tx, event, now).await?;
                    recorded.woken.extend(told.woken);
                    accepted.is_unanswered = !told.by_way_back;
                }
                if let Event::Posted(posted) = &event.event {
                    let messages = &posted.messages;
                    let early = self.take_in_early(tx, messages, now).await?;
                    recorded.woken.extend(early.woken);
                    recorded.held += early.held;
                }
            }
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
        for early in tx.messages(&self.entry).take_early(messages).await? {
            let mut facts = Facts {
                target: self.target(tx, &early).await?,
                ..self.facts.clone()
            };
            let accepted = self.decide(tx, &early, &mut facts, now).await?;
            if accepted.verdict == Verdict::Take {
                tx.events()
                    .record_verdict(&self.entry.community.0, &early, "take")
                    .await?;
            }
            recorded.woken.extend(accepted.recorded.woken);
            recorded.held += accepted.recorded.held;
        }
        Ok(recorded)
    }

    /// Beside the plan: what somebody asks is no message.
    async fn answer(&self, tx: &mut Tx, event: &Inbound, now: Timestamp) -> Result<Told> {
        let entry = &self.entry;
        let asker = Asker {
            event,
            entry,
            identity: tx
                .speakers(entry)
                .identity_of(event.actor.account.as_str())
                .await?,
            chats: &[],
            adapters: &self.outlook.adapters,
            asked: &self.outlook.asked,
            house: &self.outlook.house,
            administers: self.outlook.administers(),
        };
        asker.take_in(tx, now).await
    }

    async fn change_the_link(&self, tx: &mut Tx, event: &Inbound, now: Timestamp) -> Result<()> {
        let entry = &self.entry;
        let channel = &entry.channel;
        match &event.event {
            Event::Moved { to } => tx.channel(entry).moves_to(to, now).await,
            Event::Closed { why } => {
                tx.channel(entry).set_link(Link::Suspended).await?;
                let notice = closed_notice(entry, why, now);
                tx.notices(&entry.community).tell_once(&notice).await
            }
            Event::Failed { .. } | Event::Confirmed { .. } => {
                later::tell(tx, entry, event, now).await
            }
            Event::Opened if self.rests(tx).await? => Ok(()),
            Event::Opened => {
                tx.channel(entry).set_link(Link::Active).await?;
                let about = channel.at.to_string();
                tx.notices(&entry.community)
                    .clear(NoticeKind::ChannelClosed, &about)
                    .await
            }
            _ => Ok(()),
        }
    }

    /// By staff's wish, which is not the platform's to end.
    async fn rests(&self, tx: &mut Tx) -> Result<bool> {
        let about = self.entry.channel.at.to_string();
        let mut notices = tx.notices(&self.entry.community);
        notices.is_told(NoticeKind::ChannelRests, &about).await
    }

    /// The other channels of the room hear that something may be missing, and staff does.
    async fn tell_of_gap(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let Event::Missed { since } = event.event else {
            return Ok(Vec::new());
        };
        let entry = &self.entry;
        let channel = &entry.channel;
        let phrase = gap::phrase(&channel.at.platform, since, event.at);
        let for_staff = Wording {
            adapters: self.outlook.adapters.clone(),
            language: Language::ENGLISH,
        };
        let text = for_staff.plain(&phrase).unwrap_or_default();
        let others = self.facts.room.iter();
        let others = others.filter(|it| it.id != channel.id && it.link == Link::Active);
        let others: Vec<_> = others.map(|it| it.id.clone()).collect();
        let key = format!("missed-{}-{}", channel.id, since.0);
        let say = Say::to(entry.clone(), key, phrase, others.clone());
        if tx.own_words().say(&say, now).await?.is_none() {
            return Ok(Vec::new());
        }
        let kind = NoticeKind::WordsMissed;
        let notice = Notice::new(kind, channel.at.to_string(), text, now);
        tx.notices(&entry.community).tell_anew(&notice).await?;
        Ok(others)
    }
}

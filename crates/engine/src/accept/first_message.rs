//! What somebody says where staff wants everybody to be asked first: it waits, and they are asked once.
//!
//! **Invariant:** what its author did not agree to goes nowhere and is quoted nowhere; they are asked alone wherever that can be.

use conversation::{
    Agreed, Distribution, Event, Fate, Inbound, Phrase, Plan, Timestamp, Verdict, WaitsFor,
};
use serde_json::Value;
use store::{ASKED_FOR, DueKind, Recorded, Request, Result, Say, Surface, To, Tx};
use words::MAY_IT_GO;

use super::decide::RoomContext;
use crate::requests::{places, yes_or_no};

impl RoomContext {
    pub(super) async fn agreed(&self, tx: &mut Tx, event: &Inbound) -> Result<Agreed> {
        let says = matches!(event.event, Event::Posted(_) | Event::Edited { .. });
        if !self.entry.asks_first || !says {
            return Ok(Agreed::Enough);
        }
        let account = (event.channel.platform.as_str(), &event.actor.account);
        let mut agreements = tx.agreements(&self.entry.community);
        Ok(match agreements.relay_said_by(account).await? {
            Some(true) => Agreed::Enough,
            Some(false) => Agreed::No,
            None => Agreed::NotYet,
        })
    }

    /// What was written down, and may not be read elsewhere, or not yet.
    pub(super) async fn keep_back(
        &self,
        tx: &mut Tx,
        (event, agreed): (&Inbound, Agreed),
        (plan, recorded): (&Plan, &mut Recorded),
        now: Timestamp,
    ) -> Result<()> {
        let (Some(message), Verdict::Take) = (&recorded.message, plan.verdict) else {
            return Ok(());
        };
        let mut unagreed = tx.unagreed(&self.entry.community);
        let waits = plan
            .deliveries
            .iter()
            .any(|it| it.fate == Fate::Wait(WaitsFor::Consent));
        match (agreed, &event.event) {
            (Agreed::Enough, _) => Ok(()),
            (Agreed::NotYet, Event::Posted(_)) if waits => {
                self.wait(tx, event, recorded, now).await
            }
            (Agreed::NotYet, Event::Edited { .. }) if !unagreed.is_refused(message).await? => {
                Ok(())
            }
            _ => unagreed.refuse(message, now).await,
        }
    }

    async fn wait(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        recorded: &mut Recorded,
        now: Timestamp,
    ) -> Result<()> {
        let (Some(message), Some(author)) = (&recorded.message, &recorded.author) else {
            return Ok(());
        };
        let community = &self.entry.community;
        let is_first = tx.unagreed(community).of(author).await?.is_empty();
        tx.unagreed(community).keep_back(message).await?;
        let due = (DueKind::Consent, author.as_str());
        tx.clock()
            .fall_due_at(community, due, now.plus(ASKED_FOR))
            .await?;
        if is_first
            && event.is_of_a_person()
            && let Some(question) = self.question(tx, (event, recorded), now).await?
            && tx.own_words().say(&question, now).await?.is_some()
            && !matches!(question.to, To::Asker(_))
        {
            recorded.woken.push(question.home.channel.id);
        }
        Ok(())
    }

    /// Where they and the bridge are alone, else by what came with their words, else below them.
    async fn question(
        &self,
        tx: &mut Tx,
        (event, recorded): (&Inbound, &Recorded),
        now: Timestamp,
    ) -> Result<Option<Say>> {
        let (Some(message), Some(author)) = (&recorded.message, &recorded.author) else {
            return Ok(None);
        };
        let others = self.facts.room.iter();
        let others = others.filter(|it| it.id != self.entry.channel.id);
        let phrase = Phrase::of(MAY_IT_GO).with("places", places(others));
        let key = format!("may-it-go-{message}");
        let question = Say {
            buttons: yes_or_no(author),
            until: Some(now.plus(ASKED_FOR)),
            ..Say::to(self.entry.clone(), key, phrase, Vec::new())
        };
        if let Some(chat) = tx.private_chats().of(&self.entry, author).await? {
            let to = To::Channels(vec![chat.channel.id.clone()]);
            return Ok(Some(Say {
                home: chat,
                to,
                ..question
            }));
        }
        if let Some(way_back) = &event.way_back {
            let request = Request {
                entry: &self.entry,
                identity: Some(author),
                surface: Surface::Words,
                act: &Value::String(MAY_IT_GO.name.to_owned()),
                way_back,
            };
            let to = To::Asker(tx.requests().note(&request, now).await?);
            return Ok(Some(Say { to, ..question }));
        }
        let to = To::Message(message.clone());
        Ok(self.reads_alone().then_some(Say { to, ..question }))
    }

    /// What answers somebody there is no message to all members of a list.
    fn reads_alone(&self) -> bool {
        let can = self.capabilities.get(&self.entry.channel.at);
        can.is_some_and(|it| it.distribution != Distribution::ByUs)
    }
}

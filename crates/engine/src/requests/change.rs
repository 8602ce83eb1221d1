//! What changes something: told of first, wanted, done, and taken back.
//!
//! **Invariant:** what asks first is done only for the person who was asked, once, within ten minutes, and looked at anew: who may,
//! and what it comes to, is as it is by then.

use std::time::Duration;

use conversation::{
    Arg, ChannelId, MessageId, Phrase, Timestamp,
    command::{Code, Command},
};
use serde::Deserialize;
use serde_json::json;
use store::{Button, Choice, Result, Tx, fresh_code};
use words::{
    ASKS_FIRST, DONE, DONE_UNDO, NO_SUCH_CODE, NOTHING_TO_UNDO, REFUSED, Sentence, TAKEN_BACK,
    UNDO_LABEL, UNDONE, YES_LABEL, YES_SAID,
};

use super::{Act, Asker, Effect, Reply, Standing, authorise::authorise_press};
use crate::acts::{Doer, Done, Manner};

pub(super) const ASKED_FOR: Duration = Duration::from_secs(600);
const UNDONE_WITHIN: Duration = Duration::from_secs(900);

impl Asker<'_> {
    /// Done at once where nothing can go wrong; else its effect is told first.
    pub(super) async fn change(
        &self,
        tx: &mut Tx,
        command: &Command,
        now: Timestamp,
    ) -> Result<Effect> {
        match self.does(tx, command, Manner::Rehearsed, now).await? {
            Err(why) => Ok(refused(why)),
            Ok(done) if done.asks_first => self.ask(tx, command, &done, now).await,
            Ok(_) => self.sure(tx, command, None, now).await,
        }
    }

    async fn ask(
        &self,
        tx: &mut Tx,
        command: &Command,
        done: &Done,
        now: Timestamp,
    ) -> Result<Effect> {
        let code = fresh_code();
        let sure = Act::Sure {
            command: command.clone(),
            code: code.clone(),
        };
        let phrase = about(ASKS_FIRST, command, done).with("code", Arg::Code(code));
        self.offer(tx, (phrase, YES_LABEL, sure), now.plus(ASKED_FOR), now)
            .await
    }

    /// In earnest. What was asked below a message is asked there no longer.
    pub(super) async fn sure(
        &self,
        tx: &mut Tx,
        command: &Command,
        asked: Option<&MessageId>,
        now: Timestamp,
    ) -> Result<Effect> {
        let mut effect = match self.does(tx, command, Manner::InEarnest, now).await? {
            Err(why) => refused(why),
            Ok(done) => match done.undo.clone() {
                None => Effect::says(about(DONE, command, &done)),
                Some(undo) => {
                    let phrase = about(DONE_UNDO, command, &done);
                    let offer = (phrase, UNDO_LABEL, Act::Undo(undo));
                    self.offer(tx, offer, now.plus(UNDONE_WITHIN), now).await?
                }
            },
        };
        effect
            .woken
            .extend(self.settle(tx, asked, (YES_SAID, command), now).await?);
        Ok(effect)
    }

    pub(super) async fn take_back(
        &self,
        tx: &mut Tx,
        command: &Command,
        asked: Option<&MessageId>,
        now: Timestamp,
    ) -> Result<Effect> {
        let mut effect = match self.does(tx, command, Manner::InEarnest, now).await? {
            Err(why) => refused(why),
            Ok(done) => Effect::says(about(UNDONE, command, &done)),
        };
        effect
            .woken
            .extend(self.settle(tx, asked, (TAKEN_BACK, command), now).await?);
        Ok(effect)
    }

    pub(super) async fn confirm(
        &self,
        tx: &mut Tx,
        (code, standing): (&Code, Standing),
        now: Timestamp,
    ) -> Result<Effect> {
        let is_meant = |act: &Act| matches!(act, Act::Sure { code: it, .. } if it == code.as_str());
        self.say_it(tx, (is_meant, NO_SUCH_CODE), standing, now)
            .await
    }

    pub(super) async fn undo(
        &self,
        tx: &mut Tx,
        standing: Standing,
        now: Timestamp,
    ) -> Result<Effect> {
        let is_meant = |act: &Act| matches!(act, Act::Undo(_));
        self.say_it(tx, (is_meant, NOTHING_TO_UNDO), standing, now)
            .await
    }

    /// In words, what a button would say.
    async fn say_it(
        &self,
        tx: &mut Tx,
        (is_meant, none): (impl Fn(&Act) -> bool + Send, Sentence),
        standing: Standing,
        now: Timestamp,
    ) -> Result<Effect> {
        let offered = match &self.identity {
            Some(identity) => tx.requests().offered_to(self.entry, identity).await?,
            None => Vec::new(),
        };
        let meant = |it: &Button| Act::deserialize(&it.act).is_ok_and(|act| is_meant(&act));
        let Some(button) = offered.into_iter().find(meant) else {
            return Ok(Effect::says(Phrase::of(none)));
        };
        // The person's, from whichever of their accounts.
        let own = Button {
            for_identity: self.identity.clone(),
            ..button
        };
        match authorise_press(self, standing, Some(&own), now) {
            Ok(act) => Box::pin(self.perform(tx, (&act, standing), Some(&own), now)).await,
            Err(refused) => Ok(refused.effect()),
        }
    }

    async fn does(
        &self,
        tx: &mut Tx,
        command: &Command,
        manner: Manner,
        now: Timestamp,
    ) -> Result<Result<Done, Sentence>> {
        let mut doer = Doer {
            tx,
            community: &self.entry.community,
            adapters: self.adapters,
            now,
        };
        doer.does(command, manner).await
    }

    /// To whoever asked, who may not have been heard here before.
    async fn offer(
        &self,
        tx: &mut Tx,
        (phrase, label, act): (Phrase, Sentence, Act),
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Effect> {
        let mut speakers = tx.speakers(self.entry);
        let account = self.event.actor.account.as_str();
        if self.identity.is_none() {
            speakers.introduce(&self.event.actor, now).await?;
        }
        let choice = Choice {
            label: Phrase::of(label),
            act: json!(act),
            for_identity: speakers.identity_of(account).await?,
        };
        Ok(Effect {
            answer: Some(Reply {
                buttons: vec![choice],
                until: Some(until),
                ..Reply::plain(phrase)
            }),
            ..Effect::default()
        })
    }

    async fn settle(
        &self,
        tx: &mut Tx,
        asked: Option<&MessageId>,
        (instead, command): (Sentence, &Command),
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let Some(asked) = asked else {
            return Ok(Vec::new());
        };
        let instead = Phrase::of(instead).with("command", as_typed(command));
        let mut own_words = tx.own_words();
        own_words
            .close(self.entry, asked, Some(&instead), now)
            .await
    }
}

fn refused(why: Sentence) -> Effect {
    Effect::says(Phrase::of(REFUSED).with("why", Arg::sentence(why)))
}

fn about(sentence: Sentence, command: &Command, done: &Done) -> Phrase {
    Phrase::of(sentence)
        .with("command", as_typed(command))
        .with("effect", Arg::Phrase(Box::new(done.effect.clone())))
}

fn as_typed(command: &Command) -> Arg {
    Arg::Command(Box::new(command.clone()))
}

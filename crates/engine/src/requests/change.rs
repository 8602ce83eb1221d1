//! What changes something: told of first, wanted, done, and taken back.
//!
//! **Invariant:** what asks first is done only for the person who was asked, once, within ten minutes, and looked at anew: who may,
//! and what it comes to, is as it is by then.

use std::time::Duration;

use conversation::{
    Arg, ChannelId, Distribution, Phrase, Timestamp,
    command::{Code, Command},
};
use serde::Deserialize;
use serde_json::json;
use store::{Button, Choice, Result, Tx, fresh_code};
use words::{
    ASKS_FIRST, DONE, DONE_UNDO, NO_SUCH_CODE, NOTHING_TO_UNDO, REFUSED, Sentence, TAKEN_BACK,
    UNDO_LABEL, UNDONE, YES_LABEL, YES_SAID,
};

use super::{
    Act, Asker, Effect, Reply, Standing,
    authorise::{Refused, authorise_press},
};
use crate::acts::{Doer, Done};

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
        let is_sure = !self.may_be_somebody_else();
        let is_wanted = |it: &Done| is_sure && !it.asks_first;
        match self.does(tx, command, is_wanted, now).await? {
            Err(why) => Ok(refused(why)),
            Ok(done) if is_wanted(&done) => self.tell(tx, command, done, now).await,
            Ok(done) => self.ask(tx, command, done, now).await,
        }
    }

    /// Where whoever asks writes a mail, the code shows that the answer reached them.
    fn may_be_somebody_else(&self) -> bool {
        let can = self.adapters.capabilities(&self.event.channel);
        can.is_some_and(|it| it.distribution == Distribution::ByUs)
    }

    async fn ask(
        &self,
        tx: &mut Tx,
        command: &Command,
        done: Done,
        now: Timestamp,
    ) -> Result<Effect> {
        let code = fresh_code();
        let phrase = about(ASKS_FIRST, command, &done).with("code", Arg::Code(code.clone()));
        let sure = Act::Sure {
            command: command.clone(),
            effect: done.effect,
            code,
        };
        let until = now.plus(ASKED_FOR);
        self.offer(tx, (phrase, YES_LABEL, sure), until, now).await
    }

    /// What was told of it holds still, or else it is told anew.
    pub(super) async fn sure(
        &self,
        tx: &mut Tx,
        (command, told): (&Command, &Phrase),
        button: &Button,
        now: Timestamp,
    ) -> Result<Effect> {
        let is_wanted = |it: &Done| it.effect == *told;
        let done = match self.does(tx, command, is_wanted, now).await? {
            Err(why) => return Ok(refused(why)),
            Ok(done) => done,
        };
        let settled = self.settle(tx, button, (YES_SAID, command), now).await?;
        let mut effect = match is_wanted(&done) {
            true => self.tell(tx, command, done, now).await?,
            false => self.ask(tx, command, done, now).await?,
        };
        effect.woken.extend(settled);
        Ok(effect)
    }

    /// What was done, and what takes it back.
    pub(super) async fn tell(
        &self,
        tx: &mut Tx,
        command: &Command,
        done: Done,
        now: Timestamp,
    ) -> Result<Effect> {
        let mut effect = match done.undo.clone() {
            Some(undo) => {
                let phrase = about(DONE_UNDO, command, &done);
                let until = now.plus(UNDONE_WITHIN);
                let undo = (phrase, UNDO_LABEL, Act::Undo(undo));
                self.offer(tx, undo, until, now).await?
            }
            None => Effect::says(about(DONE, command, &done)),
        };
        effect.woken.extend(done.woken);
        Ok(effect)
    }

    /// By the button below what it takes back.
    pub(super) async fn take_back(
        &self,
        tx: &mut Tx,
        command: &Command,
        button: &Button,
        now: Timestamp,
    ) -> Result<Effect> {
        let done = match self.does(tx, command, |_| true, now).await? {
            Err(why) => return Ok(refused(why)),
            Ok(done) => done,
        };
        let settled = self.settle(tx, button, (TAKEN_BACK, command), now).await?;
        let woken = settled.into_iter().chain(done.woken.clone());
        Ok(Effect {
            woken: woken.collect(),
            ..Effect::says(about(UNDONE, command, &done))
        })
    }

    /// In words, what a button would say.
    pub(super) async fn confirm(
        &self,
        tx: &mut Tx,
        (code, standing): (&Code, Standing),
        now: Timestamp,
    ) -> Result<Effect> {
        let mut offered = self.offered(tx, "sure", now).await?;
        offered.extend(self.offered(tx, "join", now).await?);
        let is_meant = |it: &Button| match Act::deserialize(&it.act) {
            Ok(Act::Sure { code: it, .. } | Act::Join { code: it, .. }) => it == code.as_str(),
            _ => false,
        };
        let Some(button) = offered.into_iter().find(is_meant) else {
            return Ok(Effect::says(Phrase::of(NO_SUCH_CODE)));
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

    /// In words it is not sure which of several changes is meant: what would be taken back is told first.
    pub(super) async fn undo(
        &self,
        tx: &mut Tx,
        standing: Standing,
        now: Timestamp,
    ) -> Result<Effect> {
        let offered = self.offered(tx, "undo", now).await?;
        let newest = offered.first().map(|it| Act::deserialize(&it.act));
        let Some(Ok(Act::Undo(command))) = newest else {
            return Ok(Effect::says(Phrase::of(NOTHING_TO_UNDO)));
        };
        if !standing.may(command.verb().who) {
            return Ok(Refused::NotTheirs(command.verb().who).effect());
        }
        match self.does(tx, &command, |_| false, now).await? {
            Err(why) => Ok(refused(why)),
            Ok(done) => self.ask(tx, &command, done, now).await,
        }
    }

    async fn offered(&self, tx: &mut Tx, kind: &str, now: Timestamp) -> Result<Vec<Button>> {
        match &self.identity {
            Some(identity) => {
                let mut requests = tx.requests();
                requests.offered_to((self.entry, identity), kind, now).await
            }
            None => Ok(Vec::new()),
        }
    }

    pub(super) async fn does(
        &self,
        tx: &mut Tx,
        command: &Command,
        is_wanted: impl Fn(&Done) -> bool,
        now: Timestamp,
    ) -> Result<Result<Done, Sentence>> {
        let by = self.identity(tx, now).await?;
        let mut doer = Doer {
            tx,
            community: &self.entry.community,
            by: Some(&by),
            adapters: Some(self.adapters),
            now,
        };
        doer.does(command, is_wanted).await
    }

    /// To whoever asked, alone.
    async fn offer(
        &self,
        tx: &mut Tx,
        (phrase, label, act): (Phrase, Sentence, Act),
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Effect> {
        let choice = Choice {
            label: Phrase::of(label),
            act: json!(act),
            for_identity: Some(self.identity(tx, now).await?),
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

    /// It can be pressed no longer, and says so.
    async fn settle(
        &self,
        tx: &mut Tx,
        button: &Button,
        (instead, command): (Sentence, &Command),
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let instead = Phrase::of(instead).with("command", as_typed(command));
        self.settle_with(tx, button, &instead, now).await
    }

    pub(super) async fn settle_with(
        &self,
        tx: &mut Tx,
        button: &Button,
        instead: &Phrase,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        self.note_pressed(tx, button, now).await?;
        let mut own_words = tx.own_words();
        own_words
            .close(self.entry, &button.message, Some(instead), now)
            .await
    }
}

pub(super) fn refused(why: Sentence) -> Effect {
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
